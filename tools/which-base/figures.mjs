import { shownSize } from '../image-sizes/shown.mjs';

const BEGIN = '<!-- figures:begin, written by `npm run which-base` -->';
const END = '<!-- figures:end -->';

/** The page with other lines between its two markers. */
export function withFigures(page, lines) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`docs/which-base.md needs the lines "${BEGIN}" and "${END}".`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${lines.join('\n')}\n\n${page.slice(end)}`;
}

const PROGRAMS = { plain: 'not stripped', stripped: '`-s -w`', upx: '`-s -w`, UPX' };

/**
 * The figures of a comparison as lines of Markdown.
 *
 * @param {object} comparison what `image-compare` writes as JSON
 * @param {string[]} standIns the bases that are not the real ones
 */
export function figures({ variants, reference, notes }, standIns) {
  const missing = variants.filter(({ outcome }) => outcome !== 'built');
  if (missing.length > 0 || notes.length > 0 || !reference) {
    throw new Error(`The page needs every variant: ${JSON.stringify([...missing, ...notes])}`);
  }
  return [
    ...sizeLines(variants, standIns),
    '',
    ...startLines(variants),
    '',
    standIns.length > 0
      ? 'An asterisk marks a stand-in for the real base, made of Debian packages and the real Go toolchain where no registry answers: its size is not that of the real one. The app’s part is.'
      : 'The bases are the real ones.',
  ];
}

function sizeLines(variants, standIns) {
  return [
    '| stands on | program | unpacked | base | app | saves | compressed | base | app | saves |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...variants.map((variant) => {
      const mark = standIns.includes(variant.from) ? ' \\*' : '';
      const sizes = ['unpacked', 'compressed'].flatMap((kind) => {
        const { totalBytes, baseBytes, appBytes } = variant.sizes[kind];
        return [totalBytes, baseBytes, appBytes].map(shownSize).concat(saved(variant.reduction?.[kind]));
      });
      return `| \`${variant.from}\`${mark} | ${PROGRAMS[variant.program]} | ${sizes.join(' | ')} |`;
    }),
  ];
}

/** Never more than it is. */
function saved(reduction) {
  return reduction === undefined ? '' : `${(Math.floor(reduction * 1000) / 10).toFixed(1)} %`;
}

function startLines(variants) {
  const started = variants.filter(({ start }) => start !== undefined);
  const unmeasured = started.find(({ start }) => start.notMeasured !== undefined);
  if (started.length === 0 || unmeasured) {
    throw new Error(`The page needs starts: ${JSON.stringify(unmeasured ?? 'none')}`);
  }
  const [{ start }] = started;
  const rows = new Map();
  for (const { base, program, programBytes, start } of started) {
    const time = `${Math.round(start.readyMilliseconds)} ms`;
    const memory = `${Math.round(start.peakBytes / 2 ** 20)} MiB`;
    // Bases that hold one and the same program stand in one row.
    const row = [PROGRAMS[program], shownSize(programBytes), time, memory].join(' | ');
    rows.set(row, [...(rows.get(row) ?? []), base]);
  }
  return [
    '| on | program | file | ready after | memory |',
    '| --- | --- | ---: | ---: | ---: |',
    ...[...rows].map(([row, bases]) => `| ${bases.join(', ')} | ${row} |`),
    '',
    `Ready: from the start of the process until port ${start.until.port} answers; memory: its largest resident set until then; medians of ${start.starts} starts.`,
  ];
}
