import type { ArchivedImage } from '@go-docker/oci-image';
import type { Engine } from '../engine';
import { writeImage } from '../write-image';
import { buildImage } from './build-image';
import { type BasesOf, hostBuilds } from './host-build';
import { withWorkFolder } from './work-folder';

/** The Go of this machine compiles, and we assemble: no daemon is needed, and nothing but `go` is started. */
export function nativeEngine(basesOf?: BasesOf): Engine {
  return {
    name: 'native',
    build: (plan, directory, signal) =>
      withWorkFolder(async (work) => {
        const images: ArchivedImage[] = [];
        for (const build of hostBuilds(work, plan, signal, basesOf)) images.push(await buildImage(build));
        const file = plan.dockerfile;
        return writeImage(plan, directory, [file], [{ file, images }], signal);
      }),
  };
}
