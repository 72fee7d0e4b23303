import type { Reading } from '../config/settings';
import type { Stage } from '../dockerfile/stages';
import type { StageBuild } from './stage-build';

/** What the instructions of one stage have in common. */
export interface StageContext {
  readonly stage: Stage;
  readonly build: StageBuild;
  readonly reading: Reading;
}
