/** Options of `go-docker:load`; schema.json says what they mean. */
export interface LoadExecutorOptions {
  readonly imagePath?: string;
  readonly tags?: readonly string[];
  readonly platform?: string;
}
