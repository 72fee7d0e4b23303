import type { DevEngineName, DevPlan } from '../../dev/dev-loop';
import { GoDockerError } from '../../errors';
import type { Task } from '../task';

/** Options of `go-docker:dev`; schema.json says what they mean. */
export interface DevExecutorOptions {
  readonly engine?: DevEngineName | 'auto';
  readonly compose?: string;
  readonly service?: string;
  readonly port?: number;
  readonly debug?: boolean;
}

/** @throws GoDockerError for a port that there cannot be. */
export function devPlan({ compose, service, port, debug = false }: DevExecutorOptions, task: Task): DevPlan {
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new GoDockerError(`option "port" is ${port}, which is no port`, {
      advice: 'give one of 1 to 65535',
    });
  }
  return { ...task, compose, service, port, debug };
}
