import { callerFolder } from './caller-folder';

describe('the folder that the user stands in', () => {
  it.each<[INIT_CWD: string | undefined, workingDirectory: string, folder: string]>([
    [undefined, '/home/ada/shop', '.'],
    [undefined, '/home/ada/shop/apps/api', 'apps/api'],
    ['/home/ada/shop/apps/api', '/home/ada/shop', 'apps/api'],
    ['/home/ada/shop', '/home/ada/shop', '.'],
    ['/home/ada/shop-two/apps', '/home/ada/shop', '.'],
    ['/home/ada', '/home/ada/shop/apps', 'apps'],
    ['/elsewhere', '/', '.'],
  ])('is, with INIT_CWD=%s and in %s, %s', (INIT_CWD, workingDirectory, folder) => {
    expect(callerFolder('/home/ada/shop', { INIT_CWD }, workingDirectory)).toBe(folder);
  });
});
