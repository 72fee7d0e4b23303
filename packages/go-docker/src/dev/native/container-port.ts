import { parse } from 'yaml';

/**
 * The port that an app serves on, as its compose file publishes it: the container's side of the first port of the service that is
 * built from the `dev` stage.
 *
 * @returns undefined where no port, or no such service, can be read.
 */
export function containerPort(text: string): number | undefined {
  const services = Object.values(property(attempt(text), 'services') ?? {});
  const service = services.find((each) => property(property(each, 'build'), 'target') === 'dev');
  const ports = property(service, 'ports');
  const first: unknown = Array.isArray(ports) ? ports[0] : undefined;
  // https://docs.docker.com/reference/compose-file/services/#ports
  const target = property(first, 'target') ?? /(\d+)(\/tcp)?$/.exec(String(first))?.[1];
  return target === undefined ? undefined : Number(target);
}

/** Compose says what is wrong with a file; air does not need it. */
function attempt(text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch {
    return undefined;
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
