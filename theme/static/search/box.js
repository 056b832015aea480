// Suggests what most people come for below a search box while somebody types.
// Nothing is loaded before the first focus. All that is shown is set as text, never as markup.

import { fill } from '../texts.js';

const SUGGESTIONS = 6;

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll('[data-see-all]');
for (const form of forms) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
  input.role = 'combobox';
  input.ariaExpanded = 'false';
  const begin = () => import('./finding.js').then((finding) => suggest(form, input, finding), () => {
    input.addEventListener('focus', begin, { once: true }); // the form itself still works
  });
  if (document.activeElement === input) begin();
  else input.addEventListener('focus', begin, { once: true });
}

/** @type {(form: HTMLFormElement, input: HTMLInputElement, finding: typeof import('./finding.js')) => void} */
function suggest(form, input, { address, find, fresh, isOutdated, marked, open, pauseAfter, scopeOf, SHORTEST }) {
  const list = /** @type {HTMLElement} */ (form.querySelector('ul'));
  const status = /** @type {HTMLElement} */ (form.querySelector('[role="status"]'));
  const { index: name, receipt, seeAll, suggested } = /** @type {Words} */ (form.dataset);
  const scope = scopeOf(form);
  let waiting = 0;
  let turn = 0;
  let chosen = -1;
  show([]);

  /** @param {HTMLElement[]} options */
  function show(options) {
    options.forEach((option, at) => {
      option.role = 'option';
      option.id = `${list.id}-${at}`;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.ariaExpanded = String(!list.hidden);
    choose(-1);
  }

  /** @param {number} position */
  function choose(position) {
    chosen = position;
    [...list.children].forEach((option, at) => { option.ariaSelected = String(at === position); });
    input.setAttribute('aria-activedescendant', list.children[position]?.id ?? '');
    list.children[position]?.scrollIntoView({ block: 'nearest' });
  }

  function close() {
    clearTimeout(waiting);
    turn += 1; // what is under way comes too late
    status.textContent = '';
    show([]);
  }

  /** @type {(nodes: (string | Node)[], go: () => void) => HTMLElement} */
  function optionOf(nodes, go) {
    const option = document.createElement('li');
    option.append(...nodes);
    option.addEventListener('click', go);
    return option;
  }

  /** @param {string} query */
  const suggestions = (query) => fresh(async (cache) => {
    const { index, hits, isMarked } = await find(scope, name, query, cache);
    return (await index.cards(hits.slice(0, SUGGESTIONS))).map((card) =>
      optionOf(marked(card.title, isMarked), () => location.assign(address(card))));
  });

  async function offer() {
    turn += 1;
    const mine = turn;
    const query = input.value.trim();
    const offered = query.length < SHORTEST ? null : await suggestions(query).catch(() => null); // the form itself still works
    if (mine !== turn) return;
    if (!offered) {
      close();
      return;
    }
    show([...offered, optionOf([fill(seeAll, { query })], () => form.requestSubmit())]);
    status.textContent = fill(suggested, { count: offered.length });
    void isOutdated(receipt); // what is offered next is of the newest release
  }

  const ready = () => open(scope.folders[0] + name).catch(() => {});
  input.addEventListener('focus', ready);
  input.addEventListener('blur', close);
  window.addEventListener('pagehide', close); // nothing lies open for who comes back
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    turn += 1;
    waiting = setTimeout(offer, pauseAfter(input.value));
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the focus stays in the box
  input.addEventListener('keydown', (event) => {
    const options = /** @type {HTMLCollectionOf<HTMLElement>} */ (list.children);
    const { length } = options;
    if (event.isComposing) return; // the keys are the input method's
    if (event.key === 'Escape') {
      if (!length) input.value = '';
      close();
    } else if (event.key === 'Enter' && chosen >= 0) options[chosen].click();
    else if (event.key === 'ArrowDown' && !length) offer();
    else if (event.key === 'ArrowDown') choose((chosen + 1) % length);
    else if (event.key === 'ArrowUp' && length) choose((chosen > 0 ? chosen : length) - 1);
    else {
      choose(-1); // Home, End and letters are for the text itself
      return;
    }
    event.preventDefault();
  });
  ready();
  if (input.value.trim()) offer(); // was typed meanwhile
}
