import { readBudgets } from './read-budgets';
import { limitsOf } from './select-limits';

/** The limits of a project as they were written. */
function limits(file: object, project: { name: string; tags?: string[] }) {
  const found = limitsOf(readBudgets(JSON.stringify(file), 'image-budgets.json'), { tags: [], ...project });
  return { unpacked: found.unpacked?.text, compressed: found.compressed?.text };
}

describe('limitsOf', () => {
  test('a project that nothing reaches has no limits', () => {
    expect(limits({ projects: { web: '9 MB' } }, { name: 'api' })).toEqual({});
  });

  test('the default holds for every project', () => {
    expect(limits({ default: '25 MB' }, { name: 'api' })).toEqual({ unpacked: '25 MB' });
  });

  test('a name goes before a tag, a tag before a pattern, a pattern before the default', () => {
    const projects = { 'api*': '3 MB', 'tag:go': '2 MB', api: '1 MB' };
    const file = { default: '4 MB', projects };
    expect(limits(file, { name: 'api', tags: ['go'] }).unpacked).toBe('1 MB');
    expect(limits(file, { name: 'api-users', tags: ['go'] }).unpacked).toBe('2 MB');
    expect(limits(file, { name: 'api-users' }).unpacked).toBe('3 MB');
    expect(limits(file, { name: 'web' }).unpacked).toBe('4 MB');
  });

  test('each kind is decided by the most specific entry that names it', () => {
    const file = {
      default: { unpacked: '25 MB', compressed: '10 MB' },
      projects: { 'tag:go': { compressed: '8 MB' }, api: { unpacked: '15 MB' } },
    };
    expect(limits(file, { name: 'api', tags: ['go'] })).toEqual({ unpacked: '15 MB', compressed: '8 MB' });
    expect(limits(file, { name: 'api' })).toEqual({ unpacked: '15 MB', compressed: '10 MB' });
  });

  test('so is the growth of each size', () => {
    const file = {
      default: { growth: { unpacked: '5%', compressed: '6%' }, layers: 9 },
      projects: { 'tag:go': { growth: '100 kB' }, api: { growth: { compressed: '2%' } } },
    };
    const found = limitsOf(readBudgets(JSON.stringify(file), 'image-budgets.json'), {
      ...{ name: 'api', tags: ['go'] },
    });
    expect(found.growth?.unpacked?.text).toBe('100 kB');
    expect(found.growth?.compressed?.text).toBe('2%');
    expect(found.growth?.assets).toBeUndefined();
    expect(found.layers?.most).toBe(9);
  });

  test('among several tags, or several patterns, the one written first decides', () => {
    const file = { projects: { 'tag:shop': '1 MB', 'tag:go': '2 MB', '*-users': '3 MB', 'api-*': '4 MB' } };
    expect(limits(file, { name: 'web', tags: ['go', 'shop'] }).unpacked).toBe('1 MB');
    expect(limits(file, { name: 'api-users' }).unpacked).toBe('3 MB');
  });

  test('a * stands for any letters, in names and in tags', () => {
    const file = { projects: { '@shop/*': '1 MB', 'tag:scope:*': '2 MB' } };
    expect(limits(file, { name: '@shop/api/v2' }).unpacked).toBe('1 MB');
    expect(limits(file, { name: 'web', tags: ['scope:shop'] }).unpacked).toBe('2 MB');
    expect(limits(file, { name: 'web', tags: ['scope'] })).toEqual({});
  });

  test('every other character of a pattern stands for itself', () => {
    const file = { projects: { 'a.b+[c]*': '1 MB' } };
    expect(limits(file, { name: 'a.b+[c]-1' }).unpacked).toBe('1 MB');
    expect(limits(file, { name: 'axb+[c]-1' })).toEqual({});
    expect(limits(file, { name: 'my-a.b+[c]-1' })).toEqual({});
  });

  test('a name is matched whole and with its letters as they are', () => {
    expect(limits({ projects: { api: '1 MB' } }, { name: 'api-users' })).toEqual({});
    expect(limits({ projects: { api: '1 MB' } }, { name: 'API' })).toEqual({});
  });
});
