import type { TargetConfiguration } from '@nx/devkit';
import type { ImageFacts } from './image-facts';
import { help, SYNC, technologies } from './target-parts';

/** The target that loads the image into Docker. */
export function loadTarget(
  { outputName, project }: ImageFacts,
  image: string,
  name: string,
): TargetConfiguration {
  return {
    executor: 'go-docker:load',
    dependsOn: [image],
    options: { imagePath: `dist/images/${outputName}` },
    metadata: {
      description: 'Loads the image into the local Docker',
      technologies: technologies(),
      help: help(project, name, { tags: ['shop/api:dev'] }),
    },
  };
}

/** The target that pushes the image to a registry. */
export function pushTarget(
  { outputName, project }: ImageFacts,
  image: string,
  name: string,
): TargetConfiguration {
  return {
    // Never cached: on a hit nothing would reach the registry.
    executor: 'go-docker:push',
    dependsOn: [image],
    options: { imagePath: `dist/images/${outputName}`, digestFile: `dist/image-digests/${outputName}.txt` },
    metadata: {
      description: 'Pushes the image to a registry, with an SBOM and a provenance beside it',
      technologies: technologies(),
      help: help(project, name, {
        repository: 'registry.example.com/shop/{projectName}',
        tags: ['{version}'],
      }),
    },
  };
}

/** The target that runs the app while it is worked on. */
export function devTarget({ project }: ImageFacts, name: string): Record<string, TargetConfiguration> {
  // Nx 24 lets tasks that depend on it wait for this line; older ones do not look at it.
  const target: TargetConfiguration & { readyWhen: { logMatches: string } } = {
    executor: 'go-docker:dev',
    syncGenerators: [SYNC],
    // Others that depend on it run beside it, not after it.
    continuous: true,
    cache: false,
    readyWhen: { logMatches: `${project} is ready` },
    metadata: {
      description: 'Runs the app, and builds and restarts it whenever its sources change',
      technologies: technologies(),
      help: help(project, name, { engine: 'native' }),
    },
  };
  return { [name]: target };
}
