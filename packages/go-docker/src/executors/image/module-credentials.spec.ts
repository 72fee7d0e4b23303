import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withModuleCredentials } from './module-credentials';
import { imagePlan } from './plan';

describe('credentials of a build', () => {
  let workspaceRoot = '';
  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'module-credentials-'));
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  const everything = ['/home/ada/.netrc', '/home/ada/.ssh/known_hosts', '/agent', '/ca,1.pem'];
  const complete = (
    dockerfile: string,
    there: readonly string[],
    options: { target?: string; secrets?: readonly string[]; ssh?: readonly string[] } = {},
  ) => {
    writeFileSync(join(workspaceRoot, 'Dockerfile'), dockerfile);
    const task = { project: 'api', projectRoot: '.', target: 'image', workspaceRoot };
    const plan = { ...imagePlan({ ...options, secrets: [], ssh: [] }, task), ...options };
    const { secrets, ssh } = withModuleCredentials(
      { ...plan, secrets: options.secrets ?? [], ssh: options.ssh ?? [] },
      {
        environment: { SSH_AUTH_SOCK: '/agent', GO_DOCKER_CA: '/ca,1.pem' },
        home: '/home/ada',
        platform: 'linux',
        isReadable: (path) => there.includes(path),
      },
    );
    return { secrets, ssh };
  };
  const mounts = [
    '--mount=type=secret,id=netrc,target=/root/.netrc,required',
    '--mount=type=ssh,required',
    '--mount=type=secret,id=known_hosts,target=/etc/ssh/ssh_known_hosts,required',
    '--mount=type=secret,id=ca,target=/ca,required',
  ];
  const block = (name: string) =>
    `# go-docker:begin ${name}\nRUN ${mounts.join(' \\\n    ')} \\\n    go build\n# go-docker:end ${name}\n`;

  it('come from where this machine has them, as places and never as texts', () => {
    expect(complete(block('deps'), everything)).toEqual({
      secrets: [
        'id=netrc,src=/home/ada/.netrc',
        'id=known_hosts,src=/home/ada/.ssh/known_hosts',
        'id=ca,"src=/ca,1.pem"',
      ],
      ssh: ['default'],
    });
  });

  it('come from the options where these give them', () => {
    const secrets = ['id=netrc,env=NETRC_TEXT', 'type=file,id=ca,src=ca.pem', 'id=known_hosts,src=hosts'];
    expect(complete(block('builder'), [], { secrets, ssh: ['default=/key'] })).toEqual({
      secrets,
      ssh: ['default=/key'],
    });
  });

  it('are only those that the built stage asks for in a managed block', () => {
    expect(complete(block('dev') + block('debug'), [])).toEqual({ secrets: [], ssh: [] });
    expect(complete(block('debug'), everything, { target: 'debug' }).ssh).toEqual(['default']);
    expect(
      complete(`${block('base')}`.replace(/RUN.*/s, '# go-docker:end base\nRUN --mount=type=ssh true\n'), []),
    ).toEqual({ secrets: [], ssh: [] });
    expect(complete('FROM golang\nRUN --mount=type=secret,id=netrc,target=/n true\n', [])).toEqual({
      secrets: [],
      ssh: [],
    });
  });

  it('are asked for all at once where they are missing, with how to give them', () => {
    expect(() => complete(block('deps'), ['/agent'])).toThrow(
      [
        'Dockerfile: api has private modules, and what fetches them is not here',
        '  netrc: there is no /home/ada/.netrc, or it may not be read',
        '    write one: machine git.example.com login <user> password <token>; or --secrets=id=netrc,src=<file>',
        '  known_hosts: there is no /home/ada/.ssh/known_hosts, or it may not be read',
        '    connect once with ssh, or run ssh-keyscan and compare the fingerprint; or --secrets=id=known_hosts,src=<file>',
        '  ca: GO_DOCKER_CA names /ca,1.pem, which is not there, or it may not be read',
        '    set GO_DOCKER_CA to the PEM file of the certificate authority; or --secrets=id=ca,src=<file>',
        '→ give what is missing as said above, then build again',
      ].join('\n'),
    );
  });
});
