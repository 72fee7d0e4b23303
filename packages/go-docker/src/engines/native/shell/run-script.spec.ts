import { parseScript } from './parse-script';
import { runScript, type Started } from './run-script';
import { assertKnownPrograms, writtenCommands } from './written-commands';

/** What a script starts, with the variables that are asked for. */
async function started(script: string, variables: Record<string, string> = {}, shown: string[] = []) {
  const calls: string[] = [];
  const program =
    (name: string) =>
    async ({ args, environment, workingFolder }: Started) => {
      const set = shown.filter((key) => environment.has(key)).map((key) => `${key}=${environment.get(key)}`);
      calls.push([workingFolder, ...set, name, ...args.map((arg) => `<${arg}>`)].join(' '));
    };
  const start = { args: [], environment: new Map(Object.entries(variables)), workingFolder: '/src' };
  await runScript(parseScript(script), start, { go: program('go'), mkdir: program('mkdir') });
  return calls;
}

describe('the script of a RUN', () => {
  const TEMPLATE = `case "$TARGETARCH/$TARGETVARIANT" in       amd64/v*) export GOAMD64="$TARGETVARIANT" ;;       arm/v*) export GOARM="\${TARGETVARIANT#v}" ;;     esac;     CGO_ENABLED=0 GOOS="$TARGETOS" go build -ldflags="-s -w"       -o /out/api ./apps/api`;

  it.each([
    [
      { TARGETARCH: 'arm64', TARGETVARIANT: '' },
      '/src GOOS= go <build> <-ldflags=-s -w> <-o> </out/api> <./apps/api>',
    ],
    [
      { TARGETARCH: 'arm', TARGETVARIANT: 'v7' },
      '/src GOARM=7 GOOS= go <build> <-ldflags=-s -w> <-o> </out/api> <./apps/api>',
    ],
    [
      { TARGETARCH: 'amd64', TARGETVARIANT: 'v2' },
      '/src GOAMD64=v2 GOOS= go <build> <-ldflags=-s -w> <-o> </out/api> <./apps/api>',
    ],
  ])('of our templates compiles for %j', async (variables, call) => {
    expect(await started(TEMPLATE, variables, ['GOAMD64', 'GOARM', 'GOOS'])).toEqual([call]);
  });

  it('splits what stands between no quotes, and nothing else', async () => {
    expect(await started('go $FLAGS "$FLAGS" x${FLAGS}y \'$FLAGS\' "" $NONE', { FLAGS: 'a  b' })).toEqual([
      '/src go <a> <b> <a  b> <xa> <by> <$FLAGS> <>',
    ]);
  });

  it('hands on what is exported', async () => {
    const script = 'GOOS=a; GOARCH=b; export GOARCH; A=1 go one && GOFLAGS=c && cd sub && go two || go three';
    expect(await started(script, { GOFLAGS: 'x' }, ['A', 'GOOS', 'GOARCH', 'GOFLAGS'])).toEqual([
      '/src A=1 GOARCH=b GOFLAGS=x go <one>',
      '/src/sub GOARCH=b GOFLAGS=c go <two>',
    ]);
  });

  it('fills in assignments from left to right, after the words', async () => {
    expect(await started('V=1 go "$V"; V=1.2 F="v=$V" go "$F"; V=1.2 F="v=$V"; go "$F"', {}, ['F'])).toEqual([
      '/src go <>',
      '/src F=v=1.2 go <>',
      '/src go <v=1.2>',
    ]);
  });

  it('knows where it is, and where it was', async () => {
    const script =
      'go $PWD "$OLDPWD"; cd sub; go $PWD $OLDPWD; cd $OLDPWD/..; go ${PWD%/}; cd; go $HOME $PWD';
    expect(await started(script, { HOME: '/root' })).toEqual([
      '/src go </src> <>',
      '/src/sub go </src/sub> </src>',
      '/ go',
      '/root go </root> </root>',
    ]);
  });

  it('cuts from a value what a pattern matches, spaces as well', async () => {
    const script = 'go "${L%% *}" "${L#* }" ${L%c} "${L##*[ab] }"; L=${L%% *} && go $L';
    expect(await started(script, { L: 'a b c' })).toEqual(['/src go <a> <b c> <a> <b> <c>', '/src go <a>']);
  });

  it('is content after set -u with what has a value, or another in its place', async () => {
    const script = 'set -eu; go $A "${NONE:-x}" ${NONE-y} ${NONE+z}; B=1; go $B';
    expect(await started(script, { A: '' })).toEqual(['/src go <x> <y>', '/src go <1>']);
  });

  it('reads a script of several lines', async () => {
    expect(await started('set -eux\n# a comment\nmkdir -p /out # more\n\ngo build \\\n  .\n')).toEqual([
      '/src mkdir <-p> </out>',
      '/src go <build> <.>',
    ]);
  });

  it.each([
    ['go build | tee log', 'has a "|"'],
    ['go build > log', 'has a ">"'],
    ['go build &', 'has a "&"'],
    ['go build -ldflags "-X a=$(date)"', 'takes the output of a program'],
    ['go build `date`', 'takes the output of a program'],
    ['if true; then go build; fi', 'uses "if" of the shell'],
    ['(go build)', 'has a "("'],
    ['go build "x', 'has no closing "'],
    ['go build *.go', 'looks up names (*.go)'],
    ['go build $?', 'has a "$" that cannot be read'],
    ['cd; go build', 'reads $HOME of the shell'],
    ['V=1 export X', 'sets a variable for "export" alone'],
    ['HOME=/x cd', 'sets a variable for "cd" alone'],
    ['set -u; go build $NONE', 'reads $NONE, which has no value, after "set -u"'],
    ['set -eux; go build "${NONE#v}"', 'reads $NONE, which has no value, after "set -u"'],
    ['A=1; go build ${A#$B}', 'has a pattern with $ in it ($B)'],
    ['A=1; go build "${A#"x"}"', 'cannot be read'],
    ['set +e; go build', 'runs "set +e"'],
    ['cd -; go build', 'runs "cd -"'],
    ['go build -ldflags "-X main.host=$HOSTNAME"', 'reads $HOSTNAME of the shell'],
  ])('%s is refused: it %s', async (script, why) => {
    await expect(started(script)).rejects.toThrow(why);
  });

  it('is refused for a program in an arm that is not taken', () => {
    const script = parseScript('case $A in x) apk add git ;; esac; go build');
    expect(() => assertKnownPrograms(writtenCommands(script), ['go', 'mkdir'])).toThrow('runs "apk"');
  });
});
