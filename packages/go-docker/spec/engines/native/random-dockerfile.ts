/** A context and a Dockerfile that a number decides, so that a finding can be looked at again. */
export interface RandomBuild {
  /** Path → text, `{ mode }` of a folder's or file's permissions, or `{ link }`. */
  readonly files: ReadonlyMap<
    string,
    { readonly text?: string; readonly link?: string; readonly mode?: number }
  >;
  readonly dockerfile: string;
  readonly ignore?: string;
}

/**
 * @param seed Decides everything.
 * @param salt Stands in every file: BuildKit's cache passes over times, and would give the files of another build.
 */
export function randomBuild(seed: number, salt: string): RandomBuild {
  const choose = chooser(seed);
  const files = contextOf(choose, salt);
  const paths = [...files.keys()].filter((path) => path.startsWith('ctx/'));
  const ignore = choose.chance(0.35)
    ? [...choose.times(4, () => rule(choose, paths)), '!keep'].join('\n')
    : undefined;
  const lines = [
    'ARG TOP=top',
    'FROM scratch AS one',
    'ENV A=x1',
    'COPY keep /keep',
    ...choose.times(2, () => instruction(choose, paths, false)),
    `FROM ${choose.one(['scratch', 'one'])} AS runner`,
    ...choose.times(5, () => instruction(choose, paths, true)),
    'ENV LAST=1',
  ];
  return { files, dockerfile: `${lines.join('\n')}\n`, ...(ignore !== undefined && { ignore }) };
}

type Chooser = ReturnType<typeof chooser>;

/** Mulberry32, which is as random as this needs. */
function chooser(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const one = <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)] as T;
  return {
    one,
    chance: (share: number) => next() < share,
    times: <T>(most: number, make: () => T): T[] =>
      Array.from({ length: 1 + Math.floor(next() * most) }, make),
  };
}

const NAMES = ['a', 'b', 'c.txt', 'd.md', 'ab', '.h', 'x y', 'é', 'foo.go', 'a-b'];

function contextOf(
  choose: Chooser,
  salt: string,
): Map<string, { text?: string; link?: string; mode?: number }> {
  const files = new Map<string, { text?: string; link?: string; mode?: number }>([
    ['keep/s/top', { text: salt }],
    ['keep/s/deep/e', { text: salt }],
    ['keep/s/deep', { mode: choose.one([0o755, 0o711]) }],
    ['keep/lnk', { link: 's' }],
  ]);
  const fill = (folder: string, depth: number): void => {
    for (const name of NAMES) {
      const path = `${folder}/${name}`;
      if (choose.chance(0.45)) continue;
      if (depth < 2 && choose.chance(0.4)) {
        fill(path, depth + 1);
        files.set(`${path}/only`, { text: `${salt}${path}` });
        if (choose.chance(0.3)) files.set(path, { mode: choose.one([0o700, 0o777, 0o1777, 0o2755]) });
      } else if (choose.chance(0.85)) {
        const mode = choose.one([0o644, 0o644, 0o600, 0o755, 0o4755, 0o444]);
        files.set(path, { text: `${salt}${path}`, mode });
      } else files.set(path, { link: choose.one(['/keep/s/top', '/keep/lnk/deep/../top']) });
    }
  };
  fill('ctx', 0);
  files.set('ctx/only', { text: salt });
  return files;
}

function rule(choose: Chooser, paths: readonly string[]): string {
  const path = choose.one(paths);
  const others = [
    '**',
    '**/*.txt',
    'ctx/?',
    '*',
    'ctx',
    'ctx/a/**',
    '/ctx/b/',
    'ctx/[a-b]*',
    '**/a/**',
    'c*/a*',
  ];
  const pattern = choose.one([
    path,
    path.replace(/[^/]+$/, '*'),
    `**/${choose.one(NAMES)}`,
    choose.one(others),
  ]);
  return `${choose.chance(0.4) ? '!' : ''}${pattern}`;
}

const WORDS = [
  ...['a', '"b c"', "'d $A'", '$A', '${B:-q}', '${A:+w}', '${UNSET-z}', '\\$A', '"x\\"y"', 'p\\ q', '${A}$B'],
  ...['"$A\'s"', "''", '${A:-${B}}', '"a\\b"', 'a\\b', '${A#x}', '${A%1}', '$A$', '"$"', 'ü'],
];
const OTHERS = [
  ...[
    'CMD a b',
    'ENTRYPOINT ["x"]',
    'CMD ["$A"]',
    'EXPOSE $P 80',
    'VOLUME /v',
    'STOPSIGNAL 9',
    'SHELL ["s"]',
  ],
  ...['HEALTHCHECK NONE', 'HEALTHCHECK --timeout=90s CMD a  b', 'EXPOSE 443/udp 443', 'USER 5', 'USER 6:7'],
  ...[
    'ARG TOP',
    'ARG A',
    'ARG TARGETARCH',
    'ARG Z',
    'WORKDIR /w',
    'WORKDIR sub',
    'WORKDIR $A',
    'WORKDIR /keep/lnk/w',
  ],
];

function instruction(choose: Chooser, paths: readonly string[], afterOne: boolean): string {
  if (choose.chance(0.55)) return copy(choose, paths, afterOne && choose.chance(0.25));
  const word = () => choose.one(WORDS);
  if (choose.chance(0.4))
    return `ENV ${choose.one(['A', 'B', 'PATH'])}=${word()} ${choose.one(['D', 'E'])}=${word()}${word()}`;
  return choose.chance(0.2) ? `LABEL ${choose.one(['l', 'm'])}=${word()}` : choose.one(OTHERS);
}

function copy(choose: Chooser, paths: readonly string[], fromOne: boolean): string {
  const flags = [
    ...(choose.chance(0.15) ? [`--chmod=${choose.one(['755', '600', '0', '4711'])}`] : []),
    ...(choose.chance(0.15) ? [`--chown=${choose.one(['5', '6:7', '65532:65532'])}`] : []),
    ...(choose.chance(0.1) ? ['--link'] : []),
    ...(fromOne ? ['--from=one'] : []),
  ];
  const source = () => {
    if (fromOne) return choose.one(['/', '/*', '/keep', '/keep/s*', '/keep/*/*', '/keep/lnk/top']);
    const path = choose.one(paths);
    return choose.one([
      path,
      path,
      path,
      'ctx/',
      'keep/*',
      'keep/s',
      path.replace(/[^/]+$/, '*'),
      path.replace(/[^/]$/, '?'),
    ]);
  };
  const sources = choose.chance(0.8) ? [source()] : [source(), source()];
  const folder = choose.one([
    '/',
    '/d/',
    '/x/y/',
    'rel/',
    './',
    '/x/../z/',
    '/d/.',
    '/keep/lnk/',
    '/keep/s/',
  ]);
  const destination =
    sources.length > 1 ? folder : choose.one([folder, '.', '/d', '/keep/lnk/new', '/fresh']);
  // Which way BuildKit goes where a linked copy meets a link is its own matter: native refuses that.
  if (destination.includes('lnk'))
    flags.splice(0, flags.length, ...flags.filter((flag) => flag !== '--link'));
  return `COPY ${[...flags, JSON.stringify([...sources, destination])].join(' ')}`;
}
