import { airTomlHere } from './air-toml';

const location = { file: 'apps/api/.air.toml' };
const places = { root: '/home/me/shop', temporary: '/var/tmp/session' };

describe('the settings of air on the host', () => {
  it('build below a folder of the session, in the commands too', () => {
    const text = [
      'root = "../.."',
      'tmp_dir = "/tmp/air"',
      '[build]',
      'cmd = "go build -o /tmp/air/api ."',
      "entrypoint = ['/tmp/air/api', '--cache=/tmp/airport']",
      '',
    ].join('\n');

    expect(airTomlHere(text, places, location)).toBe(
      [
        'root = "../.."',
        'tmp_dir = "/var/tmp/session"',
        '[build]',
        'cmd = "go build -o /var/tmp/session/api ."',
        "entrypoint = ['/var/tmp/session/api', '--cache=/tmp/airport']",
        '',
      ].join('\n'),
    );
  });

  it('have the root of the workspace where the file names that of the container', () => {
    const text = 'root = "/src"\ntmp_dir = "/tmp/air"\n[build]\npre_cmd = ["/src/tools/gen /srcs"]\n';

    expect(airTomlHere(text, places, location)).toBe(
      'root = "/home/me/shop"\ntmp_dir = "/var/tmp/session"\n[build]\npre_cmd = ["/home/me/shop/tools/gen /srcs"]\n',
    );
  });

  it('have slashes on Windows too', () => {
    const windows = { root: 'C:\\shop', temporary: 'C:\\Temp\\session' };

    expect(airTomlHere("tmp_dir = '/tmp/air'\n", windows, location)).toBe("tmp_dir = 'C:/Temp/session'\n");
  });

  it('are refused where they do not say what to build below', () => {
    expect(() => airTomlHere('[build]\ntmp_dir = "/tmp/air"\n', places, location)).toThrow(
      'apps/api/.air.toml: "tmp_dir" is missing\n→ write tmp_dir = "/tmp/air" before the first table',
    );
  });
});
