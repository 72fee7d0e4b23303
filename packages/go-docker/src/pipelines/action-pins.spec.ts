import { withLaterPins, withoutPins } from './action-pins';

const [old, later] = ['a'.repeat(40), 'b'.repeat(40)];
const ours = ['    steps:', `      - uses: none`, `        uses: actions/checkout@${old} # v6.0.2`];
const ourCheckout = (commit: string, version: string) =>
  `        uses: actions/checkout@${commit} # v${version}`;

describe('the commits of actions', () => {
  it('are no part of what a person has edited', () => {
    expect(withoutPins(ours)).toEqual(['    steps:', '      - uses: none', '        uses: actions/checkout']);
  });

  it.each([
    ['6.0.3', later],
    ['6.1', later],
    ['7', later],
    ['10.0.0', later],
    ['6.0.2', old],
    ['6.0', old],
    ['5.9.9', old],
  ])('are those of v%s only where that is later than v6.0.2', (version, commit) => {
    expect(withLaterPins(ours, [ourCheckout(later, version)])[2]).toBe(
      ourCheckout(commit, commit === later ? version : '6.0.2'),
    );
  });

  it('stay where the file has no such action, or names it by a tag', () => {
    expect(withLaterPins(ours, [`uses: actions/cache@${later} # v9.0.0`])).toEqual(ours);
    expect(withLaterPins(ours, ['        uses: actions/checkout@v9'])).toEqual(ours);
  });
});
