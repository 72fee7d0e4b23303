import type { SourceLocation } from '../../../errors';
import type { FileTree } from '../files/file-tree';
import { ownerOf, UnknownName, type Owner } from '../files/owner';
import { refusal } from '../refusal';

/** The owner that a USER or a `--chown` names. @throws GoDockerError with its place where no file of the stage knows the name. */
export async function ownerAt(spec: string, tree: FileTree, location: SourceLocation): Promise<Owner> {
  try {
    return await ownerOf(spec, tree);
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    throw refusal(
      `finds no number for ${spec}: ${error.message}`,
      location,
      'write the numbers, such as 65532:65532',
    );
  }
}
