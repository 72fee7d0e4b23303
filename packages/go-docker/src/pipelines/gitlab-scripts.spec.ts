import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { examplePipeline } from './fixtures/pipelines';
import { renderPipeline } from './render-pipeline';

interface GitlabJob {
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
}

const jobs = parse(renderPipeline(examplePipeline('gitlab'))) as Record<string, GitlabJob>;
const job = (name: string): GitlabJob => jobs[name] ?? {};
const run = promisify(execFile);

describe('the scripts of the pipeline of GitLab', () => {
  let folder = '';
  const git = (...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
    return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
  };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gitlab-scripts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** As a runner gives them to the shell: with an end at the first command that fails. */
  async function execute(script: string, environment: NodeJS.ProcessEnv): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: folder, ...environment };
    const { stdout } = await run('bash', ['-eo', 'pipefail', '-c', script], { cwd: folder, env });
    return stdout.trim();
  }

  describe('that find the commit to compare with', () => {
    const EMPTY = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    let [first, second, third] = ['', '', ''];
    beforeEach(() => {
      git('init', '--quiet');
      const commit = (message: string): string => {
        git('commit', '--quiet', '--allow-empty', `--message=${message}`);
        return git('rev-parse', 'HEAD');
      };
      [first, second, third] = [commit('first'), commit('second'), commit('third')];
    });

    const base = (environment: NodeJS.ProcessEnv): Promise<string> =>
      execute(`${job('.images').before_script?.at(-1)}\necho "$NX_BASE $NX_HEAD"`, {
        CI_COMMIT_SHA: third,
        ...environment,
      });

    it('take the base of a merge request', async () => {
      expect(await base({ CI_MERGE_REQUEST_DIFF_BASE_SHA: first })).toBe(`${first} ${third}`);
    });

    it('take what was there before a push, or what the last pipeline that succeeded was for', async () => {
      expect(await base({ CI_COMMIT_BEFORE_SHA: second })).toBe(`${second} ${third}`);
      write('.cache/images-commit', `${first}\n`);
      expect(await base({ CI_COMMIT_BEFORE_SHA: second })).toBe(`${first} ${third}`);
    });

    it('take nothing at all where there was nothing, or other history', async () => {
      expect(await base({ CI_COMMIT_BEFORE_SHA: '0'.repeat(40) })).toBe(`${EMPTY} ${third}`);
      expect(await base({ CI_COMMIT_BEFORE_SHA: 'a'.repeat(40) })).toBe(`${EMPTY} ${third}`);
    });
  });

  it('replace the layers of an image that was built, and keep those of the others', async () => {
    const docker = examplePipeline('gitlab', { engine: 'docker' });
    const { images, 'images-push': push } = parse(renderPipeline(docker)) as Record<string, GitlabJob>;
    const script = images?.script?.at(-1) ?? '';
    expect(push?.script).toContain(script);
    await execute(script, {});
    for (const path of ['layers/api/old', 'layers/worker/old', 'new-layers/api/new'])
      write(`.cache/${path}`, '');
    await execute(script, {});
    expect(await execute('cd .cache && find . -type f | sort', {})).toBe(
      './layers/api/new\n./layers/worker/old',
    );
  });

  it('log in with the user and the password that the job has', async () => {
    const [login = ''] = job('images-push').script ?? [];
    const user = {
      CI_REGISTRY: 'registry.example.com',
      CI_REGISTRY_USER: 'ada',
      CI_REGISTRY_PASSWORD: "s'3 $c",
    };
    await execute(login, user);
    const config: unknown = JSON.parse(await execute('cat ~/.docker/config.json', {}));
    // printf %s "ada:s'3 \$c" | base64
    expect(config).toEqual({ auths: { 'registry.example.com': { auth: 'YWRhOnMnMyAkYw==' } } });
  });

  it('write one comment, and the next time the same one anew', async () => {
    // Somebody else has quoted the report.
    const notes = Array.from({ length: 100 }, (_, index) => ({
      id: index + 1,
      author: { id: 5 },
      body: index === 7 ? '<!-- go-docker report -->\n| worker | 1 MB |' : `remark ${index}`,
    }));
    const calls: string[] = [];
    const server = createServer((request, response) => {
      let sent = '';
      request.on('data', (chunk) => (sent += String(chunk)));
      request.on('end', () => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
        calls.push(`${request.method} ${pathname} ${String(request.headers['private-token'])}`);
        const page = Number(searchParams.get('page') ?? 1);
        const body = sent === '' ? '' : (JSON.parse(sent) as { body: string }).body;
        if (request.method === 'POST') notes.push({ id: 101, author: { id: 9 }, body });
        if (request.method === 'PUT') notes.splice(100, 1, { id: 101, author: { id: 9 }, body });
        response.setHeader('x-next-page', page * 100 < notes.length ? `${page + 1}` : '');
        if (pathname === '/api/v4/user') response.end(JSON.stringify({ id: 9 }));
        else response.end(JSON.stringify(notes.slice((page - 1) * 100, page * 100)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const environment = {
        CI_API_V4_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`,
        CI_MERGE_REQUEST_PROJECT_ID: '3',
        CI_MERGE_REQUEST_IID: '7',
        IMAGES_COMMENT_TOKEN: 'token',
      };
      const [script = ''] = job('images-comment').script ?? [];
      for (const size of ['3.1 MB', '3.2 MB']) {
        write('dist/image-report.md', `<!-- go-docker report -->\n| worker | ${size} |\n`);
        await execute(script, environment);
      }
    } finally {
      server.close();
    }
    const place = '/api/v4/projects/3/merge_requests/7/notes';
    expect(calls).toEqual([
      'GET /api/v4/user token',
      `GET ${place} token`,
      `POST ${place} token`,
      'GET /api/v4/user token',
      `GET ${place} token`,
      `GET ${place} token`,
      `PUT ${place}/101 token`,
    ]);
    expect(notes.slice(100)).toEqual([
      { id: 101, author: { id: 9 }, body: '<!-- go-docker report -->\n| worker | 3.2 MB |\n' },
    ]);
  });
});
