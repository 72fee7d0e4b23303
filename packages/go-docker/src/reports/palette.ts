type Style = (text: string) => string;

/** The few styles that reports use; each one leaves the text as it is where colour is not wanted. */
export interface Palette {
  readonly bold: Style;
  readonly dim: Style;
  readonly green: Style;
  readonly yellow: Style;
  readonly red: Style;
}

const plain: Style = (text) => text;

export const NO_COLOR: Palette = { bold: plain, dim: plain, green: plain, yellow: plain, red: plain };

/** Select Graphic Rendition codes of ECMA-48. `util.styleText` would need Node 20.12, and 20.18 to look at the stream. */
const ANSI: Palette = {
  bold: styled(1, 22),
  dim: styled(2, 22),
  green: styled(32, 39),
  yellow: styled(33, 39),
  red: styled(31, 39),
};

function styled(on: number, off: number): Style {
  return (text) => `\u001B[${on}m${text}\u001B[${off}m`;
}

/**
 * The styles for what is written to a stream: colour only on a terminal, and none where NO_COLOR is set
 * (https://no-color.org). FORCE_COLOR is not looked at, because Nx sets it for every task, whether its output ends on a
 * terminal or in a file.
 */
export function paletteFor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): Palette {
  return stream.isTTY && !environment['NO_COLOR'] ? ANSI : NO_COLOR;
}
