import { leavesOut } from '../compiler/go-programs';
import type { Instruction } from '../dockerfile/instruction';
import { refusal } from '../refusal';
import type { WrittenCommand } from '../shell/written-commands';

/** Mounts that put no file before Go which ends up in a program: caches of this machine and its credentials take their place. */
const PASSED_OVER = new Set(['cache', 'secret', 'ssh', 'tmpfs']);

/**
 * Refuses a RUN with a mount that brings it files, unless it does nothing but what is left out here: `go mod download`.
 * (https://docs.docker.com/reference/dockerfile/#run---mount)
 *
 * @throws GoDockerError with the place of the RUN.
 */
export function assertNoFiles({ flags, location }: Instruction, commands: readonly WrittenCommand[]): void {
  const mount = flags.get('mount')?.find((each) => !PASSED_OVER.has(typeOf(each)));
  if (mount === undefined || commands.every(leavesOut)) return;
  throw refusal(`does not do --mount=${mount}`, location, 'write COPY instead, in front of this RUN');
}

function typeOf(mount: string): string {
  const [type = 'type=bind'] = mount.split(',').filter((option) => /^type=/i.test(option));
  return type.slice('type='.length);
}
