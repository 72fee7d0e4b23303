/**
 * A comment on a pull request about as GitHub shows it.
 *
 * @param {string} markdown what `go-docker report --format=markdown` prints: its few forms of Markdown, no others
 * @returns {string} HTML, of which the element `article` is the comment, with the first folded part unfolded
 */
export function commentPage(markdown) {
  return `<!doctype html>
<meta charset="utf-8">
<style>
  :root {
    color-scheme: light dark;
    --page: light-dark(#ffffff, #0d1117); --text: light-dark(#1f2328, #f0f6fc);
    --quiet: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d);
    --strip: light-dark(#f6f8fa, #151b23); --red: light-dark(#cf222e, #f85149);
  }
  body { margin: 0; background: var(--page); color: var(--text); }
  body { font: 14px/1.5 -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, 'DejaVu Sans', sans-serif; }
  article { width: 890px; border: 1px solid var(--line); border-radius: 6px; }
  header { padding: 8px 16px; background: var(--strip); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; }
  header { color: var(--quiet); }
  header b { color: var(--text); }
  header i { border: 1px solid var(--line); border-radius: 9px; padding: 0 6px; font-size: 12px; font-style: normal; }
  main { padding: 16px; }
  h2 { margin: 0 0 16px; padding-bottom: 6px; border-bottom: 1px solid var(--line); font-size: 21px; line-height: 1.25; }
  p, table, details { margin: 0 0 16px; }
  main > :last-child, details > :last-child { margin-bottom: 0; }
  summary { margin-bottom: 8px; }
  details:not([open]) summary { margin: 0; }
  table { border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid var(--line); white-space: nowrap; }
  tbody tr:nth-child(2n) { background: var(--strip); }
  code { padding: 0.2em 0.4em; border-radius: 6px; background: light-dark(#818b981f, #656c7633); }
  code { font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
  svg { vertical-align: -1px; stroke: var(--red); }
</style>
<article>
<header><b>github-actions</b> <i>bot</i> commented</header>
<main>
${htmlOf(markdown).replace('<details>', '<details open>')}
</main>
</article>
`;
}

/** Blocks are apart by blank lines, and each is of one form. */
function htmlOf(markdown) {
  return markdown
    .replace(/^<!--.*?-->\n/, '')
    .trim()
    .split(/\n{2,}/)
    .map(blockHtml)
    .join('\n');
}

function blockHtml(block) {
  if (block.startsWith('<details>') || block === '</details>') return block;
  if (block.startsWith('## ')) return `<h2>${inlineHtml(block.slice(3))}</h2>`;
  if (block.startsWith('| ')) return tableHtml(block.split('\n'));
  if (/^[#>*+\-`<\d]/.test(block) && !/^\d+ |^<code>/.test(block)) {
    throw new Error(`This form of Markdown has no picture yet: ${block}`);
  }
  return `<p>${inlineHtml(block)}</p>`;
}

function tableHtml([head, rule, ...rows]) {
  const aligns = cellsOf(rule).map((dashes) => (dashes.endsWith(':') ? ' align="right"' : ''));
  const row = (line, tag) =>
    `<tr>${cellsOf(line)
      .map((cell, at) => `<${tag}${aligns[at]}>${inlineHtml(cell)}</${tag}>`)
      .join('')}</tr>`;
  const body = rows.map((line) => row(line, 'td')).join('\n');
  return `<table>\n<thead>${row(head, 'th')}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}

/** The report writes every | in a cell as an entity. */
function cellsOf(line) {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function inlineHtml(text) {
  return text.replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replaceAll('❌', CROSS);
}

/** As GitHub draws it: a font of the machine may not have it. */
const CROSS =
  '<svg viewBox="0 0 16 16" width="13" height="13"><path d="M2 2 14 14M14 2 2 14" stroke-width="3.5"/></svg>';
