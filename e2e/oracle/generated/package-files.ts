import { posix } from 'node:path';
import { importPath, type Package } from './plan';
import type { Random } from './random';

/** The files of one package, and what they import of others on whatever system, in tests too. */
export interface PackageSources {
  readonly files: Readonly<Record<string, string>>;
  readonly imports: readonly Package[];
}

/** @param others What it may import. */
export function packageFiles(own: Package, others: readonly Package[], random: Random): PackageSources {
  const { name, isApp } = own;
  const imports = new Set<Package>();
  const taken = (probability: number): Package[] => {
    const some = random.some(others, probability);
    for (const each of some) imports.add(each);
    return some;
  };
  const embedded = random.some(EMBEDDED, 0.3);
  const files: Record<string, string> = Object.assign(
    {
      [isApp ? 'main.go' : `${name}.go`]: goFile(name, taken(0.5), {
        embeds: embedded.map(({ pattern }) => pattern),
        body: isApp ? 'func main() {}\n' : '',
      }),
    },
    ...embedded.map((each) => each.files),
  );
  for (const [file, constraint] of random.some(EXTRA, 0.35))
    files[file] = goFile(file.endsWith('black_test.go') ? `${name}_test` : name, taken(0.3), { constraint });
  if (random.chance(0.2)) files['gen.go'] = goFile('main', taken(0.2), { constraint: 'ignore' });
  if (random.chance(0.3)) files['README.md'] = `# ${name}\n`;
  if (random.chance(0.2)) files['testdata/case.txt'] = 'case\n';
  if (random.chance(0.15)) files['notes.s'] = '// Assembly without a function.\n';
  return {
    files: Object.fromEntries(Object.entries(files).map(([file, text]) => [posix.join(own.dir, file), text])),
    imports: [...imports],
  };
}

/** Go files with what they say of their platform: nothing, in their name, or in a line. */
const EXTRA: readonly (readonly [file: string, constraint?: string])[] = [
  ['more.go'],
  ['white_test.go'],
  ['black_test.go'],
  ['path_windows.go'],
  ['path_darwin_arm64.go'],
  ['path_linux.go'],
  ['fast_amd64.go'],
  ['fast_arm64.go'],
  ['fast_386.go'],
  ['unix.go', 'unix'],
  ['other.go', '!linux'],
  ['both.go', 'linux && (amd64 || arm64)'],
  ['with_cgo.go', 'cgo'],
  ['special.go', 'special'],
  ['newer.go', 'go1.20'],
];

const EMBEDDED = [
  { pattern: 'page.html', files: { 'page.html': '<p>\n' } },
  { pattern: 'texts/*.txt', files: { 'texts/a.txt': 'a\n', 'texts/b.txt': 'b\n', 'texts/c.md': 'c\n' } },
  {
    pattern: 'pages',
    files: { 'pages/index.html': '<p>\n', 'pages/en/index.html': '<p>\n', 'pages/_draft': '' },
  },
  { pattern: 'all:assets', files: { 'assets/.hidden': '', 'assets/app.css': 'p {}\n' } },
];

interface GoFile {
  readonly constraint?: string | undefined;
  readonly embeds?: readonly string[];
  readonly body?: string;
}

function goFile(
  name: string,
  imported: readonly Package[],
  { constraint, embeds = [], body = '' }: GoFile,
): string {
  const paths = [...(embeds.length > 0 ? ['embed'] : []), ...imported.map(importPath)];
  return [
    ...(constraint === undefined ? [] : [`//go:build ${constraint}\n`]),
    `package ${name}\n`,
    ...paths.map((path) => `import ${path === 'embed' ? '' : '_ '}"${path}"`),
    ...embeds.map((pattern, index) => `\n//go:embed ${pattern}\nvar files${index} embed.FS`),
    body,
  ].join('\n');
}
