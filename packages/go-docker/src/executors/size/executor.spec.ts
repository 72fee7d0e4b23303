import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import { git as gitIn } from '../../../spec/git';
import { layoutOf } from '../../../spec/image-layout';
import { layer } from '../../../spec/measured-image';
import type { ImageJson } from '../../images/image-json';
import sizeExecutor, { type SizeExecutorOptions } from './executor';

/** 7.69 MB unpacked, 2.90 MB compressed. */
const IMAGE: ImageJson = {
  project: 'api',
  images: [
    {
      platform: 'linux/amd64',
      digest: `sha256:${'f'.repeat(64)}`,
      unpackedBytes: 7_690_000,
      compressedBytes: 2_900_000,
      layers: [layer('b', 'base', 2_140_000, 800_000), layer('a', 'app', 5_550_000, 2_100_000)],
    },
  ],
};

const image = { executor: 'go-docker:image' };

const PROJECTS: Record<string, ProjectConfiguration> = {
  api: { root: 'apps/api', tags: ['go'], targets: { image } },
  '@shop/web': { root: 'apps/web', targets: { docker: { ...image, options: { outputPath: 'out/web' } } } },
  pricing: { root: 'libs/pricing' },
};

describe('the size executor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'size-executor-layout-'));
  let layout = '';
  let workspace = '';
  let printed = '';
  let complained = '';

  beforeAll(async () => {
    const base = { 'etc/passwd': { content: 'root', mode: 0o644 } };
    const app = { 'srv/page.html': { content: 'page', mode: 0o644 } };
    ({ directory: layout } = await layoutOf(folder, [base, app], 'amd64'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'size-executor-'));
    printed = '';
    complained = '';
    jest.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`));
    jest.spyOn(console, 'error').mockImplementation((text) => void (complained += `${text}\n`));
    writeImage('dist/images/api', IMAGE);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(workspace, { recursive: true });
  });

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  }

  function writeImage(imagePath: string, image: ImageJson): void {
    write(`${imagePath}/image.json`, JSON.stringify(image));
    cpSync(layout, join(workspace, imagePath, 'oci'), { recursive: true });
  }

  function read(file: string) {
    return JSON.parse(readFileSync(join(workspace, file), 'utf8'));
  }

  async function run(
    options: SizeExecutorOptions = {},
    projectName = 'api',
    projects = PROJECTS,
  ): Promise<boolean> {
    const context = {
      root: workspace,
      cwd: workspace,
      isVerbose: false,
      projectName,
      targetName: 'image-size',
    };
    const workspaceFacts = {
      projectsConfigurations: { version: 2, projects },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    };
    const { success } = await sizeExecutor(options, {
      ...context,
      ...workspaceFacts,
    } satisfies ExecutorContext);
    return success;
  }

  test('shows the sizes of an image that has no budget, and succeeds', async () => {
    expect(await run()).toBe(true);
    expect(printed).toBe(
      [
        '',
        'Project  Platform     Size          Total     Base      App  Limit  Used',
        'api      linux/amd64  unpacked    7.69 MB  2.14 MB  5.55 MB   none',
        '                      compressed  2.90 MB   800 kB  2.10 MB   none',
        '',
        '',
      ].join('\n'),
    );
    expect(complained).toBe('');
  });

  test('says what is over its budget where nothing can be advised, too', async () => {
    write('image-budgets.json', '{ "default": "5 MB" }');
    expect(await run({ advise: true })).toBe(false);
    expect(complained).toContain('is 2.69 MB (54%) over its budget: 7.69 MB unpacked, the limit is 5 MB\n');
    expect(complained).toContain('api has no Dockerfile: there is no apps/api/Dockerfile\n');
  });

  test('writes the verdicts as JSON', async () => {
    write('image-budgets.json', '{ "default": "15 MB" }');
    expect(await run()).toBe(true);
    const { version, project, baseline, platforms } = read('dist/image-sizes/api.json');
    expect({ version, project, baseline }).toEqual({
      ...{ version: 1, project: 'api', baseline: { file: 'apps/api/image-size.json', isThere: false } },
    });
    const [{ sizes, judgements, ...rest }] = platforms;
    expect(sizes).toEqual({
      unpacked: { totalBytes: 7_690_000, baseBytes: 2_140_000, appBytes: 5_550_000 },
      compressed: { totalBytes: 2_900_000, baseBytes: 800_000, appBytes: 2_100_000 },
      ...{ binaryBytes: 0, assetsBytes: 4, layers: 2 },
    });
    expect(judgements.slice(0, 2)).toEqual([
      {
        platform: 'linux/amd64',
        kind: 'unpacked',
        amount: 7_690_000,
        verdict: {
          outcome: 'within',
          allowed: 15_000_000,
          spare: 7_310_000,
          limit: {
            kind: 'unpacked',
            most: 15_000_000,
            text: '15 MB',
            source: {
              from: 'file',
              location: { file: 'image-budgets.json', line: 1 },
              rule: { type: 'default', key: 'default' },
            },
          },
        },
      },
      { platform: 'linux/amd64', kind: 'compressed', amount: 2_900_000, verdict: { outcome: 'unlimited' } },
    ]);
    expect(rest).toEqual({
      ...{ platform: 'linux/amd64', digest: IMAGE.images[0]?.digest, layers: IMAGE.images[0]?.layers },
      programs: [],
      files: [{ path: '/srv/page.html', bytes: 4, layer: 1, isProgram: false, isHidden: false }],
      otherFiles: { count: 0, bytes: 0 },
      comparison: { state: 'untracked' },
    });
  });

  test('fails on a breach, says where the limit is written, and keeps the verdict', async () => {
    write('image-budgets.json', '{\n  "projects": { "tag:go": { "compressed": "2 MB" } }\n}');
    expect(await run()).toBe(false);
    expect(printed).toContain('2.90 MB   800 kB  2.10 MB   2 MB  ██████████ 145%, 900 kB over');
    expect(complained).toContain(
      'api for linux/amd64 is 900 kB (45%) over its budget: 2.90 MB compressed, the limit is 2 MB\n',
    );
    expect(complained).toContain('limit: 2 MB, image-budgets.json:2, "tag:go"\n');
    expect(complained).not.toContain('at Object');
    expect(read('dist/image-sizes/api.json').platforms[0].judgements[1].verdict.outcome).toBe('over');
  });

  test('--budget goes before the unpacked limit of the file, and leaves the compressed one', async () => {
    write('image-budgets.json', '{ "default": { "unpacked": "1 MB", "compressed": "3 MB" } }');
    expect(await run({ budget: '8 MB' })).toBe(true);
    expect(printed).toMatch(/unpacked .* 8 MB/);
    expect(printed).toMatch(/compressed .* 3 MB/);
  });

  test('a breach of --budget names the command line', async () => {
    expect(await run({ budget: ' 4 MB ' })).toBe(false);
    expect(complained).toContain('is 3.69 MB (92%) over its budget: 7.69 MB unpacked, the limit is 4 MB\n');
    expect(complained).toContain('limit: 4 MB, --budget on the command line\n');
    expect(complained).toContain("pass --budget='7.7 MB'");
  });

  test.each([
    ['12 Mo', '--budget: "12 Mo" is no size: write a number and a unit, such as "12 MB"'],
    ['', '--budget: "" is no size: write a number and a unit, such as "12 MB"'],
    ['0 MB', '--budget: "0 MB" is less than one byte: write a size above zero, such as "12 MB"'],
    ['-4 MB', '--budget: "-4 MB" is negative: write a size above zero, such as "4 MB"'],
  ])('refuses --budget=%j and writes nothing', async (budget, message) => {
    expect(await run({ budget })).toBe(false);
    expect(complained).toBe(`\n${message}\n\n`);
    expect(() => read('dist/image-sizes/api.json')).toThrow('ENOENT');
  });

  test('refuses a budget file with mistakes, although they are about another project, and keeps the last verdict', async () => {
    write('dist/image-sizes/api.json', '"the last one"');
    write('image-budgets.json', '{ "projects": {\n  "apu": "15 MB",\n  "pricing": "1 MB"\n} }');
    expect(await run()).toBe(false);
    expect(complained.trim().split('\n')).toEqual([
      'image-budgets.json: 2 mistakes',
      '  image-budgets.json:2: a budget for "apu", and there is no such project: did you mean "api"?',
      '  image-budgets.json:3: a budget for "pricing", which has no image: take the entry out, or run nx g go-docker:setup pricing',
    ]);
    expect(read('dist/image-sizes/api.json')).toBe('the last one');
  });

  test('tells mistakes of the command line and of all files at once', async () => {
    write('image-budgets.json', '{\n  "default": "0 MB",\n  "sum": "60 Mo"\n}');
    write('apps/api/image-size.json', '{ "version": 7 }');
    expect(await run({ budget: '12 Mo' })).toBe(false);
    expect(complained.trim().split('\n')).toEqual([
      '--budget: "12 Mo" is no size: write a number and a unit, such as "12 MB"',
      'image-budgets.json: 2 mistakes',
      '  image-budgets.json:2: "0 MB" is less than one byte: write a size above zero, such as "12 MB"',
      '  image-budgets.json:3: "60 Mo" is no size: write a number and a unit, such as "60 MB"',
      'apps/api/image-size.json: it is of version 7, and this release of go-docker reads version 1',
      '→ write it anew: nx run api:image-size --update',
    ]);
    complained = '';
    expect(await run({ budget: '12 Mo', update: true, base: 'main' })).toBe(false);
    expect(complained).toMatch(/"12 Mo"[^]*2 mistakes[^]*--update and --base do not go together/);
  });

  test('knows a project with an image by its executor, whatever its target is called', async () => {
    write('image-budgets.json', '{ "projects": { "@shop/web": "15 MB" } }');
    expect(await run()).toBe(true);
  });

  test('reads and writes under the safe name of a project, and where its image target writes', async () => {
    writeImage('out/web', { ...IMAGE, project: '@shop/web' });
    expect(await run({}, '@shop/web')).toBe(true);
    expect(read('dist/image-sizes/@shop+web.json').project).toBe('@shop/web');
  });

  test('names the target to run where there is no image', async () => {
    expect(await run({}, '@shop/web')).toBe(false);
    expect(complained).toBe(
      '\nthere is no image in out/web\n→ run the image target first: nx run @shop/web:docker\n\n',
    );
  });

  test("refuses to measure another project's image", async () => {
    writeImage('out/web', IMAGE);
    expect(await run({}, '@shop/web')).toBe(false);
    expect(complained).toBe(
      '\nout/web/image.json: this is the image of "api", not of "@shop/web"\n→ give each project a folder of its own in the options "outputPath" and "imagePath", then build: nx run @shop/web:docker\n\n',
    );
    expect(() => read('dist/image-sizes/@shop+web.json')).toThrow('ENOENT');
  });

  test('reads the budget file that it is told to, which must be there', async () => {
    write('budgets/small.jsonc', '{ "default": "1 MB" }');
    expect(await run({ budgets: 'budgets/small.jsonc' })).toBe(false);
    expect(complained).toContain('limit: 1 MB, budgets/small.jsonc:1, "default"');
    complained = '';
    expect(await run({ budgets: 'budgets/none.jsonc' })).toBe(false);
    expect(complained).toContain(
      'there is no budget file budgets/none.jsonc\n→ correct the option "budgets"',
    );
  });

  test('says that a sum is not held where no target holds it', async () => {
    write('image-budgets.json', '{\n  "sum": { "compressed": "60 MB" }\n}');
    expect(await run()).toBe(true);
    expect(printed).toContain('image-budgets.json:2, "sum": 60 MB compressed is not held, because no target');
    printed = '';
    const sum = { executor: 'go-docker:sum' };
    expect(await run({}, 'api', { ...PROJECTS, shop: { root: '.', targets: { 'image-sum': sum } } })).toBe(
      true,
    );
    expect(printed).not.toContain('not held');
  });

  describe('with image-size.json', () => {
    const FILE = 'apps/api/image-size.json';
    afterEach(() => delete process.env['GO_DOCKER_BASELINE']);

    /** As Nx does it where `--update` is on the command line. */
    async function update(): Promise<boolean> {
      process.env['GO_DOCKER_BASELINE'] = 'update 1';
      const isDone = await run({ update: true });
      delete process.env['GO_DOCKER_BASELINE'];
      return isDone;
    }

    /** The file, as it is where the image was smaller by some bytes in the app's layer and in its file. */
    async function wasSmaller(bytes: number): Promise<void> {
      await update();
      const sizes = read(FILE);
      const image = sizes.images['linux/amd64'];
      for (const key of ['total', 'app']) image.unpacked[key] -= bytes;
      image.files['/srv/page.html'] = 1;
      write(FILE, JSON.stringify(sizes));
      printed = '';
    }

    test('writes it, and compares with it from then on', async () => {
      expect(await update()).toBe(true);
      expect(printed).toContain(`${FILE} says so now; commit it with the change`);
      expect(read(FILE)).toMatchObject({
        ...{ version: 1, project: 'api' },
        images: {
          'linux/amd64': { unpacked: { total: 7_690_000 }, assets: 4, files: { '/srv/page.html': 4 } },
        },
      });
      printed = '';
      expect(await run()).toBe(true);
      expect(printed).toContain('Change  Limit');
      expect(read('dist/image-sizes/api.json')).toMatchObject({
        baseline: { file: FILE, isThere: true },
        platforms: [{ comparison: { state: 'compared', files: [] } }],
      });
    });

    test('keeps what it says of platforms that were not measured', async () => {
      await update();
      const written = read(FILE);
      const arm = { ...written.images['linux/amd64'], layers: 9 };
      write(FILE, JSON.stringify({ ...written, images: { 'linux/arm64': arm } }));
      printed = '';
      expect(await update()).toBe(true);
      expect(read(FILE)).toEqual({ ...written, images: { ...written.images, 'linux/arm64': arm } });
      expect(Object.keys(read(FILE).images)).toEqual(['linux/amd64', 'linux/arm64']);
      expect(printed).toContain(
        `${FILE} says so now; what it says of linux/arm64 was not measured, and stays; commit it with the change`,
      );
    });

    test('shows what changed', async () => {
      await wasSmaller(300_000);
      expect(await run()).toBe(true);
      expect(printed).toContain('unpacked    7.69 MB  2.14 MB  5.55 MB  +300 kB');
      expect(printed).toContain(`linux/amd64, since ${FILE}:\n      +3 B  file     /srv/page.html\n`);
    });

    test('holds the image to a limit on its growth', async () => {
      await wasSmaller(300_000);
      write('image-budgets.json', '{ "default": { "growth": "4%" } }');
      expect(await run()).toBe(false);
      // 300 kB of 7.39 MB are 4.06 %; 4 % of it are 295.6 kB.
      expect(complained).toContain(
        'api for linux/amd64 grew by 300 kB (4.1%), 4.40 kB more than its budget allows: 7.69 MB unpacked, was 7.39 MB, the limit is 4%\n',
      );
      expect(complained).toContain(`What grew since ${FILE}:\n        +3 B  file     /srv/page.html\n`);
      expect(await update()).toBe(true);
      expect(await run()).toBe(true);
    });

    test('lets an image grow up to the floor', async () => {
      await wasSmaller(300_000);
      write('image-budgets.json', '{ "default": { "growth": { "unpacked": "1%", "floor": "300 kB" } } }');
      expect(await run()).toBe(true);
    });

    test('takes a platform that the file does not name for new, which no limit on growth is about', async () => {
      await update();
      write(FILE, JSON.stringify({ ...read(FILE), images: {} }));
      write('image-budgets.json', '{ "default": { "growth": "0%" } }');
      expect(await run()).toBe(true);
      expect(printed).toMatch(/unpacked .* new /);
      expect(printed).toContain('nothing to compare with');
    });

    test('says nothing of a change where there is no such file', async () => {
      write('image-budgets.json', '{ "default": { "growth": "0%" } }');
      expect(await run()).toBe(true);
      expect(printed).not.toContain('Change');
      expect(printed).toMatch(/growth .* 0% {2}nothing to compare with/);
      expect(printed).toContain('→ write it, and commit it: nx run api:image-size --update');
    });

    test('writes nothing where there is no image', async () => {
      rmSync(join(workspace, 'dist'), { recursive: true });
      expect(await update()).toBe(false);
      expect(() => read(FILE)).toThrow('ENOENT');
    });

    test('writes it although a limit is broken: what it says is true', async () => {
      write('image-budgets.json', '{ "default": "1 MB" }');
      expect(await update()).toBe(false);
      expect(read(FILE)).toMatchObject({ project: 'api' });
    });

    test('refuses a file with the markers of a merge, which --update resolves', async () => {
      await update();
      write(FILE, `<<<<<<< HEAD\n${readFileSync(join(workspace, FILE), 'utf8')}`);
      expect(await run()).toBe(false);
      expect(complained).toBe(
        `\n${FILE}:1: it has the markers of a merge that nobody has resolved\n→ write it anew: nx run api:image-size --update\n\n`,
      );
      expect(await update()).toBe(true);
      expect(await run()).toBe(true);
    });

    test('compares with a commit in which the project had another name', async () => {
      await update();
      write(FILE, JSON.stringify({ ...read(FILE), project: 'old-api' }));
      const git = (...args: string[]) => gitIn(workspace, args);
      git('init', '--quiet');
      git('add', FILE);
      git('commit', '--quiet', '--message', 'before the new name');
      const base = git('rev-parse', 'HEAD');
      expect([await run({ base }), complained]).toEqual([true, '']);
      expect(read('dist/image-sizes/api.json')).toMatchObject({
        baseline: { file: FILE, ref: base, isThere: true },
        platforms: [{ comparison: { state: 'compared', files: [] } }],
      });
    });

    test.each([
      [{ update: true, base: 'main' }, '--update and --base do not go together'],
      [{ update: true }, 'the option "update" is for the command line'],
      [{ base: '-x' }, '--base: "-x" is no name of a commit'],
    ])('refuses %j', async (options, message) => {
      expect(await run(options)).toBe(false);
      expect(complained).toContain(message);
      expect(() => read(FILE)).toThrow('ENOENT');
      expect(() => read('dist/image-sizes/api.json')).toThrow('ENOENT');
    });
  });
});
