// What image-size would leave of a large workspace: two hundred images of programs with three hundred packages, and their committed sizes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const IMAGES = 200;
export const PACKAGES = 300;

const MODULES = 30;
const digest = (digit) => `sha256:${digit.repeat(64)}`;

/** @param {string} workspace */
export function writeMeasuredImages(workspace) {
  for (let at = 0; at < IMAGES; at++) {
    const project = projectAt(at);
    writeFileSync(
      join(workspace, `dist/image-sizes/${project}.json`),
      `${JSON.stringify(measuredImage(project, at), undefined, 2)}\n`,
    );
  }
}

/** Changes the committed sizes of all images once for each commit. */
export function commitSizes(workspace, commits) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args], {
      cwd: workspace,
      stdio: 'ignore',
    });
  git('init', '--quiet');
  for (let commit = 1; commit <= commits; commit++) {
    for (let at = 0; at < IMAGES; at++) {
      const project = projectAt(at);
      mkdirSync(join(workspace, 'apps', project), { recursive: true });
      writeFileSync(
        join(workspace, 'apps', project, 'image-size.json'),
        `${JSON.stringify(committed(project, commit), undefined, 2)}\n`,
      );
    }
    git('add', 'apps');
    git('commit', '--quiet', '--message', `sizes ${commit}`);
  }
}

const projectAt = (at) => `service-${String(at).padStart(3, '0')}`;

function measuredImage(project, at) {
  const packages = Array.from({ length: PACKAGES }, (_, index) => ({
    importPath: `example.com/module${index % MODULES}/package${index}`,
    module: `example.com/module${index % MODULES}`,
    bytes: 40_000 - index * 100 + at,
  }));
  const modules = Array.from({ length: MODULES }, (_, index) => ({
    path: `example.com/module${index}`,
    version: `v1.${index}.0`,
    bytes: sum(packages.filter(({ module }) => module === `example.com/module${index}`)),
  }));
  const bytes = sum(packages);
  const sizes = sizesOf(bytes + 10_000);
  return {
    version: 1,
    project,
    baseline: { file: `apps/${project}/image-size.json`, isThere: true },
    platforms: [
      {
        platform: 'linux/amd64',
        digest: digest('f'),
        sizes,
        judgements: [
          {
            platform: 'linux/amd64',
            kind: 'unpacked',
            amount: bytes + 10_000,
            verdict: { outcome: 'unlimited' },
          },
        ],
        layers: [
          {
            ...{ diffId: digest('a'), digest: digest('a'), origin: 'app' },
            ...{ unpackedBytes: bytes + 10_000, compressedBytes: sizes.compressed.totalBytes },
          },
        ],
        programs: [
          { path: '/app', bytes, breakdown: { goVersion: 'go1.26.8', packages, modules, unattributed: [] } },
        ],
        files: [{ path: '/app', bytes, layer: 0, isProgram: true, isHidden: false }],
        otherFiles: { count: 0, bytes: 0 },
        comparison: {
          ...{ state: 'compared', was: sizesOf(bytes), isByPackage: true },
          ...{ modules: [], packages: [], unattributed: [], files: [] },
        },
      },
    ],
  };
}

function committed(project, commit) {
  const size = { total: 8_000_000 + commit, base: 0, app: 8_000_000 + commit };
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`/app/file${index}`, index]));
  return {
    ...{ version: 1, project },
    images: {
      'linux/amd64': { unpacked: size, compressed: size, binary: 8_000_000, assets: 0, layers: 1, files },
    },
  };
}

function sizesOf(bytes) {
  const compressed = Math.round(bytes * 0.4);
  return {
    unpacked: { totalBytes: bytes, baseBytes: 0, appBytes: bytes },
    compressed: { totalBytes: compressed, baseBytes: 0, appBytes: compressed },
    ...{ binaryBytes: bytes - 10_000, assetsBytes: 0, layers: 1 },
  };
}

const sum = (parts) => parts.reduce((total, { bytes }) => total + bytes, 0);
