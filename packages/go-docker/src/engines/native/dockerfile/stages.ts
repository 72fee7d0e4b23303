import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';
import type { Instruction, ParsedDockerfile } from './instruction';
import { expanderOf } from './words-of';
import { argumentPairs } from './words';

/** A stage of a Dockerfile, with what its FROM says filled in. */
export interface Stage {
  /** In lower case, as BuildKit compares names. */
  readonly name?: string;
  /** What stands behind FROM: an image, `scratch`, or the name of a stage or of a named context. */
  readonly from: string;
  /** What `--platform` says. */
  readonly platform?: string;
  readonly location: SourceLocation;
  readonly instructions: readonly Instruction[];
}

/** All stages of a Dockerfile for one platform, and the arguments that stand above them. */
export interface Stages {
  readonly list: readonly Stage[];
  /** Name → value of what an ARG without a value takes from above the stages, or from BuildKit. */
  readonly globals: ReadonlyMap<string, string>;
}

/**
 * @param platformArguments What BuildKit sets by itself.
 * @param buildArgs What the user sets; it wins.
 * @throws GoDockerError with file and line for a line that cannot be read.
 */
export function readStages(
  dockerfile: ParsedDockerfile,
  platformArguments: ReadonlyMap<string, string>,
  buildArgs: Readonly<Record<string, string>>,
): Stages {
  const expand = expanderOf(dockerfile);
  const globals = new Map(platformArguments);
  for (const name of platformArguments.keys()) {
    const given = buildArgs[name];
    if (given !== undefined) globals.set(name, given);
  }
  const lookup = (name: string) => globals.get(name);
  for (const { rest, location } of dockerfile.globals) {
    for (const [name, word] of argumentPairs(rest, dockerfile.escape)) {
      const value = buildArgs[name] ?? (word === undefined ? undefined : expand(word, lookup, location));
      if (value !== undefined) globals.set(name, value);
    }
  }
  const list = dockerfile.stages.map(([from, ...instructions]): Stage => {
    const { location } = from;
    const [image = '', , name] = from.rest.split(/\s+/);
    const platform = from.flags.get('platform')?.at(-1);
    const base = expand(image, lookup, location);
    if (base === '') throw refusal(`knows no value for ${image}, which this stage starts from`, location);
    return {
      ...(name !== undefined && { name: name.toLowerCase() }),
      from: base,
      ...(platform !== undefined && { platform: expand(platform, lookup, location) }),
      location,
      instructions,
    };
  });
  return { list, globals };
}

/**
 * The stage that a name means at a line: one that stands above it, by its name or its number.
 *
 * @param below The stage that the name stands in.
 */
export function stageCalled({ list }: Stages, name: string, below: Stage): Stage | undefined {
  const above = list.slice(0, list.indexOf(below));
  const called = above.findLast((stage) => stage.name === name.toLowerCase());
  return called ?? (/^\d+$/.test(name) ? above[Number(name)] : undefined);
}

/** The stage that becomes the image; its name or number is unique enough for BuildKit: the last one wins. */
export function targetStage({ list }: Stages, target: string): Stage | undefined {
  return list.findLast((stage) => stage.name === target.toLowerCase());
}
