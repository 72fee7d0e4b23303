import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measuredPlatform } from '../../src/workspace-report/fixtures/reported-image';
import { compilePackages } from '../engines/image-workspace';

const program = join(__dirname, '../../dist/command-line/main.js');

describe('go-docker before a program that reads no further', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'closed-pipe-'));
  beforeAll(() => {
    compilePackages();
    mkdirSync(join(workspace, 'dist/image-sizes'), { recursive: true });
    writeFileSync(join(workspace, 'nx.json'), '{}');
    // More than a pipe holds.
    for (let at = 0; at < 200; at++) {
      const baseline = { file: `apps/api-${at}/image-size.json`, isThere: false };
      const image = { version: 1, project: `api-${at}`, baseline, platforms: [measuredPlatform()] };
      writeFileSync(join(workspace, `dist/image-sizes/api-${at}.json`), JSON.stringify(image));
      mkdirSync(join(workspace, `apps/api-${at}`), { recursive: true });
      writeFileSync(join(workspace, `apps/api-${at}/Dockerfile`), '');
    }
  }, 120_000);
  afterAll(() => rmSync(workspace, { recursive: true }));

  it('ends without a word', () => {
    const script = 'set -o pipefail; "$0" "$1" report --format=json | head -n 2';
    const { stdout, stderr, status } = spawnSync('bash', ['-c', script, process.execPath, program], {
      cwd: workspace,
      encoding: 'utf8',
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: '{\n  "version": 1,\n', stderr: '', status: 0 });
  });
});
