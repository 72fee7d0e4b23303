import { formatReference, OciImageError, parseReference } from '@go-docker/oci-image';
import { GoDockerError } from '../errors';
import { imageNameOf } from '../images/image-name';
import { versionIn } from './tagged-version';

/** What the placeholders in names stand for. */
export interface NameFacts {
  /** Name of the Nx project. */
  readonly project: string;
  readonly commit?: string;
  readonly branch?: string;
  /** Given by a person; goes before the tags of git. */
  readonly version?: string;
  readonly gitTags: readonly string[];
}

/**
 * @param repository For example `registry.example.com/shop/{projectName}`.
 * @param tags For example `['{version}', '{branch}-{shortCommitSha}']`.
 * @returns Whole references, one for each tag.
 * @throws GoDockerError for a placeholder that there is not, or that stands for nothing here, and for what is no name of an image.
 */
export function imageNames(repository: string, tags: readonly string[], facts: NameFacts): readonly string[] {
  const name = withProjectName(repository, facts.project);
  if (/[:@][^/]*$/.test(name.replace(/^[^/]*\//, ''))) {
    throw wrong(`"repository" has a tag: "${repository}"`, 'give it as one of "tags"');
  }
  if (tags.length === 0) throw wrong('"tags" is empty', 'name the image, as in ["{shortCommitSha}"]');
  return tags.map((tag) => {
    const filled = fill(tag.replaceAll(facts.project, projectInTag(facts)), facts, '"tags"');
    try {
      return formatReference(parseReference(`${name}:${filled}`));
    } catch (error) {
      if (!(error instanceof OciImageError)) throw error;
      throw wrong(`"repository" and "tags" name no image: ${error.what}`, error.advice);
    }
  });
}

/** Nx itself has put the name in already where an option in a file says so, as it is: here and in the tags. */
function withProjectName(repository: string, project: string): string {
  const name = imageNameOf(project);
  const filled = repository.replaceAll(project, name);
  return fill(filled, { project, gitTags: [] }, '"repository"', { projectName: () => name });
}

type Placeholder = (facts: NameFacts) => string;

const IN_TAGS: Readonly<Record<string, Placeholder>> = {
  projectName: projectInTag,
  version: (facts) => facts.version ?? versionIn(facts.gitTags, facts.project) ?? missing('version', facts),
  commitSha: (facts) => facts.commit ?? missing('commitSha', facts),
  shortCommitSha: (facts) => facts.commit?.slice(0, SHORT_LENGTH) ?? missing('shortCommitSha', facts),
  branch: (facts) => facts.branch ?? missing('branch', facts),
};

function projectInTag({ project }: NameFacts): string {
  return imageNameOf(project).replaceAll('/', '-');
}

/** As git and most tools for CI shorten it. */
const SHORT_LENGTH = 7;

function fill(
  text: string,
  facts: NameFacts,
  option: string,
  placeholders: Readonly<Record<string, Placeholder>> = IN_TAGS,
): string {
  return text.replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const placeholder = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    if (placeholder) return placeholders === IN_TAGS ? asPartOfTag(placeholder(facts)) : placeholder(facts);
    const known = Object.keys(placeholders).map((one) => `{${one}}`);
    throw wrong(`${option} has ${whole}, which stands for nothing`, `there is ${known.join(', ')}`);
  });
}

/** A branch may be called `feature/login`; a tag may not. */
function asPartOfTag(value: string): string {
  return value.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '');
}

const ADVICE: Readonly<Record<string, (facts: NameFacts) => string>> = {
  version: ({ project }) =>
    `tag the commit, as in ${project}@1.2.3 or v1.2.3, or give the version: --projectVersion=1.2.3`,
  branch: () => 'check a branch out, or give the tag itself: --tags=main',
};

function missing(name: string, facts: NameFacts): never {
  const whats: Readonly<Record<string, string>> = {
    version: 'no tag of git on this commit is a version of the project',
    branch: 'no branch is checked out',
  };
  throw wrong(
    `"tags" has {${name}}, and ${whats[name] ?? 'git knows no commit here'}`,
    ADVICE[name]?.(facts) ?? 'commit the workspace with git, or give the tag itself: --tags=first',
  );
}

function wrong(what: string, advice?: string): GoDockerError {
  return new GoDockerError(what, { advice });
}
