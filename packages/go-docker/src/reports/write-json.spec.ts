import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeJson } from './write-json';

describe('writeJson', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'write-json-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('writes into a folder that is not there yet, and leaves nothing beside the file', () => {
    writeJson(join(folder, 'dist/image-sizes/api.json'), { project: 'api' });
    expect(readFileSync(join(folder, 'dist/image-sizes/api.json'), 'utf8')).toBe(
      '{\n  "project": "api"\n}\n',
    );
    expect(readdirSync(join(folder, 'dist/image-sizes'))).toEqual(['api.json']);
  });

  test('replaces what was there', () => {
    writeFileSync(join(folder, 'api.json'), 'earlier and longer than what comes now');
    writeJson(join(folder, 'api.json'), 1);
    expect(readFileSync(join(folder, 'api.json'), 'utf8')).toBe('1\n');
  });

  test('leaves nothing behind where it cannot write', () => {
    mkdirSync(join(folder, 'api.json/in-the-way'), { recursive: true });
    expect(() => writeJson(join(folder, 'api.json'), 1)).toThrow(/EISDIR|ENOTEMPTY|EPERM/);
    expect(readdirSync(folder)).toEqual(['api.json']);
  });
});
