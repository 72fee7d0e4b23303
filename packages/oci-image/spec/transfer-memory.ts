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
  return process.resourceUsage().maxRSS * 1024 - before;
}

void transfer(process.argv.slice(3)).then(console.log, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
