import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as goBinary from '@go-docker/go-binary';
import * as goWorkspace from '@go-docker/go-workspace';
import * as ociImage from '@go-docker/oci-image';

const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe.each(readdirSync(join(root, 'packages')))('the package %s', (name) => {
  it('goes to npm with a README and the licence', () => {
    expect(read(`packages/${name}/README.md`)).toMatch(/^# (@go-docker\/)?[\w-]+\n/);
    expect(read(`packages/${name}/LICENSE`)).toBe(read('LICENSE'));
  });
});

it.each([
  ['go-binary', goBinary],
  ['go-workspace', goWorkspace],
  ['oci-image', ociImage],
])('the examples of %s import what there is', (name, exported) => {
  const imports = [...read(`packages/${name}/README.md`).matchAll(/^import \{([^}]*)\} from '([^']*)';/gm)];
  expect(imports.length).toBeGreaterThan(0);
  for (const [, names = '', from] of imports) {
    expect(from).toBe(`@go-docker/${name}`);
    const wanted = names.split(',').map((each) => each.trim());
    expect(wanted.filter((each) => each !== '' && !Object.hasOwn(exported, each))).toEqual([]);
  }
});
