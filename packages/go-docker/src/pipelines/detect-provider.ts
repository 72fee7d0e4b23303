import { sourceAddress } from '../push/source-address';
import type { Provider } from './provider';

/** What tells where the pipeline of a workspace runs. */
export interface ProviderSigns {
  /** Whether there is a folder `.github`. */
  readonly hasGithubFolder: boolean;
  /** Whether there is a `.gitlab-ci.yml`. */
  readonly hasGitlabFile: boolean;
  /** The address of the git remote. */
  readonly remote?: string;
}

/** The provider whose files are there; where both or none have some, the one that the host of the remote is named for. */
export function detectProvider({
  hasGithubFolder,
  hasGitlabFile,
  remote = '',
}: ProviderSigns): Provider | undefined {
  const address = sourceAddress(remote);
  const host = address === undefined ? '' : new URL(address).hostname;
  if (hasGithubFolder !== hasGitlabFile) return hasGithubFolder ? 'github' : 'gitlab';
  if (/(^|\.)github\./.test(host)) return 'github';
  if (/(^|\.)gitlab\./.test(host)) return 'gitlab';
  return undefined;
}
