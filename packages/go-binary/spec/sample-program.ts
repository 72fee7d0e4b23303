import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A program of several modules, with what makes names of functions difficult: dots in paths, generics, closures. */
const SOURCES = {
  'go.mod': `module example.com/shop

go 1.20

require (
	example.com/money v1.2.3
	example.com/text.v2 v1.0.1
)
`,
  'cmd/api/main.go': `package main

import (
	"fmt"
	"os"

	"example.com/money"
	"example.com/shop/cart"
	"example.com/text.v2"
	"example.com/text.v2/html.kit"
)

var started = func() string { return fmt.Sprint("started ", os.Getpid()) }()

func init() { fmt.Println(started) }

func main() {
	defer func() { fmt.Println(recover()) }()
	basket := cart.New[string]()
	basket.Put("tea", money.Of(3))
	fmt.Println(text.Greeting(os.Args), kit.Escape("<a>"))
	fmt.Println(cart.Largest([]float64{1, 2}), cart.Largest([]string{"a", "b"}))
	show := basket.Show
	show()
}
`,
  'cmd/least/main.go': 'package main\n\nfunc main() {}\n',
  'cart/cart.go': `package cart

import (
	"fmt"
	"sort"

	"example.com/money"
)

type Key struct {
	Name  string
	Other interface{}
	Count [3]int
}

type Cart[K comparable] struct {
	Lines map[K]money.Amount
	Keys  map[Key]K
	Pairs map[[2]Key]K
}

func New[K comparable]() *Cart[K] {
	return &Cart[K]{Lines: map[K]money.Amount{}, Keys: map[Key]K{}, Pairs: map[[2]Key]K{}}
}

func (c *Cart[K]) Put(k K, a money.Amount) {
	c.Lines[k] = a
	c.Keys[Key{Name: fmt.Sprint(k), Other: k}] = k
	c.Pairs[[2]Key{}] = k
}

func (c *Cart[K]) Show() {
	names := []string{}
	for k, a := range c.Lines {
		names = append(names, fmt.Sprint(k, a))
	}
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	fmt.Println(names)
}

func Largest[T interface{ ~float64 | ~string }](all []T) (largest T) {
	for _, one := range all {
		if one > largest {
			largest = one
		}
	}
	return largest
}
`,
  'vendor/modules.txt': `# example.com/money v1.2.3
## explicit; go 1.20
example.com/money
# example.com/text.v2 v1.0.1
## explicit; go 1.20
example.com/text.v2
example.com/text.v2/html.kit
`,
  'vendor/example.com/money/money.go': `package money

import "strconv"

type Amount struct{ cents int64 }

func Of(euros int64) Amount { return Amount{cents: euros * 100} }

func (a Amount) String() string { return strconv.FormatInt(a.cents, 10) + " ct" }
`,
  'vendor/example.com/text.v2/text.go': `package text

import "strings"

var greetings = map[string]string{"en": "hello", "de": "hallo", "fr": "bonjour"}

//go:noinline
func Greeting(names []string) string { return greetings["en"] + " " + strings.Join(names, ", ") }
`,
  'vendor/example.com/text.v2/html.kit/kit.go': `package kit

import "strings"

var replacer = strings.NewReplacer("<", "&lt;", ">", "&gt;")

var Entities = [512]string{1: "&#1;", 511: "&#511;"}

//go:noinline
func Escape(text string) string { return replacer.Replace(text) + Entities[len(text)] }
`,
};

/** The sample program in a folder of its own. */
export interface SampleProgram {
  /** @returns The path of the program. */
  build(build: SampleBuild): string;
  /** What Go prints in the program's folder. */
  go(args: readonly string[], build: Pick<SampleBuild, 'release' | 'architecture'>): string;
  remove(): void;
}

export interface SampleBuild {
  /** For example `1.27.0`; Go fetches it where it is another one. Absent for the Go on the PATH. */
  readonly release?: string;
  readonly architecture: string;
  readonly flags?: readonly string[];
  /** `./cmd/api` by default; `./cmd/least` does nothing. */
  readonly main?: string;
}

export function sampleProgram(): SampleProgram {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'go-binary-')));
  for (const [file, text] of Object.entries(SOURCES)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  let built = 0;
  return { build, go, remove: () => rmSync(folder, { recursive: true, force: true }) };

  function build({ flags = [], main = './cmd/api', ...of }: SampleBuild): string {
    const program = join(folder, `program-${built++}`);
    go(['build', '-trimpath', ...flags, '-o', program, main], of);
    return program;
  }

  function go(
    args: readonly string[],
    { release, architecture }: Pick<SampleBuild, 'release' | 'architecture'>,
  ): string {
    return execFileSync('go', args, {
      ...{ cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 },
      env: {
        ...process.env,
        ...{ GOOS: 'linux', GOARCH: architecture, CGO_ENABLED: '0' },
        ...{ GOFLAGS: '-buildvcs=false -mod=vendor', GOWORK: 'off' },
        GOTOOLCHAIN: release === undefined ? 'local' : `go${release}`,
      },
    });
  }
}
