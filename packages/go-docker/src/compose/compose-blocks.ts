import { posix } from 'node:path';
import type { AppImage } from '../apps/app-image';
import type { CredentialName } from '../credentials/credentials';
import { imageNameOf } from '../images/image-name';
import { renderTemplate } from '../render-template';
import { composeTemplates } from './compose-templates';
import { projectFolder } from './dev-build';
import { yamlScalar } from './yaml-scalar';

/** Blocks of a compose file: the services that run the stages of these names. */
export const composeBlockNames = ['dev', 'debug'] as const;
export type ComposeBlockName = (typeof composeBlockNames)[number];

/**
 * The managed blocks of a compose file, with both markers, indented for a service in a file of two spaces.
 *
 * @param credentials What fetches the app's modules: when the images are built, and in the dev container.
 */
export function composeBlocks(
  image: AppImage,
  credentials: readonly CredentialName[] = [],
): Readonly<Record<ComposeBlockName, string>> {
  const folder = projectFolder(image);
  const view = {
    context: posix.relative(folder, '.') || '.',
    dockerfile: yamlScalar(image.dockerfile),
    secrets: credentials.filter((name) => name !== 'ssh'),
    usesSsh: credentials.includes('ssh'),
    workingDir: yamlScalar(posix.join('/src', folder)),
  };
  return {
    dev: renderTemplate(composeTemplates, 'dev', view),
    debug: renderTemplate(composeTemplates, 'debug', view),
  };
}

/** Prefix of the environment variables that move a service's ports: `api-v2` is `API_V2`. */
export function variableOf(service: string): string {
  const name = service.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^\d/.test(name) ? `APP_${name}` : name;
}

/** The name of a project as the name of a service: `@shop/api` is `shop-api`. */
export function serviceNameOf(project: string): string {
  return imageNameOf(project).replaceAll('/', '-');
}
