#!/usr/bin/env node
import { constants } from 'node:os';
import { GoDockerError, isMeantToBeRead } from '../errors';
import { REPORT_HELP, reportCommand } from './report';

const HELP = `npx go-docker <command>

Commands:
  report    The images of the workspace on one page: terminal, Markdown, JSON or HTML

${REPORT_HELP}`;

/** The program `go-docker`. What Nx runs are the generators and executors of the package; this is what is not a task of a project. */
async function main([command, ...args]: readonly string[], signal: AbortSignal): Promise<string> {
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') return HELP;
  if (command === 'report') return reportCommand(args, process.cwd(), signal);
  throw new GoDockerError(`there is no command ${JSON.stringify(command)}`, {
    advice: 'npx go-docker --help lists the commands',
  });
}

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    process.exitCode = 128 + constants.signals[name];
    interruption.abort(new GoDockerError(`interrupted by ${name}`));
  });
}
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads no further, as `head` does, has what it wanted.
  if (error.code !== 'EPIPE') throw error;
});
main(process.argv.slice(2), interruption.signal).then(
  (text) => process.stdout.write(text),
  (error: unknown) => {
    console.error(isMeantToBeRead(error) ? error.message : error);
    process.exitCode ??= 1;
  },
);
