/**
 * The name that a project's image has in Docker unless it is given another: the project's own, as far as Docker allows.
 * `@shop/api` is `shop/api`, `Shop API` is `shop-api`. Two projects may come to the same name.
 *
 * https://github.com/distribution/reference/blob/v0.6.0/reference.go
 */
export function imageNameOf(project: string): string {
  const components = project
    .toLowerCase()
    .split('/')
    .map((component) => component.replace(/[^a-z0-9._-]+/g, '-').replace(/[._-]{2,}/g, '-'))
    .map((component) => component.replace(/^[._-]+|[._-]+$/g, ''))
    .filter((component) => component !== '');
  return components.join('/') || 'app';
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REGISTRY = '(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:\\d))(?::\\d+)?/';
const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const REFERENCE = new RegExp(`^(?:${REGISTRY})?${COMPONENT}(?:/${COMPONENT})*(?::${TAG})?$`);

/** Whether Docker takes this text for the name of an image, with or without a tag. */
export function isImageReference(text: string): boolean {
  return REFERENCE.test(text);
}
