export { GoDockerError } from './errors';
// Nx takes either name; its older releases know only the second one.
export { createNodes, createNodes as createNodesV2 } from './graph/create-nodes';
export { createDependencies } from './graph/create-dependencies';
export { preTasksExecution } from './graph/pre-tasks-execution';
export type { PluginOptions } from './graph/plugin-options';
export type { ImageJson, ImageLayer, PlatformImage } from './images/image-json';
export type { MeasuredImage, MeasuredPlatform, MeasuredSum } from './measuring/measured-image';
export { sizeTable, type TableProject } from './reports/size-table';
