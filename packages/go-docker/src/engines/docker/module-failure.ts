import type { ImagePlan } from '../engine';

/** A module that Go could not fetch, and what to look at. */
export interface ModuleFailure {
  /** `path@version`. */
  readonly module: string;
  readonly advice: string;
}

/**
 * What to check where a step failed because a module could not be fetched; undefined where it failed for another reason.
 *
 * @param lines What the step wrote.
 */
export function moduleFailure(lines: readonly string[], plan: ImagePlan): ModuleFailure | undefined {
  const text = lines.join('\n');
  const [, path, version] = MODULE.exec(text) ?? [...text.matchAll(DOWNLOAD)].at(-1) ?? [];
  const cause = CAUSES.find(({ pattern }) => pattern.test(text));
  if (path === undefined || version === undefined || cause === undefined) return undefined;
  const host = path.split('/')[0] ?? path;
  return { module: `${path}@${version}`, advice: cause.advice(host, plan) };
}

/** `go: git.example.com/lib@v1.0.0: …`, also behind the position of an import. */
const MODULE = /(?:^|\s)([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\/[^\s@:]+)*)@(v[^\s:]+): /m;

/** `go build` names an import's position instead of the module, which it has begun to download. */
const DOWNLOAD = /^go: downloading (\S+) (v\S+)$/gm;

interface Cause {
  readonly pattern: RegExp;
  readonly advice: (host: string, plan: ImagePlan) => string;
}

/** What Go, Git and ssh say, in the order in which one hides the other. */
const CAUSES: readonly Cause[] = [
  {
    pattern:
      /certificate signed by unknown authority|server certificate verification failed|SSL certificate problem/,
    advice: authorityAdvice,
  },
  {
    pattern: /Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED|host key is known/,
    advice: (host, plan) =>
      `ssh does not know ${host} by the key it shows: ask who runs it for the key's fingerprint, and mend ${source(plan, 'known_hosts')}`,
  },
  {
    pattern: /Permission denied \(/,
    advice: (host) =>
      `${host} lets in none of the keys of the ssh agent: \`ssh-add -l\` lists them, \`ssh-add <key file>\` adds one; ` +
      `\`ssh -T git@${host}\` tries it`,
  },
  {
    pattern: /40[13] (Unauthorized|Forbidden)|could not read Username|Authentication failed/,
    advice: netrcAdvice,
  },
  { pattern: /no secure protocol found for repository/, advice: everyAdvice },
  {
    pattern: /reading https:\/\/(proxy|sum)\.golang\.org\/\S*: (404|410)/,
    advice: (host, { project }) =>
      `if the module is private, say so: nx g go-docker:setup ${project} --private=${host} --auth=netrc (or ssh)`,
  },
];

function authorityAdvice(host: string, plan: ImagePlan): string {
  if (isGiven(plan, 'ca')) {
    return `the certificate of ${host} is signed by another authority than the one in ${source(plan, 'ca')}`;
  }
  return (
    `the certificate of ${host} is signed by an authority that the build does not know: ` +
    `nx g go-docker:setup ${plan.project} --ca, and set GO_DOCKER_CA to its PEM file`
  );
}

function netrcAdvice(host: string, plan: ImagePlan): string {
  if (isGiven(plan, 'netrc')) {
    return `${host} refuses the credentials: look at the entry "machine ${host}" of ${source(plan, 'netrc')}, and whether its token is still valid and may read the module`;
  }
  return `${host} asks for credentials, and the build has none: nx g go-docker:setup ${plan.project} --private=${host} --auth=netrc`;
}

/** Go tries https and ssh one after the other here, and keeps to itself why neither worked. */
function everyAdvice(host: string, plan: ImagePlan): string {
  const checks = [
    ...(isGiven(plan, 'netrc') ? [`the entry "machine ${host}" of ${source(plan, 'netrc')}`] : []),
    ...(isGiven(plan, 'ca') ? [`whether ${source(plan, 'ca')} holds the authority of ${host}`] : []),
    ...(plan.ssh.length > 0 ? [`that \`ssh -T git@${host}\` works with the keys of the agent`] : []),
    ...(isGiven(plan, 'known_hosts') ? [`the line of ${host} in ${source(plan, 'known_hosts')}`] : []),
  ];
  if (checks.length === 0) {
    return `${host} cannot be read without credentials: nx g go-docker:setup ${plan.project} --private=${host} --auth=netrc (or ssh)`;
  }
  return `the repository is not there, or ${host} does not let the build in: check ${checks.join('; ')}`;
}

function isGiven({ secrets }: ImagePlan, id: string): boolean {
  return secrets.some((entry) => entry.split(',').includes(`id=${id}`));
}

/** Where a secret comes from; never what it is. */
function source({ secrets }: ImagePlan, id: string): string {
  const entry = secrets.find((each) => each.split(',').includes(`id=${id}`)) ?? '';
  const [, , quoted] = /"(src|source)=([^"]*)"/.exec(entry) ?? [];
  const [, kind, plain] = /(?:^|,)(src|source|env)=([^,]*)/.exec(entry) ?? [];
  if (kind === 'env') return `the variable ${plain}`;
  return quoted ?? plain ?? `the secret ${id}`;
}
