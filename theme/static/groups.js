// Filters lists in folded groups by what is typed, with or without accents; groups with something in them open.

const input = /** @type {HTMLInputElement} */ (document.querySelector('[data-filters]'));
const list = /** @type {HTMLElement} */ (document.getElementById(input.dataset.filters ?? ''));
const status = /** @type {HTMLElement} */ (document.getElementById(input.getAttribute('aria-describedby') ?? ''));
const groups = [...list.querySelectorAll('details')].map((group) => ({
  group, entries: [...group.querySelectorAll('li')].map((entry) => ({ entry, text: folded(entry.textContent ?? '') })),
}));

input.closest('[hidden]')?.removeAttribute('hidden');
input.addEventListener('input', filter);
if (input.value) filter(); // what the browser has kept

/** Words without accents, each after a space. @param {string} text */
function folded(text) {
  const letters = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
  return ` ${letters.replace(/[^a-z0-9]+/g, ' ').trim()}`;
}

function filter() {
  const words = folded(input.value).split(' ').filter(Boolean);
  let left = 0;
  for (const { group, entries } of groups) {
    const fitting = entries.filter(({ entry, text }) => {
      entry.hidden = !words.every((word) => text.includes(` ${word}`));
      return !entry.hidden;
    });
    group.hidden = words.length > 0 && !fitting.length;
    group.open = words.length > 0 && fitting.length > 0;
    left += fitting.length;
  }
  status.textContent = left ? '' : status.dataset.none ?? '';
}
