import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '**/fixtures/**', 'examples/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  prettier,
  {
    files: ['packages/*/src/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      // The arrows of docs/architecture.md: go-docker imports the other three, they import nothing of ours.
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          // The graph loads it only where something has changed; whoever builds an image needs it anyway.
          checkDynamicDependenciesExceptions: ['go-workspace'],
          depConstraints: [
            {
              sourceTag: 'package:go-docker',
              onlyDependOnLibsWithTags: ['package:go-workspace', 'package:go-binary', 'package:oci-image'],
            },
            { sourceTag: 'package:go-workspace', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'package:go-binary', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'package:oci-image', onlyDependOnLibsWithTags: [] },
          ],
        },
      ],
    },
  },
  {
    files: [
      'packages/go-workspace/src/**/*.ts',
      'packages/go-binary/src/**/*.ts',
      'packages/oci-image/src/**/*.ts',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['nx', 'nx/*', '@nx/*', 'go-docker', '@go-docker/*'],
              message: 'A lower package knows neither Nx nor its neighbours.',
            },
          ],
        },
      ],
    },
  },
  {
    // One script in the page, whose files share a scope.
    files: ['packages/go-docker/src/workspace-report/page/client/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', history: 'readonly', location: 'readonly', window: 'readonly' },
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        URL: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
