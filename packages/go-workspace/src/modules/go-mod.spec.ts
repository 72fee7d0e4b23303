import { parseGoMod } from './go-mod';

describe('parseGoMod', () => {
  it('reads every directive, alone and in blocks', () => {
    const text = `// Deprecated: use another.
module "example.com/app" // the app

go 1.25.0
toolchain go1.25.3
godebug (
	default=go1.21
	panicnil=1
)
require example.com/a v1.2.3
require (
	example.com/b v0.0.0-20240102030405-0123456789ab // indirect
	// a comment of its own )
	"example.com/c" "v2.0.0+incompatible" // indirect; as far as we know

)
exclude example.com/b v0.1.0
replace (
	example.com/a => ../a
	example.com/b v0.0.0 => example.com/fork/b v1.0.0
)
retract v1.0.1
retract [v1.1.0, v1.2.0] // broken
tool example.com/tool/cmd
ignore ./node_modules
`;

    expect(parseGoMod(text, 'app/go.mod')).toEqual({
      file: 'app/go.mod',
      module: 'example.com/app',
      go: '1.25.0',
      toolchain: 'go1.25.3',
      godebug: [
        { key: 'default', value: 'go1.21' },
        { key: 'panicnil', value: '1' },
      ],
      require: [
        { path: 'example.com/a', version: 'v1.2.3', indirect: false, line: 10 },
        { path: 'example.com/b', version: 'v0.0.0-20240102030405-0123456789ab', indirect: true, line: 12 },
        { path: 'example.com/c', version: 'v2.0.0+incompatible', indirect: true, line: 14 },
      ],
      exclude: [{ path: 'example.com/b', version: 'v0.1.0' }],
      replace: [
        { path: 'example.com/a', version: undefined, replacement: { directory: '../a' }, line: 19 },
        {
          path: 'example.com/b',
          version: 'v0.0.0',
          replacement: { path: 'example.com/fork/b', version: 'v1.0.0' },
          line: 20,
        },
      ],
      retract: [
        { low: 'v1.0.1', high: 'v1.0.1' },
        { low: 'v1.1.0', high: 'v1.2.0' },
      ],
      tool: ['example.com/tool/cmd'],
      ignore: ['./node_modules'],
    });
  });

  it('reads the same with Windows line ends and with an empty block', () => {
    const text = 'module example.com/app\n\nrequire ( )\nrequire (\n\texample.com/a v1.0.0 // indirect\n)\n';

    expect(parseGoMod(text.replaceAll('\n', '\r\n'), 'go.mod')).toEqual(parseGoMod(text, 'go.mod'));
    expect(parseGoMod(text, 'go.mod').require).toEqual([
      { path: 'example.com/a', version: 'v1.0.0', indirect: true, line: 5 },
    ]);
  });

  it('says where the mistake is and where the grammar stands', () => {
    expect(() => parseGoMod('module a\n\nfoo bar\n', 'libs/a/go.mod')).toThrow(
      expect.objectContaining({
        message:
          'libs/a/go.mod:3: unknown directive `foo`\n→ Correct the line; https://go.dev/ref/mod#go-mod-file says what may stand there.',
        location: { file: 'libs/a/go.mod', line: 3 },
      }),
    );
  });
});
