import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render } from 'ejs';

/** A template of a folder, filled in. A template is the file that it makes. */
export function renderTemplate(folder: string, name: string, view: object): string {
  const file = join(folder, `${name}.ejs`);
  return render(readFileSync(file, 'utf8'), view, { filename: file, escape: String });
}
