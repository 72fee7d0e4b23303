import { memoryFileSystem } from '../files/memory-file-system';
import { readGoWorkspace } from '../modules/read-workspace';
import { buildClosure } from './build-closure';
import { type GeneratedCode, MissingPackagesError } from './missing-packages';

const target = {
  platforms: [{ os: 'linux', architecture: 'amd64' }],
  cgo: false,
  tags: [],
  goVersion: '1.26',
} as const;
const shop = {
  'go.mod': 'module example.com/shop\n\ngo 1.26\n',
  'main.go':
    'package main\n\nimport (\n\t_ "example.com/shop/gen/mail"\n\t_ "example.com/shop/gen/orders"\n)\n\nfunc main() {}\n',
  'gen/orders/orders.proto': '',
  'gen/orders/items.proto': '',
  'gen/mail/mail_test.go': 'package mail\n',
  'money/money.go': 'package money\n\nimport _ "example.com/shop/clock"\n',
  'money/money_arm.s': '',
  'clock/clock.go': 'package clock\n',
  'windows/only_windows.go': 'package windows\n',
};
const closure = (generated?: GeneratedCode, files: Record<string, string> = {}) =>
  buildClosure(readGoWorkspace(memoryFileSystem({ ...shop, ...files })), '.', target, generated);
const dirs = (generated?: GeneratedCode, files?: Record<string, string>) =>
  closure(generated, files).packages.map(({ dir }) => dir);

describe('packages without Go files', () => {
  it('are refused all at once, each with its import and what lies in its folder', () => {
    expect(() => closure()).toThrow(MissingPackagesError);
    expect(() => closure()).toThrow(
      'main.go:4: import "example.com/shop/gen/mail": there are no Go files in gen/mail\n' +
        'main.go:5: import "example.com/shop/gen/orders": there are no Go files in gen/orders: ' +
        'items.pb.go, orders.pb.go is made from items.proto, orders.proto\n→ ',
    );
  });

  it('are part of the closure where a program writes them', () => {
    const { packages, missing, files } = closure({ folders: ['gen'], assumed: [] });
    expect(packages.map(({ dir, goFiles }) => [dir, goFiles.length])).toEqual([
      ['.', 1],
      ['gen/mail', 0],
      ['gen/orders', 0],
    ]);
    expect(missing.map(({ dir, importedAt }) => [dir, importedAt?.line])).toEqual([
      ['gen/mail', 4],
      ['gen/orders', 5],
    ]);
    expect(files).toEqual(['main.go']);
  });

  it('are refused beside the folders that a program writes to', () => {
    expect(() => closure({ folders: ['gen/mail'], assumed: [] })).toThrow('main.go:5: import');
    expect(() => closure({ folders: ['gen/mail'], assumed: [] })).not.toThrow('gen/mail');
  });
});

describe('packages that generated code may import', () => {
  const generated = {
    folders: ['gen'],
    assumed: ['.', 'gen/orders', 'money', 'gone', 'windows', 'gen/internal'],
  };

  it('count while it is missing, with all that they import, as far as they are there for the platform', () => {
    expect(dirs(generated)).toEqual(['.', 'clock', 'gen/internal', 'gen/mail', 'gen/orders', 'money']);
  });

  it('do not count when it is there', () => {
    const written = {
      'gen/orders/orders.pb.go': 'package orders\n\nimport _ "example.com/shop/clock"\n',
      'gen/mail/mail.pb.go': 'package mail\n',
    };
    expect(dirs(generated, written)).toEqual(['.', 'clock', 'gen/mail', 'gen/orders']);
    expect(closure(generated, written).missing).toEqual([]);
  });
});
