import { packageManagerNames } from '../../pipelines/package-managers';
import { pipelineEngines } from '../../pipelines/pipeline';
import { providers } from '../../pipelines/provider';
import type { PipelineRequest } from '../../pipelines/workspace-pipeline';
import { oneOf, said } from '../said-options';

/** Options of `nx g go-docker:ci` as Nx passes them; schema.json says what they mean. A question left open gives `''`. */
export interface CiOptions {
  readonly provider?: string;
  readonly push?: string;
  readonly engine?: string;
  readonly mainBranch?: string;
  readonly packageManager?: string;
  readonly force?: boolean;
}

/**
 * The options, checked; what was not said is undefined.
 *
 * @throws GoDockerError that names the option whose value cannot stand, and what to write.
 */
export function ciRequest(options: CiOptions): PipelineRequest {
  const provider = said(options.provider);
  return {
    provider: provider === 'auto' ? undefined : oneOf('provider', providers, provider),
    push: said(options.push),
    engine: oneOf('engine', pipelineEngines, said(options.engine)),
    mainBranch: said(options.mainBranch),
    packageManager: oneOf('packageManager', packageManagerNames, said(options.packageManager)),
    isForced: options.force ?? false,
  };
}
