export type { BuildInfo, BuildSetting, GoModuleVersion } from './build-info';
export { GoBinaryError, type BinaryLocation, type GoBinaryErrorDetails } from './errors';
export type {
  Bytes,
  ModuleSize,
  PackageSize,
  ProgramSizes,
  SectionSize,
  UnattributedSize,
} from './program-sizes';
export { readBuildInfo } from './read-build-info';
