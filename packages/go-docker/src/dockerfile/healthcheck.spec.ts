import { api } from './fixtures/app-images';
import { imageFiles } from './image-files';
import type { ImageSettings } from './image-settings';

const dockerfile = (settings: Partial<ImageSettings>, existing?: string) =>
  imageFiles(api, { dockerfile: existing }, settings).get('apps/api/Dockerfile') ?? '';

describe('a health check', () => {
  it('is a program of its own, built for the platform without cgo and asked without a shell', () => {
    const text = dockerfile({ port: 8080, healthcheck: '/healthz', cgo: true });
    expect(text).toContain(' healthcheck=true\nARG TARGETOS TARGETARCH TARGETVARIANT\nCOPY <<');
    expect(text).toContain(
      '    CGO_ENABLED=0 GO111MODULE=off GOOS="$TARGETOS" GOARCH="$TARGETARCH" GOARM="${TARGETVARIANT#v}" \\\n' +
        '    go build -trimpath -ldflags="-s -w -buildid=" -o /out/.healthcheck/healthcheck /healthcheck/main.go\n',
    );
    expect(text.split('\n').slice(-6)).toEqual([
      'USER 65532:65532',
      'EXPOSE 8080',
      'COPY --from=builder /out/.healthcheck/healthcheck /usr/local/libexec/healthcheck',
      'HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/usr/local/libexec/healthcheck", "8080", "/healthz"]',
      'ENTRYPOINT ["/usr/local/bin/api"]',
      '',
    ]);
    expect(dockerfile({}, text)).toBe(text);
  });

  it('brings its program into the builder of an existing Dockerfile, and leaves the runner alone', () => {
    const before = dockerfile({ port: 8080 });
    const runner = (text: string) => text.slice(text.indexOf('# go-docker:end builder'));
    const after = dockerfile({ port: 8080, healthcheck: '/healthz' }, before);
    expect(after).toContain(' -o /out/.healthcheck/healthcheck ');
    expect(runner(after)).toBe(runner(before));
  });

  it.each([
    [
      { healthcheck: '/healthz' },
      'There is no port to ask for /healthz on\n→ Say which one the app listens on: --port=8080 --healthcheck=/healthz.',
    ],
    [{ healthcheck: 'healthz', port: 80 }, /^"healthz" is not a path .*\n→ Write it as a URL has it/],
    [{ healthcheck: '/a"]\nRUN x', port: 80 }, /^"\/a\\"\]\\nRUN x" is not a path/],
    [{ healthcheck: '/a b', port: 80 }, /^"\/a b" is not a path/],
  ])('is refused for %j', (settings, message) => {
    expect(() => dockerfile(settings)).toThrow(message);
  });
});
