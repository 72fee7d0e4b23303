import type { WorkspacePath } from '@go-docker/go-workspace';
import { GoDockerError } from '../errors';
import { serviceNameOf, variableOf } from './compose-blocks';
import type { DevSettings } from './dev-settings';
import type { WorkspaceCompose } from './workspace-compose';

/** Names and ports that are given to dev services, one app after the other. */
export interface ServicePlanner {
  /**
   * Settings for a new compose file, with a name and ports of the host that nothing else in the workspace has.
   *
   * @param notes Takes what differs from what one would expect, and why.
   */
  plan(project: string, port: number | undefined, notes: string[]): DevSettings;
  /**
   * A port of the host for the debugger.
   */
  debugPort(service: string): number;
  /**
   * Makes sure that a compose file which is there can be included.
   *
   * @throws GoDockerError where a service of its name is defined elsewhere.
   */
  keep(service: string, file: WorkspacePath, line: number | undefined): void;
}

const DEBUGGER = 2345;

/** @param existing What is taken; it is not changed. */
export function servicePlanner(existing: WorkspaceCompose): ServicePlanner {
  const services = new Map(existing.services);
  const hostPorts = new Map(existing.hostPorts);

  function freePort(wanted: number, of: string): number {
    let port = wanted;
    while (hostPorts.has(port) && port < 65535) port++;
    hostPorts.set(port, of);
    return port;
  }

  return {
    plan(project, port, notes) {
      const service = freeName(serviceNameOf(project), services);
      const wanted = serviceNameOf(project);
      if (service !== wanted) {
        notes.push(
          `a service ${wanted} is defined in ${services.get(wanted) ?? 'another file'}: the dev service of ${project} is called ${service}`,
        );
      }
      services.set(service, project);
      const first = port === undefined ? undefined : unprivileged(port);
      const owner = first === undefined ? undefined : hostPorts.get(first);
      const hostPort = first === undefined ? undefined : freePort(first, `the dev service ${service}`);
      if (owner !== undefined) {
        notes.push(
          `port ${first} of this machine is that of ${owner}: ${service} is reached at ${hostPort}; ${variableOf(service)}_PORT moves it`,
        );
      }
      return { service, project, port, hostPort };
    },
    debugPort: (service) => freePort(DEBUGGER, `the debug service of ${service}`),
    keep(service, file, line) {
      const other = services.get(service);
      if (other === undefined || other === file) return void services.set(service, file);
      throw new GoDockerError(`${other} has a service "${service}" too, so that no file can include both`, {
        location: { file, line },
        advice: `Give one of the two another name, here or in ${other}.`,
      });
    },
  };
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(wanted)) return wanted;
  let name = `${wanted}-dev`;
  for (let count = 2; taken.has(name); count++) name = `${wanted}-dev-${count}`;
  return name;
}

/** A port that needs no rights to be bound: 80 is 8080, 443 is 8443. */
function unprivileged(port: number): number {
  return port < 1024 ? port + 8000 : port;
}
