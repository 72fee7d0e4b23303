import type { Component } from './components';
import { type DescribedImage, imagePurl, secondsOf } from './described-image';

/**
 * What an image is made of, as CycloneDX 1.5. The same image at the same commit gives the same text.
 * https://cyclonedx.org/docs/1.5/json/
 *
 * @param time When the sources were committed.
 */
export function cyclonedxDocument(
  image: DescribedImage,
  components: readonly Component[],
  time: Date,
): string {
  const programs = components.filter(({ kind }) => kind === 'program');
  const container = imagePurl(image);
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(image.digest)}`,
    version: 1,
    metadata: {
      timestamp: secondsOf(time),
      tools: { components: [{ type: 'application', name: 'go-docker' }] },
      component: {
        ...{ 'bom-ref': container, type: 'container', name: image.repository, version: image.digest },
        purl: container,
      },
    },
    components: components.map(componentOf),
    dependencies: [
      { ref: container, dependsOn: programs.map(({ id }) => id) },
      ...components.map(({ id, dependsOn }) => ({ ref: id, dependsOn })),
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function componentOf({ id, kind, name, version, purl, sha256, path }: Component) {
  return {
    ...{ 'bom-ref': id, type: kind === 'program' ? 'application' : 'library', name, version, purl },
    hashes: sha256 === undefined ? undefined : [{ alg: 'SHA-256', content: sha256 }],
    evidence: path === undefined ? undefined : { occurrences: [{ location: path }] },
  };
}

/** The first bits of a digest in the form of a UUID of one's own making. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
function uuidOf(digest: string): string {
  const hex = digest.slice('sha256:'.length);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
