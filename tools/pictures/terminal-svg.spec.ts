import { terminalSvg } from './terminal-svg.mjs';

/** Class, column and words of each piece of text, by line. The first line is the command, the second is empty. */
function lines(output: string) {
  const pieces = [
    ...terminalSvg('nx run a:b', output).matchAll(
      /<text(?: class="([^"]*)")? x="([\d.]+)" y="(\d+)" textLength="[\d.]+"[^>]*>([^<]*)</g,
    ),
  ].map(([, style = '', x, y, words]) => ({
    line: (Number(y) - 31) / 19,
    piece: [Math.round((Number(x) - 20) / 7.8), words, style] as const,
  }));
  const last = Math.max(...pieces.map(({ line }) => line));
  return Array.from({ length: last - 1 }, (_, at) =>
    pieces.filter(({ line }) => line === at + 2).map(({ piece }) => piece),
  );
}

describe('the picture of a terminal', () => {
  it('shows the command, and what it has printed, as text', () => {
    expect(terminalSvg('nx run <a>:b', 'x')).toContain('>$ nx run &lt;a&gt;:b</text>');
    expect(lines('\n\n  a < b & c\n\nd\n\n')).toEqual([[[2, 'a &lt; b &amp; c', '']], [], [[0, 'd', '']]]);
  });

  it('lets each column begin where it does on a terminal', () => {
    expect(lines('App   Size\napi  10 MB')).toEqual([
      [
        [0, 'App', ''],
        [6, 'Size', ''],
      ],
      [
        [0, 'api', ''],
        [5, '10 MB', ''],
      ],
    ]);
  });

  it('has the styles of a terminal', () => {
    expect(
      lines('\u001B[31m██ over\u001B[39m by \u001B[1m2 MB\u001B[22m\n\u001B[2;33mnone\u001B[0m x'),
    ).toEqual([
      [
        [0, '██ over', 'red'],
        [8, 'by', ''],
        [11, '2 MB', 'bold'],
      ],
      [
        [0, 'none', 'dim yellow'],
        [5, 'x', ''],
      ],
    ]);
  });

  it('leaves out what moves the cursor, and styles that it does not know', () => {
    expect(
      lines('\u001B[?25l\u001B[2K\u001B[7ma\u001B[27m\u001B]0;title\u0007\r\n\u001B[31m\u001B[39m'),
    ).toEqual([[[0, 'a', '']]]);
  });

  it('is as wide and high as its text', () => {
    // 100 cells of 7.8 and twice 20; the command, an empty line and two more, 19 apart.
    const picture = terminalSvg('nx run a:b', `a\n${'b'.repeat(100)}`);
    expect(picture).toContain('width="820" height="110"');
    expect(picture).toContain(`textLength="780" lengthAdjust="spacingAndGlyphs">${'b'.repeat(100)}<`);
  });

  it('has colours for light and for dark pages', () => {
    expect(terminalSvg('nx run a:b', '')).toContain('@media (prefers-color-scheme: dark)');
  });
});
