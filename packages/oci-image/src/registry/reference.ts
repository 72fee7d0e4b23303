import { type Digest, isDigest } from '../blobs/digest';
import { OciImageError } from '../errors';

/** Where an image lies: what is after the registry is a name of that registry alone. */
export interface ImageReference {
  /** `docker.io`, or a host with its port where that is said. */
  readonly registry: string;
  /** For example `library/alpine`. */
  readonly repository: string;
  /** `latest` where a reference has neither tag nor digest. */
  readonly tag?: string;
  /** Goes before the tag, which is then only a remark. */
  readonly digest?: Digest;
}

/**
 * @param text As a person types it: `alpine`, `team/api:1.0`, `127.0.0.1:5000/api@sha256:…`.
 * @returns What Docker takes it for. https://github.com/distribution/reference/blob/v0.6.0/normalize.go
 * @throws OciImageError for what is no name of an image.
 */
export function parseReference(text: string): ImageReference {
  const [beforeDigest = '', digest, ...more] = text.split('@');
  if (more.length > 0) throw noReference(text, 'it has more than one @');
  if (digest !== undefined && !isDigest(digest)) throw noReference(text, `${digest} is no sha256 digest`);
  const colon = beforeDigest.lastIndexOf(':');
  // A colon before the last slash belongs to the registry's port.
  const hasTag = colon > beforeDigest.lastIndexOf('/');
  const tag = hasTag ? beforeDigest.slice(colon + 1) : digest === undefined ? 'latest' : undefined;
  if (tag !== undefined && !TAG.test(tag)) throw noReference(text, `'${tag}' is no tag`);
  return { ...parseName(hasTag ? beforeDigest.slice(0, colon) : beforeDigest, text), tag, digest };
}

/** @returns The whole name, as Docker's own tools complete it: `docker.io/library/alpine:latest`. */
export function formatReference({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

const TAG = /^\w[\w.-]{0,127}$/;
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`);
const MAX_NAME_LENGTH = 255;

function parseName(name: string, text: string): Pick<ImageReference, 'registry' | 'repository'> {
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  const registry = hasRegistry && first !== 'index.docker.io' ? first : 'docker.io';
  const path = hasRegistry ? rest.join('/') : name;
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (!REGISTRY.test(registry)) throw noReference(text, `'${registry}' is no registry`);
  if (/^[0-9a-f]{64}$/.test(name)) throw noReference(text, 'it looks like the id of an image');
  if (!REPOSITORY.test(repository)) {
    const small = /[A-Z]/.test(path) ? '; names have small letters only' : '';
    throw noReference(text, `'${path}' is no repository${small}`);
  }
  if (registry.length + 1 + repository.length > MAX_NAME_LENGTH) throw noReference(text, 'it is too long');
  return { registry, repository };
}

function noReference(text: string, what: string): OciImageError {
  return new OciImageError(`'${text}' names no image: ${what}`, {
    advice: 'write it as alpine:3.22, or registry.example.com/team/api:1.0',
  });
}
