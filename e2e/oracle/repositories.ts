import { EVERYWHERE, type ExcuseName } from './exceptions';
import type { PublicModules } from './public-modules';

export interface Repository extends PublicModules {
  readonly repository: string;
  /** The Nx that it is looked at on. */
  readonly nxVersion: string;
  readonly excuses: readonly ExcuseName[];
}

/** What nobody wrote for this test. */
export const REPOSITORIES: readonly Repository[] = [
  {
    repository: 'rogpeppe/go-internal, several commands in one module',
    version: 'v1.16.0',
    modules: { '.': 'github.com/rogpeppe/go-internal' },
    nxVersion: '22.7.12',
    excuses: [...EVERYWHERE, 'sparedByName', 'deletedSource', 'leftOut', 'goWork', 'goWorkByName'],
  },
  {
    repository: 'etcd, many nested modules that replace each other',
    version: 'v3.6.8',
    modules: {
      '.': 'go.etcd.io/etcd/v3',
      api: 'go.etcd.io/etcd/api/v3',
      'client/pkg': 'go.etcd.io/etcd/client/pkg/v3',
      'client/v3': 'go.etcd.io/etcd/client/v3',
      etcdctl: 'go.etcd.io/etcd/etcdctl/v3',
      etcdutl: 'go.etcd.io/etcd/etcdutl/v3',
      pkg: 'go.etcd.io/etcd/pkg/v3',
      server: 'go.etcd.io/etcd/server/v3',
      tests: 'go.etcd.io/etcd/tests/v3',
    },
    without: ['Dockerfile'],
    apps: ['server', 'etcdctl', 'contrib/lock/storage'],
    nxVersion: '23.2.1',
    excuses: [
      ...EVERYWHERE,
      'sparedByName',
      'deletedSource',
      'leftOut',
      'goWork',
      'goWorkByName',
      'unreadable',
    ],
  },
  {
    // The release candidates embed a folder, no release does.
    repository: 'runc, cgo, C sources and an embedded folder',
    version: 'v1.2.0-rc.3',
    modules: { '.': 'github.com/opencontainers/runc' },
    without: ['Dockerfile', 'vendor'],
    apps: ['.', 'contrib/cmd/memfd-bind', 'tests/cmd/recvtty'],
    setupArgs: ['--cgo'],
    nxVersion: '24.0.6',
    excuses: [...EVERYWHERE, 'deletedSource', 'leftOut', 'goWork', 'goWorkByName'],
  },
];
