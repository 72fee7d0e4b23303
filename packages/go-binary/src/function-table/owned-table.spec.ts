import { Damage } from '../elf/damage';
import { OwnedTable } from './owned-table';

describe('OwnedTable', () => {
  it('gives an owner what it alone refers to, up to the next entry', () => {
    const table = new OwnedTable();
    table.add(40, 7);
    table.add(1, 7);
    table.add(1, 7);
    table.add(10, 7);
    table.add(10, 8);
    table.add(25, 8);
    expect(shared(table, 100)).toEqual({ shared: 15, given: ['7: 9', '8: 15', '7: 60'] });
  });

  it('does not count the last entry where its end is not known', () => {
    const table = new OwnedTable();
    table.add(0, 1);
    table.add(16, 1);
    expect(shared(table, undefined)).toEqual({ shared: 0, given: ['1: 16', '1: 0'] });
  });

  it('refuses an entry behind the end', () => {
    const table = new OwnedTable();
    table.add(17, 1);
    expect(() => shared(table, 16)).toThrow(Damage);
  });
});

function shared(table: OwnedTable, end: number | undefined): { shared: number; given: string[] } {
  const given: string[] = [];
  return { shared: table.share(end, (owner, bytes) => given.push(`${owner}: ${bytes}`)), given };
}
