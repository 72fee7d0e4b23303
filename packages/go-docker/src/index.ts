export { GoDockerError } from './errors';
export type { ImageJson, ImageLayer, PlatformImage } from './images/image-json';
export { type ProjectSizes, sizeTable } from './reports/size-table';
