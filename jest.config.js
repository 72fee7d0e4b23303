/** One Jest project for each package, the tools, and the end-to-end tests. */
const transform = {
  '^.+\\.(ts|mjs)$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
  ],
};

const moduleNameMapper = {
  '^@go-docker/(go-workspace|go-binary|oci-image)$': '<rootDir>/packages/$1/src/index.ts',
};

const project = (displayName, testMatch) => ({
  displayName,
  rootDir: __dirname,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/', '/fixtures/'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  testEnvironment: 'node',
  transform,
  moduleNameMapper,
});

module.exports = {
  projects: [
    ...['go-workspace', 'go-binary', 'oci-image', 'go-docker'].map((name) =>
      project(name, [`packages/${name}/**/*.spec.ts`]),
    ),
    project('tools', ['tools/**/*.spec.ts', 'benchmarks/**/*.spec.ts']),
    project('e2e', ['e2e/**/*.spec.ts']),
  ],
};
