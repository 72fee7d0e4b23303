import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { imageStores, requireImageStore } from '../image-stores';
import { randomBuild } from './random-dockerfile';
import { type Compared, TwoEngines } from './two-engines';

/** More, or others: `RANDOM_BUILDS=200 RANDOM_SEED=1000`. */
const builds = Number(process.env['RANDOM_BUILDS'] ?? 12);
const first = Number(process.env['RANDOM_SEED'] ?? 1);

jest.setTimeout(60_000 + builds * 10_000);

describe('random Dockerfiles', () => {
  beforeAll(() => imageStores.slice(0, 1).forEach(requireImageStore));

  // BuildKit refuses some links and wildcards by which parts of the context it was sent; native may copy those.
  it('give the image that BuildKit gives, where it gives one', async () => {
    const differing: unknown[] = [];
    let same = 0;
    for (let seed = first; seed < first + builds; seed++) {
      const workspace = workspaceOf(seed);
      const [docker, native] = [await outcome(workspace, 'docker'), await outcome(workspace, 'native')];
      workspace.remove();
      if (docker.refused !== undefined) continue;
      if (JSON.stringify(docker) === JSON.stringify(native)) same++;
      else differing.push({ seed, dockerfile: randomBuild(seed, '').dockerfile, docker, native });
    }
    expect(differing).toEqual([]);
    expect(same).toBeGreaterThan(builds / 4);
  });
});

async function outcome(workspace: TwoEngines, engine: Compared) {
  try {
    return { image: await workspace.seen(await workspace.build(engine)) };
  } catch (error) {
    return { refused: String(error) };
  }
}

function workspaceOf(seed: number): TwoEngines {
  const workspace = new TwoEngines();
  const { files, dockerfile, ignore } = randomBuild(seed, workspace.root);
  workspace.write('Dockerfile', dockerfile);
  if (ignore !== undefined) workspace.write('Dockerfile.dockerignore', `${ignore}\n`);
  for (const [path, { text, link }] of files) {
    mkdirSync(dirname(join(workspace.root, path)), { recursive: true });
    if (text !== undefined) workspace.write(path, text);
    else if (link !== undefined) symlinkSync(link, join(workspace.root, path));
  }
  for (const [path, { mode }] of files) if (mode !== undefined) chmodSync(join(workspace.root, path), mode);
  return workspace;
}
