import { readFileSync } from 'node:fs';
import { pullImages, pushLayout } from '../src/index';

/** Pushes a layout or pulls it, and prints by how many bytes the process has grown at its largest. */
async function transfer([
  direction = '',
  reference = '',
  directory = '',
]: readonly string[]): Promise<number> {
  const options = { credentials: () => Promise.resolve(undefined) };
  const before = process.memoryUsage.rss();
  if (direction === 'push') await pushLayout(directory, [reference], options);
  else if (direction === 'push-in-pieces')
    await pushLayout(directory, [reference], { ...options, chunkBytes: 50 << 20 });
  else await pullImages(reference, ['linux/amd64'], { ...options, cache: directory });
  return largest() - before;
}

/**
 * The most that this process has had in memory. `maxRSS` begins with what its parent had when it started this one
 * (https://man7.org/linux/man-pages/man2/getrusage.2.html); Linux has a figure of the program alone.
 */
function largest(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

void transfer(process.argv.slice(3)).then(console.log, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
