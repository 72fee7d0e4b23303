import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { readBudgetText } from './budget-text';
import { packagesFolder } from '../packages-folder';
import { insertProperty, type Layout } from '../json/insert-property';
import { BUDGETS_FILE, readBudgets } from './read-budgets';
import { parseSize } from './sizes';

/** As editors find it in a workspace that has the plugin installed. */
export const SCHEMA_REFERENCE = `./${packagesFolder()}/go-docker/dist/budgets/image-budgets.schema.json`;

/**
 * The text of a budget file in which a project may be at most `size` unpacked. Comments, layout and everything else stay; a
 * text that says so already is returned as it is.
 *
 * @param text `undefined` where there is no file yet.
 * @param file Named in the errors.
 * @throws GoDockerError when the size is none or the text has mistakes.
 */
export function withProjectBudget(
  text: string | undefined,
  project: string,
  size: string,
  file: string = BUDGETS_FILE,
): string {
  const bytes = parseSize(size);
  const before = text ?? '';
  const { entries } = readBudgets(before, file);
  const entry = entries.find(({ rule }) => rule.type === 'project' && rule.key === project);
  if (entry?.limits.unpacked?.most === bytes) return before;

  const { root } = readBudgetText(before, file);
  // A comment without an end of line would swallow what follows it.
  if (!root) return before.replace(/[^\n]$/, '$&\n') + newFile(project, size);
  const projects = findNodeAtLocation(root, ['projects']);
  const budget = projects && findNodeAtLocation(projects, [project]);
  const unpacked = budget && findNodeAtLocation(budget, ['unpacked']);
  // A bare size stays a bare size: the file is its owner's.
  if (budget?.type === 'string') return replaceNode(before, budget, size);
  if (unpacked) return replaceNode(before, unpacked, size);
  if (budget) return insertProperty(before, budget, 'unpacked', () => JSON.stringify(size));
  if (projects) return insertProperty(before, projects, project, () => budgetText(size));
  return insertProperty(before, root, 'projects', (layout) => projectsText(project, size, layout));
}

function newFile(project: string, size: string): string {
  const projects = projectsText(project, size, { indent: '  ', step: '  ', eol: '\n' });
  return `{\n  "$schema": ${JSON.stringify(SCHEMA_REFERENCE)},\n  "projects": ${projects}\n}\n`;
}

function replaceNode(text: string, { offset, length }: Node, value: string): string {
  return text.slice(0, offset) + JSON.stringify(value) + text.slice(offset + length);
}

function budgetText(size: string): string {
  return `{ "unpacked": ${JSON.stringify(size)} }`;
}

function projectsText(project: string, size: string, { indent, step, eol }: Layout): string {
  const budget = `${JSON.stringify(project)}: ${budgetText(size)}`;
  if (indent === undefined) return `{ ${budget} }`;
  return `{${eol}${indent}${step}${budget}${eol}${indent}}`;
}
