import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  credentialNames,
  type CredentialHost,
  type CredentialName,
  findCredential,
  thisHost,
} from '../../credentials/credentials';
import { isOurs, managedBlocks } from '../../managed-block/managed-block';
import { csvField } from '../../engines/docker/csv-field';
import type { ImagePlan } from '../../engines/engine';
import { GoDockerError } from '../../errors';

/**
 * The plan with the credentials that the managed blocks of its Dockerfile ask for and its options do not give, from where this machine
 * keeps them. Only their places are named: neither Nx's cache key nor a message ever holds one.
 *
 * @throws GoDockerError that names all that are missing, and how to give them.
 */
export function withModuleCredentials(plan: ImagePlan, host: CredentialHost = thisHost()): ImagePlan {
  const text = readFileSync(join(plan.workspaceRoot, plan.dockerfile), 'utf8');
  const needed = askedFor(text, plan).filter((name) => !isGiven(name, plan));
  const secrets = [...plan.secrets];
  const ssh = [...plan.ssh];
  const missing: string[] = [];
  for (const name of needed) {
    const credential = findCredential(name, host);
    if ('missing' in credential) missing.push(...missingLines(name, credential));
    else if (name === 'ssh') ssh.push('default');
    else secrets.push(`id=${name},${csvField(`src=${absolute(plan, credential.path)}`)}`);
  }
  if (missing.length > 0) throw missingCredentials(plan, missing);
  return { ...plan, secrets, ssh };
}

/** Stages that every image is made of; a block that is a whole stage asks for what that stage alone needs. */
const SHARED_BLOCKS = ['base', 'deps', 'builder'];

function askedFor(text: string, { dockerfile, target }: ImagePlan): readonly CredentialName[] {
  if (!isOurs(text)) return [];
  const lines = managedBlocks(text, dockerfile)
    .filter(({ name }) => SHARED_BLOCKS.includes(name) || name === target)
    .flatMap((block) => block.lines);
  return credentialNames.filter((name) =>
    lines.some((line) =>
      line.includes(name === 'ssh' ? '--mount=type=ssh' : `--mount=type=secret,id=${name},`),
    ),
  );
}

function isGiven(name: CredentialName, { secrets, ssh }: ImagePlan): boolean {
  if (name === 'ssh') return ssh.some((entry) => /^default(=|$)/.test(entry));
  return secrets.some((entry) => entry.split(',').includes(`id=${name}`));
}

function absolute({ workspaceRoot }: ImagePlan, path: string | undefined): string {
  return resolve(workspaceRoot, path ?? '');
}

function missingLines(
  name: CredentialName,
  { missing, remedy }: { missing: string; remedy: string },
): string[] {
  const option = name === 'ssh' ? '--ssh=default=<key file>' : `--secrets=id=${name},src=<file>`;
  return [`  ${name}: ${missing}`, `    ${remedy}; or ${option}`];
}

function missingCredentials({ project, dockerfile }: ImagePlan, lines: readonly string[]): GoDockerError {
  return new GoDockerError(`${project} has private modules, and what fetches them is not here`, {
    location: { file: dockerfile },
    output: lines.join('\n'),
    advice: 'give what is missing as said above, then build again',
  });
}
