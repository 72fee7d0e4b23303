import { closestName } from './closest-name';
import {
  type BudgetEntry,
  type BudgetProject,
  type Budgets,
  type GrowthLimit,
  type Limit,
  LIMIT_KINDS,
  type LimitKind,
  type Limits,
  type Rule,
  SIZE_KINDS,
  type SizeKind,
} from './limits';
import { PROBLEMS } from './problems';

/** From the most specific on. Among several tags, or several patterns, the one that is written first comes first. */
const PRECEDENCE: readonly Rule['type'][] = ['project', 'tag', 'pattern', 'default'];

/**
 * The limits of one project: for each kind, and for the growth of each size, the most specific entry that names it decides.
 */
export function limitsOf(budgets: Budgets, project: Pick<BudgetProject, 'name' | 'tags'>): Limits {
  const matching = budgets.entries.filter(({ rule }) => matches(rule, project));
  const ordered = PRECEDENCE.flatMap((type) => matching.filter(({ rule }) => rule.type === type)).map(
    ({ limits }) => limits,
  );
  const own = matching.find(({ rule }) => rule.type === 'project');
  const limits: Partial<Record<LimitKind, Limit>> = {};
  for (const kind of LIMIT_KINDS) limits[kind] = besides(own, ordered.find((each) => each[kind])?.[kind]);
  const growth: Partial<Record<SizeKind, GrowthLimit>> = {};
  for (const of of SIZE_KINDS)
    growth[of] = besides(own, ordered.find((each) => each.growth?.[of])?.growth?.[of]);
  return { ...limits, growth };
}

/** A limit that may stand in another entry than the project's own. */
function besides<L extends Limit | GrowthLimit>(own: BudgetEntry | undefined, limit?: L): L | undefined {
  if (!own || limit?.source.from !== 'file' || limit.source.rule.type === 'project') return limit;
  const { location, bareSize } = own;
  return {
    ...limit,
    source: { ...limit.source, own: { location, ...(bareSize !== undefined && { bareSize }) } },
  };
}

/** Says why an entry reaches no project that has an image, or nothing where it reaches one. */
export function unusedRuleProblem(rule: Rule, projects: readonly BudgetProject[]): string | undefined {
  const withImage = projects.filter(({ hasImage }) => hasImage);
  if (withImage.some((project) => matches(rule, project))) return undefined;
  switch (rule.type) {
    case 'tag': {
      const tags = withImage.flatMap((project) => project.tags.map((tag) => `tag:${tag}`));
      return PROBLEMS.unusedTag(rule.key, closestName(rule.key, tags));
    }
    case 'pattern':
      return PROBLEMS.unusedPattern(rule.key);
    case 'project':
      if (projects.some(({ name }) => name === rule.key)) return PROBLEMS.projectWithoutImage(rule.key);
      return PROBLEMS.noSuchProject(
        rule.key,
        closestName(
          rule.key,
          withImage.map(({ name }) => name),
        ),
      );
    case 'default':
    case 'sum':
      return undefined;
  }
}

function matches({ type, key }: Rule, { name, tags }: Pick<BudgetProject, 'name' | 'tags'>): boolean {
  switch (type) {
    case 'default':
      return true;
    case 'project':
      return name === key;
    case 'tag':
      return tags.some((tag) => glob(key.slice('tag:'.length)).test(tag));
    case 'pattern':
      return glob(key).test(name);
    case 'sum':
      return false;
  }
}

/** `*` stands for any letters, `/` too; every other character for itself. */
function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}/-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
