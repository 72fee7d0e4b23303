import type { Component } from './components';
import { type DescribedImage, imagePurl, secondsOf } from './described-image';

/**
 * What an image is made of, as SPDX 2.3. The same image at the same commit gives the same text.
 * https://spdx.github.io/spdx-spec/v2.3/
 *
 * @param time When the sources were committed.
 */
export function spdxDocument(image: DescribedImage, components: readonly Component[], time: Date): string {
  const hex = image.digest.slice('sha256:'.length);
  const ids = new Map(components.map(({ id }, at) => [id, `SPDXRef-${at + 1}`]));
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${image.repository}@${image.digest}`,
    documentNamespace: `https://spdx.org/spdxdocs/${image.repository}-${hex}`,
    creationInfo: { created: secondsOf(time), creators: ['Tool: go-docker'] },
    packages: [imagePackage(image, hex), ...components.map((one) => packageOf(one, ids.get(one.id)))],
    relationships: [
      relationship('SPDXRef-DOCUMENT', 'DESCRIBES', IMAGE),
      ...components.flatMap(({ id, kind, dependsOn }) => [
        ...(kind === 'program' ? [relationship(IMAGE, 'CONTAINS', ids.get(id))] : []),
        ...dependsOn.map((other) => relationship(ids.get(id), 'DEPENDS_ON', ids.get(other))),
      ]),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const IMAGE = 'SPDXRef-Image';
const UNKNOWN = {
  downloadLocation: 'NOASSERTION',
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
};

function imagePackage(image: DescribedImage, hex: string) {
  return {
    ...{ SPDXID: IMAGE, name: image.repository, versionInfo: image.digest, filesAnalyzed: false, ...UNKNOWN },
    copyrightText: 'NOASSERTION',
    primaryPackagePurpose: 'CONTAINER',
    checksums: [{ algorithm: 'SHA256', checksumValue: hex }],
    externalRefs: [purlReference(imagePurl(image))],
  };
}

function packageOf({ kind, name, version, purl, sha256, path }: Component, id: string | undefined) {
  return {
    ...{ SPDXID: id, name, versionInfo: version, filesAnalyzed: false, ...UNKNOWN },
    copyrightText: 'NOASSERTION',
    primaryPackagePurpose: kind === 'program' ? 'APPLICATION' : 'LIBRARY',
    packageFileName: path,
    checksums: sha256 === undefined ? undefined : [{ algorithm: 'SHA256', checksumValue: sha256 }],
    externalRefs: [purlReference(purl)],
  };
}

function purlReference(purl: string) {
  return { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
}

function relationship(from: string | undefined, type: string, to: string | undefined) {
  return { spdxElementId: from, relationshipType: type, relatedSpdxElement: to };
}
