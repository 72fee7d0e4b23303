// What articles about Go in Docker report, and how each of their images is built here: benchmarks/image-sizes.

/**
 * @typedef {object} Image one image of an article
 * @property {string} kind what the article did
 * @property {number} article the article's figure, in bytes unpacked
 * @property {{ target: string, base: string }} old the stage of old-way/<app>.Dockerfile, and what it stands on
 * @property {{ runner: string, base: string, options?: string[] }} [ours] what `nx g go-docker:setup` is told; an
 *   article's single stage has no counterpart: go-docker ships no toolchain
 */

/**
 * @typedef {object} Row
 * @property {string} title
 * @property {string} app folder below benchmarks/image-sizes/apps
 * @property {string} source what the program does, and how it was chosen
 * @property {Image[]} images
 */

const MB = 1_000_000;
const GO = '1.26.8';
export const golang = `golang:${GO}`;
export const golangAlpine = `golang:${GO}-alpine`;
const alpine = 'alpine:3.22';
const debian = 'debian:trixie-slim';
const distroless = 'gcr.io/distroless/static-debian13:nonroot';
const scratch = 'scratch';

/** @type {Row[]} */
export const rows = [
  {
    title: 'Hello, World',
    app: 'hello',
    source: 'Prints a line, as the article does.',
    images: [
      { kind: 'single stage', article: 374 * MB, old: { target: 'single', base: golangAlpine } },
      {
        kind: 'alpine',
        article: 7.69 * MB,
        old: { target: 'alpine', base: alpine },
        ours: { runner: 'alpine', base: alpine },
      },
    ],
  },
  {
    title: 'Stages picked by --target',
    app: 'greeter',
    source:
      'Prints a line for each argument and has a test; dev, debug and test are stages of their own in both Dockerfiles.',
    images: [
      { kind: 'single stage', article: 841 * MB, old: { target: 'single', base: golang } },
      {
        kind: 'alpine',
        article: 7.21 * MB,
        old: { target: 'alpine', base: alpine },
        ours: { runner: 'alpine', base: alpine, options: ['--stages=test,debug'] },
      },
    ],
  },
  {
    title: 'cmd/main.go, step by step',
    app: 'orders',
    source:
      'A service on Gin 1.10.1 and zap 1.27.0, 14.1 MB before it is stripped: the weight of the program in the article, which does not say what it is.',
    images: [
      { kind: 'single stage', article: 1_400 * MB, old: { target: 'single', base: golang } },
      {
        kind: 'multi-stage',
        article: 21.2 * MB,
        old: { target: 'multi', base: alpine },
        ours: { runner: 'alpine', base: alpine },
      },
      {
        kind: '-s -w',
        article: 16.3 * MB,
        old: { target: 'strip', base: alpine },
        ours: { runner: 'alpine', base: alpine },
      },
      {
        kind: 'UPX on scratch',
        article: 3.95 * MB,
        old: { target: 'upx', base: scratch },
        ours: { runner: 'scratch', base: scratch, options: ['--upx'] },
      },
    ],
  },
  {
    title: 'Gin, base by base',
    app: 'ping',
    source:
      "A JSON route with Gin 1.10.1, the last release before Gin grew: such articles were written with it or with 1.9, which weighs the same. Gin 1.12.0, today's, makes the program 6.2 MB larger, whichever way it is built.",
    images: [
      { kind: 'golang', article: 1_220 * MB, old: { target: 'single', base: golang } },
      {
        kind: 'debian',
        article: 108 * MB,
        old: { target: 'debian', base: debian },
        ours: { runner: 'debian', base: debian },
      },
      {
        kind: 'alpine',
        article: 19.3 * MB,
        old: { target: 'alpine', base: alpine },
        ours: { runner: 'alpine', base: alpine },
      },
      {
        kind: 'distroless',
        article: 12.8 * MB,
        old: { target: 'distroless', base: distroless },
        ours: { runner: 'distroless', base: distroless },
      },
      {
        kind: 'scratch',
        article: 10.8 * MB,
        old: { target: 'scratch', base: scratch },
        ours: { runner: 'scratch', base: scratch },
      },
    ],
  },
  {
    title: 'A server, stripped and non-root',
    app: 'server',
    source:
      'A server of net/http alone. Non-root, exec-form ENTRYPOINT, and a dev stage with air. Go has grown since the article: net/http alone makes a program of 5.76 MB with Go 1.26.8, stripped, however the image is built, and on distroless the article had about 4.5 MB left for its own.',
    images: [
      {
        kind: 'alpine',
        article: 13.3 * MB,
        old: { target: 'alpine', base: alpine },
        ours: { runner: 'alpine', base: alpine },
      },
      {
        kind: 'distroless',
        article: 6.46 * MB,
        old: { target: 'distroless', base: distroless },
        ours: { runner: 'distroless', base: distroless },
      },
    ],
  },
];

/** Every image that something here stands on, scratch apart. */
export function baseImages() {
  const bases = rows.flatMap(({ images }) => images.flatMap(({ old, ours }) => [old.base, ours?.base]));
  return [...new Set([golang, ...bases])].filter((base) => base !== undefined && base !== scratch);
}

/**
 * The Dockerfiles that go-docker writes, each of them once: the images of all rows that are built with one call of the
 * generator and one of `nx run-many`.
 *
 * @returns {{ project?: string, runner: string, options: string[], apps: string[] }[]}
 */
export function passes() {
  const found = new Map();
  for (const { app, images } of rows) {
    for (const { ours } of images) {
      if (!ours) continue;
      const { runner, options = [] } = ours;
      const project = options.length > 0 ? app : undefined;
      const key = [runner, project, ...options].join(' ');
      const pass = found.get(key) ?? { project, runner, options, apps: [] };
      found.set(key, { ...pass, apps: [...new Set([...pass.apps, app])] });
    }
  }
  return [...found.values()];
}

/**
 * Which of an app's images this is.
 *
 * @param {string} app
 * @param {{ runner: string, options?: string[] }} ours
 */
export function imageKey(app, { runner, options = [] }) {
  return [app, runner, ...options].join(' ');
}
