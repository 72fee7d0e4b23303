import { exposedPort } from './exposed-port';

const lines = (...text: string[]): string => text.join('\n');

describe('the port that a Dockerfile exposes', () => {
  it.each(['EXPOSE 8080', 'expose 8080/tcp', 'EXPOSE 53/udp 8080 9090'])('is read from %s', (line) => {
    expect(exposedPort(lines('FROM scratch AS runner', line))).toBe(8080);
  });

  it('is that of the runner stage, not of another', () => {
    const text = [
      'FROM golang AS debug',
      'EXPOSE 2345',
      'FROM scratch AS runner',
      'EXPOSE 8080',
      'FROM scratch AS x',
    ];
    expect(exposedPort(lines(...text))).toBe(8080);
  });

  it('is that of the last stage where none is called runner', () => {
    expect(exposedPort(lines('FROM a', 'EXPOSE 1', 'FROM b', 'EXPOSE 2'))).toBe(2);
  });

  it.each(['', 'EXPOSE $PORT', 'EXPOSE 53/udp'])('is unknown: %s', (line) => {
    expect(exposedPort(lines('FROM scratch AS runner', line))).toBeUndefined();
  });
});
