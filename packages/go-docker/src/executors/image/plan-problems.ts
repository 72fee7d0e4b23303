import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ImagePlan } from '../../engines/engine';
import { isAddress } from '../../images/context-address';
import { meantPlatform, platformOf } from '../../images/platform';
import { isBelowRoot } from '../../images/workspace-path';
import { CACHE_FROM_VARIABLE, CACHE_TO_VARIABLE } from './environment-caches';

/** What is wrong with the options: one sentence for each, with the option's name and what to write instead. */
export function planProblems(plan: ImagePlan): readonly string[] {
  const { workspaceRoot } = plan;
  return [
    ...pathProblems('dockerfile', plan.dockerfile, 'write it as apps/api/Dockerfile'),
    ...outputPathProblems(plan.outputPath),
    ...targetProblems(plan.target),
    ...platformProblems(plan.platforms),
    ...Object.keys(plan.buildArgs).flatMap(buildArgProblems),
    ...plan.secrets.flatMap((secret) => secretProblems(secret, workspaceRoot)),
    ...plan.ssh.flatMap((ssh) => sshProblems(ssh, workspaceRoot)),
    ...Object.entries(plan.contexts).flatMap(([name, source]) =>
      contextProblems(name, source, workspaceRoot),
    ),
    ...plan.cacheFrom.flatMap((entry) => cacheProblems('cacheFrom', entry)),
    ...plan.cacheTo.flatMap((entry) => cacheProblems('cacheTo', entry)),
    ...Object.keys(plan.labels).flatMap(labelProblems),
    ...progressProblems(plan),
  ];
}

function outputPathProblems(outputPath: string): readonly string[] {
  const advice = 'name a folder of its own, such as dist/images/api';
  if (outputPath === '.') return [`"outputPath" is the workspace root, which would be replaced: ${advice}`];
  return pathProblems('outputPath', outputPath, advice);
}

function pathProblems(option: string, path: string, advice: string): readonly string[] {
  if (isBelowRoot(path)) return [];
  return [`"${option}" is "${path}", which is not below the workspace root: ${advice}`];
}

/** https://docs.docker.com/reference/dockerfile/#from */
function targetProblems(target: string): readonly string[] {
  if (/^[A-Za-z][A-Za-z0-9._-]*$/.test(target)) return [];
  return [`"target" is "${target}", which no stage can be named: letters, digits and . _ - only`];
}

function platformProblems(platforms: readonly string[]): readonly string[] {
  if (platforms.length === 0) return ['"platforms" is empty: write ["linux/amd64"]'];
  return platforms.flatMap((platform, at) => {
    if (platformOf(platform) === undefined) {
      return [
        `"platforms" has "${platform}", which no image is made for: did you mean "${meantPlatform(platform)}"?`,
      ];
    }
    return platforms.indexOf(platform) < at ? [`"platforms" has ${platform} twice: keep one of them`] : [];
  });
}

function buildArgProblems(name: string): readonly string[] {
  if (name === 'SOURCE_DATE_EPOCH') {
    return [
      '"buildArgs" sets SOURCE_DATE_EPOCH, which is set already so that equal sources give equal images: take it out',
    ];
  }
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return [];
  return [`"buildArgs" has "${name}", which no ARG can be named: letters, digits and _ only`];
}

/** https://docs.docker.com/reference/cli/docker/buildx/build/#secret; an entry is never repeated whole, it may hold the secret. */
function secretProblems(secret: string, workspaceRoot: string): readonly string[] {
  const form = 'write "id=<id>,env=<variable>" or "id=<id>,src=<file>"';
  const fields = new Map(secret.split(',').map(splitField));
  const id = fields.get('id');
  if (!id) return [`"secrets" has an entry without an id: ${form}`];
  if ([...fields.keys()].some((key) => !['id', 'env', 'src', 'source', 'type'].includes(key))) {
    return [`"secrets": ${id} has a field that BuildKit does not know: ${form}`];
  }
  const file = fields.get('src') ?? fields.get('source');
  const variable = fields.get('env') ?? (fields.get('type') === 'env' ? (file ?? id) : undefined);
  if (variable !== undefined) {
    return process.env[variable] === undefined
      ? [`"secrets": ${id} comes from ${variable}, which is not set`]
      : [];
  }
  if (file === undefined) return [`"secrets": ${id} comes from nowhere: ${form}`];
  return existsSync(resolve(workspaceRoot, file))
    ? []
    : [`"secrets": ${id} comes from ${file}, which is not there`];
}

function splitField(field: string): [key: string, value: string] {
  const at = field.indexOf('=');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

function sshProblems(ssh: string, workspaceRoot: string): readonly string[] {
  const [id, paths] = splitField(ssh);
  if (id === '')
    return [`"ssh" has "${ssh}", which has no id: write "default" or "<id>=<socket or key file>"`];
  if (paths === '') {
    if (process.env['SSH_AUTH_SOCK'] || process.platform === 'win32') return [];
    return [`"ssh" has "${id}", and SSH_AUTH_SOCK names no agent: start one, or write "${id}=<key file>"`];
  }
  const missing = paths.split(',').find((path) => !existsSync(resolve(workspaceRoot, path)));
  return missing === undefined ? [] : [`"ssh": ${id} comes from ${missing}, which is not there`];
}

function contextProblems(name: string, source: string, workspaceRoot: string): readonly string[] {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(name)) {
    return [
      `"contexts" has "${name}", which no stage or image can be named: letters, digits and . _ / : @ - only`,
    ];
  }
  if (isAddress(source)) return [];
  if (source !== '' && existsSync(resolve(workspaceRoot, source))) return [];
  return [
    `"contexts": ${name} comes from "${source}", which is neither a folder of the workspace nor an address`,
  ];
}

/** An entry may hold the key of a cloud's storage, and comes from the environment as well: it is not repeated. */
function cacheProblems(option: 'cacheFrom' | 'cacheTo', entry: string): readonly string[] {
  if (/(^|,)type=[a-z0-9]/.test(entry) || /^[^=,\s]+$/.test(entry)) return [];
  const variable = option === 'cacheFrom' ? CACHE_FROM_VARIABLE : CACHE_TO_VARIABLE;
  return [
    `"${option}" (or ${variable}, where entries are separated by spaces) has an entry that names no type: write "type=gha" or "type=registry,ref=<image>"`,
  ];
}

function labelProblems(name: string): readonly string[] {
  if (name !== '' && !/[=\s]/.test(name)) return [];
  return [`"labels" has "${name}", which is no name of a label: no spaces and no =`];
}

function progressProblems({ progress }: ImagePlan): readonly string[] {
  if (progress !== 'tty' || process.stderr.isTTY) return [];
  return ['"progress" is "tty", and there is no terminal to draw on: write "auto"'];
}
