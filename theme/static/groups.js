// Filters lists in folded groups by what is typed, with or without accents; groups with something in them open.
// What folds words is search's own, and loaded when the box is touched: until then, and without it, the lists are whole.

const input = /** @type {HTMLInputElement} */ (document.querySelector('[data-filters]'));
const list = /** @type {HTMLElement} */ (document.getElementById(input.dataset.filters ?? ''));
const status = /** @type {HTMLElement} */ (document.getElementById(input.getAttribute('aria-describedby') ?? ''));
const groups = [...list.querySelectorAll('details')].map((group) => ({ group, entries: [...group.querySelectorAll('li')] }));
const folding = () => import('./search/syllables.js');

input.closest('[hidden]')?.removeAttribute('hidden');
input.addEventListener('focus', () => folding().catch(() => {}), { once: true });
input.addEventListener('input', filter);
if (input.value) filter(); // what the browser has kept

async function filter() {
  const texts = await folding().catch(() => null);
  if (!texts) return;
  const { folded, syllables, unmarked } = texts;
  const words = syllables(input.value);
  let left = 0;
  for (const { group, entries } of groups) {
    const fitting = entries.filter((entry) => {
      const known = syllables(entry.textContent ?? '');
      // The beginning of one, letter by letter: "quy" is that of "Quỳnh"; or the whole of one, also written otherwise.
      entry.hidden = !words.every((word) => known.some((syllable) =>
        unmarked(syllable).startsWith(unmarked(word)) || folded(syllable) === folded(word)));
      return !entry.hidden;
    });
    group.hidden = words.length > 0 && !fitting.length;
    group.open = words.length > 0 && fitting.length > 0;
    left += fitting.length;
  }
  status.textContent = left ? '' : status.dataset.none ?? '';
}
