import { anchorsOf, linksOf } from './markdown.mjs';

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
