import { alpine, scratch } from '../comparison/fixtures/variants';
import type { MeasuredFile } from '../measuring/measured-image';
import { adviceTable } from './advice-table';

const onScratch = { what: '--runner=scratch', means: 'nothing else', sizes: scratch.sizes };
const file = (path: string, bytes: number, over: Partial<MeasuredFile> = {}): MeasuredFile => ({
  ...{ path, bytes, layer: 1, isProgram: false, isHidden: false },
  ...over,
});

describe('advice in the terminal', () => {
  it('says what was built and what it saves', () => {
    expect(adviceTable([onScratch], alpine.sizes, [])).toBe(
      `Smaller with      Unpacked    saves  Compressed    saves
--runner=scratch   10.0 MB  3.00 MB     4.00 MB  2.00 MB  nothing else`,
    );
  });

  it('says that nothing helps where nothing does, and what could not be built', () => {
    const failed = { what: 'tags=nomsgpack', means: 'x', problem: 'undefined: binding.MsgPack' };
    const { unpacked } = alpine.sizes;
    const little = { ...alpine.sizes, unpacked: { ...unpacked, totalBytes: unpacked.totalBytes - 999 } };
    expect(adviceTable([{ ...onScratch, sizes: little }, failed], alpine.sizes, [])).toBe(
      `Nothing that could be built makes this image smaller.

Not built with tags=nomsgpack: undefined: binding.MsgPack`,
    );
  });

  it('names the lines of the ignore file that would hold something back', () => {
    const files = [file('/app/.git/objects/1', 1.5e6), file('/app/.git/HEAD', 23), file('/app/.env', 40)];
    expect(adviceTable([], alpine.sizes, files)).toContain(
      `What lines in the ignore file would hold back:
  Bytes  Line
   40 B  **/.env*  /app/.env
1.50 MB  **/.git   2 files, such as /app/.git/objects/1`,
    );
  });

  it('names the largest files besides programs, from 100 kB', () => {
    const files = [
      file('/usr/local/bin/api', 9e6, { isProgram: true }),
      file('/app/movie.mp4', 5e6),
      file('/app/old.sql', 1e6, { isHidden: true }),
      file('/app/small.txt', 99_999),
    ];
    expect(adviceTable([], alpine.sizes, files)).toContain(
      `The largest files besides programs:
  5.00 MB  /app/movie.mp4
  1.00 MB  /app/old.sql (replaced or removed by a later step: it takes its bytes all the same)`,
    );
    expect(adviceTable([], alpine.sizes, files)).not.toContain('small.txt');
  });
});
