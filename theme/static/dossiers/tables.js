// What live.js cannot renew as a figure: bars, sums and footnotes of the tables. Loaded where there are tables.

import { fill } from '../texts.js';
import { all, numbers } from './figures.js';


document.addEventListener('figures', ({ detail: known }) => {
  for (const row of all('[data-row]')) for (const bar of all('[data-bar]', row)) draw(bar, known[row.dataset.row]);
  for (const line of all('[data-added]')) add(line, known);
  for (const list of all('[data-notes]')) doubt(list, known, JSON.parse(list.dataset.sums));
});

/** @type {ShowRow} */
function draw(bar, row) {
  if (!row?.resolved) return;
  const { resolved } = row;
  const boxes = all('[data-part]', bar).map((box) => ({ box, count: resolved[box.dataset.part] ?? 0 }));
  const whole = Math.max(resolved.total ?? 0, boxes.reduce((sum, { count }) => sum + count, 0), 1);
  let left = 0;
  for (const { box, count } of boxes) {
    box.setAttribute('x', `${(left / whole) * 100}%`);
    box.setAttribute('width', `${(count / whole) * 100}%`);
    left += count;
  }
}

/** The sums of the rows of a table; a part that one of them does not have makes none. @type {ShowRows} */
function add(line, known) {
  const rows = all('tbody [data-row]', line.closest('table') ?? line).map((row) => known[row.dataset.row]);
  for (const sum of all('[data-sum]', line)) {
    const [group, part] = sum.dataset.sum.split('.');
    const total = rows.reduce((before, row) => before + (row?.[group]?.[part] ?? NaN), 0);
    sum.textContent = Number.isNaN(total) ? '–' : numbers.format(total);
  }
}

/** Footnotes for sums that are none. @type {ShowNotes} */
function doubt(list, known, sums) {
  const { notes: id, note, mark: called } = list.dataset;
  const entries = [];
  for (const row of all('[data-doubts]')) {
    for (const reference of all('sup', row)) reference.remove();
    for (const { identity, stated, computed } of known[row.dataset.row]?.doubts ?? []) {
      const [column, parts, path] = sums[identity];
      const [entry, reference] = ['li', 'sup'].map((tag) => document.createElement(tag));
      const link = document.createElement('a');
      const number = entries.push(entry);
      entry.id = `${id}-${number}`;
      entry.textContent = fill(note, {
        name: row.dataset.doubts, column, parts, stated: numbers.format(stated), computed: numbers.format(computed),
      });
      link.href = `#${entry.id}`;
      link.textContent = `(${number})`;
      link.ariaLabel = fill(called, { number });
      reference.append(link);
      row.querySelector(`[data-figure="${path}"]`)?.parentElement?.append(reference);
    }
  }
  list.querySelector('ol')?.replaceChildren(...entries);
  list.hidden = !entries.length;
}
