import { GoDockerError } from '../errors';
import { dockerEngine } from './docker/docker-engine';
import { type Builder, findBuilder } from './docker/builder';
import { dockerIn } from './docker/docker';
import type { Engine, EngineName } from './engine';
import { environmentEngine } from './environment-engine';
import { hybridEngine } from './hybrid/hybrid-engine';
import { findHostGo } from './native/compiler/host-go';
import { nativeEngine } from './native/native-engine';

/** The engine of a build, and why it is this one. */
export interface SelectedEngine {
  readonly engine: Engine;
  readonly why: string;
}

/**
 * @param name `auto` takes `docker` where an option names a builder, else what `GO_DOCKER_ENGINE` names; else `docker` where
 *   `BUILDX_BUILDER` is set or Docker answers, else `native` where Go is there.
 * @param builder The buildx builder that the build names.
 * @throws GoDockerError that says what is missing for both.
 */
export async function selectEngine(
  name: EngineName | 'auto',
  builder: string | undefined,
  workspaceRoot: string,
  signal: AbortSignal,
): Promise<SelectedEngine> {
  if (name === 'auto' && builder !== undefined)
    return { engine: dockerEngine(), why: `the builder ${builder} is named` };
  const asked = name === 'auto' ? environmentEngine(process.env) : name;
  const why = name === 'auto' ? 'as GO_DOCKER_ENGINE says' : 'as asked';
  if (asked === 'docker') return { engine: dockerEngine(), why };
  if (asked === 'hybrid') return { engine: hybridEngine, why };
  if (asked === 'native') return { engine: nativeEngine, why };
  const named = process.env['BUILDX_BUILDER'];
  if (named) return { engine: dockerEngine(), why: `the builder ${named} is named` };
  const found = await selectedBuilder(workspaceRoot, signal);
  if (!(found instanceof GoDockerError)) return { engine: dockerEngine(found), why: 'Docker answers' };
  const go = await findHostGo(signal);
  if (go) return { engine: nativeEngine, why: `${found.what}, and ${go.version} is on this machine` };
  throw new GoDockerError(
    `${found.what}, and there is no go program on the PATH: an image needs one of them`,
    {
      output: found.output,
      advice: `${found.advice}; or install Go (https://go.dev/dl/)`,
      cause: found,
    },
  );
}

/** {@link selectEngine} for many builds of one workspace: each question is answered once. */
export function selectOnce(): typeof selectEngine {
  const known = new Map<string, Promise<SelectedEngine>>();
  return (name, builder, ...others) => {
    const question = JSON.stringify([name, builder]);
    const answer = known.get(question) ?? selectEngine(name, builder, ...others);
    known.set(question, answer);
    return answer;
  };
}

async function selectedBuilder(cwd: string, signal: AbortSignal): Promise<Builder | GoDockerError> {
  try {
    // It may be elsewhere, and need no daemon on this machine.
    return await findBuilder(dockerIn(cwd, signal), undefined);
  } catch (error) {
    if (error instanceof GoDockerError) return error;
    throw error;
  }
}
