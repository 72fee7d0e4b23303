import type { Node } from 'jsonc-parser';
import { type BudgetText, readBudgetText } from './budget-text';
import { closestName } from './closest-name';
import { DEFAULT_FLOOR, readGrowth } from './growth-text';
import {
  type BudgetEntry,
  type BudgetProject,
  type Budgets,
  type GrowthLimit,
  type GrowthLimits,
  type Limit,
  LIMIT_KINDS,
  type LimitKind,
  type Limits,
  type LimitSource,
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

/** What can be added up. */
const SUM_KINDS: readonly LimitKind[] = SIZE_KINDS;

/** The keys of an entry, in the order in which messages name them. */
const ENTRY_KEYS: readonly string[] = [...LIMIT_KINDS, 'growth'];

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

  private entry({ key, value, line }: Property, type: Rule['type']): BudgetEntry {
    const rule: Rule = { type, key };
    const location = { file: this.file, line };
    if (value.type === 'string') {
      const limits = { unpacked: this.limit('unpacked', value, rule) };
      return { rule, location, bareSize: String(value.value), limits };
    }
    if (value.type !== 'object') {
      this.report(value, PROBLEMS.notABudget(key, shown(value)));
      return { rule, location, limits: {} };
    }
    const limits: Partial<Record<LimitKind, Limit>> & { growth?: GrowthLimits } = {};
    const known = type === 'sum' ? SUM_KINDS : ENTRY_KEYS;
    const properties = this.properties(value);
    if (properties.length === 0) this.report(value, PROBLEMS.emptyBudget(key));
    for (const property of properties) {
      const kind = LIMIT_KINDS.find((name) => name === property.key);
      if (!ENTRY_KEYS.includes(property.key)) this.unknownKey(property, known);
      else if (!known.includes(property.key))
        this.problems.push({ line: property.line, text: PROBLEMS.notInSum(property.key) });
      else if (kind) limits[kind] = this.limit(kind, property.value, rule);
      else limits.growth = this.growth(property.value, rule);
    }
    return { rule, location, limits };
  }

  private limit(kind: LimitKind, node: Node, rule: Rule): Limit | undefined {
    const reading = readAmount(kind, plainValue(node));
    if ('problem' in reading) {
      this.report(node, reading.problem);
      return undefined;
    }
    return { kind, most: reading.amount, text: asWritten(node), source: this.source(node, rule) };
  }

  private growth(node: Node, rule: Rule): GrowthLimits {
    if (node.type === 'string') return { unpacked: this.growthLimit('unpacked', node, undefined, rule) };
    if (node.type !== 'object') {
      this.report(node, PROBLEMS.notAGrowth(shown(node)));
      return {};
    }
    const properties = this.properties(node);
    if (properties.length === 0) this.report(node, PROBLEMS.emptyGrowth());
    const floor = properties.find(({ key }) => key === 'floor');
    const floorBytes = floor && this.limit('unpacked', floor.value, rule)?.most;
    const growth: Partial<Record<SizeKind, GrowthLimit>> = {};
    for (const property of properties) {
      const of = SIZE_KINDS.find((name) => name === property.key);
      if (of) growth[of] = this.growthLimit(of, property.value, floorBytes, rule);
      else if (property !== floor) this.unknownKey(property, [...SIZE_KINDS, 'floor']);
    }
    if (floor && properties.length === 1)
      this.problems.push({ line: floor.line, text: PROBLEMS.floorAlone() });
    return growth;
  }

  private growthLimit(
    of: SizeKind,
    node: Node,
    floor: number | undefined,
    rule: Rule,
  ): GrowthLimit | undefined {
    const reading = readGrowth(plainValue(node));
    if ('problem' in reading) {
      this.report(node, reading.problem);
      return undefined;
    }
    const { most } = reading;
    return {
      ...{ kind: 'growth', of, most, floor: floor ?? ('share' in most ? DEFAULT_FLOOR : 0) },
      ...{ text: asWritten(node), source: this.source(node, rule) },
    };
  }

  private source(node: Node, rule: Rule): LimitSource {
    return { from: 'file', location: { file: this.file, line: this.text.lineAt(node.offset) }, rule };
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

type AmountReading = { readonly amount: number } | { readonly problem: string };

function readAmount(kind: LimitKind, value: unknown): AmountReading {
  if (kind === 'layers') {
    return Number.isSafeInteger(value) && Number(value) > 0
      ? { amount: Number(value) }
      : { problem: PROBLEMS.notACount(JSON.stringify(value)) };
  }
  const reading = readSize(value);
  return 'problem' in reading ? reading : { amount: reading.bytes };
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

/** On one line, wherever it is shown. */
function asWritten({ value }: Node): string {
  return String(value).trim().replaceAll(/\s+/g, ' ');
}
