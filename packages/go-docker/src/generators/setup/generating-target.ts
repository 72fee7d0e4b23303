import type { WorkspacePath } from '@go-docker/go-workspace';
import type { TargetConfiguration, TargetDependencyConfig } from '@nx/devkit';
import { GoDockerError } from '../../errors';
import type { NxProjects, NxTargets } from './nx-projects';

/** The target that makes the generated code of an app. */
export interface GeneratingTarget {
  /** An element of `dependsOn`. */
  readonly dependency: string | TargetDependencyConfig;
  /** What its user should know. */
  readonly notes: readonly string[];
}

/**
 * What `--generatedBy` names: `proto` of the app's own project, `schemas:proto` of another one, `^proto` of those it depends on.
 *
 * @param root The app's project.
 * @throws GoDockerError where there is no such target, with those that there are.
 */
export function generatingTarget(
  text: string,
  root: WorkspacePath,
  projects: NxProjects,
  targets: NxTargets,
): GeneratingTarget {
  const [, before = '', name = text] = /^(\^|.*:)?([^:^]+)$/.exec(text) ?? [];
  const owners = ownersOf(name, projects, targets);
  if (before === '^' && owners.length > 0) return { dependency: text, notes: [] };
  const project = before === '' ? projects.get(root) : before.slice(0, -1);
  const owner = owners.find((each) => each.project === project);
  if (!owner) throw noTarget(text, name, owners);
  return {
    dependency: before === '' ? name : { projects: [owner.project], target: name },
    notes: owner.target.outputs?.length
      ? []
      : [
          `the target ${owner.project}:${name} declares no outputs, so that Nx neither restores its files nor sees them change: ` +
            'name them in its "outputs"',
        ],
  };
}

/** Targets of the workspace that are most likely to make code, those of the app's own project first: as `--generatedBy` takes them. */
export function likelyGenerators(
  root: WorkspacePath,
  projects: NxProjects,
  targets: NxTargets,
): readonly string[] {
  const found = [...targets].flatMap(([dir, byName]) =>
    Object.keys(byName)
      .filter((name) => GENERATES.test(name))
      .map((name) => (dir === root ? name : `${projects.get(dir) ?? dir}:${name}`)),
  );
  return found.sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')) || (a < b ? -1 : 1));
}

const GENERATES = /^(generate|gen|codegen|proto(c|buf)?|buf|grpc|sqlc|ent|templ|wire|mocks?)([-_].*)?$/;

interface Owner {
  readonly project: string;
  readonly target: TargetConfiguration;
}

function ownersOf(name: string, projects: NxProjects, targets: NxTargets): readonly Owner[] {
  return [...targets].flatMap(([root, { [name]: target }]) => {
    const project = projects.get(root);
    return target && project !== undefined ? [{ project, target }] : [];
  });
}

function noTarget(text: string, name: string, owners: readonly Owner[]): GoDockerError {
  const others = owners.map(({ project }) => `--generatedBy=${project}:${name}`);
  return new GoDockerError(`--generatedBy=${text}: there is no such target`, {
    advice:
      others.length > 0
        ? `did you mean ${others.join(' or ')}?`
        : 'name a target of the app’s own project, or write project:target',
  });
}
