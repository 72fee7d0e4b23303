import type { Random } from './random';

type Mutation = (file: Buffer, random: Random) => Buffer;

/** What means something to who reads the top of a Go file, and what only looks like it. */
const PIECES = [
  ...[
    '//',
    '/*',
    '*/',
    '/**/',
    '/* \n */',
    '"',
    '`',
    "'",
    '\\',
    '\\"',
    '(',
    ')',
    ';',
    ';\n',
    ',',
    '.',
    '_',
    '\n',
    '\r\n',
    '\r',
  ],
  ...[
    '\n\n',
    '\t',
    '\f',
    '\v',
    '\0',
    '\uFEFF',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\uFFFD',
    'é',
    '世界',
    '𝒳',
    '\ud800',
  ],
  ...[
    'package ',
    'package a\n',
    'import ',
    'import (\n',
    'import "embed"\n',
    'import _ "embed"\n',
    'import "C"\n',
    'import . `x/y`\n',
  ],
  ...[
    'import "a"; import "b"\n',
    '"a\\x62"',
    '"\\u00e9/\\101"',
    '"a b"',
    '`a\r`',
    '""',
    '"unsafe"\n',
    'documentation',
    'func',
    '}',
  ],
  ...[
    '//go:build linux\n',
    '//go:build !linux && (amd64 || cgo)\n',
    '//go:build ignore\n\n',
    '//go:build go1.27\n',
    '//go:build\n',
  ],
  ...[
    '// +build linux\n\n',
    '// +build !amd64,cgo arm64\n\n',
    '//+build ignore\n\n',
    '/* x */ //go:build arm64\n',
    '//\t+build \n\n',
  ],
  ...[
    '//go:embed a b\n',
    '//go:embed "a b" `c`\n',
    '//go:embed\u2003x\n',
    '//go:embedx y\n',
    '/*\n//go:embed no\n*/',
    '`\n//go:embed no\n`',
  ],
  ...[
    '//go:embed "a\n',
    '//go:embed "a"b\n',
    '//go:embed "\\x61\\n" d\r\n',
    "'\\''",
    "'\"'",
    '"\\\\"',
    "'`'",
    '1 / 2',
  ],
].map((text) => Buffer.from(text));

const bytesFlipped: Mutation = (file, random) => {
  const copy = Buffer.from(file);
  for (let times = random.below(4); times >= 0; times--) copy[nearTop(copy, random)] = random.below(256);
  return copy;
};

const cut: Mutation = (file, random) => file.subarray(0, nearTop(file, random));

const pieceRemoved: Mutation = (file, random) => {
  const start = nearTop(file, random);
  return Buffer.concat([file.subarray(0, start), file.subarray(start + 1 + random.below(20))]);
};

const pieceInserted: Mutation = (file, random) => {
  const at = random.below(3) === 0 ? lineStart(file, random) : nearTop(file, random);
  return Buffer.concat([file.subarray(0, at), random.one(PIECES), file.subarray(at)]);
};

const linesSwapped: Mutation = (file, random) => {
  const lines = file.toString('latin1').split('\n');
  const first = random.below(Math.min(lines.length, 40));
  const second = random.below(Math.min(lines.length, 40));
  [lines[first], lines[second]] = [lines[second] ?? '', lines[first] ?? ''];
  return Buffer.from(lines.join('\n'), 'latin1');
};

const lineRepeated: Mutation = (file, random) => {
  const start = lineStart(file, random);
  const end = file.indexOf('\n', start) + 1 || file.length;
  return Buffer.concat([file.subarray(0, end), file.subarray(start)]);
};

const windowsLines: Mutation = (file) =>
  Buffer.from(file.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');

const byteOrderMark: Mutation = (file) => Buffer.concat([Buffer.from('\uFEFF'), file]);

const embedding: Mutation = (file) =>
  Buffer.from(file.toString('latin1').replace(/^(package \w+)$/m, '$1\n\nimport _ "embed"'), 'latin1');

/** The more often in the list, the more often done. */
const MUTATIONS = [
  ...[bytesFlipped, cut, pieceRemoved, linesSwapped, lineRepeated, windowsLines, byteOrderMark, embedding],
  ...[pieceInserted, pieceInserted, pieceInserted, pieceInserted],
];

/** The file, changed in one to four ways, most of them near the top. */
export function mutated(file: Buffer, random: Random): Buffer {
  let changed = file;
  for (let times = random.below(4); times >= 0; times--) changed = random.one(MUTATIONS)(changed, random);
  return changed;
}

function nearTop(file: Buffer, random: Random): number {
  return random.below(Math.min(file.length, random.one([100, 400, 1500, file.length])));
}

function lineStart(file: Buffer, random: Random): number {
  return file.lastIndexOf('\n', nearTop(file, random)) + 1;
}
