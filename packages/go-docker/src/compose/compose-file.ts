import { isMap, isScalar } from 'yaml';
import type { WorkspacePath } from '@go-docker/go-workspace';
import type { AppImage } from '../apps/app-image';
import type { CredentialName } from '../credentials/credentials';
import { renderTemplate } from '../render-template';
import { composeBlocks, variableOf } from './compose-blocks';
import { composeTemplates } from './compose-templates';
import type { DevSettings } from './dev-settings';
import { readYaml } from './read-yaml';

type ServiceSettings = Partial<DevSettings> &
  Pick<DevSettings, 'service'> & { readonly credentials?: readonly CredentialName[] };

/** A new compose file of an app, to be used on its own or through the root's `include`. */
export function newComposeFile(image: AppImage, settings: ServiceSettings, hasDebugStage: boolean): string {
  const { service, project = service, port, hostPort = port } = settings;
  return renderTemplate(composeTemplates, 'compose', {
    service,
    project,
    port,
    hostPort,
    variable: variableOf(service),
    dev: composeBlocks(image, settings.credentials).dev,
    debug: hasDebugStage ? debugService(image, settings) : undefined,
  });
}

/**
 * A compose file with a service for the `debug` stage, below the service that holds the block `dev`.
 *
 * @throws GoDockerError with file, line and column where the file cannot be read.
 */
export function withDebugService(
  image: AppImage,
  text: string,
  file: WorkspacePath,
  settings: ServiceSettings,
): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = debugService(image, settings).trimEnd().split('\n');
  const { end, indent } = placeBelow(text, file, settings.service);
  const own = lines[0]?.search(/\S/) ?? 0;
  const addition = lines.map((line) => indent + line.slice(own) + lineEnd).join('');
  const before = text.slice(0, end);
  const isWhole = before === '' || before.endsWith('\n');
  return `${before}${isWhole ? '' : lineEnd}${lineEnd}${addition}${text.slice(end)}`;
}

function debugService(image: AppImage, settings: ServiceSettings): string {
  const { service, port, hostPort = port, debugPort = 2345 } = settings;
  return renderTemplate(composeTemplates, 'debug-service', {
    service,
    port,
    hostPort,
    debugPort,
    variable: variableOf(service),
    block: composeBlocks(image, settings.credentials).debug,
  });
}

/** Where the services of a file end, and how their names are indented. Comments that stand further left belong to what follows. */
function placeBelow(
  text: string,
  file: WorkspacePath,
  service: string,
): { readonly end: number; readonly indent: string } {
  const start = readYaml(text, file)
    .documents.map(({ map }) => map?.get('services'))
    .flatMap((services) => (isMap(services) ? services.items.map(({ key }) => key) : []))
    .find((key) => isScalar(key) && key.value === service);
  const offset = isScalar(start) ? (start.range?.[0] ?? 0) : text.length;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indent = text.slice(lineStart, offset);
  const following = text.slice(lineStart).split(/(?<=\n)/);
  const next = following.findIndex((line) => line.trim() !== '' && !line.startsWith(indent));
  const services = following.slice(0, next < 0 ? following.length : next).join('');
  return { end: lineStart + services.replace(/(\r?\n)\s*$/, '$1').length, indent };
}
