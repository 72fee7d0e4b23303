import { externalImages, withDigests } from './external-images';

const digest = `sha256:${'a'.repeat(64)}`;
const text = `ARG BASE=alpine:3.22
# go-docker:begin base
FROM --platform=$BUILDPLATFORM golang:1.26.8@${digest} AS base
# go-docker:end base
FROM Base AS deps
FROM localhost:5000/team/image AS tools
FROM \${BASE} AS chosen
from gcr.io/distroless/static-debian13:nonroot as runner
FROM scratch AS empty
FROM alpine@${digest} AS fixed
`;

describe('the external images of a Dockerfile', () => {
  it('are those of FROM lines with a name that a registry knows', () => {
    expect(
      externalImages(text, 'Dockerfile').map(({ reference, digest: now, block }) => [reference, now, block]),
    ).toEqual([
      ['golang:1.26.8', digest, 'base'],
      ['localhost:5000/team/image:latest', undefined, undefined],
      ['gcr.io/distroless/static-debian13:nonroot', undefined, undefined],
    ]);
  });

  it('get digests in their places, and every other character stays', () => {
    const digests = new Map([
      ['golang:1.26.8', `sha256:${'b'.repeat(64)}`],
      ['gcr.io/distroless/static-debian13:nonroot', `sha256:${'c'.repeat(64)}`],
    ]);
    const crlf = text.replaceAll('\n', '\r\n');
    expect(withDigests(crlf, externalImages(crlf, 'Dockerfile'), digests)).toBe(
      crlf
        .replace(`golang:1.26.8@${digest}`, `golang:1.26.8@sha256:${'b'.repeat(64)}`)
        .replace('debian13:nonroot', `debian13:nonroot@sha256:${'c'.repeat(64)}`),
    );
  });

  it('are named by their tag where a digest is renewed', () => {
    const own = `FROM alpine:3.22@${digest} AS runner\n`;
    const digests = new Map([['alpine:3.22', `sha256:${'d'.repeat(64)}`]]);
    expect(withDigests(own, externalImages(own, 'Dockerfile'), digests)).toBe(
      `FROM alpine:3.22@sha256:${'d'.repeat(64)} AS runner\n`,
    );
  });
});
