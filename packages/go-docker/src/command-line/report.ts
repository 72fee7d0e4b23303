import { readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { GoDockerError } from '../errors';
import type { MeasuredImage } from '../measuring/measured-image';
import { paletteFor } from '../reports/palette';
import { writeText } from '../reports/write-text';
import { committedHistory } from '../workspace-report/git-history';
import { markdownReport } from '../workspace-report/markdown-report';
import { htmlReport } from '../workspace-report/page/html-report';
import { MEASURED_FOLDER, readMeasuredImages } from '../workspace-report/read-images';
import { terminalReport } from '../workspace-report/terminal-report';
import { type WorkspaceReport, workspaceReport } from '../workspace-report/workspace-report';
import { workspaceRootAbove } from './workspace-root';

export const REPORT_HELP = `npx go-docker report [options]

Shows the images of the workspace that image-size has measured: sizes, budgets, changes since the committed
image-size.json, and what their bytes are spent on.

Options:
  --format=<format>   terminal, markdown, json or html; without --output it is printed     [default: terminal]
  --output=<file>     Write a file, below the current folder. Its ending tells the format (.html, .md, .json).
                      May be given several times.
  --sizes=<folder>    Where image-size has left what it measured, below the workspace root [default: ${MEASURED_FOLDER}]
  --title=<text>      Heading of the page                                [default: the name of the workspace]
  --help              Show this text

Examples:
  nx run-many -t image-size && npx go-docker report
  npx go-docker report --output=report.html
  npx go-docker report --format=markdown >> "$GITHUB_STEP_SUMMARY"
`;

const FORMATS = ['terminal', 'markdown', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

const FORMAT_OF_ENDING: Readonly<Record<string, Format>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.json': 'json',
  '.txt': 'terminal',
};

/**
 * `go-docker report`: reads what `image-size` has left, and what git has of it. Neither Nx nor an engine is asked.
 *
 * @param tell Told what is not in the report although it was measured; what is printed may go to a file.
 * @returns What is to be printed.
 * @throws GoDockerError for wrong options, and for files that image-size of another release has left.
 */
export async function reportCommand(
  args: readonly string[],
  currentFolder: string,
  signal: AbortSignal,
  tell: (note: string) => void = console.error,
): Promise<string> {
  const options = optionsOf(args);
  if (options.help) return REPORT_HELP;
  const formats = formatsOf(options);
  const workspaceRoot = workspaceRootAbove(currentFolder);
  const { images, leftOut } = readMeasuredImages(workspaceRoot, options.sizes);
  for (const note of leftOut) tell(note);
  const report = await withHistory(images, workspaceRoot, signal);
  const title = options.title ?? `Image sizes of ${workspaceName(workspaceRoot)}`;
  const texts = new Map(formats.map(({ format }) => [format, render(report, format, title)]));
  for (const { file, format } of formats) {
    if (file !== undefined) writeText(resolve(currentFolder, file), texts.get(format) ?? '');
  }
  return formats
    .map(({ file, format }) => (file === undefined ? (texts.get(format) ?? '') : `${file} written\n`))
    .join('');
}

interface ReportOptions {
  readonly format?: string;
  readonly output: readonly string[];
  readonly sizes?: string;
  readonly title?: string;
  readonly help: boolean;
}

function optionsOf(args: readonly string[]): ReportOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        format: { type: 'string' },
        output: { type: 'string', multiple: true, default: [] },
        sizes: { type: 'string' },
        title: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { format, output = [], sizes, title, help = false } = values;
    return { format, output, sizes, title, help };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw cause;
    throw new GoDockerError(message, {
      advice: 'npx go-docker report --help lists the options',
      cause,
    });
  }
}

interface Target {
  /** undefined: standard output. */
  readonly file?: string;
  readonly format: Format;
}

function formatsOf({ format, output }: ReportOptions): readonly Target[] {
  const asked = format === undefined ? undefined : checkedFormat(format);
  if (output.length === 0) return [{ format: asked ?? 'terminal' }];
  return output.map((file) => ({ file, format: asked ?? formatOfEnding(file) }));
}

function checkedFormat(format: string): Format {
  const known = FORMATS.find((each) => each === format);
  if (known) return known;
  throw new GoDockerError(`--format: there is no format ${JSON.stringify(format)}`, {
    advice: `take one of ${FORMATS.join(', ')}`,
  });
}

function formatOfEnding(file: string): Format {
  const format = FORMAT_OF_ENDING[extname(file).toLowerCase()];
  if (format) return format;
  throw new GoDockerError(`--output: the ending of ${JSON.stringify(file)} tells no format`, {
    advice: `end it in ${Object.keys(FORMAT_OF_ENDING).join(', ')}, or say which with --format`,
  });
}

async function withHistory(
  images: readonly MeasuredImage[],
  workspaceRoot: string,
  signal: AbortSignal,
): Promise<WorkspaceReport> {
  const committed = images.map(({ project, baseline }) => ({ project, file: baseline.file }));
  const history = await committedHistory(workspaceRoot, committed, signal);
  return workspaceReport(images.map((image) => ({ ...image, history: history.get(image.project) ?? [] })));
}

function render(report: WorkspaceReport, format: Format, title: string): string {
  switch (format) {
    case 'terminal':
      return `${terminalReport(report, paletteFor(process.stdout, process.env))}\n`;
    case 'markdown':
      return markdownReport(report);
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case 'html':
      return htmlReport(report, title);
  }
}

/** The name in package.json, or that of the folder. */
function workspaceName(workspaceRoot: string): string {
  try {
    const { name }: { name?: unknown } = JSON.parse(
      readFileSync(join(workspaceRoot, 'package.json'), 'utf8'),
    );
    if (typeof name === 'string' && name !== '') return name;
  } catch {
    // Nx works without a package.json.
  }
  return basename(workspaceRoot);
}
