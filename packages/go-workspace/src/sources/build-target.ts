/** What files are chosen for: never the machine that chooses. */
export interface BuildTarget {
  readonly platforms: readonly BuildPlatform[];
  /** Whether cgo is on (`CGO_ENABLED=1`). */
  readonly cgo: boolean;
  /** Build tags, as for `go build -tags`. */
  readonly tags: readonly string[];
  /** The Go version that compiles, such as `1.25.3`: it satisfies the release tags `go1.1` to `go1.25`. */
  readonly goVersion: string;
}

export interface BuildPlatform {
  readonly os: 'linux';
  /** A GOARCH. */
  readonly architecture: string;
  readonly variant?: string;
}
