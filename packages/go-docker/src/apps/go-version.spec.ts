import { assertGoVersion, isAtLeast } from './go-version';

describe('a Go version', () => {
  it.each(['1.26', '1.26.8', '1.27rc1', '1.27beta2'])('may be %s', (version) => {
    expect(() => assertGoVersion(version)).not.toThrow();
  });

  it.each(['', 'go1.26', '1', 'latest', '1.26-alpine', '1.26.8\n', '1.26@sha256:0', '$GO'])(
    'may not be %j',
    (version) => {
      expect(() => assertGoVersion(version, { file: 'go.work' })).toThrow(
        `go.work: ${JSON.stringify(version)} is not a Go version\n→ Give it as Go does: 1.26, 1.26.8 or 1.27rc1.`,
      );
    },
  );

  // The order of https://pkg.go.dev/go/version#Compare.
  it('stands in the order of Go', () => {
    const order = [
      '1.9',
      '1.20',
      '1.26',
      '1.26beta1',
      '1.26rc1',
      '1.26rc2',
      '1.26.0',
      '1.26.8',
      '1.26.10',
      '1.27',
    ];
    for (const [a, version] of order.entries()) {
      for (const [b, other] of order.entries())
        expect([version, other, isAtLeast(version, other)]).toEqual([version, other, a >= b]);
    }
  });
});
