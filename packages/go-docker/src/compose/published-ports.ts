/** A port of the container that is reached through a port of the host. */
export interface PublishedPort {
  readonly host: number;
  readonly container: number;
  readonly protocol: string;
  /** The address of the host that it is bound to; undefined: all of them. */
  readonly address?: string;
  /** The environment variable that moves `host`. */
  readonly variable?: string;
}

/**
 * The ports of the host that the `ports` of a service take, in the short and the long syntax, each port of a range on its own. A port that
 * Docker chooses itself and one whose variable has no value are left out.
 *
 * https://docs.docker.com/reference/compose-file/services/#ports
 *
 * @param ports As YAML gives them.
 * @param environment Values of variables, before their defaults.
 */
export function publishedPorts(
  ports: unknown,
  environment: Readonly<Record<string, string | undefined>> = {},
): readonly PublishedPort[] {
  if (!Array.isArray(ports)) return [];
  return ports.flatMap((port: unknown) => {
    if (typeof port === 'string' || typeof port === 'number') return shortSyntax(String(port), environment);
    return typeof port === 'object' && port !== null ? longSyntax(port, environment) : [];
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

function shortSyntax(text: string, environment: Environment): readonly PublishedPort[] {
  const variable = variableIn(text);
  const match = SHORT.exec(interpolated(text, environment));
  if (!match?.groups) return [];
  const { address, host, container, protocol = 'tcp' } = match.groups;
  return pairs(host, container, { protocol, address: address?.replace(/^\[|\]$/g, ''), variable });
}

const SHORT =
  /^(?:(?:(?<address>.*):)?(?<host>\d+(?:-\d+)?):)(?<container>\d+(?:-\d+)?)(?:\/(?<protocol>\w+))?$/;

function longSyntax(port: object, environment: Environment): readonly PublishedPort[] {
  const { published, target, protocol, host_ip: address } = port as Record<string, unknown>;
  const text = String(published ?? '');
  return pairs(interpolated(text, environment), interpolated(String(target ?? ''), environment), {
    protocol: typeof protocol === 'string' ? protocol : 'tcp',
    address: typeof address === 'string' ? interpolated(address, environment) : undefined,
    variable: variableIn(text),
  });
}

function pairs(
  host: string | undefined,
  container: string | undefined,
  rest: Pick<PublishedPort, 'protocol' | 'address' | 'variable'>,
): readonly PublishedPort[] {
  const hosts = range(host);
  const [first] = range(container);
  if (first === undefined) return [];
  const isRange = range(container).length > 1;
  return hosts.map((port, index) => ({ host: port, container: isRange ? first + index : first, ...rest }));
}

function range(text: string | undefined): readonly number[] {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text ?? '') ?? [];
  if (from === undefined) return [];
  const length = Number(to) - Number(from) + 1;
  return Array.from({ length: Math.min(Math.max(length, 0), 65536) }, (_, index) => Number(from) + index);
}

const VARIABLE = /\$(?:\{(?<braced>\w+)(?:(?<operator>:?-)(?<fallback>[^{}]*)|:?[?+][^{}]*)?\}|(?<bare>\w+))/;

function variableIn(text: string): string | undefined {
  const { braced, bare } = VARIABLE.exec(text)?.groups ?? {};
  return braced ?? bare;
}

/** https://docs.docker.com/reference/compose-file/interpolation/ */
function interpolated(text: string, environment: Environment): string {
  return text.replace(new RegExp(VARIABLE, 'g'), (...match) => {
    const { braced, bare, operator, fallback = '' } = match.at(-1) as Record<string, string | undefined>;
    const value = environment[braced ?? bare ?? ''];
    if (operator === ':-') return value || fallback;
    return value ?? (operator === '-' ? fallback : '');
  });
}
