import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { Judgement } from '../budgets/judgement';
import type { GrowthLimit } from '../budgets/limits';
import { GREW, measuredPlatform, OVER, reportedImage, SAME } from './fixtures/reported-image';
import { workspaceReport } from './workspace-report';

const schema: object = JSON.parse(readFileSync(join(__dirname, 'workspace-report.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

function problemsOf(report: unknown): readonly string[] {
  // As it is printed: without what is undefined.
  return validate(JSON.parse(JSON.stringify(report)))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const limit: GrowthLimit = {
  ...{ kind: 'growth', of: 'unpacked', most: { share: 0.05 }, floor: 10_000, text: '5%' },
  source: { from: 'command line' },
};
const growth: Judgement = {
  ...{ platform: 'linux/amd64', kind: 'growth', of: 'unpacked', amount: 1_500_000 },
  verdict: { outcome: 'within', allowed: 2_000_000, spare: 500_000, limit },
};
const incomparable: Judgement = {
  ...{ platform: 'linux/amd64', kind: 'growth', of: 'binary' },
  verdict: { outcome: 'incomparable', limit: { ...limit, most: { bytes: 2_000 } } },
};
const at = (line: number) => ({ file: 'image-budgets.json', line });
const besidesItsOwn: Judgement = {
  ...{ platform: 'linux/amd64', kind: 'layers', amount: 3 },
  verdict: {
    ...{ outcome: 'within', allowed: 8, spare: 5 },
    limit: {
      ...{ kind: 'layers', most: 8, text: '8' },
      source: {
        ...{ from: 'file', location: at(1), rule: { type: 'default', key: 'default' } },
        own: { location: at(3), bareSize: '12 MB' },
      },
    },
  },
};
const unlimited: Judgement = {
  ...{ platform: 'linux/amd64', kind: 'layers', amount: 3 },
  verdict: { outcome: 'unlimited' },
};

describe('the JSON schema of the report', () => {
  it('takes every form that a report has', () => {
    const report = workspaceReport([
      reportedImage(
        'api',
        [measuredPlatform({ comparison: GREW, judgements: [...OVER, growth, unlimited, besidesItsOwn] })],
        [
          {
            commit: '0123456789012345678901234567890123456789',
            date: '2026-03-01T10:00:00+01:00',
            platforms: [{ platform: 'linux/amd64', unpackedBytes: 1, compressedBytes: 1 }],
          },
        ],
      ),
      reportedImage('web', [measuredPlatform({ comparison: SAME })]),
      reportedImage('new', [measuredPlatform({ comparison: { state: 'new' }, judgements: [incomparable] })]),
      reportedImage('packed', [
        measuredPlatform({
          programs: [{ path: '/app', bytes: 1, breakdown: { unknown: 'it is packed', silence: 'packed' } }],
        }),
      ]),
    ]);
    expect(problemsOf(report)).toEqual([]);
    expect(problemsOf(workspaceReport([]))).toEqual([]);
  });

  it('refuses what a report does not have', () => {
    const { images } = workspaceReport([reportedImage('api')]);
    expect(problemsOf({ version: 2, images })).toEqual(['/version must be equal to constant']);
    expect(problemsOf({ version: 1, images, host: 'ci-7' })).toEqual([
      ' must NOT have additional properties',
    ]);
    expect(problemsOf({ version: 1, images: [{ ...images[0], project: 7 }] })).toEqual([
      '/images/0/project must be string',
    ]);
  });
});
