import { Readable } from 'node:stream';
import type { RegularNode } from '@go-docker/oci-image';
import { isSameFile } from './same-file';

const file = (content: string, stamp?: string): RegularNode => ({
  type: 'file',
  ...{ mode: 0o644, uid: 0, gid: 0, size: content.length, stamp },
  open: () => Readable.from([Buffer.from(content)]),
});
const unread: RegularNode = {
  ...file('abc', 'of one file'),
  open: () => {
    throw new Error('read');
  },
};

describe('two nodes', () => {
  it('are the same file by what they hold, whoever owns them', async () => {
    expect(await isSameFile(file('abc'), { ...file('abc'), mode: 0o600, uid: 1 })).toBe(true);
    expect(await isSameFile(file('abc'), file('abd'))).toBe(false);
    expect(await isSameFile(file('abc'), file('abcd'))).toBe(false);
  });

  it('are not read where they have one stamp', async () => {
    expect(await isSameFile(unread, { ...unread })).toBe(true);
    await expect(isSameFile(unread, file('abc', 'of another'))).rejects.toThrow('read');
  });

  it('are not the same where one is no file', async () => {
    expect(await isSameFile(file('abc'), undefined)).toBe(false);
    expect(await isSameFile({ type: 'directory', mode: 0o755, uid: 0, gid: 0 }, file(''))).toBe(false);
    expect(await isSameFile(undefined, undefined)).toBe(false);
  });
});
