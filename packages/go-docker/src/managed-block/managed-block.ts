import { GoDockerError } from '../errors';

/** Lines of a user's file that are ours: from `# go-docker:begin NAME key=value …` to `# go-docker:end NAME`. */
export interface ManagedBlock {
  readonly name: string;
  /** The options that the block was made from. */
  readonly keys: ReadonlyMap<string, string>;
  /** All its lines with both markers, without line ends. */
  readonly lines: readonly string[];
  /** Line of the begin marker, counted from 1. */
  readonly line: number;
}

const marker = /^\s*#\s*go-docker:(begin|end)\b(.*)$/;
const anyMarker = /^[^\S\n]*#[^\S\n]*go-docker:(begin|end)\b/m;
/** In every marker: most lines are told by it from one. */
const WORD = 'go-docker:';

/** Whether the text has a managed block, be it a broken one. */
export function isOurs(text: string): boolean {
  return anyMarker.test(text);
}

/**
 * The managed blocks of a file in their order.
 *
 * @throws GoDockerError with file and line where a marker has no name, no partner, or stands inside another block, where a name comes
 * twice, and where an option is not `key=value` or its key is there twice.
 */
export function managedBlocks(text: string, file: string): readonly ManagedBlock[] {
  if (latest?.text !== text || latest.file !== file) latest = { text, file, blocks: readBlocks(text, file) };
  return latest.blocks;
}

/** Who asks for the options of blocks asks for their lines right after. */
let latest:
  { readonly text: string; readonly file: string; readonly blocks: readonly ManagedBlock[] } | undefined;

function readBlocks(text: string, file: string): readonly ManagedBlock[] {
  const lines = linesOf(text);
  const blocks: ManagedBlock[] = [];
  let open: Marker | undefined;
  lines.forEach((content, index) => {
    const found = readMarker(content, { file, line: index + 1 });
    if (found?.kind === 'begin') {
      assertCanOpen(found, open, blocks);
      open = found;
    } else if (found) {
      if (open?.name !== found.name) throw strayEnd(found, open);
      blocks.push({
        name: open.name,
        keys: open.keys,
        line: open.line,
        lines: lines.slice(open.line - 1, found.line),
      });
      open = undefined;
    }
  });
  if (open) throw unclosed(open);
  return blocks;
}

/**
 * The lines that are the user's own, without line ends.
 *
 * @throws GoDockerError as {@link managedBlocks} does.
 */
export function linesOutsideBlocks(text: string, file: string): readonly string[] {
  const blocks = managedBlocks(text, file);
  return linesOf(text).filter(
    (_, index) => !blocks.some(({ line, lines }) => index + 1 >= line && index + 1 < line + lines.length),
  );
}

/**
 * The text with new lines for the named blocks. Everything else stays as it is, byte for byte, and a block keeps the line ends
 * it had.
 *
 * @param contents Name of a block → its new lines with both markers.
 * @throws GoDockerError as {@link managedBlocks} does.
 */
export function replaceBlocks(
  text: string,
  file: string,
  contents: ReadonlyMap<string, readonly string[]>,
): string {
  const lines = text.split('\n');
  for (const block of [...managedBlocks(text, file)].reverse()) {
    const content = contents.get(block.name);
    if (!content) continue;
    const end = block.line - 1 + block.lines.length;
    const lineEnd = lines[block.line - 1]?.endsWith('\r') ? '\r' : '';
    // The end marker may be the last line of a file without a final line end.
    const last = lines[end - 1]?.endsWith('\r') ? '\r' : '';
    const renewed = content.map((line, index) => line + (index === content.length - 1 ? last : lineEnd));
    lines.splice(block.line - 1, block.lines.length, ...renewed);
  }
  return lines.join('\n');
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return text.includes('\r') ? lines.map((line) => line.replace(/\r$/, '')) : lines;
}

interface Marker {
  readonly kind: 'begin' | 'end';
  readonly name: string;
  readonly keys: ReadonlyMap<string, string>;
  readonly file: string;
  readonly line: number;
}

function readMarker(content: string, location: { file: string; line: number }): Marker | undefined {
  const match = content.includes(WORD) ? marker.exec(content) : null;
  if (!match) return undefined;
  const [name, ...pairs] = (match[2] ?? '').trim().split(/\s+/);
  if (!name) {
    throw new GoDockerError(`A "go-docker:${match[1]}" without the name of its block`, {
      location,
      advice: 'Write the name after it, such as "# go-docker:begin deps".',
    });
  }
  return { kind: match[1] === 'begin' ? 'begin' : 'end', name, keys: readKeys(pairs, location), ...location };
}

function readKeys(
  pairs: readonly string[],
  location: { file: string; line: number },
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const pair of pairs) {
    const [, key, value] = /^([A-Za-z]+)=(.+)$/.exec(pair) ?? [];
    if (key === undefined || value === undefined) {
      throw new GoDockerError(`"${pair}" is not written as key=value`, {
        location,
        advice: 'After the name of the block there are its options, each as key=value, and nothing else.',
      });
    }
    if (keys.has(key)) {
      throw new GoDockerError(`The key "${key}" is there twice: ${key}=${keys.get(key)} and ${pair}`, {
        location,
        advice: 'Keep the one that is meant; several values stand after one key, with commas between them.',
      });
    }
    keys.set(key, value);
  }
  return keys;
}

function assertCanOpen(begin: Marker, open: Marker | undefined, before: readonly ManagedBlock[]): void {
  if (open) throw unclosed(open, begin.line);
  const same = before.find((block) => block.name === begin.name);
  if (!same) return;
  throw new GoDockerError(`A second block "${begin.name}"; the first one begins in line ${same.line}`, {
    location: begin,
    advice: 'Remove one of the two, or its markers.',
  });
}

function strayEnd(end: Marker, open: Marker | undefined): GoDockerError {
  const what = open
    ? `The block "${open.name}" of line ${open.line} ends with the marker of "${end.name}"`
    : `"go-docker:end ${end.name}" without a begin`;
  const advice = open
    ? `Write "# go-docker:end ${open.name}" where it ends.`
    : 'Remove the line, or put the begin marker back.';
  return new GoDockerError(what, { location: end, advice });
}

function unclosed(open: Marker, next?: number): GoDockerError {
  const until = next === undefined ? '' : ` before the next one begins in line ${next}`;
  return new GoDockerError(`The block "${open.name}" has no end${until}`, {
    location: open,
    advice: `Put "# go-docker:end ${open.name}" where it ends, or remove the begin marker to own these lines yourself.`,
  });
}
