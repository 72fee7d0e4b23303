import { memoryFileSystem } from '@go-docker/go-workspace';
import { imageProjects } from '../image-projects';
import { hashed } from './fixtures/nx-matchers';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const embedding = (...patterns: string[]) =>
  lines(
    'package main',
    'import "embed"',
    `//go:embed ${patterns.join(' ')}`,
    'var _ embed.FS',
    'func main() {}',
  );
const dockerfile = (...own: string[]) =>
  lines(
    '# go-docker:begin builder package=./a',
    'FROM golang AS builder',
    '# go-docker:end builder',
    'FROM scratch AS runner',
    ...own,
  );
const app = { 'go.mod': lines('module example.com/m', '', 'go 1.25.1'), 'a/Dockerfile': dockerfile() };

/** The files of a workspace that the hash of its image holds, as Nx sees all inputs together. */
function hashedOf(files: Record<string, string>): string[] {
  const project = imageProjects(memoryFileSystem(files), undefined)('a/Dockerfile')?.projects?.['a'];
  const inputs = (project?.targets?.['image']?.inputs ?? []).filter((input) => typeof input === 'string');
  return hashed(inputs, Object.keys(files));
}

describe('all inputs of an image together', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'hidden files that are embedded by their names',
      {
        'a/main.go': embedding('web/*', 'web/in/_*.html'),
        'a/web/a.html': '',
        'a/web/in/b.html': '',
        'a/web/in/_nav.html': '',
      },
      ['a/web/in/_nav.html', 'a/web/in/b.html'],
    ],
    [
      'hidden files beside an embedded folder',
      { 'a/main.go': embedding('web', 'web/.htaccess'), 'a/web/a.html': '', 'a/web/.htaccess': '' },
      ['a/web/.htaccess', 'a/web/a.html'],
    ],
    [
      'hidden files that another package embeds',
      {
        'a/main.go': lines(
          'package main',
          'import "embed"',
          'import _ "example.com/m/a/web"',
          '//go:embed web',
          'var _ embed.FS',
          'func main() {}',
        ),
        'a/web/web.go': lines('package web', 'import "embed"', '//go:embed all:next', 'var _ embed.FS'),
        'a/web/next/_b.js': '',
        'a/web/next/c.js': '',
      },
      ['a/web/next/_b.js', 'a/web/next/c.js'],
    ],
    [
      'hidden files that are copied',
      {
        'a/main.go': embedding('web'),
        'a/web/a.html': '',
        'a/web/_headers': '',
        'a/Dockerfile': dockerfile('COPY a/web /web'),
      },
      ['a/web/_headers', 'a/web/a.html'],
    ],
    [
      'tests that are copied',
      {
        'a/main.go': lines('package main', 'func main() {}'),
        'a/main_test.go': lines('package main'),
        'a/Dockerfile': dockerfile('COPY a /app'),
      },
      ['a/main_test.go'],
    ],
    [
      'tests that are copied by name or wildcard',
      {
        'a/main.go': lines('package main', 'func main() {}'),
        'a/main_test.go': lines('package main'),
        'a/Dockerfile': dockerfile('COPY a/*_test.go /app/'),
      },
      ['a/main_test.go'],
    ],
    [
      'tests that are embedded',
      {
        'a/main.go': embedding('main_test.go'),
        'a/main_test.go': lines('package main'),
        'a/gen.go': lines('//go:build ignore', '', 'package main'),
      },
      ['a/main_test.go'],
    ],
    [
      'files that one package embeds and another one does not compile',
      {
        'a/main.go': lines(
          'package main',
          'import "embed"',
          'import _ "example.com/m/a/lib"',
          '//go:embed lib/gen.go',
          'var _ embed.FS',
          'func main() {}',
        ),
        'a/lib/lib.go': lines('package lib'),
        'a/lib/gen.go': lines('//go:build ignore', '', 'package lib'),
      },
      ['a/lib/gen.go'],
    ],
  ])('hold %s', (_, files, wanted) => {
    const all = { ...app, ...files };
    const held = hashedOf(all);
    expect(held).toEqual(expect.arrayContaining([...wanted, 'a/main.go', 'a/Dockerfile']));
  });

  it('hold the tests and all else that another Dockerfile may take', () => {
    const files = {
      ...app,
      'a/main.go': lines('package main', 'func main() {}'),
      'a/main_test.go': lines('package main'),
      'a/debug.go': lines('//go:build debug', '', 'package main'),
      'a/Dockerfile.debug': dockerfile().replace('package=./a', 'package=./a tags=debug'),
      'a/project.json': JSON.stringify({
        name: 'a',
        targets: { image: { configurations: { debug: { dockerfile: 'a/Dockerfile.debug' } } } },
      }),
    };
    expect(hashedOf(files)).toContain('a/debug.go');
    const own = { ...files, 'a/Dockerfile.debug': lines('FROM golang', 'COPY . .') };
    expect(hashedOf(own)).toEqual(expect.arrayContaining(['a/debug.go', 'a/main_test.go']));
  });
});
