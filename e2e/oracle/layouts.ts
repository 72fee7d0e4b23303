import type { WorkspaceContent } from '../workspace/workspace';
import { EVERYWHERE, type ExcuseName } from './exceptions';
import type { Sampling } from './sample';

export interface Layout {
  readonly layout: string;
  readonly content: WorkspaceContent;
  /** How many changes are made; every one where it is not given. */
  readonly sampling?: Sampling;
  readonly excuses: readonly ExcuseName[];
}

const project = (name: string): string => `${JSON.stringify({ name })}\n`;

/** A package is still one where one of its files is left out. The first of them by name, so that it is in every sample. */
const SECOND_FILE = { 'libs/log/levels.go': 'package log\n\nconst debug = 1\n' };

/** What is looked at on each version of Nx. */
export const EVERYDAY: readonly Layout[] = [
  {
    layout: 'go.work',
    content: { copyOf: 'e2e/fixtures/work', files: SECOND_FILE },
    excuses: [...EVERYWHERE, 'sparedByName'],
  },
  {
    layout: 'one go.mod',
    content: { copyOf: 'e2e/fixtures/single' },
    excuses: [...EVERYWHERE, 'sparedByName', 'goWork', 'goWorkByName'],
  },
  {
    layout: 'libraries that are projects',
    content: {
      copyOf: 'e2e/fixtures/work',
      files: {
        ...SECOND_FILE,
        'libs/log/project.json': project('log'),
        'libs/queue/project.json': project('queue'),
      },
    },
    excuses: [...EVERYWHERE, 'sparedByName'],
  },
];

/** Where a change is asked about for many apps, one or two of each sort are made. */
export const OTHERS: readonly Layout[] = [
  {
    layout: 'modules alone, replaced and vendored',
    content: { copyOf: 'e2e/fixtures/mixed' },
    sampling: { perSort: 1 },
    excuses: [...EVERYWHERE, 'sparedByName', 'goWork', 'goWorkByName'],
  },
  {
    layout: 'a module at the root',
    content: { copyOf: 'e2e/fixtures/root-module' },
    sampling: { perSort: 1 },
    excuses: [
      ...EVERYWHERE,
      'sparedByName',
      'goWork',
      'goWorkByName',
      'unreadable',
      'unreadableByName',
      'raisedVersion',
    ],
  },
  {
    layout: 'go.work with a vendor folder',
    content: { copyOf: 'e2e/fixtures/work-vendor' },
    excuses: [...EVERYWHERE, 'sparedByName'],
  },
  {
    layout: 'the apps of the example',
    content: { copyOf: 'examples/shop' },
    sampling: { perSort: 1 },
    excuses: [...EVERYWHERE, 'sparedByName', 'goWork'],
  },
];
