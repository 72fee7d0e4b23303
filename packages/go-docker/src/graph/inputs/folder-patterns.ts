import { OTHER_EXTENSIONS } from '@go-docker/go-workspace';
import { bracedFolders } from './file-patterns';
import { OTHER_SYSTEMS, type SourceFolder, type SparedNames } from './source-folders';

/**
 * Inputs that match what is compiled of these folders, and nothing below. As many as can stand in one brace: of all forms that match the
 * same on Nx 22, 23 and 24, it is the one that they hash fastest (`npm run bench:graph`). They stay the same when a file comes or goes
 * that is named for another system, because Nx hashes what named inputs say, too.
 */
export function folderPatterns(folders: readonly SourceFolder[]): string[] {
  return patterns(folders, ({ go, other, both }) =>
    (both ? [[BOTH, both] as const] : forms(go, other)).map(([extension, spared]) =>
      lastPart(extension, [...NAMED_FOR_OTHERS, ...spared.notCompiled]),
    ),
  );
}

/** Inputs that match what is compiled of a few folders. minimatch, which takes time for each alternative, takes the least for these. */
export function fewFolderPatterns(folders: readonly SourceFolder[]): string[] {
  return patterns(folders, ({ go, other }) =>
    forms(go, other).map(([extension, spared]) =>
      lastPart(extension, [...spared.forOtherSystems, ...spared.notCompiled]),
    ),
  );
}

/** One pattern for all folders that end in the same. */
function patterns(
  folders: readonly SourceFolder[],
  endsOf: (folder: SourceFolder) => readonly string[],
): string[] {
  const groups = new Map<string, Set<SourceFolder['dir']>>();
  for (const folder of folders) {
    for (const end of endsOf(folder)) {
      const group = groups.get(end);
      if (group) group.add(folder.dir);
      else groups.set(end, new Set([folder.dir]));
    }
  }
  return [...groups].flatMap(([end, dirs]) => bracedFolders([...dirs].sort(), end)).sort();
}

const forms = (go: SparedNames | undefined, other: SparedNames | undefined): Form[] => [
  ...(go ? [[GO, go] as const] : []),
  ...(other ? [[OTHER, other] as const] : []),
];

type Form = readonly [extension: string, spared: SparedNames];

const GO = 'go';
const OTHER = `@(${OTHER_EXTENSIONS.join('|')})`;
const BOTH = `@(go|${OTHER_EXTENSIONS.join('|')})`;
const NAMED_FOR_OTHERS = OTHER_SYSTEMS.map((system) => `*_${system}`);

const lastPart = (extension: string, spared: readonly string[]): string =>
  `!(${['*_test', ...spared].join('|')}).${extension}`;
