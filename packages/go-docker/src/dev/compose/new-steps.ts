/** Reads BuildKit's plain progress as it comes, and shows the steps that it does not take from its cache. */
export class NewSteps {
  private unfinishedLine = '';
  /** Step → its heading. */
  private readonly headings = new Map<string, string>();
  private readonly shown = new Set<string>();

  constructor(private readonly show: (line: string) => void) {}

  add(text: string): void {
    const lines = (this.unfinishedLine + text).split(/\r?\n/);
    this.unfinishedLine = lines.pop() ?? '';
    for (const line of lines) this.addLine(line);
  }

  private addLine(line: string): void {
    const [, id, message = ''] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (id === undefined) return;
    // Reading the Dockerfile and the ignore file is no news.
    if (/^\[(.* )?\d+\/\d+\] /.test(message)) this.headings.set(id, message);
    else if (message === 'CACHED') this.headings.delete(id);
    else if (/^(\d+\.\d+ |sha256:|DONE [1-9]|ERROR)/.test(message)) this.showStep(id, message);
  }

  private showStep(id: string, message: string): void {
    const heading = this.headings.get(id);
    if (heading === undefined) return;
    if (!this.shown.has(id)) this.show(heading);
    this.shown.add(id);
    const [, written] = /^\d+\.\d+ (.*)$/.exec(message) ?? [];
    if (written !== undefined) this.show(`  ${written}`);
  }
}
