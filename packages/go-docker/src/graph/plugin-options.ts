import { engineNames, type EngineName } from '../engines/engine';
import { GoDockerError } from '../errors';

/** What `options` of the plugin in nx.json may hold: a name for each target, or false for none, and what holds for all images. */
export interface PluginOptions {
  /** Default `image`. Without it there is none of the other targets but `dev` either: they need its result, or it theirs. */
  readonly imageTargetName?: string | false;
  /** Default `image-modules`. Without it, every change of a go.mod rebuilds the images that it may be for. */
  readonly imageModulesTargetName?: string | false;
  /** Default `image-size`. */
  readonly imageSizeTargetName?: string | false;
  /** Default `image-compare`. */
  readonly imageCompareTargetName?: string | false;
  /** Default `image-load`. */
  readonly imageLoadTargetName?: string | false;
  /** Default `image-push`. */
  readonly imagePushTargetName?: string | false;
  /** Default `dev`. */
  readonly devTargetName?: string | false;
  /**
   * Default true: the graph gets an edge from each project to those whose Go packages it imports. False where another plugin for Go makes
   * them.
   */
  readonly analyzeSourceFiles?: boolean;
  /** Default `auto`. What builds all images, where a project says nothing else. */
  readonly engine?: EngineName | 'auto';
}

export type PluginSettings = Required<PluginOptions>;
export type TargetNames = Omit<PluginSettings, 'analyzeSourceFiles' | 'engine'>;

const DEFAULTS: PluginSettings = {
  imageTargetName: 'image',
  imageModulesTargetName: 'image-modules',
  imageSizeTargetName: 'image-size',
  imageCompareTargetName: 'image-compare',
  imageLoadTargetName: 'image-load',
  imagePushTargetName: 'image-push',
  devTargetName: 'dev',
  analyzeSourceFiles: true,
  engine: 'auto',
};

const ENGINES: readonly unknown[] = ['auto', ...engineNames];

/**
 * The options with every default filled in.
 *
 * @param options As nx.json has them: of any shape.
 * @throws GoDockerError that names nx.json and the option that is wrong.
 */
export function pluginSettings(options: unknown): PluginSettings {
  if (options === undefined || options === null) return DEFAULTS;
  if (typeof options !== 'object' || Array.isArray(options)) {
    throw wrong('`options` of the plugin go-docker is not an object');
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [key, value] of given) checkOption(key, value);
  const settings: PluginSettings = { ...DEFAULTS, ...Object.fromEntries(given) };
  checkDistinct(settings);
  return settings;
}

function checkOption(key: string, value: unknown): void {
  if (!Object.hasOwn(DEFAULTS, key)) {
    throw wrong(
      `the plugin go-docker has no option \`${key}\``,
      `it has ${Object.keys(DEFAULTS)
        .map((name) => `\`${name}\``)
        .join(', ')}`,
    );
  }
  if (key === 'analyzeSourceFiles') {
    if (typeof value === 'boolean') return;
    throw wrong(
      `option \`${key}\` of the plugin go-docker is ${JSON.stringify(value)}`,
      'give true or false',
    );
  }
  if (key === 'engine') {
    if (ENGINES.includes(value)) return;
    throw wrong(
      `option \`engine\` of the plugin go-docker is ${JSON.stringify(value)}`,
      `give ${ENGINES.join(', ')}`,
    );
  }
  // A colon would make `nx run project:target` name a configuration.
  if (value !== false && (typeof value !== 'string' || value.trim() === '' || value.includes(':'))) {
    throw wrong(
      `option \`${key}\` of the plugin go-docker is ${JSON.stringify(value)}, which names no target`,
      'give a name without a colon, or false for no such target',
    );
  }
}

function checkDistinct(settings: PluginSettings): void {
  const names = Object.entries(settings).filter(([key]) => key.endsWith('TargetName'));
  const entries = names.filter(([, name]) => typeof name === 'string');
  for (const [index, [key, name]] of entries.entries()) {
    const twin = entries.slice(index + 1).find(([, other]) => other === name);
    if (!twin) continue;
    throw wrong(
      `options \`${key}\` and \`${twin[0]}\` of the plugin go-docker both name the target \`${name}\``,
      'give each target a name of its own',
    );
  }
}

function wrong(what: string, advice?: string): GoDockerError {
  return new GoDockerError(what, { location: { file: 'nx.json' }, advice });
}
