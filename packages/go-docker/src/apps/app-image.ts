import type { BuildClosure, GoApp, WorkspacePath } from '@go-docker/go-workspace';

/** Everything the files of one image are rendered from. */
export interface AppImage {
  readonly app: GoApp;
  /** Name of the program: `/out/<name>` in `builder`, `/usr/local/bin/<name>` in `runner`. */
  readonly binaryName: string;
  /** The Go release that go.work or go.mod asks for, such as `1.26.8`; undefined where neither has a `go` line. */
  readonly goVersion?: string;
  readonly closure: BuildClosure;
  /** Folders that the closure embeds whole. */
  readonly embeddedFolders: readonly WorkspacePath[];
  /** The go.work of the image; undefined where it builds with `GOWORK=off`. */
  readonly goWork?: string;
}
