// One go.mod at the root: 200 apps on 300 package folders, 10,000 Go files, as `affected` and hashing meet them.
import { goPackage } from './go-package.mjs';
import { seededRandom } from './random.mjs';

const APPS = 200;
const APP_FILES = 5;
const FOLDERS = 300;
const FOLDER_FILES = 30;
/** Folders of one library project. */
const GROUP = 10;

/** Every input written by hand: all files of the project. */
const IMAGE_BY_HAND = {
  executor: 'nx:noop',
  cache: true,
  inputs: ['{projectRoot}/**/*', { externalDependencies: [] }],
};

/**
 * @param {{ owned: boolean, byHand?: boolean }} nx whether projects own the library folders, and whether the apps have targets
 *   and dependencies written by hand
 * @returns {Map<string, string>} texts by path
 */
export function oneModuleWorkspace({ owned, byHand = false }) {
  const random = seededRandom(APPS);
  const folders = Array.from({ length: FOLDERS }, (_, index) => folderAt(index, random));
  const apps = Array.from({ length: APPS }, (_, index) => appAt(index, folders, random));
  const groups = [...new Set(folders.map(({ group }) => group))];
  const module = 'module example.com/acme\n\ngo 1.26.0\n';
  return new Map([
    ['go.mod', module],
    ...folders.flatMap((folder) => goPackage(folder.directory, { ...folder, files: FOLDER_FILES })),
    ...(owned ? groups.map((group) => [`libs/${group}/project.json`, json({ name: group })]) : []),
    ...apps.flatMap((app) => [
      ...goPackage(app.directory, { name: 'main', files: APP_FILES, imports: app.imports }),
      [`${app.directory}/project.json`, json(byHand ? projectByHand(app) : { name: app.name })],
    ]),
  ]);
}

/** A folder imports up to two of those shortly before it. */
function folderAt(index, random) {
  const group = `group${String(Math.floor(index / GROUP)).padStart(2, '0')}`;
  const directory = `libs/${group}/pkg${index}`;
  const needs = random.some(random.between(0, 2), Math.max(0, index - 15), index - 1);
  return { index, group, directory, name: `pkg${index}`, needs, imports: needs.map(importPath) };
}

function importPath(index) {
  return `example.com/acme/libs/group${String(Math.floor(index / GROUP)).padStart(2, '0')}/pkg${index}`;
}

/** An app reaches twenty to sixty folders. */
function appAt(index, folders, random) {
  const least = random.between(20, 50);
  const direct = new Set();
  const reached = new Set();
  while (reached.size < least) {
    const [at] = random.some(1, 0, FOLDERS - 1);
    direct.add(at);
    reach(at, folders, reached);
  }
  const name = `app${String(index).padStart(3, '0')}`;
  const groups = [...new Set([...reached].map((at) => folders[at].group))].sort();
  return { name, directory: `apps/${name}`, imports: [...direct].map(importPath), groups };
}

function reach(index, folders, reached) {
  if (reached.has(index)) return;
  reached.add(index);
  for (const needed of folders[index].needs) reach(needed, folders, reached);
}

function projectByHand({ name, groups }) {
  return { name, implicitDependencies: groups, targets: { image: IMAGE_BY_HAND } };
}

const json = (value) => `${JSON.stringify(value)}\n`;
