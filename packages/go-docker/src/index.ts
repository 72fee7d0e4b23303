export { GoDockerError } from './errors';
// Nx takes either name; its older releases know only the second one.
export { createNodes, createNodes as createNodesV2 } from './graph/create-nodes';
export { createDependencies } from './graph/create-dependencies';
export type { PluginOptions } from './graph/plugin-options';
export type { ImageJson, ImageLayer, PlatformImage } from './images/image-json';
export { type ProjectSizes, sizeTable } from './reports/size-table';
