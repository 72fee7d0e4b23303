import type { SourceState } from '../../push/source-state';
import { pushPlan } from './plan';

const TASK = { project: '@shop/api', projectRoot: 'apps/api', target: 'image-push', workspaceRoot: '/w' };
const SOURCE: SourceState = {
  commit: '0123456789'.repeat(4),
  isDirty: false,
  tags: ['v1.0.0'],
  branch: 'main',
};
const repository = 'registry.example.com/{projectName}';

describe('pushPlan', () => {
  it('takes what is usual where nothing is said', () => {
    expect(pushPlan({ repository }, TASK, SOURCE)).toEqual({
      project: '@shop/api',
      source: SOURCE,
      imagePath: 'dist/images/@shop+api',
      digestFile: 'dist/image-digests/@shop+api.txt',
      references: ['registry.example.com/shop/api:0123456'],
      annotations: { 'org.opencontainers.image.revision': SOURCE.commit },
      mountFrom: [],
      sbom: 'spdx',
      provenance: true,
      progress: 'auto',
    });
  });

  it('takes annotations for texts', () => {
    const annotations = { number: 1, flag: false, 'org.opencontainers.image.revision': 'mine' };
    expect(pushPlan({ repository, annotations }, TASK, SOURCE).annotations).toEqual({
      ...{ number: '1', flag: 'false', 'org.opencontainers.image.revision': 'mine' },
    });
  });

  it.each([undefined, '', '  '])('says where to write the place that is missing: %j', (none) => {
    expect(() => pushPlan({ repository: none }, TASK, SOURCE)).toThrow(
      'nothing says where the image of @shop/api is pushed to\n→ say it for all apps, in nx.json: "targetDefaults": { "image-push": {',
    );
  });

  it.each(['../x', '/etc/x', '.', 'a/../../x', 'C:\\x'])('writes no digest to %s', (digestFile) => {
    expect(() => pushPlan({ repository, digestFile }, TASK, SOURCE)).toThrow('lies outside of the workspace');
  });
});
