import { type Node, parseTree } from 'jsonc-parser';
import { insertProperty, type Layout } from './insert-property';

/**
 * JSON text with the property at `path` set to `value`; objects on the way that are missing are made. Nothing else changes.
 *
 * @throws TypeError where the text is no JSON object.
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
    if (!existing) return insertProperty(text, container, key, (layout) => render(wrapped, layout));
    const { offset, length } = existing;
    return text.slice(0, offset) + JSON.stringify(wrapped) + text.slice(offset + length);
  }
  return text;
}

/**
 * JSON text with `value` as the first element of the array that the property `key` of the root object holds.
 *
 * @throws TypeError where there is no such array.
 */
export function prependElement(text: string, key: string, value: string): string {
  const array = valueOf(rootOf(text), key);
  if (array?.type !== 'array') throw new TypeError(`${key} is not an array`);
  const element = JSON.stringify(value);
  const start = array.offset + 1;
  const [first] = array.children ?? [];
  if (!first) return text.slice(0, start) + element + text.slice(start);
  // On a line of its own where the first element has one, below a comment on the line of the bracket.
  const [head = ''] = /^[ \t]*(\/\/[^\r\n]*)?(?=\r?\n)/.exec(text.slice(start)) ?? [];
  const line = /^(\r?\n)[^]*?([ \t]*)$/.exec(text.slice(start + head.length, first.offset));
  const placed = line ? `${line[1]}${line[2]}${element},` : `${element}, `;
  const at = line ? start + head.length : start;
  return text.slice(0, at) + placed + text.slice(at);
}

function rootOf(text: string): Node {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root?.type !== 'object') throw new TypeError('not a JSON object');
  return root;
}

function valueOf(object: Node, key: string): Node | undefined {
  return object.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

/** Objects over several lines and arrays in one, as Prettier lays out short ones; all in one line where the surroundings are. */
function render(value: unknown, { indent, step, eol }: Layout): string {
  if (Array.isArray(value)) return `[${value.map((element) => JSON.stringify(element)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = { indent: indent === undefined ? undefined : indent + step, step, eol };
  const properties = Object.entries(value).map(
    ([key, each]) => `${JSON.stringify(key)}: ${render(each, inner)}`,
  );
  if (indent === undefined) return `{ ${properties.join(', ')} }`;
  return `{${properties.map((property) => eol + indent + step + property).join(',')}${eol}${indent}}`;
}
