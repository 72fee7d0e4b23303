import { linePrefixer } from '../prefixed';
import type { Build } from './build';
import { buildArguments, buildEnvironment, type Destination } from './build-arguments';
import { buildFailed } from './build-failed';
import { PlainProgress } from './plain-progress';

/**
 * Runs `docker buildx build`, unless the image was baked with others. On a terminal BuildKit draws itself, and ends a failed build with the lines of the failed step;
 * elsewhere its messages are passed on, and the error repeats those lines.
 *
 * @throws GoDockerError that says why the build failed.
 */
export async function runBuild(
  build: Build,
  platforms: readonly string[],
  destination: Destination,
): Promise<void> {
  if (await build.bake?.ask({ build, platforms, destination })) return;
  const { progress, linePrefix = '' } = build.plan;
  const drawn = progress === 'tty' || (progress === 'auto' && process.stderr.isTTY);
  const messages = new PlainProgress();
  const tell = linePrefixer(linePrefix, (text) => void process.stderr.write(text));
  const { exitCode } = await build.docker.run(
    buildArguments(build.plan, platforms, destination, drawn ? 'tty' : 'plain'),
    {
      env: buildEnvironment(process.env),
      inheritStderr: drawn,
      // Told to end before it has reached its plugin buildx, `docker` neither passes that on nor ends; killed, it leaves the plugin building.
      endsGroup: true,
      onStderr: (text) => {
        messages.add(text);
        if (progress !== 'quiet') tell(text);
      },
    },
  );
  if (exitCode !== 0) throw await buildFailed(build, exitCode, drawn ? undefined : messages.failure());
}
