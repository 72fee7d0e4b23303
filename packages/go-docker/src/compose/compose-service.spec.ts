import { composeServiceOf, composeServices } from './compose-service';

const lines = (...text: string[]): string => `${text.join('\n')}\n`;

const file = 'apps/api/compose.yaml';
const text = lines(
  'x-limits: &limits { init: true }',
  'services:',
  '  db: { image: postgres, ports: ["5432:5432"] }',
  '  api:',
  '    # go-docker:begin dev',
  '    build: ../..',
  '    # go-docker:end dev',
  '    <<: *limits',
  '    ports:',
  '      - "127.0.0.1:${API_PORT:-8081}:8080"',
  '  api-debug:',
  '    # go-docker:begin debug',
  '    build: ../..',
  '    # go-docker:end debug',
);

describe('the service of a compose file', () => {
  it('is the one that holds the block, with its ports and the line of its name', () => {
    expect(composeServiceOf(text, file)).toEqual({
      name: 'api',
      line: 4,
      ports: [{ host: 8081, container: 8080, protocol: 'tcp', address: '127.0.0.1', variable: 'API_PORT' }],
    });
    expect(composeServiceOf(text, file, { block: 'debug' })).toEqual({
      name: 'api-debug',
      line: 11,
      ports: [],
    });
  });

  it('has the ports that variables say', () => {
    expect(composeServiceOf(text, file, { environment: { API_PORT: '9000' } })?.ports[0]?.host).toBe(9000);
  });

  it('is unknown where there is no block', () => {
    expect(composeServiceOf(lines('services: {}'), file)).toBeUndefined();
  });

  it('is refused where the block stands outside of the services', () => {
    expect(() =>
      composeServiceOf(lines('# go-docker:begin dev', '# go-docker:end dev', 'services: {}'), file),
    ).toThrow('apps/api/compose.yaml:1: The block "dev" stands in no service\n→ ');
  });

  it('is one of all that the file defines itself', () => {
    expect(composeServices(text, file).map(({ name, line }) => [name, line])).toEqual([
      ['db', 3],
      ['api', 4],
      ['api-debug', 11],
    ]);
    expect(composeServices('# nothing\n', file)).toEqual([]);
    expect(composeServices('services:\n', file)).toEqual([]);
  });

  it('is refused with line and column where aliases stand for more than fits into memory', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `x${level + 1}: &x${level + 1} [${`*x${level}, `.repeat(9)}]`,
    );
    expect(() => composeServices(lines('x0: &x0 [1]', ...levels, 'services: {}'), file)).toThrow(
      /^apps\/api\/compose\.yaml:1:1: This is no YAML that Compose reads: Excessive alias count/,
    );
  });
});
