import { table } from './table';

const red = (text: string) => `<red>${text}</red>`;

describe('table', () => {
  test('aligns columns to the left, and numbers to the right', () => {
    expect(
      table(
        [{ title: 'Project' }, { title: 'Total', align: 'right' }],
        [
          ['api', '7.69 MB'],
          ['storefront', '512 B'],
        ],
      ),
    ).toBe(
      [
        'Project       Total', //
        'api         7.69 MB',
        'storefront    512 B',
      ].join('\n'),
    );
  });

  test('does not count a style as width', () => {
    expect(
      table(
        [{ title: 'A' }, { title: 'B', align: 'right' }, { title: 'C' }],
        [
          [{ text: 'x', style: red }, { text: '1', style: red }, 'y'],
          ['long', '22', 'z'],
        ],
      ),
    ).toBe(
      [
        'A      B  C', //
        '<red>x</red>      <red>1</red>  y',
        'long  22  z',
      ].join('\n'),
    );
  });

  test('leaves no space at the end of a line', () => {
    expect(table([{ title: 'A' }, { title: 'B' }], [['x', ''], ['y']])).toBe('A  B\nx\ny');
  });
});
