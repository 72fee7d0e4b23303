import type { Pipeline } from '../../pipelines/pipeline';

/** What was written, and what the provider has to be given before the pipeline can do all that it does. */
export function summary({ provider, push, mainBranch }: Pipeline, written: readonly string[]): string {
  const files = written.length === 0 ? 'The pipeline is current.' : `Written: ${written.join(', ')}`;
  const where =
    push === undefined ? 'nothing is pushed (--push=… does)' : `images of ${mainBranch} are pushed`;
  const notes = [
    `It builds and measures what a change reaches; ${where}.`,
    ...(push?.registry === undefined || push.isOwnRegistry ? [] : [credentials(provider)]),
    ...(provider === 'gitlab'
      ? [
          'For the comment in merge requests: a masked variable IMAGES_COMMENT_TOKEN with a project access token (role Reporter, scope api).',
        ]
      : []),
  ];
  return `\n${[files, ...notes].join('\n')}\n`;
}

function credentials(provider: Pipeline['provider']): string {
  return provider === 'github'
    ? 'To log in to the registry: secrets REGISTRY_USERNAME and REGISTRY_PASSWORD of the repository.'
    : 'To log in to the registry: protected, masked variables REGISTRY_USERNAME and REGISTRY_PASSWORD.';
}
