import { ownRunner } from './own-runner';

const head = 'FROM --platform=$BUILDPLATFORM golang:1.26.8 AS builder\nCOPY libs libs\nEXPOSE 1\n\n';
const read = (runner: string) => ownRunner(head + runner, 'apps/api/Dockerfile', 'runner');

describe('the runner stage of an app', () => {
  it.each([
    ['scratch', 'scratch'],
    ['gcr.io/distroless/static-debian13:nonroot', 'distroless'],
    ['registry.example.com/mirror/alpine:3.22@sha256:aa', 'alpine'],
    ['alpine', 'alpine'],
    ['debian:trixie-slim', 'debian'],
    ['ubuntu:24.04', undefined],
    ['myalpine:1', undefined],
  ])('that starts from %s is %s', (from, runner) => {
    expect(read(`FROM ${from} AS runner\n`)).toMatchObject({ from, runner });
  });

  it('has the port of the stage that becomes the image, whatever that is called', () => {
    const stages =
      'FROM alpine AS Prod\nEXPOSE 8080\nFROM alpine AS runner\nEXPOSE 3\nFROM alpine AS dev\nEXPOSE 2\n';
    expect(ownRunner(head + stages, 'Dockerfile', 'prod').port).toBe(8080);
    expect(ownRunner(head + stages, 'Dockerfile', 'runner').port).toBe(3);
  });

  it('may start from a stage, or from what an argument says', () => {
    const argument = `ARG BASE=alpine:3.21\n${head}FROM $BASE AS tools\nFROM tools AS runner\n`;
    expect(ownRunner(argument, 'Dockerfile', 'runner')).toMatchObject({
      from: 'alpine:3.21',
      runner: 'alpine',
    });
    const unknown = ownRunner(`ARG BASE\n${head}FROM $BASE AS runner\n`, 'Dockerfile', 'runner');
    expect([unknown.from, unknown.runner]).toEqual([undefined, undefined]);
  });

  it('tells port, assets and the path of its health check, and nothing of other stages', () => {
    const own = read(
      [
        'FROM scratch AS runner',
        'COPY --from=builder /out/.rootfs/ /',
        'COPY --chmod=644 tools/go-docker/rootfs/etc/passwd tools/go-docker/rootfs/etc/group /etc/',
        'COPY --chmod=644 tools/go-docker/rootfs/etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/',
        'WORKDIR /app',
        'COPY --chmod=755 apps/api/templates templates',
        'EXPOSE 8080',
        'HEALTHCHECK --interval=10s CMD ["/usr/local/libexec/healthcheck", "8080", "/healthz"]',
        'ENTRYPOINT ["/usr/local/bin/api"]',
        '',
      ].join('\n'),
    );
    expect(own).toMatchObject({ port: 8080, assets: ['apps/api/templates'], healthcheck: '/healthz' });
  });

  it('is the stage that becomes the image', () => {
    const text = `${head}FROM alpine:3.22 AS runner\nFROM debian:trixie-slim AS tools\nCOPY a b\n`;
    expect(ownRunner(text, 'Dockerfile', 'tools')).toMatchObject({ runner: 'debian', assets: ['a'] });
  });
});
