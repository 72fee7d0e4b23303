import { readBaseline } from './read-baseline';

const sizes = { total: 3, base: 1, app: 2 };
const image = { unpacked: sizes, compressed: sizes, binary: 1, assets: 1, layers: 2, files: { '/api': 1 } };
const whole = { version: 1, project: 'api', images: { 'linux/amd64': image } };

function refusal(text: string): string {
  const advice = 'write it anew: nx run api:image-size --update';
  try {
    readBaseline(text, { file: 'apps/api/image-size.json', project: 'api', advice });
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  throw new Error('it was read without an error');
}

const HINT = '\n→ write it anew: nx run api:image-size --update';

describe('readBaseline refuses', () => {
  test('markers of a merge, with the line', () => {
    const text = '{\n  "version": 1,\n<<<<<<< HEAD\n  "project": "api",\n=======\n>>>>>>> main\n}\n';
    expect(refusal(text)).toBe(
      `GoDockerError: apps/api/image-size.json:3: it has the markers of a merge that nobody has resolved${HINT}`,
    );
  });

  test.each(['', 'null', '[]', '"text"', '{ "version": '])('%j, which is no baseline', (text) => {
    expect(refusal(text)).toMatch(
      /^GoDockerError: apps\/api\/image-size.json: it (is no JSON|has no version)/,
    );
    expect(refusal(text)).toContain(HINT);
  });

  test('another version', () => {
    expect(refusal(JSON.stringify({ ...whole, version: 2 }))).toBe(
      `GoDockerError: apps/api/image-size.json: it is of version 2, and this release of go-docker reads version 1${HINT}`,
    );
  });

  test('the baseline of another project', () => {
    expect(refusal(JSON.stringify({ ...whole, project: 'web' }))).toBe(
      `GoDockerError: apps/api/image-size.json: it is of the project "web", not of "api"${HINT}`,
    );
  });

  test.each([
    [{ ...image, binary: -1 }, '"images > linux/amd64 > binary" is not a number of bytes'],
    [
      { ...image, unpacked: { ...sizes, app: '2' } },
      '"images > linux/amd64 > unpacked > app" is not a number of bytes',
    ],
    [{ ...image, files: { '/api': 1.5 } }, '"images > linux/amd64 > files > /api" is not a number of bytes'],
    [{ ...image, files: [] }, '"images > linux/amd64 > files" is not an object'],
    [{ ...image, packages: {} }, '"images > linux/amd64 > modules" is missing'],
    [{ ...image, files: { '(others)': 3 } }, '"images > linux/amd64 > files > (others)" is not an object'],
  ])('what --update does not write: %j', (changed, what) => {
    expect(refusal(JSON.stringify({ ...whole, images: { 'linux/amd64': changed } }))).toBe(
      `GoDockerError: apps/api/image-size.json: ${what}${HINT}`,
    );
  });
});

test('readBaseline reads a name that JavaScript objects have by themselves', () => {
  const text = JSON.stringify(whole).replace('"/api"', '"__proto__"');
  const { images } = readBaseline(text, { file: 'image-size.json', project: 'api', advice: '' });
  expect(images['linux/amd64']?.files.parts.get('__proto__')).toEqual({ bytes: 1 });
});
