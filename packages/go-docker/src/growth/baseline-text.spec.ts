import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { ImageContents } from '../measuring/measure-image';
import { baselineOf } from './baseline';
import { baselineText } from './baseline-text';
import { readBaseline } from './read-baseline';

const FILE = 'apps/api/image-size.json';
const ORIGIN = { file: FILE, project: 'api', advice: 'write it anew' };

/** An image of two programs that share a module. */
const contents: ImageContents = {
  platform: 'linux/amd64',
  digest: `sha256:${'f'.repeat(64)}`,
  layers: [],
  sizes: {
    unpacked: { totalBytes: 1200, baseBytes: 200, appBytes: 1000 },
    compressed: { totalBytes: 500, baseBytes: 80, appBytes: 420 },
    ...{ binaryBytes: 900, assetsBytes: 40, layers: 3 },
  },
  programs: [
    {
      path: '/api',
      bytes: 600,
      breakdown: {
        goVersion: 'go1.26.8',
        packages: [
          { importPath: 'runtime', module: 'std', bytes: 300 },
          { importPath: 'example.com/api', module: 'example.com/api', bytes: 200 },
        ],
        modules: [
          { path: 'std', bytes: 300 },
          { path: 'example.com/api', bytes: 200 },
        ],
        unattributed: [{ what: 'symbol table', bytes: 100 }],
      },
    },
    {
      path: '/health',
      bytes: 300,
      breakdown: {
        goVersion: 'go1.26.8',
        packages: [
          { importPath: 'runtime', module: 'std', bytes: 250 },
          { importPath: 'golang.org/x/text/width', module: 'golang.org/x/text', bytes: 50 },
        ],
        modules: [
          { path: 'std', bytes: 250 },
          { path: 'golang.org/x/text', version: 'v0.30.0', bytes: 50 },
        ],
        unattributed: [],
      },
    },
  ],
  files: [
    { path: '/api', bytes: 600, layer: 1, isProgram: true, isHidden: false },
    { path: '/health', bytes: 300, layer: 1, isProgram: true, isHidden: false },
    { path: '/srv/a.css', bytes: 20, layer: 1, isProgram: false, isHidden: true },
    { path: '/srv/a.css', bytes: 20, layer: 2, isProgram: false, isHidden: false },
  ],
};

const text = baselineText(baselineOf('api', [contents]), FILE);

describe('the text of image-size.json', () => {
  test('adds up programs and copies of a file, and sorts by name', () => {
    expect(text).toBe(`{
  "$schema": "../../node_modules/go-docker/dist/growth/image-size.schema.json",
  "version": 1,
  "project": "api",
  "images": {
    "linux/amd64": {
      "unpacked": {
        "total": 1200,
        "base": 200,
        "app": 1000
      },
      "compressed": {
        "total": 500,
        "base": 80,
        "app": 420
      },
      "binary": 900,
      "assets": 40,
      "layers": 3,
      "modules": {
        "example.com/api": 200,
        "golang.org/x/text@v0.30.0": 50,
        "std@go1.26.8": 550
      },
      "packages": {
        "example.com/api": 200,
        "golang.org/x/text/width": 50,
        "runtime": 550
      },
      "unattributed": {
        "symbol table": 100
      },
      "files": {
        "/api": 600,
        "/health": 300,
        "/srv/a.css": 40
      }
    }
  }
}
`);
  });

  test('is read as what it was written from', () => {
    expect(readBaseline(text, ORIGIN)).toEqual(baselineOf('api', [contents]));
  });

  test('names the largest, and counts the others', () => {
    const files = Array.from({ length: 23 }, (_, at) => ({
      ...{ path: `/srv/${at}`, bytes: 100 - at, layer: 1, isProgram: false, isHidden: false },
    }));
    const baseline = baselineOf('api', [{ ...contents, files }]);
    const { parts, others } = baseline.images['linux/amd64']?.files ?? {};
    expect([...(parts?.keys() ?? [])]).toEqual(files.slice(0, 20).map(({ path }) => path));
    // 80, 79 and 78 bytes.
    expect(others).toEqual({ count: 3, bytes: 237 });
    expect(readBaseline(baselineText(baseline, FILE), ORIGIN)).toEqual(baseline);
  });

  test('has no packages where a program cannot be broken down', () => {
    const programs = [{ path: '/api', bytes: 600, breakdown: { unknown: 'packed' } }];
    const baseline = baselineOf('api', [{ ...contents, programs }]);
    expect(baselineText(baseline, FILE)).not.toMatch(/"(packages|modules|unattributed)"/);
    expect(readBaseline(baselineText(baseline, FILE), ORIGIN)).toEqual(baseline);
  });

  test('finds its schema from the root of the workspace, too', () => {
    expect(baselineText(baselineOf('api', []), 'image-size.json')).toContain(
      '"$schema": "./node_modules/go-docker/dist/growth/image-size.schema.json"',
    );
  });
});

describe('the JSON schema of image-size.json', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, 'image-size.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

  test('takes what is written, with and without packages, and with parts that are not named', () => {
    const packed = { path: '/packed', bytes: 1, breakdown: { unknown: 'it is packed' } };
    const files = Array.from({ length: 25 }, (_, at) => ({
      ...{ path: `/${at}`, bytes: at, layer: 1, isProgram: false, isHidden: false },
    }));
    for (const image of [contents, { ...contents, programs: [packed], files }]) {
      expect([validate(JSON.parse(baselineText(baselineOf('api', [image]), FILE))), validate.errors]).toEqual(
        [true, null],
      );
    }
  });

  test.each([
    [{ unpacked: { total: -1, base: 0, app: 0 } }],
    [{ binary: 1.5 }],
    [{ binary: 2 ** 53 }],
    [{ layers: 2 ** 53 }],
    [{ files: { '/api': '1' } }],
    [{ files: { '(others)': 3 } }],
    [{ modules: undefined }],
    [{ layers: undefined }],
  ])('refuses %j as the reader does', (change) => {
    const written = JSON.parse(text);
    Object.assign(written.images['linux/amd64'], change);
    const changed = JSON.stringify(written);
    expect(validate(JSON.parse(changed))).toBe(false);
    expect(() => readBaseline(changed, ORIGIN)).toThrow('"images > linux/amd64 > ');
  });
  const written = JSON.parse(text);

  test('names the keys that are written', () => {
    expect(Object.keys(schema.properties)).toEqual(Object.keys(written));
    expect(Object.keys(schema.definitions.image.properties)).toEqual(
      Object.keys(written.images['linux/amd64']),
    );
    expect(Object.keys(schema.definitions.size.properties)).toEqual(
      Object.keys(written.images['linux/amd64'].unpacked),
    );
  });

  test('asks for what is asked for when it is read', () => {
    for (const key of schema.definitions.image.required) {
      const image = { ...written.images['linux/amd64'], [key]: undefined };
      const without = JSON.stringify({ ...written, images: { 'linux/amd64': image } });
      expect(() => readBaseline(without, ORIGIN)).toThrow(`> ${key}`);
    }
    for (const key of schema.required) {
      expect(() => readBaseline(JSON.stringify({ ...written, [key]: undefined }), ORIGIN)).toThrow(key);
    }
  });
});
