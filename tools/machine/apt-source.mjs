// Which second apt source brings Debian trixie's packages to a machine. Text in, text out.

/**
 * Reads one apt source file (deb822 `.sources` or one-line `.list`).
 * @returns {{ uri: string, suites: string[], components: string[], signedBy?: string }[]}
 */
export function readAptSources(text) {
  return /^\s*types\s*:/im.test(text) ? readStanzas(text) : readLines(text);
}

/** What a machine may call its own release instead of by name. */
const OWN_RELEASE = ['stable', 'oldstable', 'oldoldstable'];

/**
 * The deb822 text that adds trixie from the mirror the machine itself is configured with.
 * @returns undefined when one of the sources is trixie already; throws when there is no Debian mirror among them.
 */
export function trixieSource(sources, codename) {
  if (servesTrixie(sources, codename)) return undefined;
  const own = find(sources, [codename, ...OWN_RELEASE]);
  if (!own) throw new Error(`apt has no source for "${codename} main" whose mirror could serve trixie too.`);
  return [
    'Types: deb',
    `URIs: ${own.uri}`,
    'Suites: trixie',
    'Components: main',
    ...(own.signedBy ? [`Signed-By: ${own.signedBy}`] : []),
    '',
  ].join('\n');
}

/** The source that trixie's packages come from; undefined when there is none yet. */
export function servesTrixie(sources, codename) {
  return find(sources, codename === 'trixie' ? ['trixie', ...OWN_RELEASE] : ['trixie']);
}

function find(sources, suites) {
  return sources.find(
    (source) => source.components.includes('main') && source.suites.some((suite) => suites.includes(suite)),
  );
}

/** Trixie's packages only where they are asked for by name: a release's own packages keep priority 500. */
export const TRIXIE_PREFERENCES = 'Package: *\nPin: release n=trixie\nPin-Priority: 100\n';

function readStanzas(text) {
  return text
    .split(/\n[ \t]*\n/)
    .map(readFields)
    .filter((fields) => words(fields.types).includes('deb') && !/^no|^false|^0/i.test(fields.enabled ?? ''))
    .flatMap((fields) =>
      words(fields.uris).map((uri) => ({
        uri,
        suites: words(fields.suites),
        components: words(fields.components),
        // A key written out in the stanza goes over several lines; only a path can be repeated on one.
        ...(fields['signed-by']?.startsWith('/') ? { signedBy: fields['signed-by'] } : {}),
      })),
    );
}

function readFields(stanza) {
  const fields = {};
  for (const line of stanza.split('\n')) {
    const field = /^([A-Za-z-]+)\s*:\s*(.*?)\s*$/.exec(line);
    if (field) fields[field[1].toLowerCase()] = field[2];
  }
  return fields;
}

function readLines(text) {
  return text.split('\n').flatMap((line) => {
    const entry = /^\s*deb\s+(?:\[(?<options>[^\]]*)\]\s+)?(?<uri>\S+)\s+(?<suite>\S+)\s*(?<rest>[^#]*)/.exec(
      line,
    );
    if (!entry?.groups) return [];
    const { options, uri, suite, rest } = entry.groups;
    const signedBy = /(?:^|\s)signed-by=(\/\S+)/.exec(options ?? '')?.[1];
    return [{ uri, suites: [suite], components: words(rest), ...(signedBy ? { signedBy } : {}) }];
  });
}

function words(text = '') {
  return text.split(/\s+/).filter(Boolean);
}
