import { measuredImage, measuredPlatform } from '../../spec/measured-image';
import { readBudgets } from '../budgets/read-budgets';
import { limitsOf } from '../budgets/select-limits';
import type { Comparison, PartChange } from '../measuring/measured-image';
import { changeReport } from './change-report';

const change = (name: string, wasBytes: number, bytes: number, more: Partial<PartChange> = {}) => ({
  ...{ name, wasBytes, bytes, state: 'changed' as const, ...more },
});

function compared(parts: Partial<Extract<Comparison, { state: 'compared' }>>): Comparison {
  return {
    ...{ state: 'compared', was: measuredPlatform().sizes, isByPackage: true },
    ...{ modules: [], packages: [], unattributed: [], files: [], ...parts },
  };
}

const report = (comparison: Comparison, ref?: string) =>
  changeReport(measuredImage([measuredPlatform({ comparison })], ref));

describe('changeReport', () => {
  test('names what grew, shrank, is new and is gone', () => {
    const comparison = compared({
      modules: [
        change('golang.org/x/text', 0, 400_000, { version: 'v0.30.0', state: 'new' }),
        change('example.com/old', 90_000, 0, { state: 'gone' }),
      ],
      packages: [change('example.com/api/pages', 0, 20_000, { state: 'unlisted' })],
      unattributed: [change('symbol table', 10_000, 12_000)],
      files: [change('/srv/logo.png', 40_000, 30_000)],
    });
    expect(report(comparison, 'main')).toEqual([
      [
        'linux/amd64, since apps/api/image-size.json at main:',
        '   +400 kB  module   golang.org/x/text v0.30.0, new',
        '  -90.0 kB  module   example.com/old, gone',
        '  +20.0 kB  package  example.com/api/pages or more, not named before',
        '  +2.00 kB  program  symbol table',
        '  -10.0 kB  file     /srv/logo.png',
      ].join('\n'),
    ]);
  });

  test('shows five of each sort and counts the others', () => {
    const packages = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name, at) => change(name, 0, 7000 - at));
    const [text = ''] = report(compared({ packages }));
    expect(text.split('\n').slice(-2)).toEqual(['  +7.00 kB  package  e', `${' '.repeat(21)}and 2 more`]);
  });

  test('leaves it to the report of a breach where there is one', () => {
    const limit = { kind: 'unpacked', most: 1, text: '1 B', source: { from: 'command line' } } as const;
    const comparison = compared({ packages: [change('fmt', 1, 2)] });
    const platform = measuredPlatform({ comparison, limits: { unpacked: limit } });
    expect(changeReport(measuredImage([platform]))).toEqual([]);
  });

  test('says nothing where nothing differs, and where there is no baseline', () => {
    expect(report(compared({}))).toEqual([]);
    expect(report({ state: 'new' })).toEqual([]);
    expect(report({ state: 'untracked' })).toEqual([]);
  });

  test('names a program that is not broken down, and why', () => {
    const programs = [{ path: '/api', bytes: 1, breakdown: { unknown: 'this program says nothing of Go' } }];
    expect(changeReport(measuredImage([measuredPlatform({ programs })]))).toEqual([
      'linux/amd64: /api is not broken down by package: this program says nothing of Go',
    ]);
  });

  test('says how to begin where growth is limited and nothing is written down', () => {
    const { growth } = limitsOf(readBudgets('{ "default": { "growth": "5%" } }', 'image-budgets.json'), {
      ...{ name: 'api', tags: [] },
    });
    const note =
      'There is no apps/api/image-size.json that the image could have grown from.\n→ write it, and commit it: nx run api:image-size --update';
    const limited = (comparison: Comparison) =>
      changeReport(measuredImage([measuredPlatform({ comparison, limits: { growth } })]));
    expect(limited({ state: 'untracked' })).toEqual([note]);
    expect(limited({ state: 'new' })).toEqual([]);
    expect(report({ state: 'untracked' })).toEqual([]);
  });
});
