import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageExecutorOptions } from './options';
import { imagePlan } from './plan';

describe('imagePlan', () => {
  const workspaceRoot = mkdtempSync(join(tmpdir(), 'plan-'));
  beforeAll(() => {
    mkdirSync(join(workspaceRoot, 'assets'));
    writeFileSync(join(workspaceRoot, '.netrc'), '');
  });
  afterAll(() => rmSync(workspaceRoot, { recursive: true }));

  const task = { project: '@shop/api', projectRoot: 'apps/api', target: 'image', workspaceRoot };
  const planOf = (options: ImageExecutorOptions) => imagePlan(options, task);

  it('fills in every default', () => {
    expect(planOf({})).toEqual({
      project: '@shop/api',
      workspaceRoot,
      dockerfile: 'apps/api/Dockerfile',
      target: 'runner',
      platforms: ['linux/amd64'],
      outputPath: 'dist/images/@shop+api',
      buildArgs: {},
      secrets: [],
      ssh: [],
      contexts: {},
      cacheFrom: [],
      cacheTo: [],
      labels: {},
      builder: undefined,
      noCache: false,
      pull: false,
      progress: 'auto',
    });
  });

  it('takes the Dockerfile of a project at the workspace root', () => {
    expect(imagePlan({}, { ...task, projectRoot: '.' }).dockerfile).toBe('Dockerfile');
  });

  it('spells paths and platforms in one way', () => {
    const plan = planOf({
      dockerfile: './apps//api/Dockerfile',
      outputPath: 'dist\\images\\api/',
      platforms: ['linux/arm', 'linux/arm64/v8'],
    });
    expect(plan).toMatchObject({
      dockerfile: 'apps/api/Dockerfile',
      outputPath: 'dist/images/api',
      platforms: ['linux/arm/v7', 'linux/arm64'],
    });
  });

  it('takes numbers and booleans of the command line as text', () => {
    expect(planOf({ buildArgs: { PORT: 8080, DEBUG: true }, labels: { n: 1 } })).toMatchObject({
      buildArgs: { PORT: '8080', DEBUG: 'true' },
      labels: { n: '1' },
    });
  });

  it('puts together what Nx splits at the commas of the command line', () => {
    const plan = planOf({
      secrets: ['id=netrc', 'src=.netrc', 'id=path', 'env=PATH'],
      cacheFrom: ['type=registry', 'ref=x', 'api:cache', 'type=gha'],
      cacheTo: ['type=gha', 'mode=max'],
    });
    expect(plan).toMatchObject({
      secrets: ['id=netrc,src=.netrc', 'id=path,env=PATH'],
      cacheFrom: ['type=registry,ref=x', 'api:cache', 'type=gha'],
      cacheTo: ['type=gha,mode=max'],
    });
  });

  it('takes secrets and contexts that are there', () => {
    const options = {
      secrets: ['id=netrc,src=.netrc', 'type=env,id=PATH', 'id=b,type=file,source=.netrc'],
      contexts: { assets: 'assets', base: 'docker-image://alpine:3.22', src: 'https://example.com/x.git' },
      ssh: ['deploy=.netrc'],
    };
    expect(planOf(options)).toMatchObject(options);
  });

  const refusals: readonly (readonly [ImageExecutorOptions, string])[] = [
    [
      { dockerfile: '../Dockerfile' },
      '"dockerfile" is "../Dockerfile", which is not below the workspace root: write it as apps/api/Dockerfile',
    ],
    [{ dockerfile: '/etc/Dockerfile' }, '"dockerfile" is "/etc/Dockerfile", which is not below'],
    [
      { outputPath: 'dist/../..' },
      '"outputPath" is "..", which is not below the workspace root: name a folder of its own, such as dist/images/api',
    ],
    [{ outputPath: 'C:\\images' }, '"outputPath" is "C:/images", which is not below'],
    [{ outputPath: 'dist/..' }, '"outputPath" is the workspace root, which would be replaced'],
    [{ target: '$(id)' }, '"target" is "$(id)", which no stage can be named'],
    [{ platforms: [] }, '"platforms" is empty: write ["linux/amd64"]'],
    [
      { platforms: ['linux/x86_64'] },
      '"platforms" has "linux/x86_64", which no image is made for: did you mean "linux/amd64"?',
    ],
    [{ platforms: ['linux/arm', 'linux/arm/v7'] }, '"platforms" has linux/arm/v7 twice: keep one of them'],
    [{ buildArgs: { 'a b': '' } }, '"buildArgs" has "a b", which no ARG can be named'],
    [{ buildArgs: { SOURCE_DATE_EPOCH: '0' } }, '"buildArgs" sets SOURCE_DATE_EPOCH, which is set already'],
    [
      { secrets: ['src=.netrc'] },
      '"secrets" has an entry without an id: write "id=<id>,env=<variable>" or "id=<id>,src=<file>"',
    ],
    [{ secrets: ['id=a,src=nowhere'] }, '"secrets": a comes from nowhere, which is not there'],
    [
      { secrets: ['id=a,env=NOT_SET_ANYWHERE'] },
      '"secrets": a comes from NOT_SET_ANYWHERE, which is not set',
    ],
    [{ secrets: ['id=a'] }, '"secrets": a comes from nowhere: write'],
    [{ contexts: { 'a b': 'assets' } }, '"contexts" has "a b", which no stage or image can be named'],
    [
      { contexts: { a: 'no/folder' } },
      '"contexts": a comes from "no/folder", which is neither a folder of the workspace nor an address',
    ],
    [{ ssh: ['=x'] }, '"ssh" has "=x", which has no id'],
    [{ ssh: ['a=nowhere'] }, '"ssh": a comes from nowhere, which is not there'],
    [
      { cacheFrom: ['ref=x'] },
      '"cacheFrom" (or GO_DOCKER_CACHE_FROM, where entries are separated by spaces) has an entry that names no type: write "type=gha"',
    ],
    [
      { cacheTo: [''] },
      '"cacheTo" (or GO_DOCKER_CACHE_TO, where entries are separated by spaces) has an entry',
    ],
    [{ labels: { 'a=b': '' } }, '"labels" has "a=b", which is no name of a label'],
  ];
  it.each(refusals)('refuses %j and says what to write instead', (options, message) => {
    expect(() => planOf(options)).toThrow(`@shop/api:image: ${message}`);
  });

  it('never repeats what may be a secret', () => {
    expect(() => planOf({ secrets: ['id=token,value=s3cr3t'] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') }),
    );
  });

  it('says everything that is wrong at once', () => {
    expect(() => planOf({ target: '', platforms: [], labels: { '': '' } })).toThrow(
      /^@shop\/api:image: 3 options cannot be used\n {2}"target" .*\n {2}"platforms" .*\n {2}"labels" .*$/,
    );
  });
});
