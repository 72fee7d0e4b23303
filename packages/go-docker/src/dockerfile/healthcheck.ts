import { GoDockerError } from '../errors';

/**
 * The lines of a runner stage that ask the app for a path, without a shell.
 *
 * @throws GoDockerError where there is no port to ask on, or the path is none.
 */
export function healthcheckLines(path: string, port: number | undefined): readonly string[] {
  assertHealthcheck(path, port);
  const program = '/usr/local/libexec/healthcheck';
  return [
    `COPY --from=builder /out/.healthcheck/healthcheck ${program}`,
    `HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["${program}", "${port}", "${path}"]`,
  ];
}

/** Whether a Dockerfile takes the program from `builder`. */
export function copiesHealthcheck(text: string): boolean {
  return /--from=builder\s+\/out\/\.healthcheck/.test(text);
}

/** @throws GoDockerError where there is no port to ask on, or the path is none. */
export function assertHealthcheck(path: string, port: number | undefined): void {
  if (!/^\/[A-Za-z0-9._~/?&=%:@,;+-]*$/.test(path)) {
    throw new GoDockerError(`${JSON.stringify(path)} is not a path to ask a healthy app for`, {
      advice: 'Write it as a URL has it, from its slash: --healthcheck=/healthz.',
    });
  }
  if (port !== undefined) return;
  throw new GoDockerError(`There is no port to ask for ${path} on`, {
    advice: `Say which one the app listens on: --port=8080 --healthcheck=${path}.`,
  });
}
