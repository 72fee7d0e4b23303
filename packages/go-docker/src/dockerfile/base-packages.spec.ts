import { api } from './fixtures/app-images';
import { imageFiles } from './image-files';

const dockerfile = (settings: Parameters<typeof imageFiles>[2], existing?: string) =>
  imageFiles(api, { dockerfile: existing }, settings).get('apps/api/Dockerfile') ?? '';

describe('a program packed by UPX', () => {
  it('is packed where it was built, by the UPX of the base', () => {
    const text = dockerfile({ upx: true });
    expect(text).toContain(
      'WORKDIR /src\n' +
        '# Without versions: a release of Debian keeps one of each package.\n' +
        '# hadolint ignore=DL3008\n' +
        'RUN apt-get update && \\\n' +
        '    apt-get install --yes --no-install-recommends upx-ucl && \\\n' +
        '    rm -rf /var/lib/apt/lists/*\n' +
        '# go-docker:end base\n',
    );
    expect(text).toContain('# go-docker:begin builder package=./apps/api binary=api upx=true\n');
    expect(text).toContain(
      '-o /out/api ./apps/api\nRUN --network=none upx --quiet --lzma /out/api\n# go-docker:end builder\n',
    );
  });

  it('stays so when blocks are renewed, and comes and goes by the option', () => {
    const packed = dockerfile({ upx: true });
    expect(dockerfile({}, packed)).toBe(packed);
    expect(dockerfile({ upx: false }, packed)).toBe(dockerfile({}));
    expect(dockerfile({ upx: true }, dockerfile({}))).toBe(packed);
  });

  it('is refused for a platform that UPX packs nothing for', () => {
    expect(() => dockerfile({ upx: true, platforms: ['linux/amd64', 'linux/riscv64'] })).toThrow(
      'UPX does not pack Go programs for linux/riscv64\n→ Leave out --upx, or linux/riscv64.',
    );
    expect(() => dockerfile({ upx: true, platforms: ['linux/386', 'linux/arm/v7'] })).not.toThrow();
  });
});
