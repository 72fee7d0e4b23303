import { PlainProgress } from './plain-progress';

/** What buildx 0.13 wrote for a program that does not compile, while another step ran. */
const FAILED_STEP = `#0 building with "default" instance using docker driver

#6 [builder 2/3] COPY . .
#6 CACHED

#7 [builder 3/3] RUN go build ./apps/api
#7 0.042 # example.com/shop/apps/api
#7 ...

#8 [assets 2/2] RUN make assets
#8 0.040 making assets
#8 CANCELED

#7 [builder 3/3] RUN go build ./apps/api
#7 0.100 apps/api/main.go:7:2: undefined: x
#7 ERROR: process "/bin/sh -c go build ./apps/api" did not complete successfully: exit code: 1
------
 > [builder 3/3] RUN go build ./apps/api:
0.042 # example.com/shop/apps/api
0.100 apps/api/main.go:7:2: undefined: x
------
Dockerfile:3
--------------------
   1 |     FROM golang:1.26.8 AS builder
   2 |     COPY . .
   3 | >>> RUN go build ./apps/api
--------------------
ERROR: failed to solve: process "/bin/sh -c go build ./apps/api" did not complete successfully: exit code: 1
`;

const failureOf = (...texts: string[]) => {
  const progress = new PlainProgress();
  for (const text of texts) progress.add(text);
  return progress.failure();
};

describe('PlainProgress', () => {
  const expected = {
    step: '[builder 3/3] RUN go build ./apps/api',
    lines: ['# example.com/shop/apps/api', 'apps/api/main.go:7:2: undefined: x'],
    error: 'process "/bin/sh -c go build ./apps/api" did not complete successfully: exit code: 1',
    dockerfileLine: 3,
  };

  it('knows the step that failed, its lines alone, and its place in the Dockerfile', () => {
    expect(failureOf(FAILED_STEP)).toEqual(expected);
  });

  it('does not mind where the text is cut', () => {
    expect(failureOf(...FAILED_STEP)).toEqual(expected);
  });

  it('reads the line ends of Windows', () => {
    expect(failureOf(FAILED_STEP.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  it('keeps the last lines of a step that writes without end', () => {
    const written = Array.from({ length: 1000 }, (_, line) => `#1 0.1 line ${line}\n`);
    const { lines } = failureOf('#1 [x 1/1] RUN x\n', ...written, '#1 ERROR: no\n');
    expect([lines.length, lines.at(0), lines.at(-1)]).toEqual([200, 'line 800', 'line 999']);
  });

  it('takes the place of a mistake in the Dockerfile', () => {
    const text = `Dockerfile:2
--------------------
   1 |     FROM scratch AS runner
   2 | >>> FROMM x
--------------------
ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: FROMM (did you mean FROM?)
`;
    expect(failureOf(text)).toEqual({
      step: undefined,
      lines: [],
      error: 'dockerfile parse error on line 2: unknown instruction: FROMM (did you mean FROM?)',
      dockerfileLine: 2,
    });
  });

  it('takes an error of several lines whole', () => {
    const text = `ERROR: Cache export is not supported for the docker driver.
Switch to a different driver, or turn on the containerd image store, and try again.
`;
    expect(failureOf(text).error).toBe(text.trim().replace('ERROR: ', ''));
  });

  it('takes the last lines of what is no error of buildx', () => {
    expect(failureOf('unknown flag: --sbom\nSee docker buildx build --help.\n').error).toBe(
      'unknown flag: --sbom\nSee docker buildx build --help.',
    );
  });
});
