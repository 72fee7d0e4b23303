import { assertGoVersion } from '../../apps/go-version';
import { parseSize } from '../../budgets/sizes';
import { assertHealthcheck } from '../../dockerfile/healthcheck';
import {
  type Auth,
  auths,
  type DepsCache,
  depsCaches,
  type ExtraStage,
  extraStages,
  type Runner,
  runners,
} from '../../dockerfile/image-settings';
import { parsePlatform } from '../../dockerfile/parse-platform';
import { assertPrivatePattern } from '../../dockerfile/private-modules';
import { GoDockerError } from '../../errors';
import { oneOf, said } from '../said-options';

/** Options of `nx g go-docker:setup` as Nx passes them; schema.json says what they mean. A question left open gives `''`. */
export interface SetupOptions {
  readonly project?: string;
  readonly runner?: string;
  readonly port?: number | string;
  readonly assets?: string | readonly string[];
  readonly budget?: string;
  readonly depsCache?: string;
  readonly goVersion?: string | number;
  readonly platforms?: string | readonly string[];
  readonly cgo?: boolean;
  readonly upx?: boolean;
  readonly healthcheck?: string;
  readonly stages?: string | readonly string[];
  readonly dev?: boolean;
  readonly private?: string | readonly string[];
  readonly auth?: string | readonly string[];
  readonly ca?: boolean;
  readonly generatedBy?: string;
  readonly force?: boolean;
}

/** The options, checked; what was not said is undefined. */
export interface SetupRequest {
  readonly project?: string;
  readonly runner?: Runner;
  readonly port?: number;
  /** As written: below the workspace or below the project. */
  readonly assets?: readonly string[];
  readonly budget?: string;
  readonly depsCache?: DepsCache;
  readonly goVersion?: string;
  readonly platforms?: readonly string[];
  readonly cgo?: boolean;
  readonly upx?: boolean;
  readonly healthcheck?: string;
  readonly stages?: readonly ExtraStage[];
  readonly dev?: boolean;
  readonly private?: readonly string[];
  readonly auth?: readonly Auth[];
  readonly ca?: boolean;
  readonly generatedBy?: string;
  readonly force: boolean;
}

/**
 * @throws GoDockerError that names the option whose value cannot stand, and what to write.
 */
export function setupRequest(options: SetupOptions): SetupRequest {
  const request: SetupRequest = {
    project: said(options.project),
    runner: oneOf('runner', runners, said(options.runner)),
    port: port(options.port),
    assets: list(options.assets),
    budget: said(options.budget),
    depsCache: oneOf('depsCache', depsCaches, said(options.depsCache)),
    goVersion: goVersion(options.goVersion),
    platforms: list(options.platforms),
    cgo: options.cgo,
    upx: options.upx,
    healthcheck: said(options.healthcheck),
    stages: manyOf('stages', extraStages, list(options.stages)),
    dev: options.dev,
    private: list(options.private),
    auth: manyOf('auth', auths, list(options.auth)),
    ca: options.ca,
    generatedBy: said(options.generatedBy),
    force: options.force ?? false,
  };
  if (request.healthcheck !== undefined) assertHealthcheck(request.healthcheck, request.port);
  if (request.budget !== undefined) parseSize(request.budget);
  request.platforms?.forEach((platform) => parsePlatform(platform));
  request.private?.forEach((pattern) => assertPrivatePattern(pattern));
  return request;
}

function manyOf<T extends string>(
  option: string,
  choices: readonly T[],
  values: readonly string[] | undefined,
): readonly T[] | undefined {
  return values?.flatMap((value) => oneOf(option, choices, value) ?? []);
}

function port(value: number | string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
  throw new GoDockerError(`--port=${value} is not a port`, { advice: 'give a whole number from 1 to 65535' });
}

/** Nx makes a number of what looks like one: `1.26` stays what it is, `1.30` arrives as 1.3, which is the name of an old release. */
function goVersion(value: string | number | undefined): string | undefined {
  const version = said(value?.toString());
  if (version === undefined) return undefined;
  if (typeof value === 'number' && /^\d+\.\d$/.test(version)) {
    throw new GoDockerError(`--goVersion=${version} may stand for ${version} or for ${version}0`, {
      advice: `write the release in full, such as ${version}0.0`,
    });
  }
  assertGoVersion(version);
  return version;
}

function list(value: string | readonly string[] | undefined): readonly string[] | undefined {
  const elements = (typeof value === 'string' ? [value] : (value ?? [])).flatMap((element) =>
    element.split(','),
  );
  const given = elements.map((element) => element.trim()).filter((element) => element !== '');
  return given.length === 0 ? undefined : [...new Set(given)];
}
