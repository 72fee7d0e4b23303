import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext, ProjectConfiguration } from '@nx/devkit';
import { layoutOf } from '../../../spec/image-layout';
import type { ImageJson } from '../../images/image-json';
import sumExecutor from './executor';

function image(project: string, unpackedBytes: number, compressedBytes: number): ImageJson {
  const digest = `sha256:${'a'.repeat(64)}` as const;
  const layers = [{ diffId: digest, digest, origin: 'app', unpackedBytes, compressedBytes }] as const;
  return { project, images: [{ platform: 'linux/amd64', digest, unpackedBytes, compressedBytes, layers }] };
}

const targets = { image: { executor: 'go-docker:image' } };

const PROJECTS: Record<string, ProjectConfiguration> = {
  web: { root: 'apps/web', targets },
  api: { root: 'apps/api', targets },
  pricing: { root: 'libs/pricing' },
};

describe('the sum executor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sum-executor-layout-'));
  let layout = '';
  let workspace = '';
  let printed = '';
  let complained = '';

  beforeAll(async () => {
    const base = { 'etc/passwd': { content: 'root', mode: 0o644 } };
    const app = { 'srv/page.html': { content: '<p>hi', mode: 0o644 } };
    ({ directory: layout } = await layoutOf(folder, [base, app], 'amd64'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'sum-executor-'));
    printed = '';
    complained = '';
    jest.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`));
    jest.spyOn(console, 'error').mockImplementation((text) => void (complained += `${text}\n`));
    write('dist/images/api/image.json', image('api', 8_000_000, 3_000_000));
    write('dist/images/web/image.json', image('web', 12_000_000, 5_000_000));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(workspace, { recursive: true });
  });

  function write(file: string, value: unknown): void {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), JSON.stringify(value));
  }

  async function run(projects = PROJECTS): Promise<boolean> {
    const context = {
      root: workspace,
      cwd: workspace,
      isVerbose: false,
      projectName: 'web',
      targetName: 'image-sum',
    };
    const workspaceFacts = {
      projectsConfigurations: { version: 2, projects },
      nxJsonConfiguration: {},
      projectGraph: { nodes: {}, dependencies: {} },
    };
    const { success } = await sumExecutor({}, { ...context, ...workspaceFacts } satisfies ExecutorContext);
    return success;
  }

  test('adds up the images of the workspace', async () => {
    write('image-budgets.json', { sum: { compressed: '10 MB' } });
    expect(await run()).toBe(true);
    expect(printed).toContain('2 images  linux/amd64  unpacked    20.0 MB   0 B  20.0 MB   none');
    expect(printed).toContain('compressed  8.00 MB   0 B  8.00 MB  10 MB  ████████░░ 80%');
    const verdicts = JSON.parse(readFileSync(join(workspace, 'dist/image-sum.json'), 'utf8'));
    expect(verdicts.platforms[0].judgements[1]).toMatchObject({
      ...{ kind: 'compressed', amount: 8_000_000, verdict: { outcome: 'within' } },
    });
  });

  test('fails where they are too large together, and names the biggest', async () => {
    write('image-budgets.json', { sum: '16 MB' });
    expect(await run()).toBe(false);
    expect(complained).toBe(
      [
        '',
        'the images for linux/amd64 are together 4.00 MB (25%) over their budget: 20.0 MB unpacked, the limit is 16 MB',
        '  unpacked: the layers as tar archives: what the image takes on the disk of a node',
        '  limit: 16 MB, image-budgets.json:1, "sum"',
        '',
        '  The images, biggest first:',
        '     12.0 MB   60%  web',
        '     8.00 MB   40%  api',
        '',
        '  To allow more on purpose: write "20 MB" for unpacked in image-budgets.json:1',
        '',
        '',
      ].join('\n'),
    );
  });

  test('looks into the layers where the sum limits programs or other files', async () => {
    write('image-budgets.json', { sum: { assets: '9 B' } });
    for (const project of ['api', 'web']) {
      cpSync(layout, join(workspace, `dist/images/${project}/oci`), { recursive: true });
    }
    expect(await run()).toBe(false);
    // Two pages of five bytes.
    expect(complained).toContain(
      'the images for linux/amd64 are together 1 B (11%) over their budget: 10 B assets, the limit is 9 B\n',
    );
    expect(complained).toContain('         5 B   50%  api\n');
  });

  test('does not add up some of the images: it names all that are missing', async () => {
    rmSync(join(workspace, 'dist'), { recursive: true });
    expect(await run()).toBe(false);
    expect(complained).toContain(
      'there is no image in dist/images/api\n→ run the image target first: nx run api:image',
    );
    expect(complained).toContain(
      'there is no image in dist/images/web\n→ run the image target first: nx run web:image',
    );
  });

  test('does not count one image for two projects that build into one folder', async () => {
    const shared = { image: { executor: 'go-docker:image', options: { outputPath: 'dist/images/api' } } };
    expect(await run({ ...PROJECTS, web: { root: 'apps/web', targets: shared } })).toBe(false);
    expect(complained).toContain('dist/images/api/image.json: this is the image of "api", not of "web"');
  });

  test('says that there is nothing to add up', async () => {
    expect(await run({ web: { root: 'apps/web' } })).toBe(false);
    expect(complained).toContain('the workspace has no images to add up\n→ run nx g go-docker:setup');
  });
});
