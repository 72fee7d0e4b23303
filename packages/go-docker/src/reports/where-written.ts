import type { GrowthLimit, Limit } from '../budgets/limits';
import type { SourceLocation } from '../errors';

/** The place to look for a limit: `image-budgets.json:4, "tag:go"`. */
export function whereWritten({ source }: Limit | GrowthLimit): string {
  if (source.from === 'command line') return '--budget on the command line';
  return `${lineOf(source.location)}, ${JSON.stringify(source.rule.key)}`;
}

/** `image-budgets.json:4` */
export function lineOf({ file, line }: SourceLocation): string {
  return `${file}:${line}`;
}
