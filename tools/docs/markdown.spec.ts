import { anchorsOf, linksOf, tableOf } from './markdown.mjs';

describe('linksOf', () => {
  it('finds links and pictures, with their lines', () => {
    expect(linksOf('# Page\n\n[a](a.md) and [b `c`](../b.md#c)\n![picture](p.png)')).toEqual([
      { line: 3, target: 'a.md' },
      { line: 3, target: '../b.md#c' },
      { line: 4, target: 'p.png' },
    ]);
  });

  it('finds a picture that is a link, and an address that is named below', () => {
    expect(linksOf('[![picture](p.png)](page.md)\n\n[a]: a.md')).toEqual([
      { line: 1, target: 'page.md' },
      { line: 1, target: 'p.png' },
      { line: 3, target: 'a.md' },
    ]);
  });

  it('leaves code alone', () => {
    expect(linksOf('`[a](a.md)`\n```\n[b](b.md)\n```\n[c](c.md)')).toEqual([{ line: 5, target: 'c.md' }]);
  });
});

describe('anchorsOf', () => {
  // As https://github.com shows them for these headings.
  it.each([
    ['## C code (`--cgo`)', 'c-code---cgo'],
    ['## Health (`--healthcheck=/healthz`)', 'health---healthcheckhealthz'],
    ["## Nx's own cache", 'nxs-own-cache'],
    ['### `nx affected` on Nx 22, 23 and 24', 'nx-affected-on-nx-22-23-and-24'],
    ['## See [engines](engines.md)', 'see-engines'],
  ])('%s is #%s', (heading, anchor) => {
    expect([...anchorsOf(heading)]).toEqual([anchor]);
  });

  it('tells equal headings apart, and takes no comment in code for one', () => {
    expect([...anchorsOf('# In CI\n## In CI\n```sh\n# no heading\n```')]).toEqual(['in-ci', 'in-ci-1']);
  });
});

describe('tableOf', () => {
  const page =
    '## One\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## Two\n\n| a | b |\n| - | - |\n| `3\\|4` | 5 |\n| 6 |  |\n';

  it('gives the rows of the first table with that head', () => {
    expect(tableOf(page, 'a')).toEqual([['1', '2']]);
  });

  it('gives those of the first one below a heading', () => {
    expect(tableOf(page, 'a', 'Two')).toEqual([
      ['`3\\|4`', '5'],
      ['6', ''],
    ]);
  });

  it('says what is not there', () => {
    expect(() => tableOf(page, 'a', 'Three')).toThrow('There is no heading "Three".');
    expect(() => tableOf(page, 'c', 'Two')).toThrow('There is no table of "c" below "Two".');
  });
});
