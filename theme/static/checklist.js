// Keeps the ticks of a procedure's papers on this device, counts them, and prints the list. Without it the boxes can
// still be ticked and printed; nothing promises then that they are kept. Tells besides that a review is overdue.

import { fill } from './texts.js';

/** @type {HTMLElement | null} */
const review = document.querySelector('[data-review-by]');
// A page is not made anew because a day has passed.
if (review && (review.dataset.reviewBy ?? '') < new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' })) {
  for (const sentence of review.children) sentence.toggleAttribute('hidden');
}

/** @type {HTMLElement | null} */
const list = document.querySelector('[data-checklist]');
if (list?.querySelector('input')) start(list);

/** @param {HTMLElement} section */
function start(section) {
  const boxes = [...section.querySelectorAll('input')];
  const { checklist: code, version, ...words } = /** @type {Words} */ (section.dataset);
  const key = `giay-to/${code}`;
  const tools = /** @type {HTMLElement} */ (section.querySelector('.checklist-tools'));
  const note = document.createElement('p');
  note.className = 'note';
  tools.before(note);

  const kept = load(key);
  const known = new Set(boxes.map((box) => box.name));
  for (const box of boxes) box.checked = kept.ticked.includes(box.name);
  // Only a paper that was ticked and is not asked for any more makes an old list misleading.
  const changed = kept.version !== version && kept.ticked.some((name) => !known.has(name));
  show(changed ? words.changed : '');

  section.addEventListener('change', keep);
  on('print-page', () => window.print());
  on('print-list', () => {
    document.body.classList.add('list-only');
    window.addEventListener('afterprint', () => document.body.classList.remove('list-only'), { once: true });
    window.print();
  });
  on('clear', () => {
    for (const box of boxes) box.checked = false;
    keep();
    boxes[0].focus();
  });
  tools.hidden = false;

  /** @type {(action: string, act: () => void) => void} */
  function on(action, act) {
    section.querySelector(`[data-action="${action}"]`)?.addEventListener('click', act);
  }

  function keep() {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.name);
    show(save(key, { version, ticked }) ? words.kept : words.notKept);
  }

  /** Each case is counted by itself: nobody needs the papers of all. @param {string} message */
  function show(message) {
    /** @type {NodeListOf<HTMLElement>} */
    const lines = section.querySelectorAll('.ready');
    for (const ready of lines) {
      const own = [...(ready.parentElement ?? section).querySelectorAll('input')];
      const done = own.filter((box) => box.checked).length;
      const count = fill(words.ready, { done, all: own.length });
      if (ready.textContent !== count) ready.textContent = count;
      ready.hidden = false;
    }
    note.textContent = message;
    note.hidden = !message;
  }
}

/** @typedef {{ version?: string, ticked: string[] }} Kept */

/** Storage may be switched off, full, or hold what another version wrote. @type {(key: string) => Kept} */
function load(key) {
  try {
    const { version, ticked } = JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
    return { version, ticked: Array.isArray(ticked) ? ticked : [] };
  } catch {
    return { version: undefined, ticked: [] };
  }
}

/** @type {(key: string, state: Kept) => boolean} */
function save(key, state) {
  try {
    if (state.ticked.length) localStorage.setItem(key, JSON.stringify(state));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
