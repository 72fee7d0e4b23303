import type { Digest, PushedImage } from '@go-docker/oci-image';

/** What is known of how an image came to be. */
export interface BuildFacts {
  /** Name of the Nx project. */
  readonly project: string;
  readonly repository: string;
  /** What the tags name. */
  readonly digest: Digest;
  readonly images: readonly PushedImage[];
  /** Where the sources are, without credentials. */
  readonly source?: string;
  /** Absent where the sources are no longer those of a commit. */
  readonly commit?: string;
  /** The run of a CI system. */
  readonly run?: string;
}

/** https://slsa.dev/spec/v1.0/provenance#predicate */
export const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1';

/**
 * Where an image comes from, as an in-toto statement with a SLSA provenance. It says what the build was told, and is not signed: whoever
 * signs it vouches for it.
 * https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
 */
export function provenanceStatement(facts: BuildFacts): string {
  const { project, repository, digest, images, source, commit, run } = facts;
  const digests = new Set([digest, ...images.map((image) => image.digest)]);
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...digests].map((one) => ({
      name: repository,
      digest: { sha256: one.slice('sha256:'.length) },
    })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: 'urn:go-docker:image:v1',
        externalParameters: { project, platforms: images.map(({ platform }) => platform) },
        resolvedDependencies:
          source === undefined
            ? []
            : [{ uri: `git+${source}`, digest: commit === undefined ? undefined : { gitCommit: commit } }],
      },
      runDetails: {
        builder: { id: 'urn:go-docker' },
        metadata: run === undefined ? {} : { invocationId: run },
      },
    },
  };
  return `${JSON.stringify(statement, undefined, 2)}\n`;
}

/** @returns The address of the run, as the CI system says it in the environment. */
export function runOfCi(environment: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_ATTEMPT = '1' } = environment;
  if (GITHUB_SERVER_URL && GITHUB_REPOSITORY && GITHUB_RUN_ID) {
    return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}/attempts/${GITHUB_RUN_ATTEMPT}`;
  }
  return ['CI_JOB_URL', 'BUILDKITE_BUILD_URL', 'CIRCLE_BUILD_URL', 'BUILD_URL']
    .map((name) => environment[name])
    .find(Boolean);
}
