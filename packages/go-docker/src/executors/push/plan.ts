import type { Progress } from '../../engines/engine';
import { GoDockerError } from '../../errors';
import { projectPath } from '../../images/project-path';
import { isBelowRoot, plainPath } from '../../images/workspace-path';
import { imageAnnotations } from '../../push/image-annotations';
import { imageNames } from '../../push/image-names';
import type { SourceState } from '../../push/source-state';
import type { Task } from '../task';
import type { PushExecutorOptions, SbomFormat } from './options';

/** What is pushed, and where to. */
export interface PushPlan {
  /** Name of the Nx project. */
  readonly project: string;
  /** The image's folder, below the workspace root. */
  readonly imagePath: string;
  /** Whole names with tags. */
  readonly references: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly mountFrom: readonly string[];
  readonly sbom: SbomFormat | 'none';
  readonly provenance: boolean;
  /** Below the workspace root. */
  readonly digestFile: string;
  readonly source: SourceState;
  readonly progress: Progress;
}

/** @throws GoDockerError for options that say no place, or one that there cannot be. */
export function pushPlan(options: PushExecutorOptions, task: Task, source: SourceState): PushPlan {
  const { project, target } = task;
  if (options.repository === undefined || options.repository.trim() === '') {
    throw new GoDockerError(`nothing says where the image of ${project} is pushed to`, {
      advice: `say it for all apps, in nx.json: "targetDefaults": { "${target}": { "options": { "repository": "registry.example.com/shop/{projectName}" } } }`,
    });
  }
  const facts = { project, ...source, version: options.projectVersion, gitTags: source.tags };
  return {
    project,
    source,
    references: imageNames(options.repository, options.tags ?? ['{shortCommitSha}'], facts),
    imagePath: plainPath(options.imagePath ?? `dist/images/${projectPath(project)}`),
    annotations: imageAnnotations(source, texts(options.annotations ?? {})),
    mountFrom: options.mountFrom ?? [],
    sbom: options.sbom ?? 'spdx',
    provenance: options.provenance ?? true,
    progress: options.progress ?? 'auto',
    digestFile: checkedFile(options.digestFile ?? `dist/image-digests/${projectPath(project)}.txt`),
  };
}

function texts(
  values: Readonly<Record<string, string | number | boolean>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function checkedFile(file: string): string {
  const path = plainPath(file);
  if (isBelowRoot(path) && path !== '.') return path;
  throw new GoDockerError(`"digestFile" is "${file}", which lies outside of the workspace`, {
    advice: 'give a path below the workspace root, as in dist/digest.txt',
  });
}
