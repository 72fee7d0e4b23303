import { basesSection, realSize } from './bases.mjs';
import { comparedWith, shownSize } from './shown.mjs';

/**
 * The page docs/image-sizes.md.
 *
 * @param {ReturnType<typeof import('./report.mjs').imageSizesReport>} report
 */
export function imageSizesPage(report) {
  return `${[...HEAD, ...report.rows.flatMap(section), ...basesSection(report)].join('\n')}\n`;
}

const HEAD = [
  '<!-- Written by `npm run image-sizes`. -->',
  '',
  '# Image sizes',
  '',
  'What articles about Go in Docker report, and the same images built here twice from one Go source: by hand, with a',
  'Dockerfile as such articles have it, and with go-docker. `npm run image-sizes` builds all of them and writes this page',
  'and [image-sizes.json](image-sizes.json), which has the figures in bytes. The sources and the Dockerfiles written by hand',
  'are in [benchmarks/image-sizes](../benchmarks/image-sizes/README.md).',
  '',
  '- **App** is what the build added to its base: compare these. **Base** is what `FROM` brought. An asterisk marks a',
  '  stand-in for the real base: such an image claims the app alone.',
  "- The articles' figures are whole images, unpacked, on the bases of their day, which they do not give the sizes of.",
  '- **Unpacked** is the sum of the layers as tar archives, **compressed** what a registry stores. MB is 10^6 bytes.',
  '- Images built by hand are given to three digits: no two such builds are equal byte by byte.',
  '- On alpine, debian and scratch go-docker compiles the time zones into the program (0.4 MB). Of the images by hand only',
  '  those that are stripped on alpine have them, as `zoneinfo.zip`: there both ways hold the same.',
  '- A single stage has no counterpart: an image of go-docker never holds the toolchain.',
  '',
];

function section({ title, app, source, images }, index) {
  return [
    `## ${index + 1}. ${title}`,
    '',
    source,
    '',
    '| image | article | built | base | base, unpacked | app, unpacked | app, compressed |',
    '| --- | ---: | --- | --- | ---: | ---: | ---: |',
    ...images.flatMap(tableLines),
    '',
    ...images.filter(({ goDocker }) => goDocker).map(verdict),
    '',
    `Sources: [apps/${app}](../benchmarks/image-sizes/apps/${app}), by hand:`,
    `[${app}.Dockerfile](../benchmarks/image-sizes/old-way/${app}.Dockerfile).`,
    '',
  ];
}

function tableLines({ kind, articleBytes, byHand, goDocker }) {
  const line = (...cells) => `| ${cells.join(' | ')} |`;
  const measured = ({ from, standIn, base, app }) => [
    from === 'scratch' ? 'scratch' : `\`${from}\`${standIn ? ' \\*' : ''}`,
    ...[base.unpackedBytes, app.unpackedBytes, app.compressedBytes].map(shownSize),
  ];
  return [
    line(kind, shownSize(articleBytes), 'by hand', ...measured(byHand)),
    ...(goDocker ? [line('', '', '**go-docker**', ...measured(goDocker))] : []),
  ];
}

function verdict({ kind, articleBytes, byHand, goDocker }) {
  const { from, base, app } = goDocker;
  const byHandBytes = byHand.app.unpackedBytes;
  const ours = `- **${kind}**: an app of ${shownSize(app.unpackedBytes)}, ${comparedWith(app.unpackedBytes, byHandBytes)} by hand`;
  if (from === 'scratch') {
    return `${ours}; there is no base, and the image is ${comparedWith(app.unpackedBytes, articleBytes)} the article's.`;
  }
  const whole = base.unpackedBytes + app.unpackedBytes;
  const article = `${ours}; the article's image is ${shownSize(articleBytes)} with its base`;
  const real = realSize(from);
  if (real !== undefined && real > articleBytes) {
    return `${article}. Today's real \`${from}\` alone is larger than that (${shownSize(real)}): no image on it can be as small, whatever it holds.`;
  }
  if (whole > articleBytes) return `${article}, this one ${shownSize(whole)}: it is larger.`;
  return goDocker.standIn ? `${article}.` : `${article}, this one ${shownSize(whole)}.`;
}
