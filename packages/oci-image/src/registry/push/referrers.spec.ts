import { pushLayout } from '../..';
import { reply } from '../../../spec/loopback-server';
import { layoutFor, type Manifest, manifestOf, SETTINGS } from '../../../spec/pushed-layouts';
import { crane, startDistribution, startReferrersRegistry, type TestRegistry } from '../../../spec/registry';
import { registryProxy } from '../../../spec/registry-proxy';
import type { PushSubject } from './push-layout';

let single: string;
let several: string;
let distribution: TestRegistry;
let withApi: TestRegistry;

beforeAll(async () => {
  single = (await layoutFor('amd64')).directory;
  several = (await layoutFor('amd64', 'arm/v7', 'arm64')).directory;
  distribution = await startDistribution();
  withApi = await startReferrersRegistry();
}, 200_000);
afterAll(async () => {
  await distribution?.stop();
  await withApi?.stop();
});

describe('referrers', () => {
  const referrersOf = ({ platform, isTop, digest, images }: PushSubject) => [
    ...(platform === undefined
      ? []
      : [{ artifactType: 'application/spdx+json', content: Buffer.from(`"${platform}"`) }]),
    ...(isTop
      ? [
          {
            ...{
              artifactType: 'application/vnd.in-toto+json',
              annotations: { 'in-toto.io/predicate-type': 'x' },
            },
            content: Buffer.from(JSON.stringify({ digest, images })),
          },
        ]
      : []),
  ];

  it('stand beside each manifest and the index, under a tag where the registry has no API for them', async () => {
    const target = `${distribution.address}/referred:1`;
    const push = () => pushLayout(several, [target], { ...SETTINGS, referrers: referrersOf });
    const { digest, images } = await push();
    await push();
    const top = manifestOf(`${distribution.address}/referred:${digest.replace(':', '-')}`);
    expect(top.manifests).toMatchObject([
      { artifactType: 'application/vnd.in-toto+json', annotations: { 'in-toto.io/predicate-type': 'x' } },
    ]);
    const arm = images[1]?.digest ?? '';
    const [listed] = manifestOf(`${distribution.address}/referred:${arm.replace(':', '-')}`).manifests ?? [];
    expect(listed).toMatchObject({ artifactType: 'application/spdx+json' });
    const referrer = manifestOf(`${distribution.address}/referred@${listed?.digest}`);
    expect(referrer.subject?.digest).toBe(arm);
    const [layer] = referrer.layers;
    expect(crane('blob', `${distribution.address}/referred@${layer?.digest}`)).toBe('"linux/arm/v7"');
  });

  it('keep what others have listed under the tag', async () => {
    const target = `${distribution.address}/others:1`;
    const spdx = { artifactType: 'application/spdx+json', content: Buffer.from('1') };
    const other = { artifactType: 'application/vnd.cyclonedx+json', content: Buffer.from('2') };
    for (const referrer of [spdx, other]) {
      await pushLayout(single, [target], { ...SETTINGS, referrers: () => [referrer] });
    }
    const tag = crane('digest', target).trim().replace(':', '-');
    const types = manifestOf(`${distribution.address}/others:${tag}`).manifests?.map(
      (one) => one.artifactType,
    );
    expect(types).toEqual(['application/spdx+json', 'application/vnd.cyclonedx+json']);
  });

  it('are listed by a registry that has an API for them, and get no tag', async () => {
    const { digest } = await pushLayout(single, [`${withApi.address}/referred:1`], {
      ...SETTINGS,
      referrers: referrersOf,
    });
    const listed = (await (
      await fetch(`http://${withApi.address}/v2/referred/referrers/${digest}`)
    ).json()) as Manifest;
    // Not what the list calls them: this registry takes the media type of the config for it.
    const types = listed.manifests?.map(
      (one) => manifestOf(`${withApi.address}/referred@${one.digest}`).artifactType,
    );
    expect(types?.sort()).toEqual(['application/spdx+json', 'application/vnd.in-toto+json']);
    expect(crane('ls', `${withApi.address}/referred`).trim()).toBe('1');
  });
});

describe('a registry that says that it knows the subject', () => {
  it('is believed: no tag lists the referrer', async () => {
    const proxy = await registryProxy(distribution);
    proxy.misbehave(
      ({ method, body }, response) =>
        method === 'PUT' &&
        body.includes('"subject"') &&
        reply(response, 201, '', { 'oci-subject': 'sha256:x' }),
    );
    const referrers = () => [{ artifactType: 'application/spdx+json', content: Buffer.from('1') }];
    await pushLayout(single, [`${proxy.address}/believed:1`], { ...SETTINGS, referrers });
    expect(crane('ls', `${distribution.address}/believed`).trim()).toBe('1');
  });
});
