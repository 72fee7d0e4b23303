import { apart } from '../apart';
import { findBuilder } from '../docker/builder';
import { dockerIn } from '../docker/docker';
import { buildImages } from '../docker/docker-engine';
import type { Engine } from '../engine';
import { buildStageFiles } from '../native/build-image';
import { hostBuilds } from '../native/host-build';
import { withWorkFolder } from '../native/work-folder';
import { assertTakesFilesAlone } from './files-alone';
import { assertReplaceable, type CompiledStage, replacing } from './replaced-stage';

/** The stage that the Go of this machine takes the place of. */
const COMPILING = 'builder';

/**
 * The Go of this machine compiles, with its warm caches, and BuildKit assembles: whatever `runner` does, a RUN too, but nothing of
 * `builder` other than what the Dockerfile made there.
 */
export const hybridEngine: Engine = { name: 'hybrid', build, together: apart(build) };

function build(...[plan, directory, signal]: Parameters<Engine['build']>): ReturnType<Engine['build']> {
  return withWorkFolder(async (work) => {
    const docker = dockerIn(plan.workspaceRoot, signal);
    const build = { plan, directory, docker, builder: await findBuilder(docker, plan.builder) };
    assertReplaceable(build);
    const compiled = new Map<string, CompiledStage>();
    for (const each of hostBuilds(work, plan, signal)) {
      const { image, stage } = await buildStageFiles(each, COMPILING, assertTakesFilesAlone);
      compiled.set(each.platform, { image, asked: stage.platform ?? each.platform });
    }
    return buildImages({ ...build, replaced: replacing(COMPILING, compiled, build, work, signal) }, signal);
  });
}
