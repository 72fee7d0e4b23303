import { execFileSync } from 'node:child_process';

const IDENTITY = ['user.name=Test', 'user.email=test@example.com', 'commit.gpgsign=false'].flatMap(
  (setting) => ['-c', setting],
);

/** What git prints in a folder, as somebody whose settings are the same everywhere. @param env The whole environment; undefined: ours. */
export function git(directory: string, args: readonly string[], env?: NodeJS.ProcessEnv): string {
  const options = { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync('git', [...IDENTITY, ...args], options).trim();
}
