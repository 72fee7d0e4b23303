/**
 * The actions of the workflow, each by the commit of a release: a tag can be moved to other code, a commit cannot. The comment behind it is what
 * Dependabot and Renovate read and renew.
 */
export const actions = {
  checkout: 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2',
  setupNode: 'actions/setup-node@53b83947a5a98c8d113130e565377fae1a50d02f # v6.3.0',
  setupGo: 'actions/setup-go@4a3601121dd01d1626a1e23e37211e3254c1c06c # v6.4.0',
  restoreCache: 'actions/cache/restore@668228422ae6a00e4ad889ee87cd7109ec5666a7 # v5.0.4',
  saveCache: 'actions/cache/save@668228422ae6a00e4ad889ee87cd7109ec5666a7 # v5.0.4',
  script: 'actions/github-script@ed597411d8f924073f98dfc5c65a23a2325f34cd # v8.0.0',
  setupPnpm: 'pnpm/action-setup@fc06bc1257f339d1d5d8b3a19a8cae5388b55320 # v5.0.0',
  setupBun: 'oven-sh/setup-bun@0c5077e51419868618aeaa5fe8019c62421857d6 # v2.2.0',
  setupBuildx: 'docker/setup-buildx-action@4d04d5d9486b7bd6fa91e7baf45bbb4f8b9deedd # v4.0.0',
  login: 'docker/login-action@b45d80f862d83dbcd57f89517bcf500b2ab88fb2 # v4.0.0',
} as const;
