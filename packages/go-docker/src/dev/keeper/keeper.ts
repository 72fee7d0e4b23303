import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { keepAir } from './keep-air';
import { keepCompose } from './keep-compose';
import type { KeeperJob, Tell } from './job';

/** The file descriptor of the pipe to our starter: the job comes by it, events go by it, and its end is the end of the starter. */
const LIFELINE = 3;

if (require.main === module) {
  if (process.argv[2] === 'keep') void keep();
  else launch();
}

/** Starts the keeper with our pipes and ends, so that it has no parent: Nx kills the whole tree below a task. */
function launch(): void {
  const keeper = spawn(process.execPath, [__filename, 'keep'], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', LIFELINE],
    windowsHide: true,
  });
  keeper.unref();
}

async function keep(): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new Error('stopped'));
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  const lifeline = new Socket({ fd: LIFELINE, allowHalfOpen: true });
  const streams: NodeJS.EventEmitter[] = [lifeline, process.stdout, process.stderr];
  for (const stream of streams) stream.on('error', () => undefined);
  const job = await firstLine(lifeline, stop);
  if (job !== undefined) {
    const tell: Tell = (event) => void lifeline.write(`${JSON.stringify(event)}\n`);
    await (job.kind === 'compose'
      ? keepCompose(job, stopping.signal, tell)
      : keepAir(job, stopping.signal, tell));
  }
  lifeline.end(() => process.exit());
}

/** The job; undefined where the starter was gone before it. */
function firstLine(lifeline: Socket, stop: () => void): Promise<KeeperJob | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const gone = () => {
      stop();
      resolve(undefined);
    };
    lifeline
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        text += chunk;
        const end = text.indexOf('\n');
        if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as KeeperJob);
      })
      .on('end', gone)
      .on('close', gone);
  });
}
