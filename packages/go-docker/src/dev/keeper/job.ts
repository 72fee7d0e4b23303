/** What a keeper keeps alive, as its starter writes it down for it: one line of JSON. */
export type KeeperJob = ComposeJob | AirJob;

/** A compose service, with the services that it depends on. */
export interface ComposeJob {
  readonly kind: 'compose';
  /** Absolute path of the workspace. */
  readonly cwd: string;
  /** Arguments of `docker` that stand before the compose command: `compose`, and which files and profiles. */
  readonly compose: readonly string[];
  /** Name of the compose project. */
  readonly project: string;
  readonly service: string;
  /** The service, and what it depends on, to the end. */
  readonly needs: readonly string[];
  /** Folder where the sessions of this compose project tell each other what they have started. */
  readonly ledger: string;
}

/** Air on this machine. */
export interface AirJob {
  readonly kind: 'air';
  /** Absolute path of the project. */
  readonly cwd: string;
  /** Absolute path of the program. */
  readonly program: string;
  readonly args: readonly string[];
  /** A folder of this session alone: it is removed at the end. */
  readonly directory: string;
}

/** What a keeper tells its starter: a line of JSON each. */
export type KeeperEvent =
  | { readonly event: 'started'; readonly ports: readonly PublishedPort[] }
  | { readonly event: 'failed'; readonly what: string; readonly output: string }
  /** The container or the program has ended by itself; undefined: nobody knows how. */
  | { readonly event: 'ended'; readonly exitCode?: number };

/** A TCP port of a container that this machine answers for. */
export interface PublishedPort {
  /** In the container. */
  readonly target: number;
  readonly host: string;
  readonly port: number;
}

/** Tells the starter something; a starter that is gone does not hear it. */
export type Tell = (event: KeeperEvent) => void;
