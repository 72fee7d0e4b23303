// Base images for the generated Dockerfiles. Where a registry answers, they are pulled; where none does, stand-ins
// are made from Debian's packages and the real Go toolchain, under the real names.
//
//   node tools/base-images.mjs [IMAGE...]     for the engine of DOCKER_HOST; without names, all that examples/ needs
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alpineImage } from './base-images/alpine.mjs';
import { debianImage } from './base-images/debian.mjs';
import { distrolessImage } from './base-images/distroless.mjs';
import { golangAlpineImage } from './base-images/golang-alpine.mjs';
import { golangImage } from './base-images/golang.mjs';
import { STAND_IN_COMMENT, writeImageArchive } from './base-images/image-archive.mjs';
import { examplesGoVersion } from './go.mjs';
import { cacheDirectory } from './machine/cache.mjs';
import { canInstall } from './machine/debian.mjs';
import { capture, succeeds } from './machine/run.mjs';

const REGISTRY_TIMEOUT = 15_000;

/** The number is part of the name of a cached archive: a changed recipe must not meet an old one. */
const STAND_INS = [
  [/^golang:(\d[^-]*)$/, (directory, [, version]) => golangImage(directory, version), 1],
  [/^gcr\.io\/distroless\/(static|base|cc)-debian13:nonroot$/, distrolessImage, 1],
  [/^alpine:3\.22$/, alpineImage, 2],
  [/^debian:trixie-slim$/, debianImage, 1],
];

/** What stands on another stand-in, and needs no archive beside that one's. */
const DERIVED = [[/^golang:(\d[^-]*)-alpine$/, golangAlpineImage]];

/** What the Dockerfiles of examples/shop are built from, whichever runner is chosen. */
export function defaultBaseImages() {
  const golang = `golang:${examplesGoVersion()}`;
  const distroless = ['static', 'base'].map((name) => `gcr.io/distroless/${name}-debian13:nonroot`);
  return [golang, `${golang}-alpine`, ...distroless, 'alpine:3.22', 'debian:trixie-slim'];
}

/**
 * Makes sure that the engine has these images; prints one line for each that it had to get or make.
 * @param {string | undefined} host the engine's address, undefined for the CLI's own default
 * @returns {Promise<string[]>} the images that are stand-ins
 */
export async function ensureBaseImages(images, host = process.env.DOCKER_HOST) {
  const docker = engine(host);
  const standIns = [];
  for (const image of images) {
    if (!docker.has(image)) await get(image, docker);
    if (docker.isStandIn(image)) standIns.push(image);
  }
  return standIns;
}

async function get(image, docker) {
  if (docker.registryHas(image)) {
    console.log(`${image}: pulling`);
    docker.run('pull', '--quiet', image);
    return;
  }
  const derived = DERIVED.find(([pattern]) => pattern.test(image));
  if (derived) {
    await derive(image, derived, docker);
    return;
  }
  const recipe = STAND_INS.find(([pattern]) => pattern.test(image));
  if (!recipe) throw new Error(`${image}: no registry answers, and there is no recipe for a stand-in.`);
  const archive = await standInArchive(image, recipe);
  console.log(`${image}: no registry answers, loading the stand-in`);
  docker.run('load', '--quiet', '--input', archive);
}

async function derive(image, [pattern, make], docker) {
  assertCanMake(image);
  console.log(`${image}: no registry answers, making a stand-in`);
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-base-image-'));
  try {
    const { from, rootfs } = make(directory, pattern.exec(image));
    if (!docker.has(from)) await get(from, docker);
    const container = docker.run('create', from).trim();
    docker.run('cp', `${rootfs}/.`, `${container}:/`);
    docker.run('commit', '--message', STAND_IN_COMMENT, container, image);
    docker.run('rm', container);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function standInArchive(image, [pattern, make, number]) {
  const file = join(cacheDirectory('base-images'), `${image.replace(/[/:]/g, '_')}.${number}.tar`);
  if (existsSync(file)) return file;
  assertCanMake(image);
  console.log(`${image}: no registry answers, making a stand-in (kept in ${file})`);
  const directory = mkdtempSync(join(tmpdir(), 'go-docker-base-image-'));
  try {
    const parts = make(directory, pattern.exec(image));
    const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
    await writeImageArchive(file, { reference: image, architectures: [architecture], ...parts });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return file;
}

function assertCanMake(image) {
  if (canInstall()) return;
  throw new Error(
    `${image}: no registry answers. A stand-in can be made on Debian as root only: pull or load the image yourself.`,
  );
}

function engine(host) {
  const env = { ...process.env, ...(host ? { DOCKER_HOST: host } : {}) };
  return {
    has: (image) => succeeds('docker', ['image', 'inspect', image], { env }),
    registryHas: (image) =>
      succeeds('docker', ['manifest', 'inspect', image], { env, timeout: REGISTRY_TIMEOUT }),
    isStandIn: (image) =>
      capture('docker', ['history', '--no-trunc', '--format', '{{.Comment}}', image], { env }).includes(
        STAND_IN_COMMENT,
      ),
    run: (...args) => capture('docker', args, { env }),
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const images = process.argv.slice(2);
    const standIns = await ensureBaseImages(images.length > 0 ? images : defaultBaseImages());
    if (standIns.length > 0) console.log(`Stand-ins, not the real images: ${standIns.join(', ')}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
