/* global bytesOf, drawTreemap, element, kindOf, nameOf, page, partsOf, shareText, sizeText */
/* exported detailOf */

const KEY = [
  ['base', 'base image'],
  ['std', 'Go standard library'],
  ['own', 'modules of this workspace'],
  ['external', 'external modules'],
  ['asset', 'other files'],
  ['rest', 'of no package'],
];

const LISTED = 100;

/**
 * What a row shows when it is opened: the image as a map to click into, the same as a list, and what has changed.
 *
 * @param {string} id of the image
 * @returns {{ content: HTMLElement, draw: () => void }} `draw` needs `content` in the page
 */
function detailOf(id) {
  const { title, whole, notes, since, changes } = page.images[id];
  const crumbs = element('nav', { class: 'crumbs', 'aria-label': 'Part that is shown' });
  const map = element('div', { class: 'map', role: 'group', 'aria-label': `Bytes of ${title}` });
  const list = element('div');
  const path = [whole];
  const draw = () => {
    const shown = path[path.length - 1];
    crumbs.replaceChildren(...path.map((part, depth) => crumb(part, depth, path, goTo)));
    drawTreemap(map, shown, open);
    list.replaceChildren(element('h3', {}, 'Largest parts'), partTable(shown, open));
  };
  const goTo = (depth) => {
    path.length = depth + 1;
    draw();
    crumbs.querySelector('[aria-current]').focus();
  };
  const open = (...parts) => {
    path.push(...parts);
    goTo(path.length - 1);
  };
  const content = element(
    'div',
    {},
    crumbs,
    map,
    keyOf(whole),
    ...notes.map((note) => element('p', {}, note)),
    element('div', { class: 'lists' }, list, changeList(since, changes)),
  );
  content.addEventListener('keydown', (event) => {
    if (event.key !== 'Backspace' || path.length === 1) return;
    event.preventDefault();
    goTo(path.length - 2);
  });
  return { content, draw };
}

function crumb(part, depth, path, goTo) {
  return depth === path.length - 1
    ? element('span', { 'aria-current': 'true', tabindex: '-1' }, nameOf(part))
    : element('button', { type: 'button', click: () => goTo(depth) }, nameOf(part));
}

function partTable(whole, open) {
  const parts = [...partsOf(whole)].sort((one, other) => bytesOf(other) - bytesOf(one));
  const rows = parts
    .slice(0, LISTED)
    .map((part) =>
      element(
        'tr',
        {},
        element('td', { class: 'number' }, sizeText(bytesOf(part))),
        element('td', { class: 'number' }, shareText(bytesOf(part), bytesOf(whole))),
        element(
          'td',
          {},
          partsOf(part).length > 0
            ? element('button', { type: 'button', click: () => open(part) }, nameOf(part))
            : nameOf(part),
        ),
      ),
    );
  const more = parts.length - rows.length;
  return element(
    'table',
    {},
    element('tbody', {}, ...rows),
    more > 0 ? element('caption', { style: 'caption-side:bottom' }, `and ${more} smaller`) : undefined,
  );
}

function changeList(since, changes) {
  const rows = changes.map(([sort, name, text, note]) =>
    element(
      'tr',
      {},
      element('td', { class: `number ${text.startsWith('-') ? 'less' : 'more'}` }, text),
      element('td', {}, sort),
      element('td', {}, note === '' ? name : `${name}, ${note}`),
    ),
  );
  return element(
    'div',
    {},
    element('h3', {}, since),
    rows.length === 0 ? undefined : element('table', {}, element('tbody', {}, ...rows)),
  );
}

/** The kinds that the image has, with their colours. */
function keyOf(whole) {
  const there = new Set();
  const visit = (part) => {
    there.add(kindOf(part));
    partsOf(part).forEach(visit);
  };
  visit(whole);
  return element(
    'ul',
    { class: 'key' },
    ...KEY.filter(([kind]) => there.has(kind)).map(([kind, words]) =>
      element('li', {}, element('i', { class: kind }), words),
    ),
  );
}
