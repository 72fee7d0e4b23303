import type { EngineName } from '../engines/engine';

/** What an app's dev loop is run from: options, checked and with every default filled in. */
export interface DevPlan {
  /** Name of the Nx project. */
  readonly project: string;
  /** Below the workspace root, `/` on every system. */
  readonly projectRoot: string;
  /** Name of the target, for messages. */
  readonly target: string;
  /** Absolute path. */
  readonly workspaceRoot: string;
  /** The root compose file, below the workspace root; undefined: the one that compose finds. */
  readonly compose?: string;
  /** The compose service; undefined: the one that is built from the project's Dockerfile. */
  readonly service?: string;
  /** Port of this machine; undefined: the one that the compose file says. */
  readonly port?: number;
  /** Runs the app under the debugger instead of air. */
  readonly debug: boolean;
}

/** Runs an app and builds it anew when its sources change. */
export interface DevEngine {
  readonly name: DevEngineName;
  /**
   * Starts the loop; what the app and its builds write goes to our standard output and standard error.
   *
   * @param signal Ends what has not come to its end yet. Who has got a loop must stop it.
   * @throws GoDockerError for everything that a person can mend.
   */
  start(plan: DevPlan, signal: AbortSignal): Promise<DevLoop>;
}

export type DevEngineName = Extract<EngineName, 'docker' | 'native'>;

export interface DevLoop {
  /** Where the app serves; undefined where it has no port. */
  readonly address?: Address;
  /** Resolves as soon as the app serves, or, without a port, runs. */
  readonly ready: Promise<void>;
  /** Rejected with why the loop ended by itself. */
  readonly failed: Promise<never>;
  /** Ends the app and leaves no container and no process; resolves when they are gone. */
  stop(): Promise<void>;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}
