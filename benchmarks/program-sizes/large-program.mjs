import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FUNCTIONS = 1_000;

/** Writes a module whose program has some 1.35 MB for each part, without its symbols: code, tables and strings. */
export function writeLargeProgram(directory, parts) {
  const numbers = Array.from({ length: parts }, (_, number) => number);
  writeFileSync(join(directory, 'go.mod'), 'module example.com/large\n\ngo 1.20\n');
  writeFileSync(join(directory, 'main.go'), mainFile(numbers));
  for (const number of numbers) {
    mkdirSync(join(directory, `part${number}`), { recursive: true });
    writeFileSync(join(directory, `part${number}`, 'part.go'), partFile(number));
  }
}

function mainFile(numbers) {
  const imports = numbers.map((number) => `\t"example.com/large/part${number}"\n`);
  const calls = numbers.map(
    (number) => `\tfor _, f := range part${number}.All {\n\t\tf(&part${number}.T{}, ${number})\n\t}\n`,
  );
  return `package main\n\nimport (\n${imports.join('')})\n\nfunc main() {\n${calls.join('')}}\n`;
}

function partFile(part) {
  const functions = Array.from({ length: FUNCTIONS }, (_, number) => number);
  const list = functions.map((number) => `\t\t(*T).F${number},\n`).join('');
  return `package part${part}

import "fmt"

type T struct {
	a, b int
	c    string
}

var All []func(*T, int) (string, error)

func init() {
	All = append(All,
${list}	)
}
${functions.map((number) => functionOf(part, number)).join('')}`;
}

function functionOf(part, number) {
  return `
func (t *T) F${number}(n int) (string, error) {
	for i := 0; i < n; i++ {
		t.a, t.b = t.b*${number + 3}+i, t.a+${part}
		if t.a%${number + 7} == 0 {
			t.c += fmt.Sprint(t.b, ${number}, "of ${part}.${number}")
		}
	}
	if t.b < 0 {
		return "", fmt.Errorf("part ${part}, ${number}: %d of %s", t.b, t.c)
	}
	defer func() { t.a-- }()
	return fmt.Sprintf("%d and %s", t.a, t.c), nil
}
`;
}
