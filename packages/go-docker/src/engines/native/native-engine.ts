import type { ArchivedImage, PlatformImage } from '@go-docker/oci-image';
import { atOneTable } from '../at-one-table';
import type { Engine, ImagePlan } from '../engine';
import { writeImage } from '../write-image';
import { buildImage } from './build-image';
import { buildJointly, type JointRequest, type JointSeat } from './compiler/joint-build';
import { type BasesOf, hostBuilds } from './host-build';
import { withWorkFolder } from './work-folder';

/** The Go of this machine compiles, and we assemble: no daemon is needed, and nothing but `go` is started. */
export function nativeEngine(basesOf?: BasesOf): Engine {
  return {
    name: 'native',
    build: (plan, directory, signal) => build(plan, directory, signal),
    together: (count, signal, use) =>
      withWorkFolder((work) =>
        use(
          atOneTable<JointRequest, string | undefined>(
            count,
            (seat, ...image) => build(...image, seat),
            (requests) => buildJointly(requests, work, signal),
          ),
        ),
      ),
  };

  function build(
    plan: ImagePlan,
    directory: string,
    signal: AbortSignal,
    joint?: JointSeat,
  ): Promise<readonly PlatformImage[]> {
    return withWorkFolder(async (work) => {
      const images: ArchivedImage[] = [];
      for (const each of hostBuilds(work, plan, signal, basesOf))
        images.push(await buildImage({ ...each, joint }));
      const file = plan.dockerfile;
      return writeImage(plan, directory, [file], [{ file, images }], signal);
    });
  }
}
