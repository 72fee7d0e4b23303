import { paletteFor } from './palette';

const terminal = { isTTY: true };
const file = {};

describe('paletteFor', () => {
  test('colours what goes to a terminal', () => {
    expect(paletteFor(terminal, {}).red('over')).toBe('\u001B[31mover\u001B[39m');
  });

  test('leaves what goes to a file or a pipe as it is, although Nx sets FORCE_COLOR', () => {
    expect(paletteFor(file, {}).red('over')).toBe('over');
    expect(paletteFor(file, { FORCE_COLOR: 'true' }).bold('over')).toBe('over');
  });

  test('respects NO_COLOR, which counts when it is not empty', () => {
    expect(paletteFor(terminal, { NO_COLOR: '1' }).green('ok')).toBe('ok');
    expect(paletteFor(terminal, { NO_COLOR: '' }).green('ok')).not.toBe('ok');
  });
});
