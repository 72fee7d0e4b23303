import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const docs = join(root, 'docs');
const pictures = join(docs, 'pictures');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

const shown = readdirSync(docs)
  .filter((name) => name.endsWith('.md'))
  .flatMap((page) => {
    const markdown = text(`docs/${page}`);
    return [
      ...[...markdown.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt, file]) => ({ page, alt, file })),
      ...[...markdown.matchAll(/<img alt="([^"]*)" src="([^"]+)"/g)].map(([, alt, file]) => ({
        page,
        alt,
        file,
      })),
      ...[...markdown.matchAll(/srcset="([^"]+)"/g)].map(([, file]) => ({ page, alt: undefined, file })),
    ];
  });

describe('the pictures of the docs', () => {
  it('are there, and say in words what is to be seen', () => {
    expect(shown.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'pictures/breach.svg',
        'pictures/comment-light.png',
        'pictures/report-light.png',
      ]),
    );
    expect(shown.filter(({ file }) => !existsSync(join(docs, String(file))))).toEqual([]);
    expect(shown.filter(({ alt }) => alt !== undefined && alt.split(' ').length < 5)).toEqual([]);
  });

  it('are all shown by a page, and small', () => {
    const names = readdirSync(pictures);
    const onPages = new Set(shown.map(({ file }) => basename(String(file))));
    expect(names.filter((name) => !onPages.has(name))).toEqual([]);
    expect(names.filter((name) => statSync(join(pictures, name)).size > 60_000)).toEqual([]);
  });

  it('show a breach in the words of today', () => {
    const sources = ['breach-report', 'explanation', 'size-table']
      .map((name) => text(`packages/go-docker/src/reports/${name}.ts`))
      .join('');
    const picture = text('docs/pictures/breach.svg');
    for (const words of [
      'over its budget',
      'What grew since',
      'biggest first:',
      'What would help:',
      'To allow more on purpose:',
      'Platform',
      'Used',
    ]) {
      expect({ words, isSaid: sources.includes(words), isShown: picture.includes(words) }).toEqual({
        ...{ words, isSaid: true, isShown: true },
      });
    }
  });

  it('show a breach with a part of each sort that is named', () => {
    const sorts = [...text('docs/pictures/breach.svg').matchAll(/>(module|package|program|file)</g)];
    expect(new Set(sorts.map(([, sort]) => sort))).toEqual(new Set(['module', 'package', 'program', 'file']));
  });
});
