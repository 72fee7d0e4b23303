import { rootCertificates } from 'node:tls';
import { memoryFileSystem, readGoWorkspace, type WorkspacePath } from '@go-docker/go-workspace';
import { appImageOf } from '../apps/app-image';
import { imageFiles } from '../dockerfile/image-files';
import { certificatesFile, certificatesText } from '../dockerfile/rootfs';
import { GoDockerError } from '../errors';
import { workspaceRenewal } from '../renewal/workspace-renewal';
import { type BaseRequest, movables } from './move';
import { movedBases } from './moved-bases';
import type { Sources } from './sources';

type Files = Readonly<Record<WorkspacePath, string>>;
const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** What an app of a new workspace has, with the runner alpine and a debug stage. */
function setUp(goLine = 'go 1.26.2'): Files {
  const sources: Files = {
    'go.mod': `module example.com/shop\n\n${goLine}\n`,
    'cmd/api/main.go': 'package main\n\nfunc main() {}\n',
  };
  const image = appImageOf(readGoWorkspace(memoryFileSystem(sources)), 'cmd/api/Dockerfile', '');
  if (!image) throw new Error('there is an app');
  const files = Object.fromEntries(imageFiles(image, {}, { runner: 'alpine', stages: ['debug'] }));
  const dockerfile = files['cmd/api/Dockerfile'] ?? '';
  const older = dockerfile
    .replaceAll(/air(=|@)v[\d.]+/g, 'air$1v1.60.0')
    .replaceAll(/(delve=|dlv@)v[\d.]+/g, '$1v1.20.0');
  return { ...sources, ...files, 'cmd/api/Dockerfile': older };
}

const online: Sources = {
  goReleases: () => Promise.resolve(['1.26.2', '1.26.9', '1.27.1']),
  newestRelease: (module) => Promise.resolve(module.endsWith('/air') ? 'v1.70.0' : 'v1.30.0'),
  digest: (reference) =>
    Promise.resolve(digestOf(reference === 'alpine:3.22' ? 'a' : reference === 'golang:1.26.9' ? 'b' : 'c')),
};
const noRegistry = (reference: string) => Promise.reject(new GoDockerError(`no digest of ${reference}`));

async function moved(files: Files, request: Partial<BaseRequest> = {}, sources: Partial<Sources> = {}) {
  const result = await movedBases(
    memoryFileSystem(files),
    Object.keys(files).filter((path) => path.endsWith('/Dockerfile')),
    { only: movables, ...request },
    { ...online, ...sources },
  );
  const after: Files = { ...files, ...Object.fromEntries(result.texts) };
  return {
    files: after,
    dockerfile: after['cmd/api/Dockerfile'] ?? '',
    moves: result.moves.map(({ what, from, to }) => [what, from, to]),
    problems: result.problems.map(({ message }) => message),
  };
}

describe('moved bases', () => {
  it('move Go within its series, air, Delve, and the digests of all images', async () => {
    const { dockerfile, moves, problems, files } = await moved(setUp());
    expect(problems).toEqual([]);
    expect(moves).toEqual([
      ['Go', '1.26.2', '1.26.9'],
      ['golang:1.26.9', undefined, digestOf('b')],
      ['air', 'v1.60.0', 'v1.70.0'],
      ['Delve', 'v1.20.0', 'v1.30.0'],
      ['alpine:3.22', undefined, digestOf('a')],
    ]);
    expect(dockerfile).toContain(`# go-docker:begin base goVersion=1.26.9 digest=${digestOf('b')}\n`);
    expect(dockerfile).toContain(`golang:1.26.9@${digestOf('b')} AS base\n`);
    expect(dockerfile).toContain(`\nFROM alpine:3.22@${digestOf('a')} AS runner\n`);
    expect(dockerfile).toMatch(/begin dev air=v1\.70\.0\n[^]*air@v1\.70\.0/);
    expect(dockerfile).toMatch(/begin debug delve=v1\.30\.0\n[^]*dlv@v1\.30\.0/);
    expect(workspaceRenewal(memoryFileSystem(files), ['cmd/api/Dockerfile']).renewals[0]?.stale).toEqual([]);
  });

  it('move nothing the second time', async () => {
    const { files } = await moved(setUp());
    expect(await moved(files)).toMatchObject({ files, moves: [], problems: [] });
  });

  it('move only what is asked for', async () => {
    expect((await moved(setUp(), { only: ['tools'] })).moves.map(([what]) => what)).toEqual(['air', 'Delve']);
    expect((await moved(setUp(), { only: ['go'] })).moves).toEqual([['Go', '1.26.2', '1.26.9']]);
    const { files } = await moved(setUp(), { only: ['digests'] });
    expect(files['cmd/api/Dockerfile']).toContain(`base goVersion=1.26.2 digest=${digestOf('c')}\n`);
  });

  it('never go back to an older tool', async () => {
    const { moves } = await moved(
      setUp(),
      { only: ['tools'] },
      { newestRelease: () => Promise.resolve('v1.9.0') },
    );
    expect(moves).toEqual([]);
  });

  it('go over to another series of Go where that is asked for', async () => {
    expect((await moved(setUp(), { only: ['go'], go: '1.27' })).moves).toEqual([['Go', '1.26.2', '1.27.1']]);
    expect((await moved(setUp(), { only: ['go'], go: '1.26.2' })).moves).toEqual([]);
    await expect(moved(setUp(), { go: '1.27.9' })).rejects.toThrow(
      'There is no release 1.27.9 of Go\n→ The newest one of its series is 1.27.1.',
    );
    const { problems, files } = await moved(setUp('go 1.27.0'), { go: '1.26.9' });
    expect(problems).toEqual([
      expect.stringMatching(
        /^cmd\/api\/Dockerfile: The workspace asks for Go 1\.27\.0, which is later than 1\.26\.9\n/,
      ),
    ]);
    expect(files).toEqual(setUp('go 1.27.0'));
  });

  describe('where no registry answers', () => {
    it('say so of each image once, and move the rest', async () => {
      const { moves, problems, dockerfile } = await moved(setUp(), {}, { digest: noRegistry });
      expect(moves.map(([what]) => what)).toEqual(['Go', 'air', 'Delve']);
      expect(problems).toEqual(['no digest of golang:1.26.9', 'no digest of alpine:3.22']);
      expect(dockerfile).toContain('golang:1.26.9 AS base\n');
    });

    it('keep the Go release of a digest that is there: another one would have none', async () => {
      const { files } = await moved(setUp(), { only: ['digests'] });
      const { dockerfile, moves } = await moved(files, {}, { digest: noRegistry });
      expect(moves.map(([what]) => what)).toEqual(['air', 'Delve']);
      expect(dockerfile).toContain(`golang:1.26.2@${digestOf('c')} AS base\n`);
      expect(dockerfile).toContain(`FROM alpine:3.22@${digestOf('a')} AS runner\n`);
    });
  });

  it('move images and certificates where no module proxy answers', async () => {
    const silent = () => Promise.reject(new GoDockerError('no proxy'));
    const { moves, problems } = await moved(setUp(), {}, { goReleases: silent, newestRelease: silent });
    expect(moves).toEqual([
      ['golang:1.26.2', undefined, digestOf('c')],
      ['alpine:3.22', undefined, digestOf('a')],
    ]);
    expect(problems).toEqual(['no proxy']);
  });

  it('follow the workspace once it asks for a later Go than was recorded', async () => {
    const { files } = await moved(setUp());
    const later = { ...files, 'go.mod': files['go.mod']?.replace('1.26.2', '1.27.0') ?? '' };
    const { renewals, problems } = workspaceRenewal(memoryFileSystem(later), ['cmd/api/Dockerfile']);
    expect(problems).toEqual([]);
    const text = renewals[0]?.texts.get('cmd/api/Dockerfile') ?? '';
    expect(text).toMatch(
      /^# go-docker:begin base\nFROM --platform=\$BUILDPLATFORM golang:1\.27\.0 AS base$/m,
    );
  });

  it('leave the other apps nothing of one that cannot be read', async () => {
    const files = setUp();
    const broken = { ...files, 'cmd/web/Dockerfile': '# go-docker:begin base\nFROM golang:1.26\n' };
    const { moves, problems, files: after } = await moved(broken);
    expect(moves).toHaveLength(5);
    expect(problems).toEqual([expect.stringMatching(/^cmd\/web\/Dockerfile:1: The block "base" has no end/)]);
    expect(after['cmd/web/Dockerfile']).toBe(broken['cmd/web/Dockerfile']);
  });
});

describe('root certificates', () => {
  const [first = '', ...others] = rootCertificates;

  it('become those of Node, and those below the block stay', async () => {
    const own = `# Ours\n${first.trim()}\n`;
    const before = { [certificatesFile]: certificatesText(others.slice(3)) + own };
    const { files, moves } = await moved(before);
    expect(files[certificatesFile]).toBe(certificatesText(rootCertificates) + own);
    expect(moves).toEqual([
      [
        'root certificates',
        String(rootCertificates.length - 3),
        `${rootCertificates.length + 1}, as Node ${process.versions.node} has them`,
      ],
    ]);
    expect((await moved(files)).moves).toEqual([]);
  });

  it('without the block are their owner’s', async () => {
    const before = { [certificatesFile]: `${first}\n` };
    expect(await moved(before)).toMatchObject({ files: before, moves: [], problems: [] });
  });
});
