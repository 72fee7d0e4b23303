// A Go workspace of a given size, written to disk: what the speed of the graph is measured with.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILES_PER_PACKAGE = 5;
const LICENSE = `// Copyright 2025 The Example Authors. All rights reserved.
// Use of this source code is governed by a license that can be found in the LICENSE file.

`;
const STANDARD = ['context', 'encoding/json', 'errors', 'fmt', 'net/http', 'strings', 'sync', 'time'];
/** One file in ten is for some platforms only, by its name or by a constraint. */
const NAMES = ['doc', 'client', 'server_linux', 'store', 'store_windows'];
const CONSTRAINTS = { server_linux: '', store: '//go:build !plan9 && (amd64 || arm64)\n\n' };

/**
 * Writes modules that use each other: every fourth is an app, and imports eight libraries.
 *
 * @param {string} root an empty folder
 * @param {{ modules: number, filesPerModule: number, bytesPerFile: number }} size
 */
export function writeTree(root, { modules, filesPerModule, bytesPerFile }) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const dirs = Array.from({ length: modules }, (_, index) => `${isApp(index) ? 'apps' : 'libs'}/m${index}`);
  write('go.work', `go 1.25.0\n\nuse (\n${dirs.map((dir) => `\t./${dir}\n`).join('')})\n`);
  dirs.forEach((dir, index) => {
    write(`${dir}/go.mod`, `module example.com/m${index}\n\ngo 1.25.0\n`);
    for (let file = 0; file < filesPerModule; file++) {
      const inPackage = Math.floor(file / FILES_PER_PACKAGE);
      const folder = inPackage === 0 ? dir : `${dir}/internal/p${inPackage}`;
      const name = NAMES[file % FILES_PER_PACKAGE] ?? `file${file}`;
      const isMain = isApp(index) && inPackage === 0;
      const imports = [...STANDARD, ...localImports(index, inPackage, file, { modules, filesPerModule })];
      write(`${folder}/${name}.go`, goFile(name, isMain ? 'main' : `p${inPackage}`, imports, bytesPerFile));
    }
  });
}

const isApp = (index) => index % 4 === 0;

/** The packages of the module itself, and libraries with a higher number: there is no cycle. */
function localImports(index, inPackage, file, { modules, filesPerModule }) {
  if (inPackage > 0) return [];
  const own = Array.from(
    { length: Math.ceil(filesPerModule / FILES_PER_PACKAGE) - 1 },
    (_, each) => `example.com/m${index}/internal/p${each + 1}`,
  );
  const libraries = Array.from({ length: isApp(index) ? 8 : 2 }, (_, each) => index + 3 * each + file + 1);
  return [
    ...own,
    ...libraries.filter((each) => each < modules && !isApp(each)).map((each) => `example.com/m${each}`),
  ];
}

function goFile(name, packageName, imports, bytes) {
  const block = imports.map((path) => `\t_ "${path}"\n`).join('');
  const head = `${LICENSE}${CONSTRAINTS[name] ?? ''}// Package ${packageName} holds ${name}: it's part of the example.\npackage ${packageName}\n\nimport (\n${block})\n\n`;
  const body = [];
  for (let length = head.length, each = 0; length < bytes; each++) {
    const text = `// Get${each} returns the value of "${each}", and doesn't wait for it.\nfunc get_${name}_${each}(id string) (string, error) {\n\treturn "/* " + id + '\\n', nil\n}\n\n`;
    body.push(text);
    length += text.length;
  }
  return head + body.join('');
}
