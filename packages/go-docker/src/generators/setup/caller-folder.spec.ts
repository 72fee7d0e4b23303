import { callerFolder } from './caller-folder';

describe('the folder that the user stands in', () => {
  it.each<[INIT_CWD: string | undefined, workingDirectory: string, folder: string]>([
    [undefined, '/work/shop', '.'],
    [undefined, '/work/shop/apps/api', 'apps/api'],
    ['/work/shop/apps/api', '/work/shop', 'apps/api'],
    ['/work/shop', '/work/shop', '.'],
    ['/work/shop-two/apps', '/work/shop', '.'],
    ['/work', '/work/shop/apps', 'apps'],
    ['/elsewhere', '/', '.'],
  ])('is, with INIT_CWD=%s and in %s, %s', (INIT_CWD, workingDirectory, folder) => {
    expect(callerFolder('/work/shop', { INIT_CWD }, workingDirectory)).toBe(folder);
  });
});
