import type { Tree } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import initGenerator from './generator';

const lines = (...text: string[]): string => text.join('\n');

describe('nx g go-docker:init', () => {
  let tree: Tree;
  const contents = (path: string): string | null => tree.read(path, 'utf-8');

  beforeEach(() => {
    tree = createTreeWithEmptyWorkspace();
    tree.write('.gitignore', 'node_modules\n/dist\n');
    tree.write('package.json', '{ "devDependencies": { "go-docker": "^0.1.0" } }');
  });

  it('puts the plugin into nx.json, before those that may name projects, and keeps comments and layout', () => {
    const before = lines(
      '{',
      '  // ours',
      '  "plugins": ["@nx/js"], // one',
      '  "defaultBase":   "main",',
      '}',
    );
    tree.write('nx.json', before);
    initGenerator(tree);
    expect(contents('nx.json')).toBe(before.replace('["@nx/js"]', '["go-docker", "@nx/js"]'));
  });

  it('makes the list where there is none', () => {
    tree.write('nx.json', '{}');
    initGenerator(tree);
    expect(contents('nx.json')).toBe('{ "plugins": ["go-docker"] }');
  });

  it.each(['"go-docker"', '{ "plugin": "go-docker", "options": { "imageTargetName": "docker" } }'])(
    'changes nothing where the plugin is there as %s',
    (entry) => {
      const before = `{ "plugins": [${entry}] }`;
      tree.write('nx.json', before);
      initGenerator(tree);
      expect(contents('nx.json')).toBe(before);
    },
  );

  it('changes nothing the second time', () => {
    tree.write('.gitignore', '');
    tree.write('package.json', '{}');
    const files = (): (string | null)[] => ['nx.json', 'package.json', '.gitignore'].map(contents);
    initGenerator(tree);
    const first = files();
    initGenerator(tree);
    expect(files()).toEqual(first);
  });

  it('says that a folder without nx.json is no Nx workspace', () => {
    tree.delete('nx.json');
    expect(() => initGenerator(tree)).toThrow(
      'there is no nx.json here, so this is not the root of an Nx workspace\n→ run `npx nx init`',
    );
  });

  it('names the line where nx.json is broken, and leaves everything as it was', () => {
    const broken = lines('{', '  "plugins": ["a"', '  "defaultBase": "main"', '}');
    tree.write('nx.json', broken);
    tree.write('.gitignore', '');
    expect(() => initGenerator(tree)).toThrow(/^nx\.json:3: this is not valid JSON \(comma expected\)/);
    expect(contents('nx.json')).toBe(broken);
    expect(contents('.gitignore')).toBe('');
  });

  it('names the line where `plugins` is not a list', () => {
    tree.write('nx.json', lines('{', '  "defaultBase": "main",', '  "plugins": { "go-docker": {} }', '}'));
    expect(() => initGenerator(tree)).toThrow('nx.json:3: `plugins` is not a list');
  });

  it('refuses an nx.json that holds no object', () => {
    tree.write('nx.json', '["go-docker"]');
    expect(() => initGenerator(tree)).toThrow('nx.json:1: a JSON object is expected here');
  });

  describe('the package', () => {
    it('is named in devDependencies where nothing names it, in the caret range of its own version', () => {
      tree.write('package.json', lines('{', '  "devDependencies": {', '    "nx": "23.2.1"', '  }', '}', ''));
      initGenerator(tree);
      const { version } = jest.requireActual<{ version: string }>('../../../package.json');
      expect(contents('package.json')).toBe(
        lines(
          '{',
          '  "devDependencies": {',
          '    "nx": "23.2.1",',
          `    "go-docker": "^${version}"`,
          '  }',
          '}',
          '',
        ),
      );
    });

    it.each(['dependencies', 'devDependencies', 'optionalDependencies'])(
      'stays where it is in %s',
      (section) => {
        const before = `{ "${section}": { "go-docker": "file:../go-docker.tgz" } }`;
        tree.write('package.json', before);
        initGenerator(tree);
        expect(contents('package.json')).toBe(before);
      },
    );

    it('is nobody’s business where there is no package.json', () => {
      tree.delete('package.json');
      initGenerator(tree);
      expect(tree.exists('package.json')).toBe(false);
    });
  });

  describe('.gitignore', () => {
    // Whatever a target of ours writes where no option moves it, as README.md has it.
    const OUTPUTS = lines(
      '/dist/images/',
      '/dist/image-modules/',
      '/dist/image-sizes/',
      '/dist/image-compare/',
      '/dist/image-digests/',
      '/dist/image-sum.json',
      '',
    );

    it.each(['dist', '/dist', 'dist/', '/dist/', '**/dist', 'dist/*', '/dist/**'])(
      'is enough with %s',
      (rule) => {
        tree.write('.gitignore', `node_modules\r\n${rule}\r\n`);
        initGenerator(tree);
        expect(contents('.gitignore')).toBe(`node_modules\r\n${rule}\r\n`);
      },
    );

    it.each([
      ['', OUTPUTS],
      ['node_modules', `node_modules\n${OUTPUTS}`],
      ['# dist\n!dist\n', `# dist\n!dist\n${OUTPUTS}`],
      ['dist/images\n', `dist/images\n${OUTPUTS.replace('/dist/images/\n', '')}`],
      ['dist/image-sum.json\n', `dist/image-sum.json\n${OUTPUTS.replace('/dist/image-sum.json\n', '')}`],
      ['apps/web/dist\n', `apps/web/dist\n${OUTPUTS}`],
    ])('after %j becomes %j', (before, after) => {
      tree.write('.gitignore', before);
      initGenerator(tree);
      expect(contents('.gitignore')).toBe(after);
    });

    it('is made where there is none', () => {
      tree.delete('.gitignore');
      initGenerator(tree);
      expect(contents('.gitignore')).toBe(OUTPUTS);
    });
  });
});
