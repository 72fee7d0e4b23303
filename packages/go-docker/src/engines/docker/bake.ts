import { Readable } from 'node:stream';
import { linePrefixer } from '../prefixed';
import { unlessEnding } from '../unless-ending';
import { bakeFile } from './bake-file';
import type { BakeOrder, Build } from './build';
import { buildEnvironment } from './build-arguments';

/**
 * Builds images with `docker buildx bake`, in which BuildKit does the steps that they share once: for each builder one image first, and then all others
 * at once. BuildKit starts all Go builds at the same moment, and where Go's cache is empty, as on a fresh machine in CI, each would compile the standard
 * library by itself; after the first it is there for the others.
 *
 * Bake gives all up where one fails, and buildx may refuse what it lets a single build do; so what is not made here is built alone, with BuildKit's cache
 * of the steps that were done, and says itself why it fails.
 *
 * @returns For each order whether its image was made.
 */
export async function bakeTogether(
  orders: readonly BakeOrder[],
  signal: AbortSignal,
): Promise<readonly boolean[]> {
  const made = new Set<BakeOrder>();
  for (const group of groupsOf(orders)) {
    const [first, ...others] = group;
    if (!first || others.length === 0) continue;
    for (const part of [[first], others]) {
      if (await bake(part, first.build, signal)) for (const order of part) made.add(order);
      else await unlessEnding(signal);
    }
  }
  return orders.map((order) => made.has(order));
}

function groupsOf(orders: readonly BakeOrder[]): readonly (readonly BakeOrder[])[] {
  const groups = new Map<string | undefined, BakeOrder[]>();
  for (const order of orders) {
    const { builder } = order.build.plan;
    groups.set(builder, [...(groups.get(builder) ?? []), order]);
  }
  return [...groups.values()];
}

async function bake(
  orders: readonly BakeOrder[],
  { docker, plan }: Build,
  signal: AbortSignal,
): Promise<boolean> {
  const { names, text } = bakeFile(orders);
  const builder = plan.builder === undefined ? [] : [`--builder=${plan.builder}`];
  const args = ['buildx', 'bake', ...builder, '--file=-', '--progress=plain'];
  const attestations = ['--provenance=false', '--sbom=false'];
  const isQuiet = orders.every((order) => order.build.plan.progress === 'quiet');
  // Bake names the targets in its messages, where there are several.
  const tell = linePrefixer(orders.length > 1 ? '' : (plan.linePrefix ?? ''), (text) => {
    process.stderr.write(text);
  });
  const { exitCode } = await docker.run([...args, ...attestations, ...names], {
    signal,
    // What files a target may read is decided by its own options, as it is for a single build.
    env: { ...buildEnvironment(process.env), BUILDX_BAKE_ENTITLEMENTS_FS: '0' },
    input: Readable.from([text]),
    onStderr: (text) => {
      if (!isQuiet) tell(text);
    },
  });
  return exitCode === 0;
}
