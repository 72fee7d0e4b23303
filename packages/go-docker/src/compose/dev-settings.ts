/** What the dev files of an app are made from, besides its image. All of it is written once and the user's from then on. */
export interface DevSettings {
  /** Name of the compose service; default: that of the app. */
  readonly service: string;
  /** Name of the project, as Nx takes it; default: `service`. */
  readonly project?: string;
  /** The port that the app listens on. */
  readonly port?: number;
  /** The port of the host; default: `port`. */
  readonly hostPort?: number;
  /** The port of the host for the debugger; default: 2345. */
  readonly debugPort?: number;
}
