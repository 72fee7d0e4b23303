import type { MeasuredFile } from '../measuring/measured-image';
import { heldBack } from './held-back';

const file = (path: string, bytes: number, isProgram = false): MeasuredFile => ({
  ...{ path, bytes, layer: 1, isProgram, isHidden: false },
});

describe('what the ignore file should hold back', () => {
  it('is what people work with, by the line that keeps it out, the most bytes first', () => {
    const files = [
      file('/app/api', 9e6, true),
      file('/app/web/index.html', 8e6),
      file('/app/.git/objects/pack/pack-1.pack', 3e6),
      file('/app/.git/HEAD', 23),
      file('/app/README.md', 12e3),
      file('/app/docs/guide.MD', 20e3),
      file('/app/store/store_test.go', 15e3),
      file('/app/store/store.go', 14e3),
    ];
    expect(heldBack(files)).toEqual([
      { line: '**/.git', count: 2, bytes: 3_000_023, example: '/app/.git/objects/pack/pack-1.pack' },
      { line: '**/*.md', count: 2, bytes: 32e3, example: '/app/docs/guide.MD' },
      { line: 'FOLDER/**/*_test.go', count: 1, bytes: 15e3, example: '/app/store/store_test.go' },
      { line: 'FOLDER/**/*.go', count: 1, bytes: 14e3, example: '/app/store/store.go' },
    ]);
  });

  it('is never what other stages compile and test: a line holds for all of them', () => {
    const files = [
      file('/app/store/store.go', 14e3),
      file('/app/go.sum', 12e3),
      file('/app/store/testdata/orders.json', 11e3),
    ];
    expect(heldBack(files).map(({ line }) => line)).toEqual([
      'FOLDER/**/*.go',
      'FOLDER/**/go.*',
      'FOLDER/**/testdata',
    ]);
  });

  it('is a file with secrets in any case, before all else', () => {
    const files = [file('/app/.env', 40), file('/app/.env.production', 60), file('/app/.git/x', 1e6)];
    expect(heldBack(files).map(({ line, count }) => [line, count])).toEqual([
      ['**/.env*', 2],
      ['**/.git', 1],
    ]);
  });

  it('is nothing that a RUN has installed: an ignore file is about what is copied', () => {
    const files = [
      file('/usr/lib/node_modules/npm/README.md', 1e6),
      file('/usr/local/lib/node_modules/yarn/index.js', 1e6),
      file('/usr/share/doc/git/RelNotes.md', 1e6),
      file('/go/pkg/mod/github.com/gin-gonic/gin@v1.12.0/testdata/large.json', 1e6),
      file('/usr/local/go/src/fmt/print.go', 1e6),
      file('/usr/src/app/node_modules/left-pad/index.js', 1e6),
      file('/usr/local/bin/pages/node_modules/left-pad/index.js', 1e6),
    ];
    expect(heldBack(files)).toEqual([
      {
        ...{ line: '**/node_modules', count: 2, bytes: 2e6 },
        example: '/usr/src/app/node_modules/left-pad/index.js',
      },
    ]);
  });

  it('is nothing that saves little, no program, and nothing that is only called alike', () => {
    const files = [
      file('/app/NOTES.md', 9_999),
      file('/app/testdata/api', 9e6, true),
      file('/app/.gitignore', 1e6),
      file('/app/environment.env', 1e6),
      file('/app/cargo.mod', 1e6),
      file('/app/page.go.html', 1e6),
    ];
    expect(heldBack(files)).toEqual([]);
  });
});
