// Go versions as text: what `go version` says, and which of them serves.

/** The version in what `go version` or `go env GOVERSION` prints: '1.26.8' of 'go version go1.26.8 linux/amd64'. */
export function parseGoVersion(text) {
  return /\bgo(\d+(?:\.\d+)*(?:(?:rc|beta)\d+)?)/.exec(text)?.[1];
}

/** Go 1.21 is the first that fetches another toolchain by itself. https://go.dev/doc/toolchain */
export function fetchesToolchains(version) {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > 1 || (major === 1 && minor >= 21);
}

/**
 * The release that serves `golang:<tag>`: a tag without a patch number means the host's own release of that
 * line where it has one, else the first (since Go 1.21 that is `1.N.0`).
 */
export function releaseFor(tag, hostVersion) {
  if (!/^\d+\.\d+$/.test(tag)) return tag;
  if (hostVersion?.startsWith(`${tag}.`)) return hostVersion;
  return fetchesToolchains(tag) ? `${tag}.0` : tag;
}

/** The version a go.work or go.mod asks for: its `toolchain` line, else its `go` line. */
export function requestedVersion(text) {
  return /^toolchain\s+go(\S+)/m.exec(text)?.[1] ?? /^go\s+(\S+)/m.exec(text)?.[1];
}
