// Numbers as a page shows them.

/** Whole milliseconds: timings are not more exact than that. */
export const milliseconds = (value) => `${Math.round(value)} ms`;

/** Three digits. */
export const ratio = (value) => Number(value.toPrecision(3)).toString();

export const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
