// The search page: shows what is found while somebody types, and keeps query and filters in the address.

import { address, filled, find, folders, fresh, marked, PAUSE, SHORTEST } from './box.js';

const STEP = 10; // results shown at once
const LONGEST = 200; // letters of a query
const PATIENCE = 400; // milliseconds after which the wait is said
const [status, retry, results, pattern] =
  ['search-status', 'search-retry', 'search-found', 'search-result'].map((id) => document.getElementById(id));
const [instead, kinds, filters, list, more] = results.children;
const main = document.querySelector('main');
const form = main.querySelector('.search-box');
const input = form.q;
const say = list.dataset;
const { title } = document;
const selects = [...filters.querySelectorAll('select')];
let asked; // query and filters, as the address has them
let settled; // whether one comes back to this address
let turn = 0;
let typing;
let slow;
let showMore;

function fromAddress() {
  asked = new URLSearchParams(location.search);
  input.value = (asked.get('q') ?? '').slice(0, LONGEST);
  settled = true;
  search();
}

/** The address of this page with something else asked for; what is empty is left out. */
function addressWith(changes) {
  const all = Object.entries({ ...Object.fromEntries(asked), ...changes }).filter(([, value]) => value);
  return location.pathname + (all.length ? `?${new URLSearchParams(all)}` : '');
}

function go(changes, push) {
  const next = addressWith(changes);
  history[push && next !== location.pathname + location.search ? 'pushState' : 'replaceState'](null, '', next);
  asked = new URLSearchParams(location.search);
  search();
}

function failed() {
  status.textContent = navigator.onLine ? say.failed : say.offline;
  retry.hidden = false;
  wait(false);
}

const wait = (on) => { main.dataset.waits = on; }; // what is below

async function search() {
  turn += 1;
  const mine = turn;
  clearTimeout(typing);
  clearTimeout(slow);
  const query = input.value.trim();
  document.title = query ? `${query} – ${title}` : title;
  retry.hidden = true;
  if (query.length < SHORTEST) {
    results.hidden = true;
    status.textContent = say.short;
    wait(false);
    return;
  }
  wait(results.hidden);
  slow = setTimeout(() => {
    status.textContent = say.loading;
    wait(true);
  }, PATIENCE);
  const show = await fresh((cache) => answer(query, cache)).catch(() => () => {
    results.hidden = true;
    failed();
  });
  if (mine !== turn) return;
  clearTimeout(slow);
  show();
}

/** Loads what a query finds, and gives what shows it. */
async function answer(query, cache) {
  const mine = turn;
  const places = folders(form).slice(asked.get('pham-vi') ? -1 : 0);
  const [procedures, asTexts] = await Promise.all([
    find(places, 'thu-tuc', query, cache),
    asked.has('loai') && find(places, 'tin', query, cache),
  ]);
  const texts = asTexts || (!procedures.hits.length && await find(places, 'tin', query, cache));
  const found = texts || procedures;
  const { hits, index } = found;
  // The first cards come together with the facets: mostly nothing is filtered.
  const [facets] = hits.length ? await Promise.all([index.facets(), index.cards(hits.slice(0, STEP))]) : [{}];
  const wanted = Object.entries(facets)
    .map(([name, { values, of }]) => ({ name, of, place: values.findIndex(([slug]) => slug === asked.get(name)) }))
    .filter(({ place }) => place >= 0);
  const fit = (but) => hits.filter((hit) => wanted.every(({ name, of, place }) => name === but || of(hit) === place));
  const fitting = fit();
  const rows = async (from) => (await index.cards(fitting.slice(from, from + STEP))).map((card) => row(card, found));
  const first = await rows(0);

  return () => {
    [procedures, texts].forEach((one, at) => {
      const way = kinds.children[at];
      way.href = addressWith({ loai: at ? 'tin' : '' });
      way.ariaCurrent = one === found ? 'page' : null;
      way.lastElementChild.textContent = one ? `(${one.hits.length})` : '';
    });
    instead.lastElementChild.replaceChildren(...found.instead.map((q) => {
      const link = document.createElement('a');
      link.href = addressWith({ q });
      link.textContent = q;
      return link;
    }));
    instead.hidden = !found.instead.length;
    for (const select of selects) offer(select, facets[select.name], fit(select.name));
    list.replaceChildren(...first);
    results.hidden = false;
    wait(false);
    filters.hidden = selects.every((select) => select.parentElement.hidden);
    more.hidden = fitting.length <= STEP;
    showMore = async () => {
      const from = list.children.length;
      const next = await rows(from);
      if (mine !== turn || from !== list.children.length) return; // pressed twice, or something else is shown
      list.append(...next);
      next[0].firstElementChild.focus();
      more.hidden = fitting.length === list.children.length;
    };
    status.textContent = [
      texts && !asTexts && hits.length && say.texts,
      found.place !== places[0] && hits.length && say.elsewhere,
      filled(say[!hits.length ? 'nothing' : texts ? 'foundTexts' : 'found'], { query, count: fitting.length }),
    ].filter(Boolean).join(' ');
  };
}

/** The values of a facet that are left, with how many there are; a select of another kind of results goes away. */
function offer(select, facet, hits) {
  const wanted = asked.get(select.name);
  if (facet) {
    const totals = facet.values.map(() => 0);
    for (const hit of hits) totals[facet.of(hit)] += 1;
    select.length = 1;
    facet.values.forEach(([slug, name], place) => {
      if (totals[place] || slug === wanted) select.append(new Option(`${name} (${totals[place]})`, slug));
    });
  }
  for (const option of select.options) option.selected = option.value === wanted;
  select.parentElement.hidden = !facet && select.name !== 'pham-vi';
}

function row(card, { isMarked }) {
  const made = pattern.content.firstElementChild.cloneNode(true);
  const [link, meta, summary] = made.children;
  link.href = address(card);
  link.append(...marked(card.title, isMarked));
  meta.textContent = card.meta;
  summary.append(...marked(card.summary, isMarked));
  return made;
}

function typed() {
  go({ q: input.value.trim() }, settled && asked.has('q'));
  settled = false;
}

input.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(typed, PAUSE);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  typed();
  settled = true;
});
filters.addEventListener('change', ({ target }) => {
  go({ [target.name]: target.value }, true);
  settled = true;
});
more.addEventListener('click', () => fresh(showMore).catch(failed));
retry.addEventListener('click', () => {
  input.focus(); // the button goes away
  search();
});
window.addEventListener('online', () => retry.hidden || search());
window.addEventListener('popstate', fromAddress);
main.addEventListener('keydown', (event) => {
  const stops = [input, ...list.querySelectorAll('a')];
  const at = stops.indexOf(event.target);
  const next = stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
  if (event.isComposing || at < 0) return;
  if (next) next.focus();
  else if (event.key === 'Escape') {
    input.value = '';
    input.focus();
    typed();
  } else return;
  event.preventDefault();
});
fromAddress();
