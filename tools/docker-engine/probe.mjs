// What an engine says about itself. `host` is its address; undefined is the one the docker CLI is set to.
import { capture } from '../machine/run.mjs';

const TIMEOUT = 20_000;

export function answers(host) {
  return silence(host) === undefined;
}

/** Why an engine does not answer, in the words of the docker CLI; undefined when it does. */
export function silence(host) {
  try {
    capture('docker', ['version', '--format', '{{.Server.Version}}'], {
      env: environment(host),
      timeout: TIMEOUT,
    });
    return undefined;
  } catch (error) {
    return error.message.split('\n').at(-1);
  }
}

/**
 * Which store an engine keeps its images in.
 * @returns {'containerd' | 'classic'}
 */
export function imageStore(host) {
  const status = capture('docker', ['info', '--format', '{{json .DriverStatus}}'], {
    env: environment(host),
  });
  return status.includes('io.containerd.snapshotter') ? 'containerd' : 'classic';
}

/** The address that the docker CLI is set to, by DOCKER_HOST or by its context. */
export function currentHost() {
  const format = ['--format', '{{.Endpoints.docker.Host}}'];
  return process.env.DOCKER_HOST || capture('docker', ['context', 'inspect', ...format]).trim();
}

export function environment(host) {
  return { ...process.env, ...(host ? { DOCKER_HOST: host } : {}) };
}
