import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { repository } from '../workspace/environment';

/** A stand-in of GitHub's API, for the calls of a workflow. */
export interface GithubApi {
  /** For whoever starts GitHub's own program `gh`. */
  readonly environment: NodeJS.ProcessEnv;
  /** Bodies of the comments, with who wrote them. */
  readonly comments: Comment[];
  /** The commits of the runs that succeeded, the latest one first. */
  readonly succeeded: string[];
  stop(): Promise<void>;
}

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  body: string;
}

const REPOSITORY = 'acme/shop';

/** Serves what `gh` asks for under the one host that it speaks plain HTTP with, as a proxy: no name has to lead to this machine. */
export async function startGithubApi(): Promise<GithubApi> {
  const program = execFileSync(process.execPath, [join(repository, 'tools/gh.mjs')], { encoding: 'utf8' });
  const comments: Comment[] = [];
  const succeeded: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://api.github.localhost');
      const answer = handle(`${request.method} ${pathname}`, Buffer.concat(chunks).toString());
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { message: `Not Found: ${request.method} ${pathname}` }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    comments,
    succeeded,
    environment: {
      PATH: [dirname(program.trim().split('\n').at(-1) ?? ''), process.env.PATH].join(':'),
      GH_HOST: 'github.localhost',
      ...{ HTTP_PROXY: proxy, http_proxy: proxy, NO_PROXY: '', no_proxy: '' },
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };

  function handle(call: string, body: string): unknown {
    const text = () => (JSON.parse(body) as { body: string }).body;
    const [, id] = new RegExp(`^PATCH /repos/${REPOSITORY}/issues/comments/(\\d+)$`).exec(call) ?? [];
    const comment = comments.find((each) => String(each.id) === id);
    if (comment) {
      comment.body = text();
      return comment;
    }
    switch (call) {
      case `GET /repos/${REPOSITORY}/issues/7/comments`:
        return comments;
      case `POST /repos/${REPOSITORY}/issues/7/comments`: {
        const made = { id: comments.length + 1, user: { login: 'github-actions[bot]' }, body: text() };
        comments.push(made);
        return made;
      }
      case `GET /repos/${REPOSITORY}/actions/workflows/images.yml`:
        return { id: 5, name: 'images', path: '.github/workflows/images.yml', state: 'active' };
      case `GET /repos/${REPOSITORY}/actions/workflows/5/runs`:
        return {
          total_count: succeeded.length,
          workflow_runs: succeeded.map((sha, index) => ({ id: 100 - index, head_sha: sha, workflow_id: 5 })),
        };
      default:
        return undefined;
    }
  }
}
