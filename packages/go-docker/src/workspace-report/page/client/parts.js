/* exported page, nameOf, kindOf, bytesOf, partsOf, sizeText, shareText, element */

// What the page knows of its images, and how parts of them are shown. All files of this folder become one script, in one scope.

/** @type {{ names: string[], kinds: string[], images: Record<string, PageImage> }} */
const page = JSON.parse(document.getElementById('data').textContent);

/**
 * A part of an image: number of its name, number of its kind, bytes, and what it consists of.
 *
 * @typedef {[name: number, kind: number, bytes: number, parts?: Part[]]} Part
 * @typedef {{ title: string, whole: Part, notes: string[], since: string, changes: [sort: string, name: string, text: string, note: string][] }} PageImage
 */

const nameOf = (part) => page.names[part[0]];
const kindOf = (part) => page.kinds[part[1]];
const bytesOf = (part) => part[2];
const partsOf = (part) => part[3] ?? [];

/** In decimal units with three significant digits, as everywhere in the report. */
function sizeText(bytes) {
  if (bytes < 999.5) return `${Math.round(bytes)} B`;
  const units = ['kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes * 1.0005) / 3));
  const format = new Intl.NumberFormat('en', {
    style: 'unit',
    unit: units[power - 1],
    minimumSignificantDigits: 3,
    maximumSignificantDigits: 3,
    useGrouping: false,
  });
  return format.format(bytes / 1000 ** power);
}

function shareText(bytes, whole) {
  const percent = whole === 0 ? 0 : (bytes / whole) * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1%';
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)}%`;
}

/** @returns {HTMLElement} with texts and elements inside; names from the workspace are only ever texts. */
function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'click') made.addEventListener('click', value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...inside.filter((each) => each !== undefined));
  return made;
}
