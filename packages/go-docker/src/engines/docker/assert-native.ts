import { GoDockerError } from '../../errors';
import type { ImagePlan } from '../engine';
import type { Builder } from './builder';

/**
 * A C compiler knows the architecture of the machine it runs on alone.
 *
 * @throws GoDockerError, before anything is built, where a program with cgo is asked for on a platform that no machine of the builder is of.
 */
export function assertNative(plan: ImagePlan, { architectures }: Builder): void {
  if (!plan.usesCgo || architectures.length === 0) return;
  const foreign = plan.platforms.filter((platform) => !architectures.includes(platform.split('/')[1] ?? ''));
  if (foreign.length === 0) return;
  const own = architectures.map((architecture) => `linux/${architecture}`);
  throw new GoDockerError(
    `${plan.project} uses cgo, and this builder compiles C for ${own.join(' and ')}, not for ${foreign.join(' and ')}`,
    {
      location: { file: plan.dockerfile },
      advice:
        `build on a machine of that architecture (option "builder"), or choose another platform: ` +
        `nx g go-docker:setup ${plan.project} --platforms=${own[0]}`,
    },
  );
}
