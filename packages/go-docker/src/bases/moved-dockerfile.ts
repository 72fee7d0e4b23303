import type { GoWorkspace, WorkspacePath } from '@go-docker/go-workspace';
import { appImageOf } from '../apps/app-image';
import { isAtLeast } from '../apps/go-version';
import type { BlockOptions } from '../dockerfile/block-keys';
import { recordedOptions } from '../dockerfile/recorded-options';
import { withRecorded } from '../dockerfile/record-key';
import { GoDockerError } from '../errors';
import { managedBlocks } from '../managed-block/managed-block';
import { appRenewal } from '../renewal/app-renewal';
import { externalImages, withDigests } from './external-images';
import { isLater, newestPatch } from './go-releases';
import type { BaseRequest, Move, MovedFiles } from './move';
import type { Sources } from './sources';

/** Takes up an error of a source: the rest moves all the same. */
export type Complain = (error: unknown) => undefined;

/**
 * The files of an app with newer bases and tools: the Dockerfile's keys and digests, and the blocks that follow from them.
 *
 * @returns No texts where nothing moves.
 * @throws GoDockerError or GoWorkspaceError where a file or the app cannot be read, or the workspace asks for a later Go.
 */
export async function movedDockerfile(
  workspace: GoWorkspace,
  file: WorkspacePath,
  request: BaseRequest,
  sources: Sources,
  complain: Complain,
): Promise<MovedFiles> {
  const before = workspace.files.readFile(file) ?? '';
  const tools = request.only.includes('tools') ? await newTools(before, file, sources, complain) : {};
  const base = await newBase(workspace, before, file, request, sources, complain);
  const options = { ...tools, ...base };
  const moved = withRecorded(before, file, options);
  const renewal = moved === before ? undefined : appRenewal(workspace, file, moved);
  const renewed = renewal?.texts.get(file) ?? before;
  const digests = request.only.includes('digests')
    ? await newDigests(renewed, file, sources, complain)
    : new Map<string, string>();
  const images = externalImages(renewed, file).filter(({ block }) => block === undefined);
  const text = withDigests(renewed, images, digests);
  const moves = [
    ...keyMoves(workspace, before, renewed, file),
    ...images.flatMap(({ reference, digest }): Move[] => {
      const to = digests.get(reference);
      return to === undefined || to === digest ? [] : [{ what: reference, from: digest, to, file }];
    }),
  ];
  if (text === before) return { texts: new Map(), moves: [] };
  return { texts: new Map([...(renewal?.texts ?? []), [file, text]]), moves };
}

/** What the keys of the blocks record now, and did not before. */
function keyMoves(
  workspace: GoWorkspace,
  before: string,
  after: string,
  file: WorkspacePath,
): readonly Move[] {
  const [old, now] = [recordedOptions(before, file), recordedOptions(after, file)];
  const golang = externalImages(after, file).find(({ block }) => block === 'base')?.reference ?? 'golang';
  const moves = [
    { what: 'Go', from: goInUse(workspace, before, file), to: goInUse(workspace, after, file) },
    { what: golang, from: old.digest, to: now.digest },
    { what: 'air', from: old.air, to: now.air },
    { what: 'Delve', from: old.delve, to: now.delve },
  ];
  return moves.flatMap(({ what, from, to }) =>
    to === undefined || to === from ? [] : [{ what, from, to, file }],
  );
}

const modulesOfTools = {
  air: { block: 'dev', module: 'github.com/air-verse/air' },
  delve: { block: 'debug', module: 'github.com/go-delve/delve' },
} as const;

async function newTools(
  text: string,
  file: WorkspacePath,
  sources: Sources,
  complain: Complain,
): Promise<Partial<BlockOptions>> {
  const blocks = managedBlocks(text, file).map(({ name }) => name);
  const recorded = recordedOptions(text, file);
  const tools: { air?: string; delve?: string } = {};
  for (const key of ['air', 'delve'] as const) {
    const { block, module } = modulesOfTools[key];
    if (!blocks.includes(block)) continue;
    const newest = await sources.newestRelease(module).catch(complain);
    const now = recorded[key];
    if (newest && (now === undefined || isLater(newest, now))) tools[key] = newest;
  }
  return tools;
}

/** The Go release and the digest of its image. Where there was a digest there is one afterwards, or both stay. */
async function newBase(
  workspace: GoWorkspace,
  text: string,
  file: WorkspacePath,
  request: BaseRequest,
  sources: Sources,
  complain: Complain,
): Promise<Partial<BlockOptions>> {
  if (!managedBlocks(text, file).some(({ name }) => name === 'base')) return {};
  const { goVersion: recorded, digest } = recordedOptions(text, file);
  const now = goInUse(workspace, text, file);
  const moves = request.only.includes('go') && now !== undefined;
  const goVersion = moves ? ((await newGo(now, request.go, sources, complain)) ?? now) : now;
  if (goVersion !== undefined && request.go !== undefined) assertNotOlder(workspace, text, file, goVersion);
  const change = goVersion === now ? { goVersion: recorded } : { goVersion };
  const isPinned = digest !== undefined;
  if (!request.only.includes('digests') && !(isPinned && goVersion !== now)) return { ...change, digest };
  const bare = withRecorded(text, file, { ...change, digest: undefined });
  const renewed = appRenewal(workspace, file, bare)?.texts.get(file) ?? bare;
  const image = externalImages(renewed, file).find(({ block }) => block === 'base');
  const answer = image && (await sources.digest(image.reference).catch(complain));
  // A digest is that of one release: from then on the workspace's own `go` line no longer says which.
  if (answer) return { goVersion, digest: answer };
  return isPinned ? { goVersion: recorded, digest } : { ...change, digest };
}

/** The release that the base has, or gets with the next renewal. */
function goInUse(workspace: GoWorkspace, text: string, file: WorkspacePath): string | undefined {
  const recorded = recordedOptions(text, file).goVersion;
  const asked = appImageOf(workspace, file, text)?.goVersion;
  return recorded !== undefined && isAtLeast(recorded, asked ?? recorded) ? recorded : asked;
}

function assertNotOlder(workspace: GoWorkspace, text: string, file: WorkspacePath, wanted: string): void {
  const image = appImageOf(workspace, file, text);
  if (!image?.goVersion || isAtLeast(wanted, image.goVersion)) return;
  throw new GoDockerError(`The workspace asks for Go ${image.goVersion}, which is later than ${wanted}`, {
    location: { file },
    advice: `Write --go=${image.goVersion} or a later one, or change the "go" line of go.work or go.mod.`,
  });
}

async function newGo(
  now: string,
  wanted: string | undefined,
  sources: Sources,
  complain: Complain,
): Promise<string | undefined> {
  const releases = await sources.goReleases().catch(complain);
  if (!releases) return isWhole(wanted) ? wanted : undefined;
  return isWhole(wanted) ? wanted : newestPatch(releases, wanted ?? now);
}

/** Whether a release is named, and not only a minor one. */
function isWhole(version: string | undefined): version is string {
  return version !== undefined && !/^\d+\.\d+$/.test(version);
}

async function newDigests(
  text: string,
  file: WorkspacePath,
  sources: Sources,
  complain: Complain,
): Promise<ReadonlyMap<string, string>> {
  const references = externalImages(text, file)
    .filter(({ block }) => block === undefined)
    .map(({ reference }) => reference);
  const digests = new Map<string, string>();
  for (const reference of new Set(references)) {
    const digest = await sources.digest(reference).catch(complain);
    if (digest) digests.set(reference, digest);
  }
  return digests;
}
