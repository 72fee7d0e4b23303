import type { Instruction } from '../dockerfile/instruction';
import { jsonWords } from '../../../dockerfile/reading/context-words';
import { argumentPairs, pairs, plainOrJsonWords } from '../dockerfile/words';
import type { Expander } from '../dockerfile/words-of';
import { refusal } from '../refusal';
import { exposedPorts } from './exposed-ports';
import { goQuotedList } from './go-format';
import { healthcheck, noteOf } from './healthcheck';
import { noted, objectOf, textsOf, type StageImage } from './stage-image';

/** What an instruction is read with. */
export interface Reading {
  /** Variables of the stage: what ENV and ARG have set. An instruction that sets one adds it here. */
  readonly variables: Map<string, string>;
  readonly expand: Expander;
  readonly escape: string;
  /** What ARG takes from above the stages. */
  readonly globals: ReadonlyMap<string, string>;
  readonly buildArgs: Readonly<Record<string, string>>;
}

type Setting = (image: StageImage, instruction: Instruction, reading: Reading) => StageImage;

/** Whether an instruction sets something of the image and touches no file. */
export function isSetting(keyword: string): boolean {
  return Object.hasOwn(SETTINGS, keyword);
}

/**
 * The image with what an instruction sets; noted as BuildKit notes it.
 *
 * @throws GoDockerError with file and line for what cannot be read.
 */
export function withSetting(image: StageImage, instruction: Instruction, reading: Reading): StageImage {
  return SETTINGS[instruction.keyword]?.(image, instruction, reading) ?? image;
}

const SETTINGS: Readonly<Record<string, Setting>> = {
  ARG: (image, { rest, location }, { variables, expand, escape, globals, buildArgs }) => {
    const said = argumentPairs(rest, escape).map(([name, word]) => {
      const initial = word === undefined ? undefined : expand(word, lookupIn(variables), location);
      const value = buildArgs[name] ?? initial ?? globals.get(name);
      if (value !== undefined) variables.set(name, value);
      // What is given for one build is not noted.
      return initial === undefined ? name : `${name}=${initial}`;
    });
    return noted(image, `ARG ${said.join(' ')}`);
  },
  ENV: (image, instruction, reading) => {
    const values = expandedPairs(instruction, reading);
    const env = new Map(textsOf(image.config['Env']).map((each) => [nameIn(each), each]));
    for (const [name, value] of values) {
      env.set(name, `${name}=${value}`);
      reading.variables.set(name, value);
    }
    return noted(image, `ENV ${assignments(values)}`, { Env: [...env.values()] });
  },
  LABEL: (image, instruction, reading) => {
    const values = expandedPairs(instruction, reading);
    const labels = { ...objectOf(image.config['Labels']), ...Object.fromEntries(values) };
    return noted(image, `LABEL ${assignments(values)}`, { Labels: labels });
  },
  USER: (image, { rest, location }, { variables, expand }) => {
    const user = expand(rest, lookupIn(variables), location);
    return noted(image, `USER ${user}`, { User: user });
  },
  EXPOSE: (image, { rest, location }, { variables, expand }) => {
    const words = rest
      .split(/\s+/)
      .flatMap((word) => expand(word, lookupIn(variables), location).split(/\s+/))
      .filter((word) => word !== '');
    const ports = exposedPorts(words, location);
    const all = {
      ...objectOf(image.config['ExposedPorts']),
      ...Object.fromEntries(ports.map((port) => [port, {}])),
    };
    return noted(image, `EXPOSE map[${ports.map((port) => `${port}:{}`).join(' ')}]`, { ExposedPorts: all });
  },
  VOLUME: (image, { rest, location }, { variables, expand }) => {
    const paths = plainOrJsonWords(rest).map((word) => expand(word, lookupIn(variables), location));
    if (paths.includes('')) throw refusal('makes no volume without a path', location);
    const all = {
      ...objectOf(image.config['Volumes']),
      ...Object.fromEntries(paths.map((path) => [path, {}])),
    };
    return noted(image, `VOLUME [${paths.join(' ')}]`, { Volumes: all });
  },
  STOPSIGNAL: (image, { rest, location }, { variables, expand }) => {
    const signal = expand(rest, lookupIn(variables), location);
    return noted(image, `STOPSIGNAL ${signal}`, { StopSignal: signal });
  },
  HEALTHCHECK: (image, instruction) => {
    const check = healthcheck(instruction);
    return noted(image, `HEALTHCHECK ${noteOf(check)}`, { Healthcheck: check });
  },
  SHELL: (image, { rest, location }) => {
    const words = jsonWords(rest);
    if (!words)
      throw refusal('cannot read this SHELL', location, 'write it as a JSON array: ["/bin/sh", "-c"]');
    return noted(image, `SHELL [${words.join(' ')}]`, { Shell: words });
  },
  CMD: (image, { rest }) => {
    const words = commandOf(rest, image);
    return noted(image, `CMD ${goQuotedList(words)}`, { Cmd: words, ArgsEscaped: true });
  },
  ENTRYPOINT: (image, { rest }) => {
    const words = commandOf(rest, image);
    return noted(image, `ENTRYPOINT ${goQuotedList(words)}`, { Entrypoint: words });
  },
  MAINTAINER: (image, { rest }) => ({ ...noted(image, `MAINTAINER ${rest}`), author: rest }),
};

export function lookupIn(variables: ReadonlyMap<string, string>): (name: string) => string | undefined {
  return (name) => variables.get(name);
}

/** What does not name its program as a JSON array is run by a shell. */
function commandOf(rest: string, image: StageImage): readonly string[] {
  const shell = textsOf(image.config['Shell']);
  return jsonWords(rest) ?? [...(shell.length > 0 ? shell : ['/bin/sh', '-c']), rest];
}

function expandedPairs(
  { rest, location }: Instruction,
  { variables, expand, escape }: Reading,
): readonly (readonly [string, string])[] {
  // All values of one line are filled in with what was set before it.
  const before = new Map(variables);
  return pairs(rest, escape, location).map(([name, word]) => [
    expand(name, lookupIn(before), location),
    expand(word ?? '', lookupIn(before), location),
  ]);
}

function assignments(values: readonly (readonly [string, string])[]): string {
  return values.map(([name, value]) => `${name}=${value}`).join(' ');
}

function nameIn(assignment: string): string {
  return assignment.split('=', 1)[0] ?? '';
}
