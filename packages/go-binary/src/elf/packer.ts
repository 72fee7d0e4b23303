import type { ProgramBytes } from './program-bytes';

/**
 * UPX leaves its mark behind the headers of the program that it makes, and at the end of the file.
 * `l_info` and `PackHeader` in https://github.com/upx/upx/blob/v4.2.4/src/stub/src/include/linux.h and src/packhead.cpp
 */
export async function isPackedByUpx(program: ProgramBytes): Promise<boolean> {
  const start = await program.read(0, START_BYTES);
  const end = await program.read(Math.max(0, program.size - END_BYTES), END_BYTES);
  return start.includes(MARK) || end.includes(MARK);
}

const MARK = Buffer.from('UPX!', 'latin1');
const START_BYTES = 1024;
const END_BYTES = 64;
