// The files of a Go package: they compile, and are as long as files of real programs.

const FILE_BYTES = 3_500;

/** What the files import of the standard library, in turn. */
const STANDARD = [
  [
    ['errors', 'errors.New'],
    ['fmt', 'fmt.Sprint'],
    ['strings', 'strings.ToUpper'],
  ],
  [
    ['context', 'context.Background'],
    ['time', 'time.Now'],
  ],
  [
    ['encoding/json', 'json.Marshal'],
    ['io', 'io.Discard'],
    ['net/http', 'http.StatusText'],
  ],
];

/**
 * The files of one package by path. The first imports the other packages of the workspace, the last one is a test.
 *
 * @param {string} directory below the workspace root
 * @param {{ name: string, files: number, imports: readonly string[] }} content `name` is that of the package clause
 * @returns {[string, string][]}
 */
export function goPackage(directory, { name, files, imports }) {
  return Array.from({ length: files }, (_, index) => {
    const isTest = index > 0 && index === files - 1;
    const file = `${directory}/${isTest ? `part${index}_test` : index === 0 ? 'main' : `part${index}`}.go`;
    return [file, goFile({ name, index, imports: index === 0 ? imports : [] })];
  });
}

function goFile({ name, index, imports }) {
  const standard = STANDARD[index % STANDARD.length];
  const local = imports.map((path, at) => [`p${at} "${path}"`, `p${at}.Name`]);
  const lines = [
    `// Part ${index} of the package ${name}.`,
    `package ${name}`,
    '',
    'import (',
    ...standard.map(([path]) => `\t"${path}"`),
    ...(local.length > 0 ? ['', ...local.map(([spec]) => `\t${spec}`)] : []),
    ')',
    '',
    `var _ = []any{${[...standard, ...local].map(([, use]) => use).join(', ')}}`,
    '',
    ...(index === 0 ? [`// Name is what other packages use.`, `const Name = "${name}"`, ''] : []),
    ...(index === 0 && name === 'main' ? ['func main() { println(Name) }', ''] : []),
  ];
  return filled(lines.join('\n'), index);
}

function filled(start, index) {
  let text = start;
  for (let step = 0; text.length < FILE_BYTES; step++) {
    text += `
// step${index}x${step} folds the values of one batch; "import (" in a comment or \`import "x"\` is none.
func step${index}x${step}(values []int) int {
	total := ${step}
	for _, value := range values {
		if value%2 == 0 {
			total = total*31 + value
		}
	}
	return total
}
`;
  }
  return text;
}
