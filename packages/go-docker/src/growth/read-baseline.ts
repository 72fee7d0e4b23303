import { GoDockerError } from '../errors';
import type { Bytes } from '../images/image-json';
import type { ImageSizes, Rest } from '../measuring/measured-image';
import { type Baseline, BASELINE_VERSION, type Listed, type Part, type PlatformBaseline } from './baseline';
import { OTHERS } from './baseline-text';

/** Where the text of a baseline is from, for messages. */
export interface BaselineOrigin {
  /** `apps/api/image-size.json`, or with the commit: `apps/api/image-size.json at main`. */
  readonly file: string;
  /** Name of the Nx project that it has to be of; absent where the project may have had another name when it was written. */
  readonly project?: string;
  /** What to do where it cannot be read. */
  readonly advice: string;
}

/**
 * Reads the text of image-size.json.
 *
 * @throws GoDockerError where it is no JSON, has markers of a merge, is of another version or of another project, or is not what
 *   `--update` writes.
 */
export function readBaseline(text: string, origin: BaselineOrigin): Baseline {
  const json = parse(text, origin);
  const version = isRecord(json) ? json['version'] : undefined;
  if (version !== BASELINE_VERSION) {
    const found = version === undefined ? 'it has no version' : `it is of version ${JSON.stringify(version)}`;
    throw refused(`${found}, and this release of go-docker reads version ${BASELINE_VERSION}`, origin);
  }
  try {
    const root = new Reader(json, '');
    const project = root.at('project').text();
    if (origin.project !== undefined && project !== origin.project) {
      throw refused(
        `it is of the project ${JSON.stringify(project)}, not of ${JSON.stringify(origin.project)}`,
        origin,
      );
    }
    return { version: BASELINE_VERSION, project, images: root.at('images').map(readPlatform) };
  } catch (error) {
    if (error instanceof UnexpectedValue) throw refused(error.message, origin, error);
    throw error;
  }
}

function parse(text: string, origin: BaselineOrigin): unknown {
  const marker = text.split('\n').findIndex((line) => /^(<{7}|={7}|>{7}|\|{7})(\s|$)/.test(line));
  if (marker !== -1)
    throw refused('it has the markers of a merge that nobody has resolved', origin, undefined, marker + 1);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw refused(`it is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, origin, cause);
  }
}

function refused(
  what: string,
  { file, advice }: BaselineOrigin,
  cause?: unknown,
  line?: number,
): GoDockerError {
  return new GoDockerError(what, { location: { file, line }, advice, cause });
}

function readPlatform(image: Reader): PlatformBaseline {
  return {
    sizes: {
      unpacked: readSizes(image.at('unpacked')),
      compressed: readSizes(image.at('compressed')),
      binaryBytes: image.at('binary').count(),
      assetsBytes: image.at('assets').count(),
      layers: image.at('layers').count(),
    },
    ...(image.has('packages') && {
      programs: {
        modules: readListed(image.at('modules'), splitModule),
        packages: readListed(image.at('packages')),
        unattributed: readListed(image.at('unattributed')),
      },
    }),
    files: readListed(image.at('files')),
  };
}

function readSizes(sizes: Reader): ImageSizes {
  return {
    totalBytes: sizes.at('total').count(),
    baseBytes: sizes.at('base').count(),
    appBytes: sizes.at('app').count(),
  };
}

type Split = (name: string) => readonly [name: string, version: string | undefined];

const splitNothing: Split = (name) => [name, undefined];

const splitModule: Split = (name) => {
  const at = name.lastIndexOf('@');
  return at === -1 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)];
};

function readListed(listed: Reader, split: Split = splitNothing): Listed {
  const parts = new Map<string, Part>();
  for (const key of listed.keys()) {
    if (key === OTHERS) continue;
    const [name, version] = split(key);
    const bytes: Bytes = listed.at(key).count() + (parts.get(name)?.bytes ?? 0);
    parts.set(name, { bytes, ...(version !== undefined && { version }) });
  }
  return { parts, others: listed.has(OTHERS) ? readRest(listed.at(OTHERS)) : { count: 0, bytes: 0 } };
}

function readRest(rest: Reader): Rest {
  return { count: rest.at('count').count(), bytes: rest.at('bytes').count() };
}

class UnexpectedValue extends Error {}

/** A value of the file, with the path by which a person finds it. */
class Reader {
  constructor(
    private readonly value: unknown,
    private readonly path: string,
  ) {}

  at(key: string): Reader {
    return new Reader(this.record()[key], this.path === '' ? key : `${this.path} > ${key}`);
  }

  has(key: string): boolean {
    return this.record()[key] !== undefined;
  }

  keys(): readonly string[] {
    return Object.keys(this.record());
  }

  map<T>(read: (value: Reader) => T): Record<string, T> {
    return Object.fromEntries(this.keys().map((key) => [key, read(this.at(key))]));
  }

  text(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.unexpected('text');
  }

  /** Whole, and not below zero. */
  count(): number {
    if (Number.isSafeInteger(this.value) && Number(this.value) >= 0) return Number(this.value);
    throw this.unexpected('a number of bytes');
  }

  private record(): Record<string, unknown> {
    if (isRecord(this.value)) return this.value;
    throw this.unexpected('an object');
  }

  private unexpected(wanted: string): UnexpectedValue {
    const found = this.value === undefined ? 'missing' : `not ${wanted}`;
    return new UnexpectedValue(
      this.path === '' ? `it is ${found}` : `${JSON.stringify(this.path)} is ${found}`,
    );
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
