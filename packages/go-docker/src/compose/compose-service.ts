import { isScalar, isMap } from 'yaml';
import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { managedBlocks } from '../managed-block/managed-block';
import type { ComposeBlockName } from './compose-blocks';
import { publishedPorts, type PublishedPort } from './published-ports';
import { readYaml, type YamlFile } from './read-yaml';

/** A service of a compose file. */
export interface ComposeService {
  readonly name: string;
  /** Ports of the host, with the defaults of variables. */
  readonly ports: readonly PublishedPort[];
  /** Line of its name, counted from 1. */
  readonly line?: number;
}

/**
 * The service that holds the block `dev` (or `debug`); undefined where the file has no such block.
 *
 * @param environment Values of the variables in its ports.
 * @throws GoDockerError with file and line where the file cannot be read, or the block stands in no service.
 */
export function composeServiceOf(
  text: string,
  file: WorkspacePath,
  {
    block = 'dev',
    environment = {},
  }: {
    readonly block?: ComposeBlockName;
    readonly environment?: Readonly<Record<string, string | undefined>>;
  } = {},
): ComposeService | undefined {
  const line = managedBlocks(text, file).find(({ name }) => name === block)?.line;
  if (line === undefined) return undefined;
  const holder = composeServices(text, file, environment)
    .filter((service) => (service.line ?? 0) < line)
    .at(-1);
  if (holder) return holder;
  throw new GoDockerError(`The block "${block}" stands in no service`, {
    location: { file, line },
    advice: 'Put it below the name of a service, or remove the file and run: nx g go-docker:setup',
  });
}

/**
 * The services that a compose file defines itself, without those of the files it includes.
 *
 * @throws GoDockerError with file, line and column where it cannot be read.
 */
export function composeServices(
  text: string,
  file: WorkspacePath,
  environment: Readonly<Record<string, string | undefined>> = {},
): readonly ComposeService[] {
  const yaml = readYaml(text, file);
  const lines = linesOfServices(yaml);
  return yaml.documents.flatMap(({ value }) => {
    const services = propertyOf(value, 'services');
    return Object.entries(typeof services === 'object' && services !== null ? services : {}).map(
      ([name, service]) => ({
        name,
        ports: publishedPorts(propertyOf(service, 'ports'), environment),
        line: lines.get(name),
      }),
    );
  });
}

function linesOfServices(yaml: YamlFile): ReadonlyMap<string, number | undefined> {
  const lines = new Map<string, number | undefined>();
  for (const { map } of yaml.documents) {
    const services = map?.get('services');
    if (!isMap(services)) continue;
    for (const { key } of services.items) {
      if (isScalar(key)) lines.set(String(key.value), yaml.locationOf(key.range?.[0] ?? 0).line);
    }
  }
  return lines;
}

function propertyOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
