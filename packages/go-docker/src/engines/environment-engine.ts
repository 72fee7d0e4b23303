import { GoDockerError } from '../errors';
import { type EngineName, engineNames } from './engine';

/** Names the engine of a machine, such as one of a CI system. A variable is in no hash of Nx: what one machine has built serves the other. */
const VARIABLE = 'GO_DOCKER_ENGINE';

/**
 * The engine that the environment names for builds whose options leave it open.
 *
 * @throws GoDockerError where it names none that there is.
 */
export function environmentEngine(environment: NodeJS.ProcessEnv): EngineName | undefined {
  const name = environment[VARIABLE]?.trim() || 'auto';
  const engine = engineNames.find((each) => each === name);
  if (engine !== undefined || name === 'auto') return engine;
  throw new GoDockerError(`${VARIABLE} is "${name}", which is no engine`, {
    advice: `set it to ${engineNames.join(', ')} or auto, or take it out of the environment`,
  });
}
