const FONT_SIZE = 13;
/** The cell of a letter. Fonts differ in it, so every piece of text says how wide it is. */
const CELL = 7.8;
const LINE = 19;
const PADDING = 20;

/**
 * What a command has printed on a terminal as a picture for light and dark pages.
 *
 * @param {string} command as a person types it
 * @param {string} output with the codes of ECMA-48 for styles; other codes are left out
 * @returns {string} SVG
 */
export function terminalSvg(command, output) {
  const lines = [[{ column: 0, text: `$ ${command}`, styles: ['bold'] }], [], ...styledLines(output)];
  const columns = Math.max(...lines.flat().map(({ column, text }) => column + widthOf(text)));
  const [width, height] = [
    Math.ceil(2 * PADDING + columns * CELL),
    2 * PADDING + (lines.length - 1) * LINE + FONT_SIZE,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">${escaped(command)}</title>
  <style>
    svg { color-scheme: light dark; font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .page { fill: #ffffff; stroke: #d0d5dd; }
    text { fill: #1c2027; }
    .bold { font-weight: 700; }
    .dim { fill: #656c7a; }
    .red { fill: #b3261e; }
    .green { fill: #1b6e2d; }
    .yellow { fill: #7a5900; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #14161b; stroke: #363c48; }
      text { fill: #d7dbe2; }
      .dim { fill: #969eac; }
      .red { fill: #ff8a80; }
      .green { fill: #7bd88f; }
      .yellow { fill: #f0c75e; }
    }
  </style>
  <rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${lines.flatMap((line, at) => line.map((piece) => textElement(piece, at))).join('\n')}
</svg>
`;
}

function textElement({ column, text, styles }, line) {
  const name = styles.length > 0 ? ` class="${styles.join(' ')}"` : '';
  const x = rounded(PADDING + column * CELL);
  const y = PADDING + FONT_SIZE - 2 + line * LINE;
  const length = rounded(widthOf(text) * CELL);
  return `  <text${name} x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}

const rounded = (pixels) => Number(pixels.toFixed(1));

/** In cells; of what go-docker prints, every letter takes one. */
const widthOf = (text) => [...text].length;

/** The codes that set a style, and those that end one. */
const ON = new Map([
  ['1', 'bold'],
  ['2', 'dim'],
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
]);
const OFF = new Map([
  ['', ['bold', 'dim', 'red', 'green', 'yellow']],
  ['0', ['bold', 'dim', 'red', 'green', 'yellow']],
  ['22', ['bold', 'dim']],
  ['39', ['red', 'green', 'yellow']],
]);

/** The pieces of each line, with the column that each one begins at; without blank lines at the ends. */
function styledLines(output) {
  const styles = new Set();
  const lines = visible(output)
    .split('\n')
    .map((line) => piecesOf(line, styles));
  const hasText = (pieces) => pieces.length > 0;
  return lines.slice(lines.findIndex(hasText), lines.findLastIndex(hasText) + 1);
}

function piecesOf(line, styles) {
  const pieces = [];
  let column = 0;
  // eslint-disable-next-line no-control-regex -- The codes are what is looked for.
  for (const [part, code] of line.matchAll(/\u001B\[([\d;]*)m|[^\u001B]+/g)) {
    if (code === undefined) {
      pieces.push(...words(part, column, [...styles]));
      column += widthOf(part);
    } else for (const number of code.split(';')) restyle(styles, number);
  }
  return pieces;
}

function restyle(styles, number) {
  if (ON.has(number)) styles.add(ON.get(number));
  for (const style of OFF.get(number) ?? []) styles.delete(style);
}

/** Columns are apart by two spaces or more: each stays where it begins, whatever the font. */
function words(text, column, styles) {
  return [...text.matchAll(/\S+( \S+)*/g)].map(({ 0: found, index }) => ({
    column: column + widthOf(text.slice(0, index)),
    text: found,
    styles,
  }));
}

/** Without what moves the cursor or names the window. */
function visible(output) {
  return (
    output
      .replaceAll('\r', '')
      // eslint-disable-next-line no-control-regex -- The codes are what is looked for.
      .replace(/\u001B(\[[\d;?]*[A-LN-Za-ln-z]|\][^\u0007]*\u0007)/g, '')
  );
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
