import { type Node, stripComments } from 'jsonc-parser';

/** Gives the text of a value that is laid out for its place. */
export type ValueText = (layout: Layout) => string;

export interface Layout {
  /** White space before the property on its line; `undefined` where the whole object stands on one line. */
  readonly indent: string | undefined;
  /** White space that each level adds. */
  readonly step: string;
  readonly eol: string;
}

/**
 * The text with one property more at the end of an object. Every other character stays, where `modify` of jsonc-parser lays
 * out the neighbours anew and moves comments from one property to the next.
 */
export function insertProperty(text: string, object: Node, key: string, value: ValueText): string {
  const opening = object.offset + 1;
  const closing = object.offset + object.length - 1;
  const contentEnd = opening + text.slice(opening, closing).trimEnd().length;
  const layout = layoutOf(text, object);
  const property = `${JSON.stringify(key)}: ${value(layout)}`;
  const placed = layout.indent === undefined ? ` ${property}` : layout.eol + layout.indent + property;

  const lastChild = object.children?.at(-1);
  if (!lastChild) {
    return layout.indent === undefined
      ? `${text.slice(0, contentEnd)}${placed} ${text.slice(closing)}`
      : `${text.slice(0, contentEnd)}${placed}${text.slice(contentEnd)}`;
  }
  const childEnd = lastChild.offset + lastChild.length;
  const hasComma = stripComments(text.slice(childEnd, closing)).includes(',');
  const afterChild = (hasComma ? '' : ',') + text.slice(childEnd, contentEnd);
  return text.slice(0, childEnd) + afterChild + placed + text.slice(contentEnd);
}

function layoutOf(text: string, object: Node): Layout {
  const [, step = '  '] = /^([ \t]+)\S/m.exec(text) ?? [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const onOneLine = !text.slice(object.offset, object.offset + object.length).includes('\n');
  if (onOneLine) return { indent: undefined, step, eol };
  const firstChild = object.children?.[0];
  const ownLine = firstChild && /(?:^|\n)([ \t]*)$/.exec(text.slice(0, firstChild.offset));
  return { indent: ownLine?.[1] ?? lineIndent(text, object.offset) + step, step, eol };
}

function lineIndent(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
}
