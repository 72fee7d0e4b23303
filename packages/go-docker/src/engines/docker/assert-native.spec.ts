import { imagePlan } from '../../executors/image/plan';
import { assertNative } from './assert-native';

const builder = (...architectures: string[]) =>
  ({ exports: 'archive', inDaemon: true, isNear: true, architectures }) as const;
const plan = (usesCgo: boolean, ...platforms: string[]) => ({
  ...imagePlan(
    { platforms },
    { project: 'api', projectRoot: 'apps/api', target: 'image', workspaceRoot: '/' },
  ),
  usesCgo,
});

describe('a build with cgo', () => {
  it('is refused for platforms that no machine of the builder is of', () => {
    expect(() => assertNative(plan(true, 'linux/arm64'), builder('amd64'))).toThrow(
      'apps/api/Dockerfile: api uses cgo, and this builder compiles C for linux/amd64, not for linux/arm64\n' +
        '→ build on a machine of that architecture (option "builder"), or choose another platform: nx g go-docker:setup api --platforms=linux/amd64',
    );
    expect(() => assertNative(plan(true, 'linux/amd64', 'linux/arm64'), builder('amd64'))).toThrow();
  });

  it.each([
    ['without cgo', plan(false, 'linux/arm64'), builder('amd64')],
    ['for a variant of the same architecture', plan(true, 'linux/amd64/v3'), builder('amd64')],
    [
      'on a builder with a machine for each',
      plan(true, 'linux/amd64', 'linux/arm64'),
      builder('amd64', 'arm64'),
    ],
    ['on a builder that has not said what it is', plan(true, 'linux/arm64'), builder()],
  ])('is let through %s', (_, asked, on) => {
    expect(() => assertNative(asked, on)).not.toThrow();
  });
});
