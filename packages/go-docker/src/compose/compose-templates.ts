import { join } from 'node:path';

/** The folder of the templates of this part. */
export const composeTemplates = join(__dirname, 'templates');
