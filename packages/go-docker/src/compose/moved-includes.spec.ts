import { withMovedIncludes } from './moved-includes';

const moves = new Map([['apps/api/compose.yaml', 'apps/shop/api/compose.yaml']]);
const moved = (text: string) => withMovedIncludes(text, 'compose.yaml', moves);

describe('the includes of the root compose file, after a move', () => {
  it('follow in the long syntax, and keep comments and formatting', () => {
    const text =
      '# Ours.\r\ninclude:\r\n    - path:   ./apps/api/compose.yaml   # the shop\r\n    - path: apps/web/compose.yaml\r\n';
    expect(moved(text)).toEqual({ text: text.replace('./apps/api/', 'apps/shop/api/'), lines: [3] });
  });

  it('follow in the short syntax, in flow style and in lists of paths', () => {
    expect(moved('include: ["apps/api/compose.yaml", apps/web/compose.yaml]\n').text).toBe(
      'include: [apps/shop/api/compose.yaml, apps/web/compose.yaml]\n',
    );
    expect(moved('include:\n  - apps/api/compose.yaml\n').text).toBe(
      'include:\n  - apps/shop/api/compose.yaml\n',
    );
    expect(moved('include:\n  - path:\n      - base.yaml\n      - apps/api/compose.yaml\n')).toEqual({
      text: 'include:\n  - path:\n      - base.yaml\n      - apps/shop/api/compose.yaml\n',
      lines: [4],
    });
  });

  it('stay where they name other files, or there are none', () => {
    for (const text of ['include:\n  - path: apps/web/compose.yaml\n', 'services: {}\n', '']) {
      expect(moved(text)).toEqual({ text, lines: [] });
    }
  });

  it('have a list, or an error with its place', () => {
    expect(() => moved('include: apps/api/compose.yaml\n')).toThrow(
      /^compose\.yaml:1:\d+: "include" is no list/,
    );
  });
});
