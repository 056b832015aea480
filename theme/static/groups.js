// Filters lists in folded groups by what is typed, with or without accents; groups with something in them open.
// What folds words is search's own, loaded when the box is touched; without it the lists are whole.

const input = /** @type {HTMLInputElement} */ (document.querySelector('[data-filters]'));
const list = /** @type {HTMLElement} */ (document.getElementById(input.dataset.filters ?? ''));
const status = /** @type {HTMLElement} */ (document.getElementById(input.getAttribute('aria-describedby') ?? ''));
const groups = [...list.querySelectorAll('details')].map((group) => ({ group, entries: [...group.querySelectorAll('li')] }));
/** @type {Map<Element, string[][]>} */
const known = new Map(); // syllables, without accents and folded
const folding = () => import('./search/syllables.js');

input.closest('[hidden]')?.removeAttribute('hidden');
input.addEventListener('focus', () => folding().catch(() => {}), { once: true });
input.addEventListener('input', filter);
if (input.value) filter(); // what the browser has kept

async function filter() {
  const texts = await folding().catch(() => null);
  if (!texts) return;
  /** @param {string | null} text */
  const read = (text) => texts.syllables(text ?? '').map((s) => [texts.unmarked(s), texts.folded(s)]);
  const words = read(input.value);
  let left = 0;
  for (const { group, entries } of groups) {
    const fitting = entries.filter((entry) => {
      const syllables = known.get(entry) ?? read(entry.textContent);
      known.set(entry, syllables);
      // The beginning of one: "quy" is that of "Quỳnh"; or the whole of one, also written otherwise.
      entry.hidden = !words.every(([plain, folded]) => syllables.some((s) => s[0].startsWith(plain) || s[1] === folded));
      return !entry.hidden;
    });
    group.hidden = words.length > 0 && !fitting.length;
    group.open = words.length > 0 && fitting.length > 0;
    left += fitting.length;
  }
  status.textContent = left ? '' : status.dataset.none ?? '';
}
