/** Options of `go-docker:modules`; schema.json says what they mean. */
export interface ModulesExecutorOptions {
  readonly dockerfile?: string;
  readonly outputFile?: string;
  readonly imports?: readonly string[];
}
