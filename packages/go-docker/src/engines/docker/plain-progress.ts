/** Why BuildKit gave a build up, as far as its messages tell. */
export interface BuildFailure {
  /** The step that failed, as BuildKit names it: `[builder 3/3] RUN go build …`; undefined where it never got that far. */
  readonly step?: string;
  /** What the step wrote, without BuildKit's times; the last 200 lines. */
  readonly lines: readonly string[];
  /** The last error, without `ERROR: failed to solve:`. */
  readonly error: string;
  /** The line of the Dockerfile that the step stands in. */
  readonly dockerfileLine?: number;
}

interface Step {
  name: string;
  readonly lines: string[];
}

const LINES_KEPT = 200;

/** Listens to `--progress=plain` and knows, when the build has failed, which lines say why. */
export class PlainProgress {
  private readonly steps = new Map<string, Step>();
  private failedStep?: Step;
  /** What came after the last line of a step: BuildKit's excerpt of the Dockerfile and the last error. */
  private closing: string[] = [];
  private unfinishedLine = '';

  add(text: string): void {
    const lines = (this.unfinishedLine + text).split(/\r?\n/);
    this.unfinishedLine = lines.pop() ?? '';
    for (const line of lines) this.addLine(line);
  }

  private addLine(line: string): void {
    const [, id, message = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (id === undefined) {
      if (this.closing.push(line) > LINES_KEPT) this.closing.shift();
      return;
    }
    this.closing = [];
    const step = this.steps.get(id) ?? { name: message, lines: [] };
    this.steps.set(id, step);
    const [, written] = /^\d+\.\d+ (.*)$/.exec(message) ?? [];
    if (written !== undefined && step.lines.push(written) > LINES_KEPT) step.lines.shift();
    // What else was running is cancelled then; the first error is the cause.
    if (message.startsWith('ERROR: ')) this.failedStep ??= step;
  }

  failure(): BuildFailure {
    const closing = [...this.closing, this.unfinishedLine];
    return {
      step: this.failedStep?.name,
      lines: this.failedStep?.lines ?? [],
      error: lastError(closing),
      dockerfileLine: excerptLine(closing),
    };
  }
}

function lastError(closing: readonly string[]): string {
  const start = closing.findLastIndex((line) => /^(ERROR|error): /.test(line));
  const lines = start < 0 ? closing.filter((line) => line.trim() !== '').slice(-3) : closing.slice(start);
  return lines
    .join('\n')
    .trim()
    .replace(/^(ERROR|error): (failed to (build|solve): )*/, '');
}

/** The excerpt begins with `Dockerfile:12` over a line of dashes. */
function excerptLine(closing: readonly string[]): number | undefined {
  const head = closing.findIndex((line, at) => /:\d+$/.test(line) && /^-{20}$/.test(closing[at + 1] ?? ''));
  const [, line] = /:(\d+)$/.exec(closing[head] ?? '') ?? [];
  return line === undefined ? undefined : Number(line);
}
