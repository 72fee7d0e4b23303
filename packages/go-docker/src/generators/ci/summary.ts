import type { Pipeline } from '../../pipelines/pipeline';

/** What keeps a pipeline from running as it was written. */
export interface Obstacles {
  /** Where the workspace lies in its repository; undefined: at the root. */
  readonly below?: string;
  /** Whether the stages of the jobs may not be among those that there are. */
  readonly hasUnknownStages: boolean;
}

/** What was written, and what the provider has to be given before the pipeline can do all that it does. */
export function summary(
  { provider, push, mainBranch }: Pipeline,
  written: readonly string[],
  { below, hasUnknownStages }: Obstacles,
): string {
  const files = written.length === 0 ? 'The pipeline is current.' : `Written: ${written.join(', ')}`;
  const where =
    push === undefined ? 'nothing is pushed (--push=… does)' : `images of ${mainBranch} are pushed`;
  const notes = [
    ...(below === undefined ? [] : [notAtRoot(provider, below)]),
    ...(hasUnknownStages
      ? [
          'Its jobs stand in the stages build and deploy. Where an included file names others, name those in .gitlab-ci.yml, too, and run this again.',
        ]
      : []),
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

function notAtRoot(provider: Pipeline['provider'], below: string): string {
  const name = provider === 'github' ? 'GitHub' : 'GitLab';
  return `The repository begins above this workspace, which is its folder ${below}: ${name} reads no file from there, and jobs start at the root. Move what was written to the root, and have its commands run in ${below}.`;
}

function credentials(provider: Pipeline['provider']): string {
  return provider === 'github'
    ? 'To log in to the registry: secrets REGISTRY_USERNAME and REGISTRY_PASSWORD of the repository.'
    : 'To log in to the registry: protected, masked variables REGISTRY_USERNAME and REGISTRY_PASSWORD.';
}
