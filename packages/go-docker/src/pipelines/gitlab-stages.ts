/** The stages of a pipeline that names none: https://docs.gitlab.com/ci/yaml/#stages */
export const GITLAB_STAGES: readonly string[] = ['build', 'test', 'deploy'];
