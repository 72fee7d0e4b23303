import { terminalPage } from './terminal-page.mjs';

const shown = (output: string) => /<\/span>\n([\s\S]*)<\/pre>/.exec(terminalPage('nx run a:b', output))?.[1];

describe('the page of a terminal', () => {
  it('shows the command, and what it has printed, as text', () => {
    expect(terminalPage('nx run <a>:b', 'x')).toContain('<span class="bold">$ nx run &lt;a&gt;:b</span>');
    expect(shown('\n\n  a < b & c\n\n')).toBe('  a &lt; b &amp; c');
  });

  it('has the styles of a terminal, and none that is left open', () => {
    expect(shown('\u001B[31mover\u001B[39m by \u001B[1m2 MB')).toBe(
      '<span class="red">over</span> by <span class="bold">2 MB</span>',
    );
  });

  it('leaves out what moves the cursor, and styles that it does not know', () => {
    expect(shown('\u001B[?25l\u001B[2K\u001B[7ma\u001B[27m\u001B]0;title\u0007\r\n')).toBe('a');
  });
});
