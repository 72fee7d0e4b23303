import type { WorkspacePath } from '@go-docker/go-workspace';
import { isMap, isScalar } from 'yaml';
import type { CredentialName } from '../credentials/credentials';
import { recordedOptions } from '../dockerfile/recorded-options';
import { GoDockerError } from '../errors';
import { managedBlocks, replaceBlocks } from '../managed-block/managed-block';
import { renderTemplate } from '../render-template';
import { composeTemplates } from './compose-templates';
import { readYaml } from './read-yaml';

/** The block at the end of a compose file that says where secrets come from. */
export const credentialsBlockName = 'credentials';

/** What the stages of a Dockerfile fetch private modules with, as the keys of its blocks record it. */
export function credentialsOf(dockerfile: string, file: WorkspacePath): readonly CredentialName[] {
  const { auth = [], ca = false } = recordedOptions(dockerfile, file);
  return [
    ...(auth.includes('netrc') ? (['netrc'] as const) : []),
    ...(auth.includes('ssh') ? (['ssh', 'known_hosts'] as const) : []),
    ...(ca ? (['ca'] as const) : []),
  ];
}

/**
 * The compose file with the block `credentials` as it should be: added where there are credentials and no block yet, and left out of a
 * file that never had one.
 *
 * @throws GoDockerError where the file has secrets of its own, to which a block cannot be added.
 */
export function withCredentialsBlock(
  text: string,
  file: WorkspacePath,
  credentials: readonly CredentialName[],
): string {
  const secrets = credentials.filter((name) => name !== 'ssh');
  const content = renderTemplate(composeTemplates, 'credentials', { secrets }).trimEnd().split('\n');
  if (managedBlocks(text, file).some(({ name }) => name === credentialsBlockName)) {
    return replaceBlocks(text, file, new Map([[credentialsBlockName, content]]));
  }
  if (secrets.length === 0) return text;
  assertNoSecrets(text, file, secrets);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const start = text.endsWith('\n') ? text : text + lineEnd;
  return `${start}${lineEnd}${content.join(lineEnd)}${lineEnd}`;
}

function assertNoSecrets(text: string, file: WorkspacePath, secrets: readonly string[]): void {
  const { documents, locationOf } = readYaml(text, file);
  for (const { map } of documents) {
    const key = map?.items.map((item) => item.key).find((each) => isScalar(each) && each.value === 'secrets');
    if (!isScalar(key) || !isMap(map)) continue;
    throw new GoDockerError(
      'this file has secrets of its own, and those for private modules cannot be added to them',
      {
        location: locationOf(key.range?.[0] ?? 0),
        advice:
          `put "# go-docker:begin ${credentialsBlockName}" and "# go-docker:end ${credentialsBlockName}" around a "secrets:" of ` +
          `${secrets.join(', ')}, and your own secrets into a compose file that the root's compose.yaml includes`,
      },
    );
  }
}
