import type { BuildInfo } from './build-info';

export { GoBinaryError, type BinaryLocation, type GoBinaryErrorDetails } from './errors';
export type { BuildInfo, BuildSetting, GoModuleVersion } from './build-info';

export declare function readBuildInfo(program: string | Uint8Array): Promise<BuildInfo>;
