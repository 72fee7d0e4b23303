import { OciImageError } from '../../errors';
import { endpointOf } from '../client/endpoint';
import { RegistryClient } from '../client/registry-client';
import { formatReference, parseReference } from '../reference';
import type { RegistryOptions } from '../registry-options';

/** One repository that is pushed to. */
export interface Destination {
  readonly client: RegistryClient;
  readonly repository: string;
}

/** A repository, and what the image is called there. */
export interface NamedDestination extends Destination {
  readonly registry: string;
  readonly tags: readonly string[];
}

/**
 * @param targets References with tags; several may name one repository.
 * @returns Each repository once, in the order of the targets; one client for each registry.
 * @throws OciImageError for what is no name of an image, and for one with a digest.
 */
export function destinationsOf(
  targets: readonly string[],
  options: RegistryOptions,
): readonly NamedDestination[] {
  if (targets.length === 0) throw new OciImageError('nothing says where the image is pushed to');
  const clients = new Map<string, RegistryClient>();
  const tags = new Map<string, Set<string>>();
  for (const target of targets) {
    const { registry, repository, tag = 'latest', digest } = parseReference(target);
    if (digest !== undefined) throw withDigest(target);
    if (!clients.has(registry)) clients.set(registry, new RegistryClient(endpointOf(registry), options));
    const name = formatReference({ registry, repository });
    tags.set(name, (tags.get(name) ?? new Set()).add(tag));
  }
  return [...tags].flatMap(([name, names]) => {
    const { registry, repository } = parseReference(name);
    const client = clients.get(registry);
    return client ? [{ client, registry, repository, tags: [...names] }] : [];
  });
}

function withDigest(target: string): OciImageError {
  return new OciImageError(`'${target}' has a digest, which nobody can choose`, {
    advice: 'give a tag alone',
  });
}
