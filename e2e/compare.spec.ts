import { arch } from 'node:os';
import { containerdStore, dockerSucceeds, requireDocker } from './docker/docker';
import { readSingleImage } from './images/layout';
import { processesMentioning, eventually } from './workspace/processes';
import type { Running } from './workspace/program';
import { mustSucceed } from './workspace/set-up';
import { snapshot } from './workspace/snapshot';
import { createWorkspace, removeWorkspaces, type Workspace } from './workspace/workspace';

jest.setTimeout(25 * 60_000);

/** A port that no other test, and no service of a machine, is likely to have. */
const PORT = 18_437;

/** Without net/http: a single stage compiles the standard library each time. */
const MAIN = `package main

import (
	"net"
	"os"
)

func main() {
	if _, err := os.Stat("pages/hello.txt"); err != nil {
		panic(err)
	}
	listener, err := net.Listen("tcp", ":"+os.Getenv("PORT"))
	for err == nil {
		var connection net.Conn
		if connection, err = listener.Accept(); err == nil {
			connection.Close()
		}
	}
	panic(err)
}
`;

/** What stands in dist/image-compare/api.json, as far as the tests look at it. */
interface Comparison {
  readonly reference: { base: string; program: string };
  readonly notes: readonly string[];
  readonly variants: readonly {
    readonly base: string;
    readonly program: string;
    readonly outcome: string;
    readonly reason?: string;
    readonly from?: string;
    readonly digest?: string;
    readonly sizes?: Readonly<Record<'unpacked' | 'compressed', Sizes>>;
    readonly programBytes?: number;
    readonly reduction?: { unpacked: number; compressed: number };
    readonly start?: { readyMilliseconds: number; peakBytes: number; starts: number; notMeasured?: string };
  }[];
}

interface Sizes {
  readonly totalBytes: number;
  readonly baseBytes: number;
  readonly appBytes: number;
}

describe('nx run api:image-compare', () => {
  let workspace: Workspace;
  const comparison = () => JSON.parse(workspace.read('dist/image-compare/api.json')) as Comparison;
  const variant = (base: string, program: string) => {
    const found = comparison().variants.find((each) => each.base === base && each.program === program);
    if (!found) throw new Error(`there is no ${base}, ${program}`);
    return found;
  };
  const setUp = (...options: string[]) =>
    mustSucceed(workspace, [
      ...['g', 'go-docker:setup', 'api', '--dev=false', `--port=${PORT}`, '--assets=apps/api/pages'],
      ...options,
    ]);
  const compare = async (...options: string[]) => {
    const args = ['run', 'api:image-compare', '--output-style=static', ...options];
    const { exitCode, output } = await workspace.nx(args, { timeoutMs: 20 * 60_000 });
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    return output;
  };
  const build = async (engine: string) => {
    await mustSucceed(workspace, ['run', 'api:image', `--engine=${engine}`, '--output-style=static']);
    return readSingleImage(workspace.path('dist/images/api'));
  };

  beforeAll(async () => {
    await requireDocker(containerdStore);
    workspace = await createWorkspace({
      files: {
        'go.work': 'go 1.26.8\n\nuse ./apps/api\n',
        'apps/api/go.mod': 'module example.com/api\n\ngo 1.26.8\n',
        'apps/api/main.go': MAIN,
        'apps/api/pages/hello.txt': 'hello',
      },
    });
    await mustSucceed(workspace, ['g', 'go-docker:init']);
    // It writes all files that runners may share, and they stay.
    await setUp('--runner=scratch');
    await setUp('--runner=alpine', '--force');
    await workspace.commit();
  });
  afterAll(removeWorkspaces);

  it('builds without Docker what each runner would ship, digest for digest, and leaves the workspace as it was', async () => {
    const output = await compare('--engine=native');
    expect(await workspace.changes()).toEqual([]);
    expect(Object.keys(snapshot(workspace.path('dist/image-compare')))).toEqual(['api.json', 'api.svg']);
    expect(output).toMatch(/\nStands on +Program +Unpacked +base +app +saves/);
    expect(output).toMatch(
      /Left out: single stage, not stripped; single stage, -s -w\n +a single stage keeps the files of the golang image/,
    );
    expect(output).toMatch(/Left out: debian, -s -w, UPX; alpine, -s -w, UPX; distroless/);
    expect(comparison()).toMatchObject({
      reference: { base: 'debian', program: 'plain' },
      notes: [],
    });

    for (const base of ['debian', 'alpine', 'distroless', 'scratch']) {
      await setUp(`--runner=${base}`, '--force');
      const image = await build('native');
      const own = await baseLayersOf(variant(base, 'stripped').from ?? '');
      const [stripped, plain] = [variant(base, 'stripped'), variant(base, 'plain')];
      expect({ base, digest: stripped.digest }).toEqual({ base, digest: image.digest });
      // The test reads the layout itself, and Docker says how many layers came with the base.
      for (const kind of ['unpacked', 'compressed'] as const) {
        const bytes = image.layers.map((layer) => layer[`${kind}Bytes`]);
        const sum = (of: readonly number[]) => of.reduce((all, each) => all + each, 0);
        expect({ base, kind, sizes: stripped.sizes?.[kind] }).toEqual({
          base,
          kind,
          sizes: {
            totalBytes: sum(bytes),
            baseBytes: sum(bytes.slice(0, own)),
            appBytes: sum(bytes.slice(own)),
          },
        });
      }
      // Symbols and debug information are a third of a Go program.
      expect(plain.programBytes).toBeGreaterThan(1.3 * (stripped.programBytes ?? Infinity));
      expect(plain.sizes?.unpacked.baseBytes).toBe(stripped.sizes?.unpacked.baseBytes);
    }
    await setUp('--runner=alpine', '--force');
    expect(await workspace.changes()).toEqual([]);
  });

  it('builds all of them with Docker, and measures what a packed program takes to start', async () => {
    await compare('--engine=docker', '--bases=single-stage,scratch', '--starts=3');
    expect(comparison().variants.map(({ base, program, outcome }) => [base, program, outcome])).toEqual([
      ['single-stage', 'plain', 'built'],
      ['single-stage', 'stripped', 'built'],
      ['scratch', 'plain', 'built'],
      ['scratch', 'stripped', 'built'],
      ['scratch', 'upx', 'built'],
    ]);

    const [single, scratch] = [variant('single-stage', 'plain'), variant('scratch', 'stripped')];
    expect(single.from).toBe('golang:1.26.8');
    // The toolchain alone is more than 200 MB; the app brings its program and what Go has cached to make it.
    expect(single.sizes?.unpacked.baseBytes).toBeGreaterThan(200e6);
    expect(single.sizes?.unpacked.appBytes).toBeGreaterThan(scratch.sizes?.unpacked.appBytes ?? Infinity);
    const [whole, small] = [single.sizes?.unpacked.totalBytes ?? 0, scratch.sizes?.unpacked.totalBytes ?? 0];
    expect(scratch.reduction?.unpacked).toBeCloseTo((whole - small) / whole, 9);

    const packed = variant('scratch', 'upx');
    expect(packed.programBytes).toBeLessThan((scratch.programBytes ?? 0) / 2);
    if (arch() === 'x64') {
      for (const { start } of [scratch, packed])
        expect(start).toMatchObject({ starts: 3, until: { port: PORT } });
      // It unpacks itself first, into memory of its own.
      expect(packed.start?.readyMilliseconds).toBeGreaterThan(scratch.start?.readyMilliseconds ?? Infinity);
      expect(packed.start?.peakBytes).toBeGreaterThan(scratch.start?.peakBytes ?? Infinity);
    } else {
      expect(packed.start?.notMeasured).toContain('the program is for linux/amd64');
    }
    expect(processesMentioning(workspace.root)).toEqual([]);

    await setUp('--runner=scratch', '--upx', '--force');
    expect((await build('docker')).digest).toBe(packed.digest);
    await setUp('--runner=alpine', '--force', '--upx=false');
    expect(await workspace.changes()).toEqual([]);
  });

  it('goes on where one cannot be built, and says which lines of the user’s it leaves out', async () => {
    workspace.edit(
      'apps/api/Dockerfile',
      'FROM alpine:3.22 AS runner\n',
      'FROM 127.0.0.1:1/alpine:3.22 AS runner\nENV A=1\n',
    );
    const output = await compare('--engine=native', '--bases=scratch,alpine', '--no-upx');
    expect(output).toMatch(/\nNot built: alpine, -s -w: .*127\.0\.0\.1:1/);
    expect(variant('scratch', 'stripped').outcome).toBe('built');
    expect(variant('alpine', 'stripped').outcome).toBe('failed');
    const line = workspace.read('apps/api/Dockerfile').split('\n').indexOf('ENV A=1') + 1;
    expect(output).toContain(
      `Note: apps/api/Dockerfile has a line of its own, which nothing here has: ${line}`,
    );

    const nothing = await workspace.nx(['run', 'api:image-compare', '--engine=native', '--bases=alpine']);
    expect(nothing.exitCode).toBe(1);
    expect(nothing.output).toContain('api: none of these images could be built');
    workspace.edit('apps/api/Dockerfile', '127.0.0.1:1/', '');
    workspace.edit('apps/api/Dockerfile', 'ENV A=1\n', '');
    expect(await workspace.changes()).toEqual([]);
  });

  it('says in image-size --advise what a smaller base saves, and leaves nothing of it', async () => {
    const output = await mustSucceed(workspace, [
      ...['run', 'api:image-size', '--advise', '--output-style=static', '--skip-nx-cache'],
    ]);
    const image = readSingleImage(workspace.path('dist/images/api'));
    const row = /^--runner=scratch --force +([\d.]+) (MB|kB) +([\d.]+) (MB|kB) /m.exec(output);
    expect(row).not.toBeNull();
    const bytes = (value = '', unit = '') => Number(value) * (unit === 'MB' ? 1e6 : 1e3);
    const [now, saved] = [bytes(row?.[1], row?.[2]), bytes(row?.[3], row?.[4])];
    const total = image.layers.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
    // Both are shown with three digits.
    expect(Math.abs(now + saved - total) / total).toBeLessThan(0.01);
    expect(Object.keys(snapshot(workspace.path('dist/image-sizes')))).toEqual(['api.json']);
    expect(await workspace.changes()).toEqual([]);
  });

  it.each<{ how: string; interrupt: (nx: Running) => void }>([
    { how: 'Ctrl-C in a terminal ends it', interrupt: (nx) => nx.signalGroup('SIGINT') },
    { how: 'SIGTERM ends all of it', interrupt: (nx) => nx.signalGroup('SIGTERM') },
    { how: 'SIGINT ends Nx alone', interrupt: (nx) => nx.signal('SIGINT') },
    { how: 'SIGTERM ends Nx alone', interrupt: (nx) => nx.signal('SIGTERM') },
    { how: 'Nx is killed', interrupt: (nx) => nx.signal('SIGKILL') },
  ])('leaves nothing behind where $how', async ({ interrupt }) => {
    workspace.remove('dist/image-compare');
    const nx = workspace.startNx(['run', 'api:image-compare', '--engine=docker', '--output-style=stream']);
    // Nx tells us of the end once all that we have started has ended: while it is a build, this one is the last.
    await eventually(() =>
      expect(processesMentioning('--file=dist/image-compare/.variants')).not.toEqual([]),
    );
    interrupt(nx);
    expect((await nx.finished).exitCode).not.toBe(0);
    await eventually(() => {
      expect(processesMentioning(workspace.root)).toEqual([]);
      expect(snapshot(workspace.path('dist/image-compare'))).toEqual({});
    });
    expect(await workspace.changes()).toEqual([]);
  });
});

/** How many layers an image has, as Docker says. */
async function baseLayersOf(reference: string): Promise<number> {
  if (reference === 'scratch') return 0;
  const format = '{{len .RootFS.Layers}}';
  return Number(await dockerSucceeds(containerdStore, ['image', 'inspect', '--format', format, reference]));
}
