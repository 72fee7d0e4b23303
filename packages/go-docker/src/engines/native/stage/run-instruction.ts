import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonWords } from '../../../dockerfile/reading/context-words';
import type { ImagePlan } from '../../engine';
import { goBuild, KNOWN_PROGRAMS, programsOn } from '../compiler/go-programs';
import { textOf, type StageImage } from '../config/stage-image';
import type { Instruction } from '../dockerfile/instruction';
import { refusal } from '../refusal';
import { parseScript } from '../shell/parse-script';
import { runScript, type Programs } from '../shell/run-script';
import { UnknownScript, type Script } from '../shell/script';
import { assertKnownPrograms, writtenCommands, type WrittenWord } from '../shell/written-commands';
import type { BuiltStage } from './built-stage';
import type { StageContext } from './stage-context';
import { assertNoFiles } from './mounts';
import { netrcFile } from './netrc-file';
import { ownerAt } from './owner-at';

/**
 * Does on this machine what a RUN of a stage with Go does.
 *
 * @throws GoDockerError with file and line for what else a RUN does, and for what fails.
 */
export async function runInstruction(
  instruction: Instruction,
  at: BuiltStage,
  { stage, build }: StageContext,
): Promise<StageImage> {
  const { location } = instruction;
  const { compiler, tree, image, platform } = at;
  assertRunnable(instruction, build.isOfImage(stage));
  if (!compiler) throw refusal('runs programs only in a stage whose base image has Go', location);
  const [programs, temporary] = [join(build.directory, 'programs'), join(build.directory, 'tmp')];
  for (const folder of [programs, temporary]) mkdirSync(folder, { recursive: true });
  const place = {
    ...{ tree, platform, programs, temporary, location, ...compiler },
    owner: await ownerAt(textOf(image.config['User']), tree, location),
    host: await build.hostGo(),
    netrc: netrcFile(build.plan, build.directory),
    keptFor: keptFor(build.plan),
    joint: build.joint,
    signal: build.signal,
    tell: build.tell,
  };
  const start = {
    args: [],
    environment: withHome(at.variables, textOf(image.config['User'])),
    workingFolder: textOf(image.config['WorkingDir']) || '/',
  };
  await run(instruction, start, programsOn(place));
  return image;
}

function keptFor({ workspaceRoot, dockerfile, noCache }: ImagePlan): readonly string[] | undefined {
  return noCache ? undefined : [workspaceRoot, dockerfile];
}

/**
 * Refuses a RUN that this engine cannot do, without doing anything.
 *
 * @throws GoDockerError with file and line.
 */
export function assertRunnable(instruction: Instruction, isOfImage: boolean): void {
  const { location } = instruction;
  if (isOfImage)
    throw refusal('starts no containers, and a RUN in a stage that becomes the image needs one', location);
  try {
    const commands = writtenCommands(scriptOf(instruction));
    assertKnownPrograms(commands, KNOWN_PROGRAMS);
    assertNoFiles(instruction, commands);
    for (const { name, args } of commands) if (name === 'go' && isWritten(args)) goBuild(args, location);
  } catch (error) {
    throw asRefusal(error, instruction);
  }
}

/** What a variable adds is looked at when the RUN runs. */
function isWritten(args: readonly WrittenWord[]): args is readonly string[] {
  return !args.includes(undefined);
}

async function run(
  instruction: Instruction,
  start: Parameters<typeof runScript>[1],
  programs: Programs,
): Promise<void> {
  try {
    await runScript(scriptOf(instruction), start, programs);
  } catch (error) {
    throw asRefusal(error, instruction);
  }
}

/** Where the stage's /etc/passwd has it for root; that of other users is in a file of the image. */
function withHome(variables: ReadonlyMap<string, string>, user: string): ReadonlyMap<string, string> {
  return /^(root|0)?(:|$)/.test(user) ? new Map([['HOME', '/root'], ...variables]) : variables;
}

function scriptOf({ rest, heredocs }: Instruction): Script {
  const words = jsonWords(rest);
  if (words) {
    const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`);
    return [{ joined: 'then', command: { kind: 'simple', assignments: [], words: quoted } }];
  }
  const [heredoc, ...others] = heredocs;
  if (!heredoc) return parseScript(rest.replace(JOINED_AUTHORITIES, ''));
  if (others.length > 0 || !/^<<\S+$/.test(rest)) throw new UnknownScript('gives a text to a program');
  return parseScript(heredoc.text);
}

/** What our templates trust a certificate authority of the user's own with, for as long as a RUN lasts: this machine trusts it anyway. */
const JOINED_AUTHORITIES =
  /^cat [\w./ -]+ > \/run\/go-docker\/ca\.pem;\s*export GIT_SSL_CAINFO=\/run\/go-docker\/ca\.pem;/;

function asRefusal(error: unknown, { location }: Instruction): unknown {
  if (!(error instanceof UnknownScript)) return error;
  return refusal(`runs go build and mkdir, and no shell: this RUN ${error.message}`, location);
}
