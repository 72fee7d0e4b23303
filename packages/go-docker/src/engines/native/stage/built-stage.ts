import type { ArchivedLayer } from '@go-docker/oci-image';
import type { GoRelease } from '../compiler/go-release';
import type { HostRoot } from '../compiler/host-root';
import type { StageImage } from '../config/stage-image';
import type { FileTree } from '../files/file-tree';

/** A stage as it is after its last instruction. */
export interface BuiltStage {
  readonly tree: FileTree;
  readonly image: StageImage;
  /** What ENV and ARG have set; a stage that starts from this one has them too. */
  readonly variables: ReadonlyMap<string, string>;
  /** Lowest first; those of a stage that no image is made of are left out. */
  readonly layers: readonly ArchivedLayer[];
  /** `linux/arm64`. */
  readonly platform: string;
  /** Set where programs are compiled in it. */
  readonly compiler?: StageCompiler;
}

/** A stage whose base image has Go: the files of that image are not looked into, because the host's Go takes their place. */
export interface StageCompiler {
  readonly release: GoRelease;
  /** Shared by the stages of one base, and by all platforms. */
  readonly root: HostRoot;
}
