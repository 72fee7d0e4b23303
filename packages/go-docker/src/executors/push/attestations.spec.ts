import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Layout, PushSubject } from '@go-docker/oci-image';
import { executable, goProgram, layoutOf } from '../../../spec/image-layout';
import { attestations } from './attestations';
import type { SbomFormat } from './options';
import { pushPlan } from './plan';

const folder = mkdtempSync(join(tmpdir(), 'attestations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TASK = { project: 'api', projectRoot: 'apps/api', target: 'image-push', workspaceRoot: '/w' };
const SUBJECT: PushSubject = {
  ...{ digest: `sha256:${'0123456789abcdef'.repeat(4)}`, platform: 'linux/arm64', isTop: true },
  images: [],
};
let layout: Layout;

beforeAll(async () => {
  layout = await layoutOf(folder, [{ base: executable('') }, { api: executable(goProgram(folder)) }]);
}, 120_000);

afterEach(() => jest.useRealTimers());

/** What is stored beside an image that is pushed at a time, where git knows nothing. */
async function storedAt(time: string, sbom: SbomFormat): Promise<readonly string[]> {
  const options = { repository: 'registry.example.com/api', tags: ['latest'], sbom };
  const plan = pushPlan(options, TASK, { isDirty: false, tags: [] });
  const { referrers } = await attestations(plan, layout, new AbortController().signal);
  jest.useFakeTimers({ now: new Date(time) });
  const stored = referrers(SUBJECT).map(({ content }) => content.toString());
  jest.useRealTimers();
  return stored;
}

describe('what lies beside an image', () => {
  it.each(['spdx', 'cyclonedx'] as const)('is the same at every push, as %s', async (sbom) => {
    const first = await storedAt('2026-01-02T03:04:05Z', sbom);
    expect(first).toHaveLength(2);
    expect(first[0]).toContain('"1970-01-01T00:00:00Z"');
    expect(await storedAt('2026-01-02T03:04:06Z', sbom)).toEqual(first);
  });
});
