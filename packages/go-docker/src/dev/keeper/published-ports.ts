import type { Docker } from '../../engines/docker/docker';
import type { PublishedPort } from './job';

/** The TCP ports of a container that this machine answers for, the lowest one of the container first. */
export async function publishedPorts(docker: Docker, id: string): Promise<readonly PublishedPort[]> {
  const format = '--format={{json .NetworkSettings.Ports}}';
  const { exitCode, stdout } = await docker.run(['container', 'inspect', format, id]);
  return exitCode === 0 ? portsOf(stdout) : [];
}

/** @param json As Docker writes it: `{"8080/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],"9090/tcp":null}`. */
export function portsOf(json: string): readonly PublishedPort[] {
  const ports = (JSON.parse(json) ?? {}) as Record<string, { HostIp: string; HostPort: string }[] | null>;
  return Object.entries(ports)
    .flatMap(([name, bindings]) => {
      const [, target] = /^(\d+)\/tcp$/.exec(name) ?? [];
      const [binding] = bindings ?? [];
      if (target === undefined || binding === undefined) return [];
      const host = /^(0\.0\.0\.0|::)?$/.test(binding.HostIp) ? '127.0.0.1' : binding.HostIp;
      return [{ target: Number(target), host, port: Number(binding.HostPort) }];
    })
    .sort((one, other) => one.target - other.target);
}
