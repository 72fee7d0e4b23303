import { join } from 'node:path';
import { BUILD_EPOCH, writeLayout, type ArchivedImage } from '@go-docker/oci-image';
import { dockerEngine } from '../docker/docker-engine';
import type { Engine } from '../engine';
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
