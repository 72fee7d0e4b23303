import { join } from 'node:path';
import { yamlScalar } from '../compose/yaml-scalar';
import { renderTemplate } from '../render-template';
import { actions } from './actions';
import { GITLAB_STAGES } from './gitlab-stages';
import type { Pipeline } from './pipeline';

const templates = join(__dirname, 'templates');

/** What stands above the block of a new file, for those who open it. */
export function pipelineIntro(): string {
  return renderTemplate(templates, 'intro', {});
}

/** The jobs that build, measure and push, without markers. */
export function renderPipeline(pipeline: Pipeline): string {
  const { push, goVersionFile, nodeVersionFile, stages = GITLAB_STAGES, ...view } = pipeline;
  return renderTemplate(templates, pipeline.provider, {
    ...view,
    actions,
    push,
    goVersionFile,
    nodeVersionFile,
    stages: { build: stageLike('build', 0), last: stageLike('deploy', -1) },
    yamlScalar,
    // GitHub would take the sign for "once or more": https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet
    branchPattern: pipeline.mainBranch.replaceAll('+', '\\+'),
  });

  /** The stage of this name, or where there is none the one at this place. */
  function stageLike(name: string, place: number): string {
    return yamlScalar(stages.includes(name) ? name : (stages.at(place) ?? name));
  }
}
