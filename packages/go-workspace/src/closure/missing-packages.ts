import { GoWorkspaceError, type SourceLocation } from '../errors';
import { isWithin, type WorkspacePath } from '../files/workspace-path';
import type { MissingPackage } from '../packages/package-node';

/** Packages whose files a program writes, so that they may not be there yet. */
export interface GeneratedCode {
  /** Folders in and below which a package may have no Go files. */
  readonly folders: readonly WorkspacePath[];
  /** Packages that count as imported while such a package has no Go files: what these import is not known then. */
  readonly assumed: readonly WorkspacePath[];
}

export function isGenerated({ folders }: GeneratedCode, dir: WorkspacePath): boolean {
  return folders.some((folder) => isWithin(folder, dir));
}

/** Packages that are imported and have no Go files. By its name it is a {@link GoWorkspaceError}, as a person is meant to read it. */
export class MissingPackagesError extends GoWorkspaceError {
  /** @param packages At least one. */
  constructor(readonly packages: readonly MissingPackage[]) {
    const [first, ...others] = packages;
    super([first, ...others].flatMap((each, index) => (each ? [sentence(each, index > 0)] : [])).join('\n'), {
      location: first?.importedAt,
      advice:
        'Correct the import path, or add the package. Where a program writes its files, run that first.',
    });
  }
}

/** What is missing: where a protocol buffer lies, the file that is made from it. */
function sentence({ importPath, dir, importedAt, names }: MissingPackage, withPlace: boolean): string {
  const sources = names.filter((name) => name.endsWith('.proto'));
  const made = sources.map((name) => name.replace(/\.proto$/, '.pb.go'));
  const reason = sources.length === 0 ? '' : `: ${made.join(', ')} is made from ${sources.join(', ')}`;
  const imported = importedAt ? `import "${importPath}": ` : '';
  return `${withPlace ? placed(importedAt) : ''}${imported}there are no Go files in ${dir}${reason}`;
}

function placed(location: SourceLocation | undefined): string {
  if (!location) return '';
  return `${location.file}${location.line === undefined ? '' : `:${location.line}`}: `;
}
