import { type Node, parseTree } from 'jsonc-parser';

/**
 * JSON text with the property at `path` set to `value`; objects on the way that are missing are made.
 *
 * Nothing else changes: jsonc-parser's own `modify` lays out the neighbours of an edit anew, a person's file should not be.
 */
export function setProperty(text: string, path: readonly [string, ...string[]], value: unknown): string {
  let container = rootOf(text);
  for (const [index, key] of path.entries()) {
    const existing = valueOf(container, key);
    if (existing?.type === 'object' && index < path.length - 1) {
      container = existing;
      continue;
    }
    const wrapped = path.slice(index + 1).reduceRight((inner, name) => ({ [name]: inner }), value);
    if (!existing) return append(text, container, (layout) => `${JSON.stringify(key)}: ${layout(wrapped)}`);
    const layout = layoutAt(text, indentAt(text, existing.offset));
    return splice(text, existing.offset, existing.length, layout(wrapped));
  }
  return text;
}

/** JSON text with `value` as a further element of the array that the property `key` of the root object holds. */
export function appendElement(text: string, key: string, value: unknown): string {
  const array = valueOf(rootOf(text), key);
  if (array?.type !== 'array') throw new TypeError(`${key} is not an array`);
  return append(text, array, (layout) => layout(value));
}

type Layout = (value: unknown) => string;

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') throw new TypeError('not a JSON object');
  return root;
}

function valueOf(object: Node, key: string): Node | undefined {
  return object.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function append(text: string, container: Node, render: (layout: Layout) => string): string {
  const last = container.children?.at(-1);
  return last ? appendAfter(text, container, last, render) : fillEmpty(text, container, render);
}

function appendAfter(text: string, container: Node, last: Node, render: (layout: Layout) => string): string {
  const end = last.offset + last.length;
  const { comma, at, afterLineComment } = tailOf(text, end);
  const onOwnLine = text.slice(container.offset, last.offset).includes('\n');
  const indent = onOwnLine ? indentAt(text, last.offset) : indentAt(text, container.offset) + unitOf(text);
  const separator = onOwnLine || afterLineComment ? lineEnd(text) + indent : ' ';
  const element = separator + render(layoutAt(text, indent));
  const withElement = splice(text, at, 0, comma ? `${element},` : element);
  return comma ? withElement : splice(withElement, end, 0, ',');
}

/** What stands between the last element, which ends at `end`, and the closing bracket; `at` is where another one may follow. */
function tailOf(text: string, end: number): { comma: boolean; at: number; afterLineComment: boolean } {
  const token = /[ \t]+|\r?\n|\/\/[^\r\n]*|\/\*[^]*?\*\/|,/y;
  token.lastIndex = end;
  const tail = { comma: false, at: end, afterLineComment: false };
  let sameLine = true;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found.endsWith('\n')) sameLine = false;
    if (found === ',') Object.assign(tail, { comma: true, at: token.lastIndex, afterLineComment: false });
    if (found === ',') sameLine = true;
    if (found.startsWith('/') && sameLine) {
      Object.assign(tail, { at: token.lastIndex, afterLineComment: found.startsWith('//') });
    }
  }
  return tail;
}

function fillEmpty(text: string, container: Node, render: (layout: Layout) => string): string {
  const start = container.offset + 1;
  const inner = text.slice(start, container.offset + container.length - 1);
  if (container.type === 'array' && !inner.includes('\n') && inner.trim() === '') {
    return splice(text, start, inner.length, render(layoutAt(text, indentAt(text, container.offset))));
  }
  const indent = indentAt(text, container.offset);
  const element = lineEnd(text) + indent + unitOf(text) + render(layoutAt(text, indent + unitOf(text)));
  return splice(
    text,
    start + inner.trimEnd().length,
    inner.length - inner.trimEnd().length,
    element + lineEnd(text) + indent,
  );
}

/** Lays out a value whose first line is indented by `indent`: objects over several lines, arrays in one, as Prettier does. */
function layoutAt(text: string, indent: string): Layout {
  const unit = unitOf(text);
  const layout = (value: unknown, level: string): string => {
    if (Array.isArray(value)) return `[${value.map((element) => layout(element, level)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const lines = Object.entries(value).map(
      ([key, inner]) => `${level}${unit}${JSON.stringify(key)}: ${layout(inner, level + unit)}`,
    );
    return ['{', lines.join(`,${lineEnd(text)}`), `${level}}`].join(lineEnd(text));
  };
  return (value) => layout(value, indent);
}

/** The white space that the line of `offset` begins with. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function unitOf(text: string): string {
  return /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function splice(text: string, offset: number, length: number, replacement: string): string {
  return text.slice(0, offset) + replacement + text.slice(offset + length);
}
