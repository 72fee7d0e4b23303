import type { Docker } from '../../engines/docker/docker';

/** A container of a compose project. */
export interface ComposeContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly running: boolean;
  /** Folder of the workspace that it was started from. */
  readonly workingDir: string;
}

/** The containers of a compose project, those too that do not run. One-off containers (`docker compose run`) are not among them. */
export async function composeContainers(
  docker: Docker,
  project: string,
): Promise<readonly ComposeContainer[]> {
  const label = (name: string) => `{{.Label "com.docker.compose.${name}"}}`;
  const { stdout } = await docker.run([
    'ps',
    '--all',
    '--no-trunc',
    `--filter=label=com.docker.compose.project=${project}`,
    '--filter=label=com.docker.compose.oneoff=False',
    `--format={{.ID}}\t{{.Names}}\t{{.State}}\t${label('service')}\t${label('project.working_dir')}`,
  ]);
  return rows(stdout).map(([id = '', name = '', state, service = '', workingDir = '']) => ({
    id,
    name,
    service,
    running: state === 'running' || state === 'restarting' || state === 'paused',
    workingDir,
  }));
}

/** The networks that a compose project has made. */
export async function composeNetworks(
  docker: Docker,
  project: string,
): Promise<readonly { readonly id: string }[]> {
  const { stdout } = await docker.run([
    'network',
    'ls',
    '--no-trunc',
    `--filter=label=com.docker.compose.project=${project}`,
    '--format={{.ID}}',
  ]);
  return rows(stdout).map(([id = '']) => ({ id }));
}

function rows(text: string): readonly (readonly string[])[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}
