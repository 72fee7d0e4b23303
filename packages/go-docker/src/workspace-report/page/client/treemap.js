/* global d3, element, kindOf, bytesOf, nameOf, partsOf, shareText, sizeText */
/* exported drawTreemap */

/** In pixels: below this no letter of a name would fit. */
const LEAST_WIDTH = 34;
const LEAST_HEIGHT = 17;
/** The line in which a part stands above the parts that it consists of. */
const HEAD = 18;

/**
 * Fills `map` with a tile for each part, as large as its share, and with the parts of these in them.
 *
 * @param {HTMLElement} map
 * @param {Part} whole
 * @param {(...path: Part[]) => void} open called for a tile that consists of others, with what leads to it from `whole`
 */
function drawTreemap(map, whole, open) {
  const { width, height } = map.getBoundingClientRect();
  const groups = new Set(partsOf(whole));
  const root = d3
    .hierarchy(whole, (part) => (part === whole || groups.has(part) ? partsOf(part) : []))
    .sum((part) => (part === whole || (groups.has(part) && partsOf(part).length > 0) ? 0 : bytesOf(part)))
    .sort((one, other) => other.value - one.value);
  const headOf = ({ depth, children }) => (depth === 1 && children ? HEAD : 0);
  d3.treemap().size([width, height]).paddingTop(headOf)(root);
  const tiles = (root.children ?? []).flatMap((group) => [
    tileOf(group, whole, () => open(group.data)),
    ...(group.children ?? []).map((tile) => tileOf(tile, whole, () => open(group.data, tile.data))),
  ]);
  map.replaceChildren(...tiles.filter((tile) => tile !== undefined));
}

function tileOf({ data: part, children, x0, x1, y0, y1 }, whole, open) {
  const isGroup = children !== undefined;
  const [width, height] = [x1 - x0, isGroup ? Math.min(HEAD, y1 - y0) : y1 - y0];
  if (width < 1 || height < 1) return undefined;
  const size = `${sizeText(bytesOf(part))}, ${shareText(bytesOf(part), bytesOf(whole))}`;
  const label = `${nameOf(part)}: ${size}`;
  const attributes = {
    class: `tile ${kindOf(part)}`,
    title: label,
    style: `left:${x0}px;top:${y0}px;width:${width}px;height:${height}px`,
  };
  const words = wordsOf(part, size, { width, height, isGroup });
  return partsOf(part).length > 0
    ? element(
        'button',
        { ...attributes, type: 'button', 'aria-label': `Open ${label}`, click: open },
        ...words,
      )
    : element('div', { ...attributes, role: 'img', 'aria-label': label }, ...words);
}

function wordsOf(part, size, { width, height, isGroup }) {
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) return [];
  const name = nameOf(part);
  if (isGroup) return [element('span', {}, width > 200 ? `${name}, ${size}` : shortName(name, width))];
  const lines = height >= 2 * LEAST_HEIGHT ? [shortName(name, width), size] : [shortName(name, width)];
  return lines.map((line) => element('span', {}, line));
}

/** The end of a path says more than its beginning; a major version alone says nothing. */
function shortName(name, width) {
  if (name.length <= width / 7) return name;
  const [end = name] = /[^/]+(?:\/v\d+)?(?: \S+)?$/.exec(name) ?? [];
  return end.length < name.length ? `…/${end}` : name;
}
