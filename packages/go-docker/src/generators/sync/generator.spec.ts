import { logger, type Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import setupGenerator from '../setup/generator';
import syncGenerator from './generator';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

describe('nx g go-docker:sync', () => {
  let tree: Tree;
  let said: string[];
  const contents = (path: string): string => tree.read(path, 'utf-8') ?? '';
  const replace = (path: string, from: string, to: string): void => {
    expect(contents(path)).toContain(from);
    tree.write(path, contents(path).replace(from, to));
  };
  const snapshot = (): Record<string, string> =>
    Object.fromEntries(tree.listChanges().map(({ path, content }) => [path, String(content)]));

  beforeEach(() => {
    jest.spyOn(logger, 'warn').mockImplementation(() => undefined);
    said = [];
    jest.spyOn(logger, 'info').mockImplementation((text) => void said.push(String(text)));
    tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{ "devDependencies": { "go-docker": "*" } }');
    tree.write(
      'go.work',
      lines('go 1.26.0', '', 'use (', '\t./apps/api', '\t./apps/web', '\t./libs/log', ')'),
    );
    for (const app of ['api', 'web']) {
      tree.write(`apps/${app}/go.mod`, lines(`module example.com/${app}`, '', 'go 1.26.0'));
      tree.write(`apps/${app}/main.go`, lines('package main', '', 'func main() {}'));
    }
    tree.write('libs/log/go.mod', lines('module example.com/log', '', 'go 1.26.0'));
    tree.write('libs/log/log.go', lines('package log'));
    setupGenerator(tree, { dev: false });
  });

  afterEach(() => jest.restoreAllMocks());

  /** What Nx takes from a run of the sync generator: `nx sync` and targets pass no options. */
  async function sync() {
    const result = await syncGenerator(tree);
    if (typeof result === 'function') throw new Error('a sync generator gives no bare callback');
    return result;
  }

  function importLog(app: string): void {
    replace(`apps/${app}/main.go`, 'package main\n', 'package main\n\nimport _ "example.com/log"\n');
    replace(`apps/${app}/go.mod`, 'go 1.26.0\n', 'go 1.26.0\n\nrequire example.com/log v0.0.0\n');
  }

  it('changes nothing right after setup', async () => {
    const before = snapshot();
    expect(await sync()).toBeUndefined();
    expect(snapshot()).toEqual(before);
  });

  it('names the blocks that a new import makes stale, with their lines, and renews them', async () => {
    importLog('web');
    const result = await sync();
    expect(result?.outOfSyncMessage).toBe('2 managed blocks of apps/web no longer fit the workspace.');
    expect(result?.outOfSyncDetails).toEqual([
      'apps/web',
      '  apps/web/Dockerfile:11 deps',
      '  apps/web/Dockerfile.dockerignore:4 context',
    ]);
    expect(contents('apps/web/Dockerfile')).toContain('\t./libs/log\n');
    expect(contents('apps/web/Dockerfile.dockerignore')).toContain('!libs/log/*.go\n');
    expect(contents('apps/api/Dockerfile')).not.toContain('libs/log');
    expect(await sync()).toBeUndefined();
  });

  it('keeps what a person wrote around the blocks', async () => {
    tree.write('apps/web/Dockerfile', `# Mine.\r\n${contents('apps/web/Dockerfile')}LABEL a=b\n`);
    importLog('web');
    await sync();
    expect(contents('apps/web/Dockerfile')).toMatch(/^# Mine\.\r\n# The image of web[^]*LABEL a=b\n$/);
  });

  it('leaves a Dockerfile without managed blocks alone, and finds those with names of their own', async () => {
    const foreign = 'FROM scratch AS runner\n';
    tree.write('apps/api/Dockerfile', foreign);
    tree.write('apps/api/Dockerfile.dockerignore', '*\n');
    tree.rename('apps/web/Dockerfile', 'apps/web/Dockerfile.slim');
    tree.rename('apps/web/Dockerfile.dockerignore', 'apps/web/Dockerfile.slim.dockerignore');
    importLog('api');
    importLog('web');
    expect((await sync())?.outOfSyncDetails).toEqual([
      'apps/web/Dockerfile.slim',
      '  apps/web/Dockerfile.slim:11 deps',
      '  apps/web/Dockerfile.slim.dockerignore:4 context',
    ]);
    expect(contents('apps/api/Dockerfile')).toBe(foreign);
    expect(contents('apps/api/Dockerfile.dockerignore')).toBe('*\n');
  });

  describe('where an app cannot be read', () => {
    const broken =
      /^apps\/api\/Dockerfile:11: The block "deps" has no end before the next one begins in line 2\d\n→ Put /;

    beforeEach(() => replace('apps/api/Dockerfile', '# go-docker:end deps\n', ''));

    it('fails with file and line, and writes nothing', async () => {
      const before = snapshot();
      await expect(sync()).rejects.toThrow(broken);
      expect(snapshot()).toEqual(before);
    });

    it('renews the others all the same, and fails when they are written', async () => {
      importLog('web');
      const before = contents('apps/api/Dockerfile');
      const result = await sync();
      expect(result?.outOfSyncMessage).toBe(
        '2 managed blocks of apps/web no longer fit the workspace.\n  The files of 1 app cannot be renewed.',
      );
      expect(result?.outOfSyncDetails.slice(0, 4)).toEqual([
        'apps/web',
        '  apps/web/Dockerfile:11 deps',
        '  apps/web/Dockerfile.dockerignore:4 context',
        '',
      ]);
      expect(result?.outOfSyncDetails.slice(4).join('\n')).toMatch(broken);
      expect(result?.callback).toThrow(broken);
      expect(contents('apps/web/Dockerfile')).toContain('./libs/log');
      expect(contents('apps/api/Dockerfile')).toBe(before);
    });

    it('says what is wrong with each of several', async () => {
      replace('apps/web/Dockerfile.dockerignore', '# go-docker:end context\n', '');
      await expect(sync()).rejects.toThrow(
        /^The files of 2 apps cannot be renewed\napps\/api\/Dockerfile:11: [^]*\n\napps\/web\/Dockerfile.dockerignore:4: /,
      );
    });
  });

  describe('after a move', () => {
    function move(from: string, to: string): void {
      for (const { path } of tree.listChanges()) {
        if (path.startsWith(`${from}/`)) tree.rename(path, `${to}${path.slice(from.length)}`);
      }
    }

    it('has the Dockerfile name the folder that its app lies in now', async () => {
      move('apps/web', 'apps/shop/front');
      replace('go.work', './apps/web', './apps/shop/front');
      const result = await sync();
      expect(result?.outOfSyncDetails).toContain('  apps/shop/front/Dockerfile:25 builder');
      expect(contents('apps/shop/front/Dockerfile')).toContain(
        '# go-docker:begin builder package=./apps/shop/front binary=web',
      );
      expect(contents('apps/shop/front/Dockerfile')).toContain('-o /out/web ./apps/shop/front\n');
      expect(await sync()).toBeUndefined();
    });

    it('says which line of go.work is to follow, and to what', async () => {
      move('apps/web', 'apps/shop/front');
      const before = snapshot();
      await expect(sync()).rejects.toThrow(
        'go.work:5: the module of apps/web is now in apps/shop/front, and go.work does not know\n' +
          '→ go work edit -dropuse=./apps/web -use=./apps/shop/front',
      );
      expect(snapshot()).toEqual(before);
    });

    it('does not take another command of the same module for the one that is gone', async () => {
      tree.write('apps/web/cmd/serve/main.go', lines('package main', '', 'func main() {}'));
      replace('apps/web/Dockerfile', 'package=./apps/web ', 'package=./apps/web/cmd/gone ');
      tree.delete('apps/web/main.go');
      await expect(sync()).rejects.toThrow(
        'apps/web/Dockerfile:25: The package ./apps/web/cmd/gone is gone, and it is not sure what took its place\n' +
          '→ Write package=./apps/web/cmd/serve here, or put the package back.',
      );
    });

    it('follows a main package that moved within its own project', async () => {
      move('apps/web/main.go', 'apps/web/cmd/web/main.go');
      tree.rename('apps/web/main.go', 'apps/web/cmd/web/main.go');
      await sync();
      expect(contents('apps/web/Dockerfile')).toContain('builder package=./apps/web/cmd/web binary=web');
    });

    it('asks to delete the Dockerfile of an app that is gone', async () => {
      tree.delete('apps/web/main.go');
      await expect(sync()).rejects.toThrow(
        /^apps\/web\/Dockerfile:25: The package \.\/apps\/web is gone[^]*delete the Dockerfile if the app is gone\.$/,
      );
    });
  });

  it('says which versions the image owes to the whole workspace, and who asks for them', async () => {
    replace('apps/web/go.mod', 'go 1.26.0\n', 'go 1.26.0\n\nrequire rsc.io/sampler v1.3.0\n');
    replace('libs/log/go.mod', 'go 1.26.0\n', 'go 1.26.0\n\nrequire rsc.io/sampler v1.99.99\n');
    expect((await sync())?.outOfSyncMessage).toBe(
      '2 managed blocks of apps/web no longer fit the workspace.\n' +
        '  apps/web: rsc.io/sampler is kept at v1.99.99, as the whole workspace links it (libs/log/go.mod); ' +
        "the app's own modules alone would take v1.3.0",
    );
  });

  describe('called as a generator', () => {
    async function generate(): Promise<void> {
      const callback = await syncGenerator(tree, {});
      if (typeof callback !== 'function') throw new Error('nx g takes a callback');
      await callback();
    }

    it('says of every app whether it was out of date', async () => {
      importLog('web');
      said = [];
      await generate();
      expect(said).toEqual([
        [
          'apps/api: up to date',
          'apps/web: out of date',
          '  apps/web/Dockerfile:11 deps',
          '  apps/web/Dockerfile.dockerignore:4 context',
        ].join('\n'),
      ]);
      expect(contents('apps/web/Dockerfile')).toContain('./libs/log');
    });

    it('fails after the others are renewed', async () => {
      importLog('web');
      replace('apps/api/Dockerfile', '# go-docker:end deps\n', '');
      said = [];
      await expect(generate()).rejects.toThrow('The files of 1 app could not be renewed');
      expect(said.join()).toMatch(
        /^apps\/web: out of date\n[^]*\n\napps\/api\/Dockerfile:11: The block "deps" has no end/,
      );
      expect(contents('apps/web/Dockerfile')).toContain('./libs/log');
    });
  });
});
