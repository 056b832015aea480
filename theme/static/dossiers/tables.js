// What live.js cannot renew as a figure: bars, sums and footnotes of the tables. Loaded where there are tables.

const counts = new Intl.NumberFormat(document.documentElement.lang);
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const within = (selector, part) => [...part.querySelectorAll(selector)];

document.addEventListener('figures', ({ detail: known }) => {
  for (const row of within('[data-row]', document)) for (const bar of within('[data-bar]', row)) draw(bar, known[row.dataset.row]);
  for (const line of within('[data-added]', document)) add(line, known);
  for (const list of within('[data-notes]', document)) doubt(list, known, JSON.parse(list.dataset.sums));
});

function draw(bar, row) {
  if (!row) return;
  const boxes = within('[data-part]', bar).map((box) => [box, row.resolved[box.dataset.part] ?? 0]);
  const whole = Math.max(row.resolved.total, boxes.reduce((sum, [, count]) => sum + count, 0), 1);
  let left = 0;
  for (const [box, count] of boxes) {
    box.setAttribute('x', `${(left / whole) * 100}%`);
    box.setAttribute('width', `${(count / whole) * 100}%`);
    left += count;
  }
}

/** The sums of the rows of a table; a part that one of them does not have makes none. */
function add(line, known) {
  const rows = within('tbody [data-row]', line.closest('table')).map((row) => known[row.dataset.row]);
  for (const sum of within('[data-sum]', line)) {
    const [group, part] = sum.dataset.sum.split('.');
    const total = rows.reduce((before, row) => before + (row?.[group]?.[part] ?? NaN), 0);
    sum.textContent = Number.isNaN(total) ? '–' : counts.format(total);
  }
}

/** Footnotes for sums that are none. */
function doubt(list, known, sums) {
  const { notes: id, note, mark: called } = list.dataset;
  const entries = [];
  for (const row of within('[data-doubts]', document)) {
    for (const mark of within('sup', row)) mark.remove();
    for (const { identity, stated, computed } of known[row.dataset.row]?.doubts ?? []) {
      const [column, parts, path] = sums[identity];
      const [entry, mark, link] = ['li', 'sup', 'a'].map((tag) => document.createElement(tag));
      const number = entries.push(entry);
      entry.id = `${id}-${number}`;
      entry.textContent = fill(note, {
        name: row.dataset.doubts, column, parts, stated: counts.format(stated), computed: counts.format(computed),
      });
      link.href = `#${entry.id}`;
      link.textContent = `(${number})`;
      link.ariaLabel = fill(called, { number });
      mark.append(link);
      row.querySelector(`[data-figure="${path}"]`).parentNode.append(mark);
    }
  }
  list.querySelector('ol').replaceChildren(...entries);
  list.hidden = !entries.length;
}
