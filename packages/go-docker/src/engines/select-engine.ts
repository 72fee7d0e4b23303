import { dockerEngine } from './docker/docker-engine';
import type { Engine, EngineName } from './engine';

const ENGINES: Readonly<Record<EngineName, Engine>> = { docker: dockerEngine };

/** @param name `auto` takes `docker`, the only engine so far. */
export function selectEngine(name: EngineName | 'auto'): Engine {
  return ENGINES[name === 'auto' ? 'docker' : name];
}
