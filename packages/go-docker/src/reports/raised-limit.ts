import type { AmountBreach } from '../budgets/judgement';
import type { LimitSource } from '../budgets/limits';
import { roundedUpSize } from '../budgets/sizes';
import { lineOf } from './where-written';

/**
 * How to raise a limit, for one project alone where the limit holds for others too.
 *
 * @param breaches Of all kinds: who follows the advice on each of them has to end with one entry.
 */
export function howToAllow(
  breach: AmountBreach,
  project: string,
  breaches: readonly AmountBreach[] = [breach],
): string {
  const { source } = breach.verdict.limit;
  if (source.from === 'command line') return `pass --budget='${mostOf(breach)}'`;
  if (!isOfOthers(source)) return `write ${valueOf(breach)} for ${breach.kind} in ${lineOf(source.location)}`;
  const limits = breaches
    .filter(({ verdict }) => isOfOthers(verdict.limit.source))
    .map((each) => `${JSON.stringify(each.kind)}: ${valueOf(each)}`);
  return inOwnEntry(source, project, limits.join(', '));
}

type WrittenSource = Extract<LimitSource, { from: 'file' }>;

function isOfOthers(source: LimitSource): boolean {
  return source.from === 'file' && source.rule.type !== 'project' && source.rule.type !== 'sum';
}

function mostOf({ kind, amount }: AmountBreach): string {
  return kind === 'layers' ? String(amount) : roundedUpSize(amount);
}

function valueOf(breach: AmountBreach): string {
  return breach.kind === 'layers' ? mostOf(breach) : JSON.stringify(mostOf(breach));
}

/** Where a project's own limits go: two entries of one name would be a mistake. */
function inOwnEntry({ location, rule, own }: WrittenSource, project: string, limits: string): string {
  const [name, before] = [JSON.stringify(project), `which goes before ${JSON.stringify(rule.key)}`];
  if (!own) return `add ${name}: { ${limits} } to "projects" in ${location.file}, ${before}`;
  if (own.bareSize === undefined) return `add ${limits} to ${name} in ${lineOf(own.location)}, ${before}`;
  const all = `{ "unpacked": ${JSON.stringify(own.bareSize)}, ${limits} }`;
  return `write ${all} for ${name} in ${lineOf(own.location)}, ${before}`;
}
