import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from '../modules/read-workspace';
import { parseTxtar } from '../../spec/txtar';
import { buildClosure } from '../closure/build-closure';
import { heldVersions } from './held-versions';

const TARGET = {
  platforms: [{ os: 'linux', architecture: 'amd64' }],
  cgo: false,
  tags: [],
  goVersion: '1.25.0',
} as const;

/** What is held in one of the workspaces that the go command is asked about as well. */
function heldIn(fixture: string, packageDir: string) {
  const text = readFileSync(join(__dirname, '../../spec/fixtures', `${fixture}.txtar`), 'utf8');
  const workspace = readGoWorkspace(memoryFileSystem(Object.fromEntries(parseTxtar(text).files)));
  return heldVersions(workspace, buildClosure(workspace, packageDir, TARGET).modules);
}

describe('versions that are held by donors', () => {
  it('name the module that asks for the newest one, and what Go would take without it', () => {
    expect(heldIn('version-donors', 'apps/api')).toEqual([
      { path: 'rsc.io/sampler', without: 'v1.3.0', version: 'v1.99.99', donors: ['libs/newer'] },
    ]);
  });

  it('are those of go.work.sum where no go.mod says for whose sake', () => {
    expect(heldIn('version-donors-by-graph', 'apps/api')).toEqual([
      { path: 'golang.org/x/sync', without: 'v0.5.0', version: 'v0.11.0', donors: ['libs/tools'] },
    ]);
  });

  it('are replacements of another module, too', () => {
    expect(heldIn('foreign-replace', 'apps/api')).toEqual([
      { path: 'rsc.io/sampler', without: 'v1.3.0', version: 'v1.99.99', donors: ['libs/patch'] },
    ]);
  });

  it.each([
    ['version-donors', 'apps/plain'],
    ['go-work', 'apps/api'],
    ['local-replace', 'services/api'],
  ])('are none in %s %s, which needs no donor', (fixture, packageDir) => {
    expect(heldIn(fixture, packageDir)).toEqual([]);
  });
});
