import { shownSize } from './shown.mjs';

/** What public listings of `docker images` show for the real image; the others are not measured here. */
const REAL_SIZES = { 'alpine:3.22': 8_310_000 };

/** The unpacked size of the real base image, where it is known. */
export function realSize(base) {
  return REAL_SIZES[base];
}

/** The part of the page that names every base with its size. */
export function basesSection({ rows }) {
  const built = rows.flatMap(({ images }) =>
    images.flatMap(({ byHand, goDocker }) => (goDocker ? [byHand, goDocker] : [byHand])),
  );
  // Where both ways stand on one base, what go-docker's layout says of it is exact: it comes last.
  const bases = new Map(built.map((each) => [each.from, each]));
  bases.delete('scratch');
  return [
    '## The bases',
    '',
    '| base | built on here | unpacked | compressed | the real one, unpacked |',
    '| --- | --- | ---: | ---: | --- |',
    ...[...bases.values()].sort((a, b) => (a.from < b.from ? -1 : 1)).map(line),
    '',
    'A stand-in is made of Debian packages and the real Go toolchain where no registry answers; it has the name of the real',
    'image and what a Go program needs of it, and not its size. The size of the real `alpine:3.22` is the one that public',
    'listings of `docker images` give for its image `9234e8fb04c4` (3.22.1).',
  ];
}

function line({ from, standIn, base }) {
  const real = realSize(from);
  const cells = [
    `\`${from}\``,
    standIn ? 'a stand-in' : 'the real one',
    shownSize(base.unpackedBytes),
    shownSize(base.compressedBytes),
    real === undefined ? (standIn ? 'not measured' : 'as here') : shownSize(real),
  ];
  return `| ${cells.join(' | ')} |`;
}
