/**
 * What a command has printed on a terminal as a page with nothing but that.
 *
 * @param {string} command as a person has typed it
 * @param {string} output with the codes of ECMA-48 for styles; other codes are left out
 * @returns {string} HTML
 */
export function terminalPage(command, output) {
  return `<!doctype html>
<meta charset="utf-8">
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; background: light-dark(#fff, #14161a); color: light-dark(#1c2027, #d7dbe2); }
  pre { margin: 0; padding: 20px 24px; width: max-content; font: 13px/1.45 'DejaVu Sans Mono', monospace; }
  .bold { font-weight: 700; }
  .dim { opacity: 0.65; }
  .red { color: light-dark(#b3261e, #ff8a80); }
  .green { color: light-dark(#1b6e2d, #7bd88f); }
  .yellow { color: light-dark(#7a5900, #f0c75e); }
</style>
<pre><span class="bold">$ ${escaped(command)}</span>
${styled(plainLines(output))}</pre>
`;
}

/** On → class; each of them ends with 22 or 39. */
const CLASSES = new Map([
  ['1', 'bold'],
  ['2', 'dim'],
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
]);

function styled(text) {
  let open = 0;
  // eslint-disable-next-line no-control-regex -- The codes are what is looked for.
  const html = escaped(text).replace(/\u001B\[([\d;]*)m/g, (_code, number) => {
    const name = CLASSES.get(number);
    if (name) {
      open += 1;
      return `<span class="${name}">`;
    }
    if (!['22', '39'].includes(number) || open === 0) return '';
    open -= 1;
    return '</span>';
  });
  return html + '</span>'.repeat(open);
}

/** Without what moves the cursor or names the window, and without blank lines at the ends. */
function plainLines(output) {
  return (
    output
      .replaceAll('\r', '')
      // eslint-disable-next-line no-control-regex -- The codes are what is looked for.
      .replace(/\u001B(\[[\d;?]*[A-LN-Za-ln-z]|\][^\u0007]*\u0007)/g, '')
      .replace(/^\s*\n|\s+$/g, '')
  );
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
