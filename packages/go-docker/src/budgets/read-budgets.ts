import type { Node } from 'jsonc-parser';
import { type BudgetText, readBudgetText } from './budget-text';
import { closestName } from './closest-name';
import {
  type BudgetEntry,
  type BudgetProject,
  type Budgets,
  type Limit,
  type Limits,
  NO_BUDGETS,
  type Rule,
  SIZE_KINDS,
  type SizeKind,
} from './limits';
import { PROBLEMS, type Problem, problemsError } from './problems';
import { unusedRuleProblem } from './select-limits';
import { readSize } from './sizes';

/** Where a workspace's budgets are, below its root. */
export const BUDGETS_FILE = 'image-budgets.json';

/** Kinds that have a place in the file and no judge yet. */
const PLANNED_KINDS: readonly string[] = ['growth'];

/**
 * Reads the text of a budget file.
 *
 * @param file Below the workspace root; errors and limits name it.
 * @param projects All projects of the workspace; then an entry that reaches none with an image is an error too.
 * @throws GoDockerError with all mistakes at once, each with its line.
 */
export function readBudgets(text: string, file: string, projects?: readonly BudgetProject[]): Budgets {
  const reader = new BudgetReader(file, readBudgetText(text, file), projects);
  const budgets = reader.read();
  if (reader.problems.length > 0) throw problemsError(file, reader.problems);
  return budgets;
}

interface Property {
  readonly key: string;
  readonly value: Node;
  readonly line: number;
}

/** Goes through the whole file and collects the mistakes instead of stopping at the first. */
class BudgetReader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly text: BudgetText,
    private readonly projects: readonly BudgetProject[] | undefined,
  ) {}

  read(): Budgets {
    const { root } = this.text;
    if (!root) return NO_BUDGETS;
    if (root.type !== 'object') {
      this.report(root, PROBLEMS.notAnObject(shown(root)));
      return NO_BUDGETS;
    }
    const entries: BudgetEntry[] = [];
    let sum: Limits = {};
    for (const property of this.properties(root)) {
      if (property.key === 'default') entries.push(this.entry(property, 'default'));
      else if (property.key === 'projects') entries.push(...this.projectEntries(property.value));
      else if (property.key === 'sum') sum = this.entry(property, 'sum').limits;
      else if (property.key !== '$schema')
        this.unknownKey(property, ['default', 'projects', 'sum', '$schema']);
    }
    return { entries, sum };
  }

  private projectEntries(node: Node): BudgetEntry[] {
    if (node.type !== 'object') {
      this.report(node, PROBLEMS.notProjects(shown(node)));
      return [];
    }
    return this.properties(node).map((property) => {
      const entry = this.entry(property, ruleType(property.key));
      const unused = this.projects && unusedRuleProblem(entry.rule, this.projects);
      if (unused) this.problems.push({ line: property.line, text: unused });
      return entry;
    });
  }

  private entry({ key, value }: Property, type: Rule['type']): BudgetEntry {
    const rule: Rule = { type, key };
    if (value.type === 'string') return { rule, limits: { unpacked: this.limit('unpacked', value, rule) } };
    if (value.type !== 'object') {
      this.report(value, PROBLEMS.notABudget(key, shown(value)));
      return { rule, limits: {} };
    }
    const limits: Partial<Record<SizeKind, Limit>> = {};
    for (const property of this.properties(value)) {
      const kind = SIZE_KINDS.find((name) => name === property.key);
      if (kind) limits[kind] = this.limit(kind, property.value, rule);
      else if (!PLANNED_KINDS.includes(property.key)) this.unknownKey(property, SIZE_KINDS);
      else this.report(property.value, PROBLEMS.notSupportedYet(property.key, SIZE_KINDS));
    }
    return { rule, limits };
  }

  private limit(kind: SizeKind, node: Node, rule: Rule): Limit | undefined {
    const reading = readSize(plainValue(node));
    if ('problem' in reading) {
      this.report(node, reading.problem);
      return undefined;
    }
    const location = { file: this.file, line: this.text.lineAt(node.offset) };
    return { kind, bytes: reading.bytes, text: String(node.value), source: { from: 'file', location, rule } };
  }

  /** The properties of an object; a key that stands twice is a mistake, since JSON would drop the first without a word. */
  private properties(object: Node): Property[] {
    const properties = new Map<string, Property>();
    for (const { children: [keyNode, value] = [] } of object.children ?? []) {
      if (!keyNode || !value) continue;
      const key = String(keyNode.value);
      const earlier = properties.get(key);
      if (earlier) this.report(keyNode, PROBLEMS.duplicateKey(key, earlier.line));
      else properties.set(key, { key, value, line: this.text.lineAt(keyNode.offset) });
    }
    return [...properties.values()];
  }

  private unknownKey({ key, line }: Property, known: readonly string[]): void {
    const candidates = known.filter((name) => name !== '$schema');
    this.problems.push({ line, text: PROBLEMS.unknownKey(key, candidates, closestName(key, candidates)) });
  }

  private report(node: Node, text: string): void {
    this.problems.push({ line: this.text.lineAt(node.offset), text });
  }
}

function ruleType(key: string): Rule['type'] {
  if (key.startsWith('tag:')) return 'tag';
  return key.includes('*') ? 'pattern' : 'project';
}

/** What a message calls a value of the wrong type. */
function shown(node: Node): string {
  if (node.type === 'array') return 'a list';
  return node.type === 'object' ? 'an object' : JSON.stringify(node.value);
}

/** The value of a node; of lists and objects only the kind, which is enough to refuse them. */
function plainValue(node: Node): unknown {
  if (node.type === 'array') return [];
  return node.type === 'object' ? {} : node.value;
}
