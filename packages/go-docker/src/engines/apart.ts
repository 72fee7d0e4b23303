import { availableParallelism } from 'node:os';
import type { Engine } from './engine';
import { Turns } from './turns';

/** {@link Engine.together} for images that gain nothing from each other: a few at a time. @param build Of the engine. */
export function apart(build: Engine['build']): Engine['together'] {
  return (count, _signal, use) => {
    const turns = new Turns(availableParallelism());
    const inTurn: Engine['build'] = (...image) => turns.inTurn(() => build(...image));
    return use(Array.from({ length: count }, () => ({ build: inTurn, leave: () => undefined })));
  };
}
