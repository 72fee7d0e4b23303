import { linesOfTask } from './task-output.mjs';

/** What Nx 23 prints for two tasks, the second of which fails. */
const OUTPUT = `
 NX   Running target image-size for project api and 1 task it depends on:

> nx run api:image  [local cache]

api → dist/images/api

> nx run api:image-size

Project  Size
  > nx run is printed by the task
api      9 MB

  Run duration:      1.3s
`;

describe('what a task has printed', () => {
  it('is neither of other tasks nor of Nx', () => {
    expect(linesOfTask(OUTPUT, 'api:image-size').trim()).toBe(
      'Project  Size\n  > nx run is printed by the task\napi      9 MB',
    );
    const without = OUTPUT.replace('  Run duration:      1.3s', ' NX   Ran target image-size');
    expect(linesOfTask(without, 'api:image-size')).toBe(linesOfTask(OUTPUT, 'api:image-size'));
  });

  it('is found where Nx has coloured its lines, and keeps the colours of the task', () => {
    const colored = OUTPUT.replace(
      '> nx run api:image-size',
      '\u001B[2m> \u001B[22m\u001B[2mnx run\u001B[22m api:image-size',
    );
    expect(linesOfTask(colored.replace('9 MB', '\u001B[31m9 MB\u001B[39m'), 'api:image-size')).toContain(
      'api      \u001B[31m9 MB\u001B[39m\n',
    );
  });

  it('has to be there', () => {
    expect(() => linesOfTask(OUTPUT, 'api:image-sum')).toThrow('Nx has printed nothing of api:image-sum.');
  });
});
