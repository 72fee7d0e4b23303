import { memoryFileSystem, readGoWorkspace } from '@go-docker/go-workspace';
import { appImageOf } from './app-image';
import { shownPort } from './shown-port';

const main = (...lines: string[]): string =>
  ['package main', '', 'func main() {', ...lines, '}', ''].join('\n');

function portOf(files: Record<string, string>, dockerfile = 'apps/api/Dockerfile'): number | undefined {
  const fileSystem = memoryFileSystem({ 'apps/api/go.mod': 'module example.com/api\n\ngo 1.26\n', ...files });
  const image = appImageOf(readGoWorkspace(fileSystem), dockerfile, '');
  if (!image) throw new Error('no app');
  return shownPort(fileSystem, image);
}

const portIn = (...lines: string[]): number | undefined => portOf({ 'apps/api/main.go': main(...lines) });

describe('the port that the code shows', () => {
  it.each([
    ['an address', 'http.ListenAndServe(":8080", nil)'],
    ['an address on all interfaces', 'net.Listen("tcp", "0.0.0.0:8080")'],
    ['an address of IPv6', 'net.Listen("tcp", "[::]:8080")'],
    ['the default of a variable', 'addr := ":" + cmp.Or(os.Getenv("PORT"), "8080")'],
    ['the default that a helper takes', 'port := envInt("HTTP_PORT", 8080)'],
    ['the default of a flag', 'port := flag.Int("port", 8080, "where to listen")'],
    ['the default of a flag of text', 'flag.StringVar(&port, "port", "8080", "where to listen")'],
    ['the default in a tag', 'type config struct { Port int `env:"PORT" envDefault:"8080"` }'],
    ['what Gin does by itself', 'router := gin.Default(); router.Run()'],
  ])('is %s', (_, line) => expect(portIn(line)).toBe(8080));

  it('is the default that is set where the variable is empty', () => {
    expect(portIn('port := os.Getenv("PORT")', 'if port == "" {', '\tport = "3000"', '}')).toBe(3000);
  });

  it('is the same one said twice', () => {
    expect(portIn('log.Print("listening on", ":8080")', 'http.ListenAndServe(":8080", nil)')).toBe(8080);
  });

  it.each([
    ['several', 'go metrics(":9090"); http.ListenAndServe(":8080", nil)'],
    ['another program’s', 'db := dial("localhost:5432"); cache := os.Getenv("REDIS_PORT") + "6379"'],
    ['what stands in a comment', '// http.ListenAndServe(":8080", nil)\n/* ":8081" */'],
    ['no port', 'http.ListenAndServe(":99999", nil)'],
    ['nothing', 'fmt.Println("http://example.com")'],
  ])('is unknown where there is %s', (_, line) => expect(portIn(line)).toBeUndefined());

  it('is found in the app’s own packages before those it shares', () => {
    const files = {
      'go.mod': 'module example.com/shop\n\ngo 1.26\n',
      'internal/server/server.go': 'package server\n\nconst Address = ":7000"\n',
    };
    const imports = 'package main\n\nimport _ "example.com/shop/internal/server"\n\n';
    const app = (code: string) => ({ ...files, 'cmd/api/main.go': `${imports}func main() { ${code} }\n` });
    expect(portOf(app('listen(":8080")'), 'cmd/api/Dockerfile')).toBe(8080);
    expect(portOf(app(''), 'cmd/api/Dockerfile')).toBe(7000);
  });
});
