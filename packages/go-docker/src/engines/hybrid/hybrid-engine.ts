import { join } from 'node:path';
import { BUILD_EPOCH, writeLayout, type ArchivedImage } from '@go-docker/oci-image';
import { GoDockerError } from '../../errors';
import { findBuilder } from '../docker/builder';
import { dockerIn } from '../docker/docker';
import { dockerEngine } from '../docker/docker-engine';
import type { Engine, ImagePlan } from '../engine';
import { buildStageFiles } from '../native/build-image';
import { hostBuilds } from '../native/host-build';
import { withWorkFolder } from '../native/work-folder';
import { assertTakesFilesAlone } from './files-alone';

/** The stage that the Go of this machine takes the place of. */
const COMPILING = 'builder';
const TAG = 'compiled';

/**
 * The Go of this machine compiles, with its warm caches, and BuildKit assembles: whatever `runner` does, a RUN too, but nothing of
 * `builder` other than what the Dockerfile made there.
 */
export const hybridEngine: Engine = {
  name: 'hybrid',
  build: (plan, directory, signal) =>
    withWorkFolder(async (work) => {
      await assertTakesLayouts(plan, signal);
      const builds = hostBuilds(work, plan, signal);
      const images: ArchivedImage[] = [];
      for (const build of builds) images.push(await buildStageFiles(build, COMPILING, assertTakesFilesAlone));
      // With an index, BuildKit takes the files of the right platform for each image.
      const layout = join(work, COMPILING);
      const reference = `${COMPILING}:${TAG}`;
      await writeLayout(layout, [{ file: plan.dockerfile, images }], {
        buildEpoch: BUILD_EPOCH,
        reference,
        signal,
      });
      const contexts = { ...plan.contexts, [COMPILING]: `oci-layout://${layout}:${TAG}` };
      return dockerEngine.build({ ...plan, contexts }, directory, signal);
    }),
};

/** Docker's classic image store knows no layouts, so that a file that BuildKit is to take in place of a stage cannot be given to it. */
async function assertTakesLayouts({ builder, workspaceRoot }: ImagePlan, signal: AbortSignal): Promise<void> {
  const { exports } = await findBuilder(dockerIn(workspaceRoot, signal), builder);
  if (exports === 'archive') return;
  throw new GoDockerError(
    'the engine "hybrid" hands BuildKit an OCI layout, which Docker’s classic image store does not take',
    {
      advice:
        'turn on the containerd image store (https://docs.docker.com/engine/storage/containerd/), make a builder with `docker buildx create --driver=docker-container` and name it by --builder, or build with --engine=docker or --engine=native',
    },
  );
}
