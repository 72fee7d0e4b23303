import type { Engine } from './engine';

/** {@link Engine.together} for images that gain nothing from each other. @param build Of the engine. */
export function apart(build: Engine['build']): Engine['together'] {
  return (count, _signal, use) =>
    use(Array.from({ length: count }, () => ({ build, leave: () => undefined })));
}
