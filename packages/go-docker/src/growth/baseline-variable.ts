/**
 * The environment variable that tells Nx what it cannot see in the options of `image-size`: the commit that `--base` names at the
 * moment, and that `--update` and `--advise` have to run whatever is in the cache. It is among the inputs of the target, and set before Nx hashes.
 */
export const BASELINE_VARIABLE = 'GO_DOCKER_BASELINE';
