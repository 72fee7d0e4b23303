import type { Workspace } from '../workspace/workspace';

/** How the Dockerfile of an app builds it, as far as Go has to be told the same. */
export interface Recipe {
  /** Of the main package, below the workspace root. */
  readonly packageDir: string;
  readonly cgo: boolean;
  readonly tags: readonly string[];
  /** Whether the go.work of the workspace has no say. */
  readonly isAlone: boolean;
  /** What the image takes from the workspace besides the program: sources of `COPY`. */
  readonly assets: readonly string[];
}

/** Reads a generated Dockerfile by its lines, with none of the plugin's own code. */
export function readRecipe(workspace: Workspace, dockerfile: string): Recipe {
  const lines = workspace.read(dockerfile).replaceAll('\\\n', ' ').split('\n');
  const build = lines.find((line) => /\bgo build .*-o \/out\/(?!\.)/.test(line)) ?? '';
  const [, cgo] = /\bCGO_ENABLED=(\d)[^;]*\bgo build .*-o \/out\/(?!\.)/.exec(build) ?? [];
  const begin = lines.find((line) => line.startsWith('# go-docker:begin builder')) ?? '';
  const [, packageDir] = /\bpackage=(\S+)/.exec(begin) ?? [];
  if (cgo === undefined || packageDir === undefined) throw new Error(`${dockerfile} builds no Go app`);
  const [, tags = ''] = / -tags=(\S+)/.exec(build) ?? [];
  return {
    packageDir: packageDir.replace(/^\.\//, ''),
    cgo: cgo === '1',
    tags: tags.split(',').filter((tag) => tag !== ''),
    isAlone: lines.includes('ENV GOWORK=off'),
    assets: assetsOf(lines),
  };
}

/** The `runner` stage is the last one. What it takes from another stage is no file of the workspace. */
function assetsOf(lines: readonly string[]): string[] {
  const runner = lines.slice(lines.findLastIndex((line) => /^FROM /.test(line)));
  return runner
    .filter((line) => /^COPY /.test(line) && !line.includes('--from='))
    .flatMap((line) =>
      line
        .split(/\s+/)
        .slice(1, -1)
        .filter((word) => !word.startsWith('--')),
    )
    .map((source) => source.replace(/^\.?\/|\/$/g, ''));
}
