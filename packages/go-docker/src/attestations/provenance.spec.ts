import { provenanceStatement, runOfCi } from './provenance';

const FACTS = {
  project: 'api',
  repository: 'registry.example.com/api',
  digest: 'sha256:aa',
  images: [
    { platform: 'linux/amd64', digest: 'sha256:bb' },
    { platform: 'linux/arm64', digest: 'sha256:cc' },
  ],
  source: 'https://github.com/acme/shop',
  commit: 'abc',
  run: 'https://ci.example.com/1',
} as const;

describe('provenanceStatement', () => {
  it('says of the index and each image what they were built from', () => {
    expect(JSON.parse(provenanceStatement(FACTS))).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: ['aa', 'bb', 'cc'].map((sha256) => ({ name: 'registry.example.com/api', digest: { sha256 } })),
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'urn:go-docker:image:v1',
          externalParameters: { project: 'api', platforms: ['linux/amd64', 'linux/arm64'] },
          resolvedDependencies: [{ uri: 'git+https://github.com/acme/shop', digest: { gitCommit: 'abc' } }],
        },
        runDetails: {
          builder: { id: 'urn:go-docker' },
          metadata: { invocationId: 'https://ci.example.com/1' },
        },
      },
    });
  });

  it('claims no commit that it does not know, and names a single image once', () => {
    const images = [{ platform: 'linux/amd64', digest: 'sha256:aa' }] as const;
    const { subject, predicate } = JSON.parse(provenanceStatement({ ...FACTS, images, commit: undefined }));
    expect(subject).toHaveLength(1);
    expect(predicate.buildDefinition.resolvedDependencies).toEqual([
      { uri: 'git+https://github.com/acme/shop' },
    ]);
  });
});

describe('runOfCi', () => {
  it.each([
    [{}, undefined],
    [{ CI_JOB_URL: 'https://gitlab.example.com/1' }, 'https://gitlab.example.com/1'],
    [
      { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/shop', GITHUB_RUN_ID: '7' },
      'https://github.com/acme/shop/actions/runs/7/attempts/1',
    ],
  ])('of %j is %s', (environment, run) => {
    expect(runOfCi(environment)).toBe(run);
  });
});
