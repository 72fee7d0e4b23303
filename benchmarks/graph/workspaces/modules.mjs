// A go.work with many modules: one in ten is an app, the others are libraries that import each other.
import { goPackage } from './go-package.mjs';
import { seededRandom } from './random.mjs';

const GO_WORK = 'go 1.26.0\n\ntoolchain go1.26.8\n';
const EXTERNAL = {
  require: 'github.com/google/uuid v1.6.0',
  sum: `github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=
github.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=
`,
};

/** Twenty files in each module. */
const ROOT_FILES = 8;
const MODEL_FILES = 6;
const STORE_FILES = 6;

/**
 * @param {number} count of modules
 * @param {{ projects: boolean }} nx whether each module has a project.json, or is left to plugins
 * @returns {Map<string, string>} texts by path
 */
export function modulesWorkspace(count, { projects }) {
  const random = seededRandom(count);
  const modules = Array.from({ length: count }, (_, index) => moduleAt(index));
  const files = modules.flatMap((module) =>
    moduleFiles(module, importedBy(module, modules, random), projects),
  );
  const uses = modules.map(({ directory }) => `\t./${directory}\n`).join('');
  return new Map([['go.work', `${GO_WORK}\nuse (\n${uses})\n`], ...files]);
}

function moduleAt(index) {
  const isApp = index % 10 === 9;
  const name = `${isApp ? 'app' : 'lib'}${String(index).padStart(4, '0')}`;
  const directory = `${isApp ? 'apps' : 'libs'}/${name}`;
  return { index, isApp, name, directory, path: `example.com/acme/${directory}` };
}

/** Libraries import libraries near and before them, so that there are no cycles; apps import more of them, from anywhere. */
function importedBy({ index, isApp }, modules, random) {
  const picked = isApp
    ? random.some(random.between(4, 12), 0, modules.length - 1)
    : random.some(random.between(0, 3), Math.max(0, index - 60), index - 1);
  return picked.map((at) => modules[at]).filter((module) => !module.isApp);
}

function moduleFiles({ directory, index, isApp, name, path }, imported, projects) {
  const hasExternal = index % 3 === 0;
  const requires = [
    ...imported.map((module) => `\t${module.path} v0.0.0\n`),
    ...(hasExternal ? [`\t${EXTERNAL.require}\n`] : []),
  ].join('');
  const goMod = `module ${path}\n\ngo 1.26.0\n${requires && `\nrequire (\n${requires})\n`}`;
  const imports = [
    `${path}/internal/store`,
    `${path}/model`,
    ...imported.flatMap((module, at) =>
      at % 2 === 0 ? [module.path] : [module.path, `${module.path}/model`],
    ),
  ];
  return [
    [`${directory}/go.mod`, goMod],
    ...(hasExternal ? [[`${directory}/go.sum`, EXTERNAL.sum]] : []),
    ...(projects ? [[`${directory}/project.json`, `{ "name": "${name}" }\n`]] : []),
    ...goPackage(directory, { name: isApp ? 'main' : name, files: ROOT_FILES, imports }),
    ...goPackage(`${directory}/model`, { name: 'model', files: MODEL_FILES, imports: [] }),
    ...goPackage(`${directory}/internal/store`, {
      name: 'store',
      files: STORE_FILES,
      imports: [`${path}/model`],
    }),
  ];
}
