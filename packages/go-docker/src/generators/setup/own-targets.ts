import type { TargetConfiguration } from '@nx/devkit';
import { hasStage } from '../../dockerfile/read-dockerfile';
import type { Dockerfile } from '../../dockerfile/dockerfile';
import type { PluginSettings } from '../../graph/plugin-options';

/**
 * What the user should know where targets of their own have the names of ours: what a project.json says, and a script of package.json, wins
 * over what a plugin infers, and Nx says nothing of it.
 *
 * @param targets Those of the project, ours among them or not.
 */
export function notesOnOwnTargets(
  project: string,
  dockerfile: Dockerfile,
  targets: Readonly<Record<string, TargetConfiguration>>,
  settings: PluginSettings,
): string[] {
  const ours = Object.entries(settings).filter(
    ([key]) => key.endsWith('TargetName') && hasStage(dockerfile, key === 'devTargetName' ? 'dev' : 'runner'),
  );
  const hidden = ours.filter(([, name]) => isOwn(targets[String(name)]));
  if (hidden.length === 0) return [];
  const names = hidden.map(([, name]) => name).join(', ');
  const others = Object.fromEntries(hidden.map(([key, name]) => [key, `go-${name}`]));
  return [
    `${project} has ${hidden.length === 1 ? 'a target' : 'targets'} of its own called ${names}, in the place of ours; ` +
      `to have both, name ours otherwise in nx.json: ${JSON.stringify({ plugin: 'go-docker', options: others })}`,
  ];
}

/** Options alone are for the target that is inferred. */
function isOwn({ executor, command }: TargetConfiguration & { command?: string } = {}): boolean {
  return executor === undefined ? command !== undefined : !executor.startsWith('go-docker:');
}
