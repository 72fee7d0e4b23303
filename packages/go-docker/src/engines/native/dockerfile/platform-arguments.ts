import { arch } from 'node:os';

/** Node's names of processors, where Go and Docker have others. https://nodejs.org/api/os.html#osarch */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** @returns The platform that Docker on this machine would build on: `linux/amd64`. */
export function buildPlatform(processor: string = arch()): string {
  return `linux/${ARCHITECTURES[processor] ?? processor}${processor === 'arm' ? '/v7' : ''}`;
}

/**
 * The arguments that BuildKit sets by itself.
 * (https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope)
 */
export function platformArguments(build: string, target: string, stage: string): ReadonlyMap<string, string> {
  return new Map([
    ...argumentsOf('BUILD', build),
    ...argumentsOf('TARGET', target),
    ['TARGETSTAGE', stage] as const,
  ]);
}

function argumentsOf(prefix: string, platform: string): readonly (readonly [string, string])[] {
  const [os = '', architecture = '', variant = ''] = platform.split('/');
  return [
    [`${prefix}PLATFORM`, platform],
    [`${prefix}OS`, os],
    [`${prefix}ARCH`, architecture],
    [`${prefix}VARIANT`, variant],
  ];
}
