/** What runs the pipeline. */
export const providers = ['github', 'gitlab'] as const;
export type Provider = (typeof providers)[number];
