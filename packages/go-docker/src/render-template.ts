import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type TemplateFunction } from 'ejs';

/** A template of a folder, filled in. A template is the file that it makes. */
export function renderTemplate(folder: string, name: string, view: object): string {
  const file = join(folder, `${name}.ejs`);
  const template =
    compiled.get(file) ?? compile(readFileSync(file, 'utf8'), { filename: file, escape: String });
  compiled.set(file, template);
  return template(view);
}

/** Each app fills in a dozen of them, and a sync generator runs before tasks. */
const compiled = new Map<string, TemplateFunction>();
