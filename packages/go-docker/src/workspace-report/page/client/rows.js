/* global detailOf, element, nameOf, page, partsOf */

// The table: opening a row, finding, choosing and sorting rows.
const table = document.getElementById('images');
const rows = [...table.tBodies[0].rows];
const columns = table.tHead.rows[0].cells.length;

/** The open rows, by id, with what is shown below each. */
const opened = new Map();

for (const row of rows) {
  const button = row.querySelector('.open');
  button.disabled = false;
  button.addEventListener('click', () => (opened.has(row.id) ? close(row) : open(row)));
}

function open(row) {
  const { content, draw } = detailOf(row.id);
  const below = element('tr', { class: 'detail' }, element('td', { colspan: columns }, content));
  below.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    close(row);
    row.querySelector('.open').focus();
  });
  row.after(below);
  row.querySelector('.open').setAttribute('aria-expanded', 'true');
  opened.set(row.id, { below, draw });
  draw();
  history.replaceState(undefined, '', `#${row.id}`);
}

function close(row) {
  opened.get(row.id).below.remove();
  opened.delete(row.id);
  row.querySelector('.open').setAttribute('aria-expanded', 'false');
  history.replaceState(undefined, '', location.pathname + location.search);
}

let resized;
window.addEventListener('resize', () => {
  clearTimeout(resized);
  resized = setTimeout(() => opened.forEach(({ draw }) => draw()), 100);
});

const linked = rows.find((row) => `#${row.id}` === location.hash);
if (linked) {
  open(linked);
  linked.scrollIntoView();
}

const tools = document.querySelector('.tools');
const find = document.getElementById('find');
const found = document.getElementById('found');
tools.hidden = false;
tools.addEventListener('submit', (event) => event.preventDefault());
tools.addEventListener('input', choose);

function choose() {
  const word = find.value.trim().toLowerCase();
  const only = tools.elements.only.value;
  let shown = 0;
  for (const row of rows) {
    const isShown = isChosen(row, only) && (word === '' || namesOf(row).some((name) => name.includes(word)));
    row.hidden = !isShown;
    if (opened.has(row.id)) opened.get(row.id).below.hidden = !isShown;
    if (isShown) shown += 1;
  }
  found.textContent = shown === rows.length ? '' : `${shown} of ${rows.length}`;
}

function isChosen({ classList }, only) {
  return only === 'all' || classList.contains(only);
}

const names = new Map();

/** Of the image and all its parts, in small letters. */
function namesOf(row) {
  const known = names.get(row.id) ?? [
    row.dataset.name.toLowerCase(),
    ...partNames(page.images[row.id].whole),
  ];
  names.set(row.id, known);
  return known;
}

function partNames(part) {
  return partsOf(part).flatMap((each) => [nameOf(each).toLowerCase(), ...partNames(each)]);
}

for (const head of table.tHead.querySelectorAll('[data-sort]')) {
  const button = element(
    'button',
    { type: 'button', click: () => sort(head) },
    ...[...head.childNodes].map((node) => node.cloneNode(true)),
  );
  head.replaceChildren(button);
}

/** Numbers are wanted largest first, names from A on; a second time the other way round. */
function sort(head) {
  const key = head.dataset.sort;
  const first = key === 'name' ? 'ascending' : 'descending';
  const second = key === 'name' ? 'descending' : 'ascending';
  const order = head.getAttribute('aria-sort') === first ? second : first;
  for (const other of table.tHead.querySelectorAll('[aria-sort]')) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', order);
  const direction = order === 'ascending' ? 1 : -1;
  const compare =
    key === 'name'
      ? (one, other) => one.dataset.name.localeCompare(other.dataset.name, 'en')
      : (one, other) => Number(one.dataset[key]) - Number(other.dataset[key]);
  const sorted = [...rows].sort((one, other) => direction * compare(one, other));
  table.tBodies[0].append(
    ...sorted.flatMap((row) => (opened.has(row.id) ? [row, opened.get(row.id).below] : [row])),
  );
}
