export type { BuildInfo, BuildSetting, GoModuleVersion } from './build-info';
export { GoBinaryError, type BinaryLocation, type GoBinaryErrorDetails } from './errors';
export { readBuildInfo } from './read-build-info';
