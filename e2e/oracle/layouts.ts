import type { WorkspaceContent } from '../workspace/workspace';

export interface Layout {
  readonly layout: string;
  readonly content: WorkspaceContent;
  /** How many changes of one sort are made; every one where it is not given. */
  readonly perClass?: number;
}

const project = (name: string): string => `${JSON.stringify({ name })}\n`;

/** What is looked at on each version of Nx. */
export const EVERYDAY: readonly Layout[] = [
  { layout: 'go.work', content: { copyOf: 'e2e/fixtures/work' } },
  { layout: 'one go.mod', content: { copyOf: 'e2e/fixtures/single' } },
  {
    layout: 'libraries that are projects',
    content: {
      copyOf: 'e2e/fixtures/work',
      files: { 'libs/log/project.json': project('log'), 'libs/queue/project.json': project('queue') },
    },
  },
];

/** Where a change is asked about for many apps, one or two of each sort are made. */
export const OTHERS: readonly Layout[] = [
  {
    layout: 'modules alone, replaced and vendored',
    content: { copyOf: 'e2e/fixtures/mixed' },
    perClass: 1,
  },
  { layout: 'a module at the root', content: { copyOf: 'e2e/fixtures/root-module' }, perClass: 1 },
  { layout: 'go.work with a vendor folder', content: { copyOf: 'e2e/fixtures/work-vendor' } },
  { layout: 'the apps of the example', content: { copyOf: 'examples/shop' }, perClass: 2 },
];
