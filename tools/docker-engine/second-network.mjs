// A bridge for a second engine. An engine without one (`--bridge none`) takes docker0 away from the first, and two
// engines cannot share one. So the first makes a network, with its address and its way out, and the second uses it.
import { existsSync } from 'node:fs';
import { capture, succeeds } from '../machine/run.mjs';
import { environment } from './probe.mjs';

const NETWORK = 'go-docker-second';
const BRIDGE = 'go-docker0';

/**
 * @param {string | undefined} host the first engine
 * @returns {string | undefined} the bridge on this machine; undefined when the first engine runs elsewhere
 */
export function createBridge(host) {
  const env = environment(host);
  if (!succeeds('docker', ['network', 'inspect', NETWORK], { env })) {
    const name = `com.docker.network.bridge.name=${BRIDGE}`;
    capture('docker', ['network', 'create', '--driver', 'bridge', '--opt', name, NETWORK], { env });
  }
  if (existsSync(`/sys/class/net/${BRIDGE}`)) return BRIDGE;
  removeBridge(host);
  return undefined;
}

export function removeBridge(host) {
  capture('docker', ['network', 'rm', '--force', NETWORK], { env: environment(host) });
}
