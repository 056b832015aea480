// Suggests procedures below a search box while somebody types; page.js finds and shows with the same functions.
// Nothing is loaded before the first focus. All that is shown is set as text, never as markup.

export const PAUSE = 150; // milliseconds without a key, after which it is searched
export const SHORTEST = 2; // letters
const SUGGESTIONS = 6;
const ROOT = new URL('../../', import.meta.url).href; // of the portal; the theme lies right below it
const opened = new Map();
const speeches = new WeakMap(); // by what was loaded of them

async function load(path, cache) {
  const response = await fetch(path, { cache });
  if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
  return response.json();
}

function once(path, make) {
  if (!opened.has(path)) {
    opened.set(path, make().catch((error) => {
      opened.delete(path); // the next who asks tries again
      throw error;
    }));
  }
  return opened.get(path);
}

/** An index with what understands queries to it. */
const open = (base, cache) => once(base, () => Promise.all([
  load(`${base}.json`, cache ?? 'no-cache'), // what it names is called after what it says, and never old
  ...['shards', 'queries', 'syllables'].map((name) => import(`./${name}.js`)),
]).then(async ([manifest, { openIndex }, { speechOf, understand }, { folded, syllables }]) => {
  const index = await openIndex(base, async (path) => (path === `${base}.json` ? manifest : load(path, cache)));
  return { index, speechOf, understand, folded, syllables };
}));

/** What people say that begins with a query's words, and what is said around it: small files, as linking.py has them. */
function saidLike(query, cache) {
  const plain = query.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[đð]/g, 'd');
  const drawers = plain.match(/[a-z0-9]+/g)?.map((word) => [...word.replace(/^(h|k|l|m|s|t|qu)y$/, '$1i')]
    .reduce((place, letter) => (place * 31 + letter.charCodeAt()) % 64, 0));
  const files = ['dem', ...new Set(drawers)].map((name) => `${ROOT}tim-kiem/dong-nghia/${name}.json`);
  return once(files.join(), async () => {
    const [stops, ...synonyms] = await Promise.all(files.map((path) => once(path, () => load(path, cache))));
    return { ...stops, synonyms: synonyms.flat() };
  });
}

/** Where a form searches: its own site, then the whole province. */
export const folders = (form) => [...new Set([form.action, `${ROOT}tim-kiem/`])];

/** What a query finds in a folder, or in a wider one that knows more of its words: hits, index, words, other queries. */
export async function find([place, ...wider], kind, query, cache) {
  const [{ index, speechOf, understand, folded, syllables }, said] =
    await Promise.all([open(place + kind, cache), saidLike(query, cache)]);
  if (!speeches.has(said)) speeches.set(said, speechOf(said));
  const { clauses, corrections } = understand(query, index.vocabulary, speeches.get(said));
  const spoken = syllables(query);
  const unknown = spoken.filter((word) => !index.vocabulary.has(folded(word))).length;
  const hits = (await index.search(clauses)).map(({ document }) => document);
  if (wider.length && (unknown || !hits.length)) {
    const found = await find(wider, kind, query, cache);
    if (found.hits.length && (found.unknown < unknown || !hits.length)) return found;
  }
  const instead = [...corrections].flatMap(([typed, near]) => near.map((known) =>
    spoken.map((word) => (folded(word) === typed ? known : word)).join(' ').normalize()));
  const terms = new Set(clauses.map(({ term }) => term));
  const isMarked = (word) => syllables(word).some((syllable) => terms.has(folded(syllable)));
  return { place, index, hits, unknown, instead, isMarked };
}

/** Does something with an index; where the portal was published anew meanwhile, once more with the new one. */
export async function fresh(use) {
  try {
    return await use();
  } catch (error) {
    if (!error.stale) throw error;
    opened.clear();
    return use('reload');
  }
}

/** A text with the words that were found in <mark>. */
export const marked = (text, isMarked) => text.split(/([\p{L}\p{M}\p{N}]+)/u).map((word) => {
  if (!isMarked(word)) return word;
  const mark = document.createElement('mark');
  mark.textContent = word;
  return mark;
});

/** A card's address is taken as a path below the portal's root, whatever it says. */
export const address = ({ url }) => ROOT + url;

export const filled = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

for (const form of document.querySelectorAll('[data-see-all]')) suggest(form);

function suggest(form) {
  const [input, list, status] = form.querySelectorAll('input, ul, [role="status"]');
  const places = folders(form);
  let waiting;
  let turn = 0;
  let chosen = -1;
  input.role = 'combobox';
  show([]);

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

  function choose(place) {
    chosen = place;
    [...list.children].forEach((option, at) => { option.ariaSelected = String(at === place); });
    input.setAttribute('aria-activedescendant', list.children[place]?.id ?? '');
    list.children[place]?.scrollIntoView({ block: 'nearest' });
  }

  function close() {
    clearTimeout(waiting);
    turn += 1; // what is under way comes too late
    status.textContent = '';
    show([]);
  }

  function option(nodes, go) {
    const made = document.createElement('li');
    made.append(...nodes);
    made.addEventListener('click', go);
    return made;
  }

  async function offer() {
    turn += 1;
    const mine = turn;
    const query = input.value.trim();
    if (query.length < SHORTEST) {
      close();
      return;
    }
    const found = await fresh(async (cache) => {
      const { index, hits, isMarked } = await find(places, 'thu-tuc', query, cache);
      return (await index.cards(hits.slice(0, SUGGESTIONS))).map((card) =>
        option(marked(card.title, isMarked), () => location.assign(address(card))));
    }).catch(() => mine === turn && close()); // the form itself still works
    if (mine !== turn) return;
    show([...found, option([filled(form.dataset.seeAll, { query })], () => form.requestSubmit())]);
    status.textContent = filled(form.dataset.suggested, { count: found.length });
  }

  input.addEventListener('focus', () => open(`${places[0]}thu-tuc`).catch(() => {}));
  input.addEventListener('blur', close);
  window.addEventListener('pagehide', close); // nothing lies open for who comes back
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    turn += 1;
    waiting = setTimeout(offer, PAUSE);
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the focus stays in the box
  input.addEventListener('keydown', (event) => {
    const { length } = list.children;
    if (event.isComposing) return; // the keys are the input method's
    if (event.key === 'Escape') {
      if (!length) input.value = '';
      close();
    } else if (event.key === 'Enter' && chosen >= 0) list.children[chosen].click();
    else if (event.key === 'ArrowDown' && !length) offer();
    else if (event.key === 'ArrowDown') choose((chosen + 1) % length);
    else if (event.key === 'ArrowUp' && length) choose((chosen > 0 ? chosen : length) - 1);
    else {
      choose(-1); // Home, End and letters are for the text itself
      return;
    }
    event.preventDefault();
  });
}
