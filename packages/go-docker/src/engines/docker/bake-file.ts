import { BUILD_EPOCH } from '@go-docker/oci-image';
import type { BakeOrder } from './build';
import { archiveOutput } from './build-arguments';

/** A file for `docker buildx bake`, and the names of its targets. */
export interface BakeFile {
  readonly names: readonly string[];
  readonly text: string;
}

/**
 * What `docker buildx build` is told by arguments, for several images: see `buildArguments`.
 * (https://docs.docker.com/build/bake/reference/)
 */
export function bakeFile(orders: readonly BakeOrder[]): BakeFile {
  const targets = orders.map((order, at) => [nameOf(order, at), targetOf(order)] as const);
  const text = JSON.stringify({ target: Object.fromEntries(targets) }, (_key, value: unknown) =>
    typeof value === 'string' ? escaped(value) : value,
  );
  return { names: targets.map(([name]) => name), text };
}

/**
 * People read it in BuildKit's messages; the number keeps apart what comes to one name. It is an argument of buildx, too, and must not begin like an
 * option.
 */
function nameOf({ build }: BakeOrder, at: number): string {
  const project = build.plan.project.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+/, '');
  return `${project || 'image'}-${at + 1}`;
}

function targetOf({ build: { plan }, platforms, destination }: BakeOrder): Record<string, unknown> {
  return {
    context: '.',
    dockerfile: plan.dockerfile,
    target: plan.target,
    platforms,
    ...outputOf(destination),
    args: { ...plan.buildArgs, SOURCE_DATE_EPOCH: String(BUILD_EPOCH) },
    secret: plan.secrets,
    ssh: plan.ssh,
    contexts: plan.contexts,
    'cache-from': plan.cacheFrom,
    'cache-to': plan.cacheTo,
    labels: plan.labels,
    'no-cache': plan.noCache,
    pull: plan.pull,
  };
}

function outputOf(destination: BakeOrder['destination']): Record<string, unknown> {
  if ('tag' in destination) return { tags: [destination.tag], output: ['type=docker'] };
  return { output: [archiveOutput(destination)] };
}

/** Bake reads every text as a template. (https://github.com/hashicorp/hcl/blob/v2.24.0/json/spec.md#expressions) */
function escaped(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
