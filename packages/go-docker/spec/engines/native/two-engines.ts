import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readLayout, verifyLayout } from '@go-docker/oci-image';
import type { PlatformImage } from '../../../src/images/image-json';
import { dockerEngine } from '../../../src/engines/docker/docker-engine';
import type { EngineName, ImagePlan } from '../../../src/engines/engine';
import { nativeEngine } from '../../../src/engines/native/native-engine';

/** What a test compares: of each platform the digest, the config, and every entry of every layer as `tar` lists it. */
export interface SeenImage {
  readonly platform: string;
  readonly config: unknown;
  readonly layers: readonly string[];
  readonly digest: string;
}

export type Compared = Extract<EngineName, 'docker' | 'native'>;

const ENGINES = { docker: dockerEngine(), native: nativeEngine };

/** A workspace that both engines build images of. */
export class TwoEngines {
  readonly root = mkdtempSync(join(tmpdir(), 'go-docker-spec-'));
  private builds = 0;

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Where the layout of a build is. */
  async build(engine: Compared, options: Partial<ImagePlan> = {}): Promise<string> {
    const directory = join(this.root, `dist/${engine}-${this.builds++}`);
    mkdirSync(directory, { recursive: true });
    const images = await ENGINES[engine].build(this.plan(options), directory, new AbortController().signal);
    expect(await verifyLayout(join(directory, 'oci'))).toEqual(images satisfies readonly PlatformImage[]);
    return join(directory, 'oci');
  }

  /** Where the layouts of images are that `native` builds at the same time; the error where there is none. */
  async together(plans: readonly Partial<ImagePlan>[]): Promise<readonly unknown[]> {
    const { signal } = new AbortController();
    return nativeEngine.together(plans.length, signal, (companions) =>
      Promise.all(
        plans.map(async (options, at) => {
          const directory = join(this.root, `dist/together-${this.builds++}`);
          mkdirSync(directory, { recursive: true });
          try {
            await companions[at]?.build(this.plan(options), directory, signal);
            return join(directory, 'oci');
          } catch (error) {
            return error;
          } finally {
            companions[at]?.leave();
          }
        }),
      ),
    );
  }

  /** What both engines make of the same plan. */
  async both(options: Partial<ImagePlan> = {}): Promise<Record<Compared, readonly SeenImage[]>> {
    const [docker, native] = [await this.build('docker', options), await this.build('native', options)];
    return { docker: await this.seen(docker), native: await this.seen(native) };
  }

  async seen(layout: string): Promise<readonly SeenImage[]> {
    const { images } = await readLayout(layout);
    return images.map(({ platform, manifest, layers, configDescriptor }) => ({
      platform,
      config: JSON.parse(readFileSync(blob(layout, configDescriptor.digest), 'utf8')),
      layers: layers.map(({ digest }) =>
        execFileSync(
          'tar',
          ['--list', '--verbose', '--numeric-owner', '--gzip', `--file=${blob(layout, digest)}`],
          {
            encoding: 'utf8',
          },
        ),
      ),
      digest: manifest.digest,
    }));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private plan(options: Partial<ImagePlan>): ImagePlan {
    return {
      ...{ project: 'app', workspaceRoot: this.root, dockerfile: 'Dockerfile', target: 'runner' },
      ...{ platforms: ['linux/amd64'], outputPath: 'dist/images/app', buildArgs: {}, secrets: [], ssh: [] },
      ...{
        contexts: {},
        cacheFrom: [],
        cacheTo: [],
        labels: {},
        noCache: false,
        pull: false,
        progress: 'quiet',
      },
      ...options,
    };
  }
}

function blob(layout: string, digest: string): string {
  return join(layout, 'blobs/sha256', digest.slice('sha256:'.length));
}
