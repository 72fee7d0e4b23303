/** What a stage's base image says about the Go in it. */
export interface GoRelease {
  /** As Go names it: `1.26.8`, `1.27rc1`. */
  readonly version: string;
  /** The image that it is in, for people. */
  readonly image: string;
}

const OFFICIAL = /^(?:docker\.io\/)?(?:library\/)?golang(?=[:@]|$)/;

/** Whether an image is an official one of Go, of whatever release. */
export function isOfficialGo(reference: string): boolean {
  return OFFICIAL.test(reference);
}

/**
 * The Go release of an official image, where its name says it to the last number: `golang:1.26.8-alpine@sha256:…`.
 *
 * @returns undefined for other images, and for names that mean another release with time, such as `golang:1.26`.
 */
export function goReleaseOf(reference: string): GoRelease | undefined {
  if (!isOfficialGo(reference)) return undefined;
  const [, version] =
    /^:(\d+\.\d+(?:\.\d+|rc\d+|beta\d+))(?:-[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.exec(
      reference.replace(OFFICIAL, ''),
    ) ?? [];
  return version === undefined ? undefined : { version, image: reference };
}

/** An official image of the same Go whose name says its release to the last number: `golang:1.24.0` for `golang:1.24-alpine`. */
export function lastNumbered(reference: string): string {
  const [, minor = '1.26'] = /^:(\d+\.\d+)/.exec(reference.replace(OFFICIAL, '')) ?? [];
  return `golang:${minor}.0`;
}

/** The variables that a container of the official image has. (https://github.com/docker-library/golang) */
export function officialVariables({ version }: GoRelease): readonly string[] {
  return [
    'PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    `GOLANG_VERSION=${version}`,
    'GOTOOLCHAIN=local',
    'GOPATH=/go',
  ];
}

/** The release that the variables of an image name, as the official ones do. */
export function goReleaseIn(variables: readonly string[], image: string): GoRelease | undefined {
  const version = variables
    .find((each) => each.startsWith('GOLANG_VERSION='))
    ?.slice('GOLANG_VERSION='.length);
  return version === undefined ? undefined : { version, image };
}
