import type { Runner } from '../dockerfile/image-settings';
import { zoneTags } from '../dockerfile/new-dockerfile';
import type { ComparedApp } from '../comparison/compared-app';
import type { Variant } from '../comparison/variants';

/** An image that an app could have, and that may be smaller than the one it has. */
export interface Alternative {
  /** In the words of the option that leads there: `--runner=scratch`, `tags=nomsgpack`. */
  readonly what: string;
  /** What it means for the app. */
  readonly means: string;
  readonly app: ComparedApp;
  readonly variant: Variant;
}

/** What could make the image of an app smaller, judged by what it is made of. None where nothing is known to. */
export function alternativesOf(app: ComparedApp): readonly Alternative[] {
  return [...asGenerated(app), ...smallerBases(app), ...lighterTags(app), ...zonesOfBase(app)];
}

/** Our builder strips the program and leaves paths out; one of the user's own may not. */
function asGenerated(app: ComparedApp): readonly Alternative[] {
  const { isOurs, runner } = app;
  if (isOurs || !runner.runner) return [];
  return [
    {
      what: `--runner=${runner.runner} --force`,
      means:
        'the Dockerfile that setup writes for the same base: stripped, -trimpath, nothing but the program',
      ...on(app, runner.runner),
    },
  ];
}

const SMALLER: readonly Runner[] = ['distroless', 'scratch'];

function smallerBases(app: ComparedApp): readonly Alternative[] {
  const own = SMALLER.findIndex((runner) => runner === app.runner.runner);
  return SMALLER.slice(own + 1).map((runner) => ({
    what: `--runner=${runner} --force`,
    means: MEANS[runner === 'scratch' ? 'scratch' : 'distroless'],
    ...on(app, runner),
  }));
}

const MEANS = {
  distroless: 'no shell and no package manager',
  scratch: 'nothing but the program, certificates and a user',
} as const;

interface Tag {
  readonly tag: string;
  /** Import path of the package that knows the tag; packages below it count too. */
  readonly of: string;
  readonly means: string;
}

/** Tags that leave parts of well-known packages out. */
const TAGS: readonly Tag[] = [
  // https://github.com/gin-gonic/gin/blob/v1.12.0/docs/doc.md#build-without-msgpack-rendering-feature
  { tag: 'nomsgpack', of: 'github.com/gin-gonic/gin', means: 'Gin without MessagePack' },
  // https://github.com/grpc/grpc-go/blob/v1.75.0/trace_notrace.go
  { tag: 'grpcnotrace', of: 'google.golang.org/grpc', means: 'gRPC without golang.org/x/net/trace' },
];

function lighterTags(app: ComparedApp): readonly Alternative[] {
  const { isOurs, options, runner } = app;
  const own = runner.runner;
  // The tags of another builder are not known.
  if (!isOurs || !own) return [];
  const { externalImports } = app.imageFor(options.tags ?? []).closure;
  return TAGS.filter(
    ({ tag, of }) =>
      !options.tags?.includes(tag) &&
      externalImports.some((path) => path === of || path.startsWith(`${of}/`)),
  ).map(({ tag, means }) => {
    const tagged = { ...app, options: { ...options, tags: [...(options.tags ?? []), tag] } };
    return {
      what: `tags=${tag}`,
      means: `${means}: in the first line of the block "builder"`,
      ...on(tagged, own),
    };
  });
}

const ZONES = 'timetzdata';

/** The zones are in the program, and a base has them as files: Go reads those first. (https://pkg.go.dev/time/tzdata) */
function zonesOfBase(app: ComparedApp): readonly Alternative[] {
  const { isOurs, options, runner } = app;
  const own = runner.runner;
  if (!isOurs || !own || zoneTags(own).length > 0 || !options.tags?.includes(ZONES)) return [];
  const tags = options.tags.filter((tag) => tag !== ZONES);
  return [
    {
      what: `no tag ${ZONES}`,
      means: 'the zones of the base alone: in the first line of the block "builder"',
      ...on({ ...app, options: { ...options, tags } }, own),
    },
  ];
}

function on(app: ComparedApp, base: Runner): Pick<Alternative, 'app' | 'variant'> {
  return { app, variant: { base, program: app.options.upx ? 'upx' : 'stripped' } };
}
