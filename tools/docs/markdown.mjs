// What links and tables of a Markdown page are checked by. Not a parser: it knows what our pages are written in.

const FENCE = /^ *(```|~~~)/;
const INLINE = /\[(?:[^[\]]|\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)\)/g;
const DEFINED = /^ {0,3}\[[^\]]+\]: +(\S+)/;

/**
 * @param {string} text a Markdown page
 * @returns {{ line: number, target: string }[]} what its links and pictures lead to, also a picture inside a link; not those in code
 */
export function linksOf(text) {
  return proseLines(text).flatMap(({ line, prose }) => {
    const plain = prose.replace(/`[^`]*`/g, '``');
    const defined = DEFINED.exec(plain);
    return [...(defined ? [defined[1]] : []), ...targetsIn(plain)].map((target) => ({ line, target }));
  });
}

/**
 * @param {string} text a Markdown page
 * @returns {Set<string>} what can stand behind `#`: its headings as GitHub names them
 */
export function anchorsOf(text) {
  const seen = new Map();
  const anchors = new Set();
  for (const { prose } of proseLines(text)) {
    const heading = /^#{1,6} +(.*?) *#* *$/.exec(prose);
    if (!heading) continue;
    const slug = slugOf(heading[1]);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/**
 * @param {string} text a Markdown page
 * @param {string} head the first cell of a table's head
 * @param {string} [heading] the text of the heading that it stands below
 * @returns {string[][]} the cells of each row of the first such table
 */
export function tableOf(text, head, heading) {
  const lines = proseLines(text).map(({ prose }) => prose);
  const from = heading === undefined ? 0 : lines.findIndex((line) => /^#+ (.*)$/.exec(line)?.[1] === heading);
  if (from < 0) throw new Error(`There is no heading "${heading}".`);
  const start = lines.findIndex((line, at) => at >= from && cellsOf(line)[0] === head);
  if (start < 0) throw new Error(`There is no table of "${head}" below "${heading}".`);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines.slice(start + 2, end < 0 ? undefined : end).map(cellsOf);
}

function cellsOf(line) {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** https://github.com/Flet/github-slugger: letters, marks, digits, `_` and `-` stay, a blank is a `-`, and all else goes. */
function slugOf(heading) {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function targetsIn(plain) {
  return [...plain.matchAll(INLINE)].flatMap(([link, target]) => [
    target,
    ...targetsIn(link.slice(1, link.lastIndexOf(']('))),
  ]);
}

/** The lines outside of fenced code, with their numbers from 1. */
function proseLines(text) {
  const lines = [];
  let fence;
  for (const [index, prose] of text.split('\n').entries()) {
    const mark = FENCE.exec(prose)?.[1];
    if (mark && (fence === undefined || fence === mark)) fence = fence === undefined ? mark : undefined;
    else if (fence === undefined) lines.push({ line: index + 1, prose });
  }
  return lines;
}
