export { GoDockerError } from './errors';
export type { ImageJson, ImageLayer, PlatformImage } from './images/image-json';
