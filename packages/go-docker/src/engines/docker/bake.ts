import { Readable } from 'node:stream';
import { bakeFile } from './bake-file';
import type { BakeOrder, Build } from './build';
import { buildEnvironment } from './build-arguments';

/**
 * Builds images with one `docker buildx bake` for each builder, in which BuildKit does the steps that they share once. It gives all of them up where
 * one fails, and buildx may refuse what it lets a single build do; so what is not made here is built alone, with BuildKit's cache of the steps that were done,
 * and says itself why it fails.
 *
 * @returns For each order whether its image was made.
 */
export async function bakeTogether(
  orders: readonly BakeOrder[],
  signal: AbortSignal,
): Promise<readonly boolean[]> {
  const made = new Set<BakeOrder>();
  for (const group of groupsOf(orders)) {
    const [first] = group;
    if (!first || group.length < 2) continue;
    if (await bake(group, first.build, signal)) for (const order of group) made.add(order);
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
  const { exitCode } = await docker.run([...args, ...attestations, ...names], {
    signal,
    // What files a target may read is decided by its own options, as it is for a single build.
    env: { ...buildEnvironment(process.env), BUILDX_BAKE_ENTITLEMENTS_FS: '0' },
    input: Readable.from([text]),
    onStderr: (line) => void (isQuiet || process.stderr.write(line)),
  });
  return exitCode === 0;
}
