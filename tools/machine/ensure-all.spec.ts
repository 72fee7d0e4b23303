import { ensureAll } from './ensure-all.mjs';

function lacking(what: string) {
  return () => {
    throw new Error(`${what} is missing.`);
  };
}

describe('a machine that lacks several things', () => {
  it('is told of all of them at once', () => {
    expect(() => ensureAll([lacking('Go'), lacking('Docker')])).toThrow(
      new Error('Go is missing.\nDocker is missing.'),
    );
  });

  it('gets what can be had although something else is missing', () => {
    const setUp = jest.fn();
    expect(() => ensureAll([lacking('Go'), setUp])).toThrow(new Error('Go is missing.'));
    expect(setUp).toHaveBeenCalledTimes(1);
  });

  it('hears nothing when all is there', () => {
    expect(() => ensureAll([() => 'there', () => true])).not.toThrow();
  });
});
