// Docker where there is none: on Debian as root it is installed and started, elsewhere it is said what is missing.
//
//   node tools/docker-engine.mjs             an engine that answers
//   node tools/docker-engine.mjs --classic   and one for tests with the other image store
//   node tools/docker-engine.mjs --stop      ends what an earlier call started
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runningPid, startDaemon, stopDaemon } from './docker-engine/daemon.mjs';
import { answers, currentHost, imageStore, silence } from './docker-engine/probe.mjs';
import { createBridge, removeBridge } from './docker-engine/second-network.mjs';
import { canInstall, installPackages } from './machine/debian.mjs';
import { succeeds } from './machine/run.mjs';

const DEFAULT_HOST = 'unix:///var/run/docker.sock';
const SECOND_HOST = 'unix:///run/go-docker/second.sock';

/**
 * Makes sure that a Docker engine answers and that the CLI has buildx and compose.
 * @returns {Promise<{ started: boolean }>} whether it had to be started
 */
export async function ensureEngine() {
  ensureClient();
  const reason = silence();
  if (!reason) return { started: false };
  if (process.env.DOCKER_HOST) {
    throw new Error(
      `No Docker engine answers: ${reason}\nStart the one of DOCKER_HOST, or unset DOCKER_HOST.`,
    );
  }
  if (!canInstall()) throw new Error(`No Docker engine answers: ${reason}\n${HOW_TO_GET_DOCKER}`);
  if (!succeeds('dockerd', ['--version'])) {
    installPackages(['docker.io']);
    // Where systemd runs, the package has started the engine already.
    if (answers()) return { started: false };
  }
  console.log('No Docker engine answers: starting one (its log is /run/go-docker/first/dockerd.log)');
  await startDaemon({ name: 'first', host: DEFAULT_HOST, config: withStore(ownConfig(), 'containerd') });
  return { started: true };
}

/**
 * The two engines of the tests, one for each image store. Existing ones are used; GO_DOCKER_CLASSIC_HOST names a
 * classic one.
 * @returns {Promise<{ containerd?: string, classic?: string, stop: () => Promise<void> }>} their addresses, and how
 *   to end what this call started. Outside Debian and without root there is only the engine that is there.
 */
export async function ensureTestEngines() {
  const first = await ensureEngine();
  const firstHost = currentHost();
  const store = imageStore();
  const hosts = { [store]: firstHost };
  const named = process.env.GO_DOCKER_CLASSIC_HOST;
  if (named && store === 'containerd' && answers(named)) hosts.classic = named;

  const missing = ['containerd', 'classic'].find((other) => !hosts[other]);
  let second;
  const stop = async () => {
    if (second?.started) await stopSecond();
    if (first.started) await stopDaemon('first');
  };
  try {
    second = missing ? await startSecond(missing) : undefined;
  } catch (error) {
    await stop();
    throw error;
  }
  if (second) hosts[missing] = second.host;
  return { ...hosts, stop };
}

/** Ends the engines that an earlier call started, and nothing else. */
export async function stopEngines() {
  const stopped = [(await stopSecond()) && 'second', (await stopDaemon('first')) && 'first'].filter(Boolean);
  console.log(stopped.length > 0 ? `Stopped: ${stopped.join(', ')}` : 'No engine was started here.');
}

/** Makes sure that the docker CLI is there, with buildx and compose. */
export function ensureClient() {
  const parts = [
    ['docker-cli', ['--version']],
    ['docker-buildx', ['buildx', 'version']],
    ['docker-compose', ['compose', 'version']],
  ];
  const missing = parts.filter(([, args]) => !succeeds('docker', args)).map(([name]) => name);
  if (missing.length === 0) return;
  if (!canInstall()) throw new Error(`Missing: ${missing.join(', ')}. ${HOW_TO_GET_DOCKER}`);
  installPackages(missing);
}

async function startSecond(store) {
  if (runningPid('second') && answers(SECOND_HOST) && imageStore(SECOND_HOST) === store) {
    return { host: SECOND_HOST, started: false };
  }
  if (!canInstall() || !succeeds('dockerd', ['--version'])) return undefined;
  const bridge = createBridge();
  if (!bridge) return undefined;
  console.log(`Starting a second Docker engine with the ${store} image store (${SECOND_HOST})`);
  const args = [
    `--data-root=/var/lib/go-docker-${store}`,
    '--exec-root=/run/go-docker/second/exec',
    '--pidfile=/run/go-docker/second/docker.pid',
    `--bridge=${bridge}`,
    '--iptables=false',
  ];
  try {
    await startDaemon({ name: 'second', host: SECOND_HOST, config: withStore({}, store), args });
  } catch (error) {
    removeBridge();
    throw error;
  }
  return { host: SECOND_HOST, started: true };
}

async function stopSecond() {
  const stopped = await stopDaemon('second');
  if (stopped) removeBridge();
  return stopped;
}

function ownConfig() {
  const file = '/etc/docker/daemon.json';
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function withStore(config, store) {
  return { ...config, features: { ...config.features, 'containerd-snapshotter': store === 'containerd' } };
}

const HOW_TO_GET_DOCKER =
  'Install Docker with buildx and start it: https://docs.docker.com/get-started/get-docker/ ' +
  '(on Debian as root this script does it by itself).';

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--stop')) await stopEngines();
    else if (process.argv.includes('--classic')) {
      const engines = await ensureTestEngines();
      console.log(
        `export DOCKER_HOST=${engines.containerd}\nexport GO_DOCKER_CLASSIC_HOST=${engines.classic}`,
      );
    } else await ensureEngine();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
