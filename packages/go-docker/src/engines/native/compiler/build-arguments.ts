import type { SourceLocation } from '../../../errors';
import { refusal } from '../refusal';

/** A `go build` as a Dockerfile writes it. */
export interface BuildArguments {
  /** Without `-o`, each with its value in one argument. */
  readonly flags: readonly string[];
  /** What `-o` says. */
  readonly output?: string;
  /** What is built: packages or files. */
  readonly packages: readonly string[];
}

const BOOLEAN = new Set(['a', 'v', 'x', 'trimpath', 'buildvcs', 'modcacherw']);
const VALUED = new Set([
  ...['o', 'p', 'tags', 'ldflags', 'gcflags', 'asmflags', 'mod', 'buildmode', 'pgo', 'installsuffix'],
]);

/** What a flag would need that this engine has not, or does not bring into the image as Docker would. */
const REASONS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['race', 'msan', 'asan'].map((name) => [name, 'needs a C compiler'])),
  toolexec: 'runs another program',
  overlay: 'names files of the image',
  modfile: 'names files of the image',
  compiler: 'may need another compiler',
};

/**
 * Reads the arguments of `go build`, and refuses those under which the host's Go would not make the bytes that the stage's Go makes.
 * (https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies)
 *
 * @throws GoDockerError with the place of the RUN.
 */
export function buildArguments(args: readonly string[], location: SourceLocation): BuildArguments {
  const flags = new Map<string, string>();
  let at = 0;
  for (; at < args.length && args[at]?.startsWith('-'); at++) {
    const [, name = '', value] = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(args[at] ?? '') ?? [];
    if (BOOLEAN.has(name)) flags.set(name, value ?? 'true');
    else if (VALUED.has(name)) flags.set(name, value ?? args[++at] ?? '');
    else
      throw refusal(`does not run go build -${name}, which ${REASONS[name] ?? 'it does not know'}`, location);
  }
  const packages = args.slice(at);
  assertSameBytes(flags, location);
  const { o: output, ...others } = Object.fromEntries(flags);
  return {
    flags: Object.entries(others).map(([name, value]) => `-${name}=${value}`),
    ...(output !== undefined && { output }),
    packages,
  };
}

function assertSameBytes(flags: Map<string, string>, location: SourceLocation): void {
  if (flags.get('trimpath') !== 'true') {
    throw refusal(
      'compiles only with -trimpath: without it the folder of the build is in the program',
      location,
      'add -trimpath',
    );
  }
  if (!['exe', 'default', 'pie', undefined].includes(flags.get('buildmode'))) {
    throw refusal(`does not run go build -buildmode=${flags.get('buildmode')}`, location);
  }
  if (/-linkmode[= ]external/.test(flags.get('ldflags') ?? '')) {
    throw refusal('links with no C compiler, which -linkmode=external asks for', location);
  }
  if (flags.get('pgo') !== undefined && !['off', 'auto'].includes(flags.get('pgo') ?? '')) {
    throw refusal(
      'reads no other profile than default.pgo',
      location,
      'put it there, beside the main package',
    );
  }
  // Docker has no repository in the stage; ours may lie in one.
  if (!['false', undefined, 'auto'].includes(flags.get('buildvcs'))) {
    throw refusal('has no repository to stamp programs with', location, 'write -buildvcs=false');
  }
  flags.set('buildvcs', 'false');
}
