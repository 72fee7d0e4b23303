import { join } from 'node:path';
import { pushLayout, readLayout } from '@go-docker/oci-image';
import type { ExecutorContext } from '@nx/devkit';
import type { Progress } from '../../engines/engine';
import { readImageJson } from '../../images/image-json';
import { type ProgressOutput, pushProgress } from '../../push/push-progress';
import { readSourceState } from '../../push/source-state';
import { writeText } from '../../reports/write-text';
import { runExecutor } from '../run';
import { taskOf } from '../task';
import { attestations } from './attestations';
import type { PushExecutorOptions } from './options';
import { pushPlan } from './plan';
import { summary } from './summary';

/** Pushes the image's folder to a registry, under each of its tags, with what is known of it beside it. */
export default function pushExecutor(
  options: PushExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  return runExecutor(async (signal) => {
    const task = taskOf(context);
    const source = await readSourceState(join(task.workspaceRoot, task.projectRoot), process.env, signal);
    const plan = pushPlan(options, task, source);
    readImageJson(task.workspaceRoot, plan.imagePath);
    const layout = await readLayout(join(task.workspaceRoot, plan.imagePath, 'oci'));
    const beside = await attestations(plan, layout, signal);
    const { annotations, mountFrom, references } = plan;
    const progress = plan.progress === 'quiet' ? undefined : pushProgress(layout, outputOf(plan.progress));
    const how = { annotations, mountFrom, referrers: beside.referrers, signal };
    const pushed = await pushLayout(layout.directory, references, {
      ...how,
      onProgress: progress?.onProgress,
    }).finally(progress?.end);
    writeText(join(task.workspaceRoot, plan.digestFile), `${pushed.digest}\n`);
    console.log(summary(pushed, beside, plan.digestFile));
  });
}

function outputOf(progress: Progress): ProgressOutput {
  return {
    isDrawn: progress === 'tty' || (progress === 'auto' && process.stderr.isTTY),
    write: (text) => void process.stderr.write(text),
    now: () => performance.now(),
  };
}
