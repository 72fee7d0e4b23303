import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { BuildInfo } from '@go-docker/go-binary';
import { componentsOf } from './components';
import { cyclonedxDocument } from './cyclonedx';
import { spdxDocument } from './spdx';

const API: BuildInfo = {
  goVersion: 'go1.26.8 X:nodwarf5',
  path: 'example.com/api/cmd/api',
  main: { path: 'example.com/api', version: '(devel)' },
  deps: [
    { path: 'example.com/Log', version: '(devel)' },
    // The sum that go.sum has for it; its bytes in hexadecimal: `base64 -d | xxd -p`.
    {
      path: 'github.com/google/uuid',
      version: 'v1.6.0',
      sum: 'h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=',
    },
    {
      path: 'example.com/old',
      version: 'v1.0.0',
      replace: { path: 'example.com/new', version: 'v2.0.0+incompatible' },
    },
    { path: 'example.com/local', version: 'v1.0.0', replace: { path: '../local' } },
  ],
  settings: [],
};
const HEALTH: BuildInfo = { goVersion: 'go1.26.8', path: 'command-line-arguments', deps: [], settings: [] };
const PROGRAMS = [
  { path: '/api', buildInfo: API },
  { path: '/healthcheck', buildInfo: HEALTH },
];
const UUID_SHA256 = '348bda24330eb231c0f27d630212d2833ac0cf2d4782bfa136b6f9edefbde05d';
const IMAGE = {
  repository: 'registry.example.com/shop/api',
  platform: 'linux/arm/v7',
  digest: `sha256:${'0123456789abcdef'.repeat(4)}`,
} as const;
const TIME = new Date('2026-01-02T03:04:05.678Z');
const IMAGE_PURL =
  'pkg:oci/api@sha256%3A0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef?arch=arm&repository_url=registry.example.com%2Fshop%2Fapi';

describe('componentsOf', () => {
  it('names programs, the standard library and modules, each once', () => {
    expect(componentsOf(PROGRAMS).map(({ kind, purl }) => [kind, purl])).toEqual([
      ['program', 'pkg:golang/example.com/api#cmd/api'],
      ['program', 'pkg:golang/command-line-arguments'],
      ['module', 'pkg:golang/example.com/log'],
      ['module', 'pkg:golang/example.com/local'],
      ['module', 'pkg:golang/example.com/new@v2.0.0%2Bincompatible'],
      ['module', 'pkg:golang/github.com/google/uuid@v1.6.0'],
      ['standard library', 'pkg:golang/stdlib@1.26.8'],
    ]);
  });
});

describe('spdxDocument', () => {
  const document = JSON.parse(spdxDocument(IMAGE, componentsOf(PROGRAMS), TIME));

  it('is about the image', () => {
    expect(document).toMatchObject({
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: 'SPDXRef-DOCUMENT',
      name: `registry.example.com/shop/api@${IMAGE.digest}`,
      creationInfo: { created: '2026-01-02T03:04:05Z', creators: ['Tool: go-docker'] },
    });
    expect(document.packages[0]).toMatchObject({
      SPDXID: 'SPDXRef-Image',
      primaryPackagePurpose: 'CONTAINER',
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: IMAGE_PURL },
      ],
    });
  });

  it('names a module with its checksum', () => {
    expect(
      document.packages.find(({ name }: { name: string }) => name === 'github.com/google/uuid'),
    ).toMatchObject({
      versionInfo: 'v1.6.0',
      primaryPackagePurpose: 'LIBRARY',
      checksums: [{ algorithm: 'SHA256', checksumValue: UUID_SHA256 }],
    });
  });

  it('relates only what it names, and everything that it names', () => {
    const ids = new Set(document.packages.map(({ SPDXID }: { SPDXID: string }) => SPDXID));
    expect(ids.size).toBe(8);
    const named = new Set<string>();
    for (const { spdxElementId, relatedSpdxElement } of document.relationships) {
      expect(ids.has(spdxElementId) || spdxElementId === 'SPDXRef-DOCUMENT').toBe(true);
      expect(ids).toContain(relatedSpdxElement);
      named.add(relatedSpdxElement);
    }
    expect(named).toEqual(ids);
  });
});

/**
 * Of the official schema: what may stand in a document, a package and a relationship, and what has to.
 * https://github.com/spdx/spdx-spec/blob/support/2.3/schemas/spdx-schema.json
 */
const SPDX_SCHEMA = {
  document: {
    required: ['SPDXID', 'creationInfo', 'dataLicense', 'name', 'spdxVersion'],
    others:
      'annotations comment documentDescribes documentNamespace externalDocumentRefs files packages relationships snippets',
  },
  package: {
    required: ['SPDXID', 'downloadLocation', 'name'],
    others:
      'annotations attributionTexts builtDate checksums comment copyrightText description externalRefs filesAnalyzed hasFiles homepage licenseComments licenseConcluded licenseDeclared originator packageFileName primaryPackagePurpose releaseDate sourceInfo summary supplier validUntilDate versionInfo',
  },
  relationship: { required: ['relatedSpdxElement', 'relationshipType', 'spdxElementId'], others: 'comment' },
};

describe('a document for other tools', () => {
  it('is CycloneDX 1.5 by the schema of that release, without a word too many', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot5);
    expect(await validator.validate(cyclonedxDocument(IMAGE, componentsOf(PROGRAMS), TIME))).toBeNull();
    // The validator refuses at all.
    expect(
      await validator.validate('{ "bomFormat": "CycloneDX", "specVersion": "1.5", "more": 1 }'),
    ).not.toBeNull();
  });

  it('is SPDX 2.3 with the names that its schema knows', () => {
    const document = JSON.parse(spdxDocument(IMAGE, componentsOf(PROGRAMS), TIME));
    const all: [keyof typeof SPDX_SCHEMA, object][] = [
      ['document', document],
      ...document.packages.map((each: object) => ['package', each]),
      ...document.relationships.map((each: object) => ['relationship', each]),
    ];
    for (const [kind, object] of all) {
      const { required, others } = SPDX_SCHEMA[kind];
      expect(Object.keys(object)).toEqual(expect.arrayContaining(required));
      expect([...required, ...others.split(' ')]).toEqual(expect.arrayContaining(Object.keys(object)));
    }
    expect(all.length).toBeGreaterThan(10);
  });
});

describe('cyclonedxDocument', () => {
  const document = JSON.parse(cyclonedxDocument(IMAGE, componentsOf(PROGRAMS), TIME));

  it('is about the image', () => {
    expect(document).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      metadata: { timestamp: '2026-01-02T03:04:05Z', component: { type: 'container', purl: IMAGE_PURL } },
    });
    // https://cyclonedx.org/docs/1.5/json/#serialNumber
    expect(document.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    );
  });

  it('names components with places and checksums, and what depends on what', () => {
    expect(document.components).toContainEqual({
      'bom-ref': 'module github.com/google/uuid@v1.6.0',
      type: 'library',
      name: 'github.com/google/uuid',
      version: 'v1.6.0',
      purl: 'pkg:golang/github.com/google/uuid@v1.6.0',
      hashes: [{ alg: 'SHA-256', content: UUID_SHA256 }],
    });
    expect(document.components[0]).toMatchObject({
      type: 'application',
      evidence: { occurrences: [{ location: '/api' }] },
    });
    const refs = new Set([
      IMAGE_PURL,
      ...document.components.map((one: { 'bom-ref': string }) => one['bom-ref']),
    ]);
    for (const { ref, dependsOn } of document.dependencies) {
      for (const one of [ref, ...dependsOn]) expect(refs).toContain(one);
    }
  });
});
