import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { measuredPlatform } from '../workspace-report/fixtures/reported-image';
import { reportCommand } from './report';

describe('go-docker report', () => {
  let workspace = '';
  let told: string[] = [];
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'report-command-'));
    mkdirSync(join(workspace, 'dist/image-sizes'), { recursive: true });
    write('apps/api/Dockerfile', 'FROM scratch');
    told = [];
    writeFileSync(join(workspace, 'nx.json'), '{}');
    writeFileSync(join(workspace, 'package.json'), '{ "name": "@acme/shop" }');
    measured('api.json', { version: 1, project: 'api', baseline, platforms: [measuredPlatform()] });
  });
  afterEach(() => rmSync(workspace, { recursive: true }));

  const baseline = { file: 'apps/api/image-size.json', isThere: false };
  const measured = (name: string, value: unknown) =>
    writeFileSync(join(workspace, 'dist/image-sizes', name), JSON.stringify(value));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  };
  const run = (...args: string[]) =>
    reportCommand(args, join(workspace, 'apps/api'), new AbortController().signal, (note) => told.push(note));

  it('prints a table, from any folder of the workspace', async () => {
    expect(await run()).toContain('1 image\nlinux/amd64: 1 together 10.0 MB unpacked, 4.00 MB compressed\n');
  });

  it('writes each file in the format that its ending tells, and says so', async () => {
    expect(await run('--output=report.html', '--output=out/summary.md', '--output', 'report.json')).toBe(
      'report.html written\nout/summary.md written\nreport.json written\n',
    );
    const read = (file: string) => readFileSync(join(workspace, 'apps/api', file), 'utf8');
    expect(read('report.html')).toMatch(/^<!doctype html>[^]*<title>Image sizes of @acme\/shop<\/title>/);
    expect(read('out/summary.md')).toMatch(/^<!-- go-docker report -->\n## Image sizes: 1 image\n/);
    expect(JSON.parse(read('report.json'))).toMatchObject({
      version: 1,
      images: [{ project: 'api', history: [], platforms: [{ platform: 'linux/amd64' }] }],
    });
  });

  it('lets the format be said', async () => {
    expect(await run('--format=markdown')).toMatch(/^<!-- go-docker report -->/);
    await run('--format=html', '--title=Sizes & more', '--output=page');
    expect(readFileSync(join(workspace, 'apps/api/page'), 'utf8')).toContain('<h1>Sizes &amp; more</h1>');
  });

  it.each([
    [['--format=pdf'], '--format: there is no format "pdf"\n→ take one of terminal, markdown, json, html'],
    [['--output=report.pdf'], /^--output: the ending of "report.pdf" tells no format\n→ end it in \.html, /],
    [['--colour'], /^Unknown option '--colour'[^]*→ npx go-docker report --help lists the options$/],
  ])('refuses %j', async (args, message) => {
    await expect(run(...args)).rejects.toThrow(message);
  });

  it('is a report on no image where nothing was measured, as after a change that reaches none', async () => {
    rmSync(join(workspace, 'dist'), { recursive: true });
    expect(await run()).toBe(
      'no image was measured\n→ measure what you want to see: nx run-many -t image-size\n',
    );
    expect(await run('--format=markdown')).toBe(
      '<!-- go-docker report -->\n## Image sizes: no image was measured\n',
    );
    expect(JSON.parse(await run('--format=json'))).toEqual({ version: 1, images: [] });
    expect(await run('--format=html')).toContain('There are no measured images.');
  });

  it('says what to do where a named folder is not there, or another release has measured', async () => {
    await expect(run('--sizes=elsewhere')).rejects.toThrow(
      '--sizes: there is no folder elsewhere in the workspace\n→ name the folder of the option "outputFile"',
    );
    measured('web.json', { project: 'web', sizes: [] });
    await expect(run()).rejects.toThrow(
      'dist/image-sizes/web.json: this is not what image-size of this release writes\n→ measure the images again',
    );
  });

  it('does not take what the sum has written for an image', async () => {
    const [{ platform, sizes, judgements }] = [measuredPlatform()];
    measured('image-sum.json', {
      version: 1,
      project: '1 images',
      platforms: [{ platform, sizes, judgements }],
    });
    await expect(run()).rejects.toThrow(
      'dist/image-sizes/image-sum.json: this is not what image-size of this release writes',
    );
  });

  describe('on projects that are no more', () => {
    const of = (project: string, folder: string) => ({
      ...{ version: 1, project, platforms: [measuredPlatform()] },
      baseline: { file: `${folder}/image-size.json`, isThere: false },
    });
    const reported = async () => {
      const { images } = JSON.parse(await run('--format=json'));
      return images.map(({ project }: { project: string }) => project);
    };

    it('leaves out what was measured of them before they were removed, and says so', async () => {
      write('apps/web/main.go', 'package main');
      measured('web.json', of('web', 'apps/web'));
      // What git ignores stays where the project was.
      write('apps/old/.env', 'PORT=1');
      write('apps/old/tmp/main.go', 'package main');
      measured('old.json', of('old', 'apps/old'));
      measured('older.json', of('older', 'apps/older'));
      expect(await reported()).toEqual(['api', 'web']);
      expect(told).toEqual([
        'dist/image-sizes/old.json is left out: apps/old holds no project',
        'dist/image-sizes/older.json is left out: apps/older holds no project',
      ]);
      expect(await run()).toContain('linux/amd64: 2 together 20.0 MB unpacked');
    });

    it('leaves out what was measured under a name that a project no longer has, by its project.json', async () => {
      write('apps/web/project.json', '{ "name": "shop-web" }');
      measured('web.json', of('web', 'apps/web'));
      expect(await reported()).toEqual(['api']);
      expect(told).toEqual([
        'dist/image-sizes/web.json is left out: the project in apps/web is called "shop-web"',
      ]);
    });

    it('takes the name that was measured last where none is written down', async () => {
      measured('a-former-name.json', of('a-former-name', 'apps/api'));
      measured('z-former-name.json', of('z-former-name', 'apps/api'));
      for (const name of ['a-former-name.json', 'z-former-name.json'])
        utimesSync(join(workspace, 'dist/image-sizes', name), 1_700_000_000, 1_700_000_000);
      expect(await reported()).toEqual(['api']);
      expect(told[0]).toBe(
        'dist/image-sizes/a-former-name.json is left out: the project in apps/api is called "api"',
      );
    });

    it('knows the project in the root of the workspace', async () => {
      write('go.mod', 'module example.com/tool');
      measured('tool.json', { ...of('tool', ''), baseline: { file: 'image-size.json', isThere: false } });
      expect(await reported()).toEqual(['api', 'tool']);
      expect(told).toEqual([]);
    });
  });

  it('says where it has to be run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-workspace-'));
    await expect(reportCommand([], folder, new AbortController().signal)).rejects.toThrow(
      `${folder} is in no Nx workspace: neither there nor above is an nx.json`,
    );
    rmSync(folder, { recursive: true });
  });
});
