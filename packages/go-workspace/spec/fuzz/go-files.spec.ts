import { GoWorkspaceError, memoryFileSystem, readGoWorkspace } from '../../src';
import { buildContext } from '../../src/sources/build-context';
import { parseGoFile, parseGoFileHead } from '../../src/sources/go-file';
import { packageSources } from '../../src/sources/package-sources';
import { sourceReader } from '../../src/sources/source-reader';
import { goMinorVersion } from '../oracle';
import { goFiles } from './corpus';
import { CONTEXTS, type GoBuild, type Place, type Reading, startGoBuild } from './go-build';
import { mutated } from './mutate';
import { type Random, randomFrom } from './random';

/** `npm run fuzz` reads more files than a usual test run. */
const FILES = Number(process.env.FUZZ_FILES ?? 3_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const AT_ONCE = 200;
/** A file of this size is read in less than a thousandth of that. */
const LONGEST_MILLISECONDS = 1_000;

describe('Go files that were damaged', () => {
  let goBuild: GoBuild;
  beforeAll(() => (goBuild = startGoBuild()), 120_000);
  afterAll(() => goBuild.end());

  it(
    `are read as Go reads them, or refused (seed ${SEED})`,
    async () => {
      const random = randomFrom(SEED);
      const corpus = goFiles();
      const differences: unknown[] = [];
      const counts = { files: 0, taken: 0, refused: 0, refusedByGoAlone: 0 };
      for (; counts.files < FILES && differences.length < 20;) {
        const files = Array.from({ length: Math.min(AT_ONCE, FILES - counts.files) }, () =>
          mutated(random.one(corpus), random),
        );
        const answers = await Promise.all(files.map((file) => goBuild.read(file)));
        files.forEach((file, index) => {
          const go = answers[index] ?? [];
          const ours = CONTEXTS.map((context) => readingOf(file, context));
          counts.files++;
          counts.taken += Number(go.some(({ Taken }) => Taken));
          counts.refused += Number(go.some(({ Refusal }) => Refusal !== ''));
          counts.refusedByGoAlone += Number(go[2]?.Refusal !== '' && ours[2]?.Refusal === '');
          differences.push(...differencesOf(file, ours, go), ...headDifferences(file, random));
        });
      }
      if (process.env.FUZZ_FILES !== undefined) console.log(`Seed ${SEED}: ${JSON.stringify(counts)}`);
      expect(differences).toEqual([]);
      expect(counts.taken).toBeGreaterThan(FILES / 10);
    },
    120_000 + FILES * 20,
  );
});

function readingOf(file: Buffer, context: (typeof CONTEXTS)[number]): Reading {
  const started = performance.now();
  const reading = readingOfText(file.toString('utf8'), context);
  const taken = performance.now() - started;
  if (taken > LONGEST_MILLISECONDS) throw new Error(`${taken} ms for ${shown(file.toString('utf8'))}`);
  return reading;
}

function readingOfText(text: string, { architecture, cgo }: (typeof CONTEXTS)[number]): Reading {
  const nothing = { Refusal: '', Taken: false, Package: '', Imports: null, Embeds: null };
  const platform = { os: 'linux', architecture } as const;
  const context = buildContext({ platforms: [platform], cgo, tags: [], goVersion: goVersion() }, platform);
  try {
    const reader = sourceReader(
      readGoWorkspace(memoryFileSystem({ 'go.mod': 'module a\n', 'file.go': text })),
    );
    const { goFiles: taken, imports, embeds } = packageSources(reader, '.', context);
    if (taken.length === 0) return nothing;
    return {
      ...nothing,
      Taken: true,
      Package: reader.goFile('file.go').packageName,
      Imports: inOrder(imports.map(({ path, line }) => ({ Text: path, Line: line }))),
      Embeds: inOrder(embeds.map(({ pattern, line }) => ({ Text: pattern, Line: line }))),
    };
  } catch (error) {
    if (error instanceof GoWorkspaceError) return { ...nothing, Refusal: error.message };
    throw new Error(`Broken by ${shown(text)}`, { cause: error });
  }
}

/** Where Go takes a file or leaves it out, so do we; what it refuses, we may refuse later or leave to it. */
function differencesOf(file: Buffer, ours: readonly Reading[], go: readonly Reading[]): unknown[] {
  const index = go.findIndex(
    (theirs, each) =>
      theirs.Refusal === '' &&
      JSON.stringify({ ...theirs, ...sorted(theirs) }) !== JSON.stringify(ours[each]),
  );
  if (index < 0) return [];
  return [{ context: CONTEXTS[index], file: shown(file.toString('utf8')), ours: ours[index], go: go[index] }];
}

/** Enough to see what it is about; the seed gives the rest. */
function shown(text: string): string {
  return JSON.stringify(text.slice(0, 1_500));
}

/** A file of which only the first part was read says the same, or that this part is not enough. */
function headDifferences(file: Buffer, random: Random): unknown[] {
  const text = file.toString('utf8');
  const head = text.slice(0, random.below(Math.min(text.length, 3_000)));
  const ofHead = parseGoFileHead(head);
  if (ofHead === undefined || JSON.stringify(ofHead) === JSON.stringify(parseGoFile(text))) return [];
  return [{ head: shown(head), ofHead, whole: parseGoFile(text) }];
}

function sorted({ Imports, Embeds }: Reading): Pick<Reading, 'Imports' | 'Embeds'> {
  return { Imports: Imports && inOrder(Imports), Embeds: Embeds && inOrder(Embeds) };
}

function inOrder(places: readonly Place[]): Place[] {
  return [...places].sort((a, b) => a.Line - b.Line || (a.Text < b.Text ? -1 : Number(a.Text > b.Text)));
}

let version: string | undefined;

function goVersion(): string {
  return (version ??= goMinorVersion());
}
