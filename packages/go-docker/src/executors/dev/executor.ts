import type { ExecutorContext } from '@nx/devkit';
import { chooseDevEngine } from '../../dev/choose-dev-engine';
import type { DevLoop } from '../../dev/dev-loop';
import { unlessAborted } from '../../dev/start-loop';
import { runContinuousExecutor } from '../run';
import { taskOf } from '../task';
import { devPlan, type DevExecutorOptions } from './options';

/** What Nx is told as soon as the app serves. */
export interface DevResult {
  readonly success: boolean;
  /** Where it serves; undefined for an app without a port. */
  readonly baseUrl?: string;
}

/** Runs an app, builds and restarts it whenever its sources change, and leaves nothing running when it is ended. */
export default function devExecutor(
  options: DevExecutorOptions,
  context: ExecutorContext,
): AsyncGenerator<DevResult> {
  return runContinuousExecutor<DevResult>(async function* (signal) {
    const plan = devPlan(options, taskOf(context));
    const { engine, why } = await chooseDevEngine(options.engine ?? 'auto', plan.workspaceRoot, signal);
    console.log(`Engine ${engine.name}: ${why}`);
    const loop = await engine.start(plan, signal);
    try {
      await unlessAborted(Promise.race([loop.ready, loop.failed]), signal);
      const baseUrl = urlOf(loop);
      console.log(`${plan.project} is ready${baseUrl === undefined ? '' : `: ${baseUrl}`}`);
      yield { success: true, baseUrl };
      await unlessAborted(loop.failed, signal);
    } finally {
      await loop.stop();
    }
  });
}

function urlOf({ address }: DevLoop): string | undefined {
  if (address === undefined) return undefined;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `http://${host}:${address.port}`;
}
