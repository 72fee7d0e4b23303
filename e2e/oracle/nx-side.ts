import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { neutralEnvironment } from '../workspace/environment';
import type { Workspace } from '../workspace/workspace';

/** What Nx says of one `image` task. */
export interface ImageTask {
  readonly project: string;
  /** Folder of the project. */
  readonly root: string;
  readonly dockerfile: string;
  readonly hash: string;
  /** Whether `nx affected -t image --files=…` names it. */
  readonly isAffected: boolean;
}

export interface NxAnswer {
  readonly images: readonly ImageTask[];
  /** Folders of all projects. */
  readonly projects: readonly string[];
}

/** The Nx of a workspace, asked again and again in one process: starting it anew costs a second each time. */
export interface NxSide {
  /** @param files Changed ones, by which `affected` goes. */
  ask(files: readonly string[]): Promise<NxAnswer>;
  end(): void;
}

type Message = { readonly answer: unknown } | { readonly problem: string };

export async function startNxSide(workspace: Workspace): Promise<NxSide> {
  const child = fork(join(__dirname, 'nx-driver.mjs'), [], {
    cwd: workspace.root,
    execArgv: [],
    env: {
      ...neutralEnvironment(),
      TMPDIR: workspace.temporary,
      NX_CACHE_PROJECT_GRAPH: 'false',
      NX_ISOLATE_PLUGINS: 'false',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that asks Nx ended with ${code}`);
  });
  // Looked at by whoever waits for an answer; at the end nobody does.
  ended.catch(() => undefined);
  const next = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [Message];
    if ('problem' in message) throw new Error(message.problem);
    return message.answer;
  };
  await next();
  return {
    async ask(files) {
      const answer = next();
      child.send({ files });
      return (await answer) as NxAnswer;
    },
    end: () => void child.kill(),
  };
}
