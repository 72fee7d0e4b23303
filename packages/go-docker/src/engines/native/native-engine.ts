import { join } from 'node:path';
import type { ArchivedImage, PlatformImage } from '@go-docker/oci-image';
import { atOneTable } from '../at-one-table';
import type { Engine, ImagePlan } from '../engine';
import { writeImage } from '../write-image';
import { dockerImages } from './bases/docker-images';
import { buildImage } from './build-image';
import { buildJointly } from './compiler/joint-build';
import type { JointProgram, JointRequest } from './compiler/joint-request';
import { hostGoOnce } from './compiler/host-go';
import { hostBuilds, type Shared } from './host-build';
import { withWorkFolder } from './work-folder';

/** The Go of this machine compiles, and we assemble: no daemon is needed, and nothing but `go` is started. */
export const nativeEngine: Engine = {
  name: 'native',
  build: (plan, directory, signal) => build(plan, directory, signal),
  together: (count, signal, use) =>
    withWorkFolder((work) => {
      const shared = { hostGo: hostGoOnce(signal), local: dockerImages(join(work, 'bases'), signal) };
      return use(
        atOneTable<JointRequest, JointProgram | undefined>(
          count,
          (joint, ...image) => build(...image, { ...shared, joint }),
          (requests) => buildJointly(requests, work, signal),
        ),
      );
    }),
};

function build(
  plan: ImagePlan,
  directory: string,
  signal: AbortSignal,
  shared?: Shared,
): Promise<readonly PlatformImage[]> {
  return withWorkFolder(async (work) => {
    const images: ArchivedImage[] = [];
    for (const each of hostBuilds(work, plan, signal, shared)) images.push(await buildImage(each));
    const file = plan.dockerfile;
    return writeImage(plan, directory, [file], [{ file, images }], signal);
  });
}
