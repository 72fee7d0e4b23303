export type { BuildInfo, BuildSetting, GoModuleVersion } from './build-info/build-info';
export { GoBinaryError, type BinaryLocation, type GoBinaryErrorDetails, type Silence } from './errors';
export type {
  Bytes,
  ModuleSize,
  PackageSize,
  ProgramSizes,
  SectionSize,
  UnattributedSize,
} from './sizes/sizes';
export { readBuildInfo } from './build-info/read-build-info';
export { programSizes } from './sizes/program-sizes';
