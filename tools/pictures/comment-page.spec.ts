import { commentPage } from './comment-page.mjs';

const shown = (markdown: string) => /<main>\n([^]*)\n<\/main>/.exec(commentPage(markdown))?.[1];

describe('the page of a comment', () => {
  it('shows headings, sentences and bold words, and no marker', () => {
    expect(shown('<!-- go-docker report -->\n## Image sizes: 3 images\n\nNothing has **changed**.\n')).toBe(
      '<h2>Image sizes: 3 images</h2>\n<p>Nothing has <strong>changed</strong>.</p>',
    );
    expect(shown('3 images for linux/amd64.')).toBe('<p>3 images for linux/amd64.</p>');
  });

  it('shows tables with their alignment', () => {
    expect(shown('| Image | Change |\n| --- | ---: |\n| <code>api</code> |  |')).toBe(
      [
        '<table>',
        '<thead><tr><th>Image</th><th align="right">Change</th></tr></thead>',
        '<tbody>',
        '<tr><td><code>api</code></td><td align="right"></td></tr>',
        '</tbody>',
        '</table>',
      ].join('\n'),
    );
  });

  it('unfolds the first folded part alone', () => {
    const folded = (name: string) =>
      `<details><summary>${name}</summary>\n\nand 2 smaller changes\n\n</details>`;
    expect(shown(`${folded('api')}\n\n${folded('catalog')}`)).toBe(
      [
        '<details open><summary>api</summary>\n<p>and 2 smaller changes</p>\n</details>',
        '<details><summary>catalog</summary>\n<p>and 2 smaller changes</p>\n</details>',
      ].join('\n'),
    );
  });

  it('draws the cross that a machine may have no letter for', () => {
    expect(shown('❌ **110% of 22 MB**')).toMatch(/^<p><svg .*<\/svg> <strong>110% of 22 MB<\/strong><\/p>$/);
  });

  it.each(['### smaller', '- one\n- two', '1. one', '> said', '```\ncode\n```', '<div>\n</div>'])(
    'refuses a form of Markdown that the report does not have: %j',
    (markdown) => {
      expect(() => commentPage(markdown)).toThrow('This form of Markdown has no picture yet');
    },
  );
});
