// The search page: shows what is found while somebody types, and keeps query and filters in the address.

import { fill } from '../texts.js';
import { address, find, fresh, isExact, isOutdated, marked, pauseAfter, scopeOf, SHORTEST } from './finding.js';

const STEP = 10; // results shown at once
const LONGEST = 200; // letters of a query
const PATIENCE = 400; // milliseconds after which the wait is said
const QUIET = 1000; // milliseconds after which what the other indexes have is counted
const SCOPE = 'pham-vi';
/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (document.getElementById(`search-${name}`));
const [status, retry, results, old, instead, filters, list, more, kinds] =
  ['status', 'retry', 'found', 'old', 'instead', 'filters', 'results', 'more', 'kinds'].map(part);
/** Of each index one; the last is of all that no other has. */
const tabs = [.../** @type {HTMLCollectionOf<Part & HTMLAnchorElement>} */ (kinds.children)];
const { chooses } = /** @type {Words} */ (kinds.dataset);
const pattern = /** @type {HTMLTemplateElement} */ (part('result'));
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const form = /** @type {HTMLFormElement} */ (main.querySelector('.search-box'));
const { receipt } = /** @type {Words} */ (form.dataset);
const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('q'));
const words = /** @type {Words} */ (list.dataset);
const { title } = document;
const selects = [...filters.querySelectorAll('select')];
const tagged = selects.find(({ dataset }) => dataset.tag);
let asked = new URLSearchParams(); // query and filters, as the address has them
let settled = true; // whether one comes back to this address
let turn = 0;
let typing = 0;
let slow = 0;
let counting = 0;
let counted = ''; // what the numbers of the tabs are of
let showMore = async () => {};

function fromAddress() {
  asked = new URLSearchParams(location.search);
  input.value = (asked.get('q') ?? '').slice(0, LONGEST);
  settled = true;
  search();
}

/** The address of this page with something else asked for; what is empty is left out. @param {Choices} changes */
function addressWith(changes) {
  const all = Object.entries({ ...Object.fromEntries(asked), ...changes }).filter(([, value]) => value);
  return location.pathname + (all.length ? `?${new URLSearchParams(all)}` : '');
}

/** @type {(changes: Choices, push: boolean) => void} */
function go(changes, push) {
  const next = addressWith(changes);
  history[push && next !== location.pathname + location.search ? 'pushState' : 'replaceState'](null, '', next);
  asked = new URLSearchParams(location.search);
  search();
}

function failed() {
  status.textContent = navigator.onLine ? words.failed : words.offline;
  retry.hidden = false;
  wait(false);
}

/** @param {HTMLSelectElement} select */
const fieldOf = (select) => /** @type {HTMLElement} */ (select.parentElement);

/** Keeps back what is below. @param {boolean} on */
function wait(on) {
  main.dataset.waits = String(on);
}

async function search() {
  turn += 1;
  const mine = turn;
  clearTimeout(typing);
  clearTimeout(slow);
  clearTimeout(counting);
  const query = input.value.trim();
  document.title = query ? `${query} – ${title}` : title;
  retry.hidden = true;
  if (query.length < SHORTEST) {
    results.hidden = true;
    status.textContent = words.short;
    wait(false);
    return;
  }
  wait(Boolean(results.hidden));
  slow = setTimeout(() => {
    status.textContent = words.loading;
    wait(true);
  }, PATIENCE);
  const show = await fresh((cache) => answer(query, cache)).catch(() => () => {
    results.hidden = true;
    failed();
  });
  if (mine !== turn) return;
  clearTimeout(slow);
  show();
  void renew();
}

/** Where the portal was published anew, says that what is shown is older, and asks once more. */
async function renew() {
  if (document.hidden || results.hidden || !(await isOutdated(receipt))) return;
  const mine = turn;
  old.hidden = false;
  const show = await fresh((cache) => answer(input.value.trim(), cache)).catch(() => null);
  if (mine !== turn || !show || await isOutdated(receipt)) return; // it could not be had
  show();
}

/** Asks the index that the address names, or all until one has what fits; gives what shows it. @type {(query: string, cache?: RequestCache) => Promise<() => void>} */
async function answer(query, cache) {
  const mine = turn;
  const scope = scopeOf(form, Boolean(asked.get(SCOPE)));
  /** @type {Findings} */
  const findings = new Map();
  const choice = asked.get(chooses);
  const chosen = tabs.find(({ dataset }) => dataset.index === choice) ?? tabs[tabs.length - 1];
  for (const tab of choice === null ? tabs : [chosen]) {
    const answered = await find(scope, tab.dataset.index, query, cache);
    findings.set(tab, answered);
    if (answered.fits) break;
  }
  const all = [...findings];
  const [current, finding] = all.find(([, { fits }]) => fits) ?? all.find(([, { hits }]) => hits.length) ?? all[all.length - 1];
  const { hits, index } = finding;
  const facets = hits.length ? index.facets : {};
  const wanted = Object.entries(facets)
    .map(([name, { values, of }]) => ({ name, of, value: values.findIndex(([slug]) => slug === asked.get(name)) }))
    .filter(({ value }) => value >= 0);
  const fit = (but = '') => hits.filter((hit) => wanted.every(({ name, of, value }) => name === but || of(hit) === value));
  const fitting = fit();
  const tags = tagged && facets[tagged.name];
  const rows = (from = 0) => Promise.all(fitting.slice(from, from + STEP).map(async (hit) => {
    const [card, ...others] = await index.cards([hit, ...finding.alike.get(hit) ?? []]);
    const item = row(card, others, finding, tags?.values[tags.of(hit)]);
    item.classList.toggle('card', hit === fitting[0] && isExact(query, card));
    return item;
  }));
  const first = await rows();

  return () => {
    const key = JSON.stringify([query, scope]);
    for (const tab of tabs) {
      tab.href = addressWith({ [chooses]: tab === tabs[0] && findings.get(tab)?.fits !== false ? '' : tab.dataset.index });
      tab.ariaCurrent = tab === current ? 'page' : null;
      if (key !== counted) tab.children[0].textContent = '';
    }
    counted = key;
    findings.forEach(number);
    instead.children[0].replaceChildren(...finding.instead.map((q) => {
      const link = document.createElement('a');
      link.href = addressWith({ q });
      link.textContent = q;
      return link;
    }));
    instead.hidden = !finding.instead.length;
    for (const select of selects) offer(select, facets[select.name], fit(select.name));
    list.replaceChildren(...first);
    tellHours();
    old.hidden = true;
    results.hidden = false;
    wait(false);
    filters.hidden = selects.every((select) => fieldOf(select).hidden);
    // One line on a phone, but what narrows is not hidden.
    /** @type {HTMLDetailsElement} */ (filters).open ||= matchMedia('(min-width: 40rem)').matches || selects.some(({ selectedIndex }) => selectedIndex > 0);
    more.hidden = fitting.length <= STEP;
    showMore = async () => {
      const from = list.children.length;
      const next = await rows(from);
      if (mine !== turn || from !== list.children.length) return; // pressed twice, or something else is shown
      list.append(...next);
      tellHours();
      next[0].querySelector('a')?.focus();
      more.hidden = fitting.length === list.children.length;
    };
    status.textContent = [
      findings.size > 1 && hits.length && current.dataset.instead,
      finding.folder !== scope.folders[0] && hits.length && words.elsewhere,
      current === tabs[0] && hits.length && !finding.fits && words.near,
      fill(hits.length ? current.dataset.counted : words.nothing, { query, count: fitting.length }),
    ].filter(Boolean).join(' ');
    counting = setTimeout(countOthers, QUIET, query, scope);
  };
}

/** Whether agencies among the results are open. */
function tellHours() {
  if (list.querySelector('[data-opening]')) import('../opening/open.js').then(({ tell }) => tell(), () => {});
}

/** @type {(finding: Finding, tab: HTMLElement) => void} */
function number({ hits }, tab) {
  tab.children[0].textContent = `(${hits.length})`;
}

/** A number that cannot be had is left out. @type {(query: string, scope: Scope) => Promise<void>} */
async function countOthers(query, scope) {
  const mine = turn;
  for (const tab of tabs.filter(({ children }) => !children[0].textContent)) {
    const finding = await fresh((cache) => find(scope, tab.dataset.index, query, cache)).catch(() => null);
    if (mine !== turn) return;
    if (finding) number(finding, tab);
  }
}

/**
 * The values of a facet that are left, with how many there are; a select of another kind of results goes away.
 * @type {(select: HTMLSelectElement, facet: Facet | undefined, hits: number[]) => void}
 */
function offer(select, facet, hits) {
  const wanted = asked.get(select.name);
  if (facet) {
    const totals = facet.values.map(() => 0);
    for (const hit of hits) totals[facet.of(hit)] += 1;
    select.length = 1;
    facet.values.forEach(([slug, name], at) => {
      if (totals[at] || slug === wanted) select.append(new Option(`${name} (${totals[at]})`, slug));
    });
  }
  for (const option of select.options) option.selected = option.value === wanted;
  fieldOf(select).hidden = !(facet?.values.some(([slug]) => slug !== '0') ?? select.name === SCOPE);
}

/** With links to others of its name. @type {(card: Card, others: Card[], finding: Finding, value?: FacetValue) => Element} */
function row(card, others, { isMarked }, [slug, value] = ['0', '–']) {
  const item = /** @type {Element} */ (pattern.content.children[0].cloneNode(true));
  const [link, meta, summary, tag, hours] = /** @type {HTMLCollectionOf<HTMLElement>} */ (item.children);
  for (const other of others) {
    const [line, also] = [document.createElement('p'), document.createElement('a')];
    also.href = address(other);
    also.textContent = other.title;
    line.append(also);
    summary.before(line);
  }
  link.setAttribute('href', address(card));
  link.append(...marked(card.title, isMarked));
  meta.textContent = card.meta.replace(` · ${value}`, '');
  tag.textContent = value;
  tag.classList.add(`${tagged?.dataset.tag}${slug}`);
  if (slug === '0') tag.remove();
  if (card.opening) hours.dataset.opening = card.opening;
  else hours.remove();
  summary.append(...marked(card.summary, isMarked));
  return item;
}

function typed() {
  go({ q: input.value.trim() }, settled && asked.has('q'));
  settled = false;
}

input.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(typed, pauseAfter(input.value));
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  typed();
  settled = true;
});
filters.addEventListener('change', ({ target }) => {
  const { name, value } = /** @type {HTMLSelectElement} */ (target);
  go({ [name]: value }, true);
  settled = true;
});
more.addEventListener('click', () => fresh(showMore).catch(failed));
retry.addEventListener('click', () => {
  input.focus(); // the button goes away
  search();
});
window.addEventListener('online', () => { if (retry.hidden) void renew(); else search(); });
document.addEventListener('visibilitychange', renew);
window.addEventListener('popstate', fromAddress);
main.addEventListener('keydown', (event) => {
  const stops = [input, ...list.querySelectorAll('a')];
  const at = stops.findIndex((stop) => stop === event.target);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : NaN)];
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
