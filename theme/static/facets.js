// Filters the catalogue by several facets at once and keeps the choice in the address. The page works without it: its
// links narrow the list down. All that is shown is set as text, never as markup.

import { fetchJson, once } from './fetching.js';
import { choices, counts, matching, parse, performer, rowAddress } from './filtering.js';
import { fill } from './texts.js';

const SHOWN = 50;
const facets = document.getElementById('facets');
if (facets) start(facets);

/** @param {HTMLElement} form */
function start(form) {
  const say = /** @type {Words} */ (form.dataset);
  const [status, list, found, narrow] = ['facets-status', 'danh-sach', 'ket-qua-loc', 'thu-hep']
    .map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const [rows, more] = found.querySelectorAll('ul, button');
  const reset = /** @type {HTMLButtonElement} */ (form.querySelector('[type="reset"]'));
  const selects = [...form.querySelectorAll('select')];
  const names = selects.map(({ name }) => name);
  const preset = Object.fromEntries(names.flatMap((name) =>
    form.hasAttribute(`data-chosen-${name}`) ? [[name, form.getAttribute(`data-chosen-${name}`) ?? '']] : []));
  const title = /** @type {HTMLElement} */ (document.querySelector('h1'));
  const plain = { path: location.pathname, heading: title.textContent, title: document.title };
  /** @type {Map<string, Promise<Catalogue>>} once the form is touched */
  const kept = new Map();
  let loaded = false;
  let shown = SHOWN;

  const load = () => once(kept, say.source, async () => {
    const parsed = parse(await fetchJson(say.source));
    for (const select of selects) {
      const { value } = select;
      select.length = 1;
      select.append(...parsed.facets[select.name].values.map(([slug, name]) => new Option(name, slug)));
      select.value = value;
    }
    loaded = true;
    number(parsed);
    return parsed;
  });

  for (const select of selects) {
    select.addEventListener('focus', offer);
    select.addEventListener('mousedown', open);
  }
  form.hidden = false;
  for (const links of document.querySelectorAll('.await')) links.setAttribute('hidden', '');

  form.addEventListener('change', () => choose(true));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    for (const select of selects) select.value = '';
    selects[0].focus(); // the button cannot keep it
    choose(true);
  });
  more.addEventListener('click', async () => {
    const before = rows.children.length;
    shown += SHOWN;
    await show();
    rows.querySelectorAll('a')[before]?.focus();
  });
  window.addEventListener('popstate', () => {
    if (loaded || asked().length) fromAddress();
  });
  if (asked().length) fromAddress();

  function asked() {
    return [...new URLSearchParams(location.search)].filter(([name]) => names.includes(name));
  }

  // The values come with the first touch; the wait is said, and no list of nothing opens meanwhile.
  async function offer() {
    if (loaded) return;
    status.textContent = say.loading;
    try {
      await load();
      if (status.textContent === say.loading) status.textContent = '';
    } catch {
      failed();
    }
  }

  /** @param {MouseEvent} event */
  async function open(event) {
    if (loaded) return;
    const select = /** @type {HTMLSelectElement} */ (event.target);
    event.preventDefault();
    select.focus();
    await offer();
    try {
      if (loaded) select.showPicker();
    } catch {
      // The touch is too long ago to open it by itself, or the browser cannot: the next touch opens it.
    }
  }

  function failed() {
    status.textContent = say.failed;
    if (!narrow) return;
    narrow.hidden = false;
    narrow.classList.remove('await');
  }

  async function fromAddress() {
    let parsed;
    try {
      if (!kept.size) status.textContent = say.loading;
      parsed = await load();
    } catch {
      failed();
      return;
    }
    /** @type {Choices} */
    const chosen = { ...(location.pathname === plain.path ? preset : {}), ...Object.fromEntries(asked()) };
    for (const select of selects) select.value = chosen[select.name] ?? '';
    number(parsed);
    await choose();
  }

  async function choose(remember = false) {
    shown = SHOWN;
    if (remember) {
      const chosen = new URLSearchParams(choices(selects)).toString();
      history.pushState(null, '', new URL(say.all, location.href).pathname + (chosen && `?${chosen}`));
    }
    await show();
  }

  async function show() {
    let parsed;
    const chosen = choices(selects);
    const asIs = location.pathname === plain.path && JSON.stringify(chosen) === JSON.stringify(preset);
    // At once, and not when the list has come: what is below moves while somebody chooses, not while they read.
    reset.disabled = Object.keys(chosen).length === 0;
    head(asIs);
    try {
      if (!kept.size) status.textContent = say.loading;
      parsed = await load();
    } catch {
      head(); // the list is what it was
      failed();
      return;
    }
    number(parsed);
    list.hidden = !asIs;
    found.hidden = asIs;
    if (asIs) {
      status.textContent = '';
      return;
    }
    const hits = matching(parsed, chosen);
    rows.replaceChildren(...hits.slice(0, shown).map((row) => item(parsed, row)));
    more.toggleAttribute('hidden', hits.length <= shown);
    status.textContent = hits.length ? fill(say.found, { count: hits.length }) : say.none;
  }

  function head(asIs = true) {
    title.textContent = asIs ? plain.heading : say.heading;
    document.title = asIs ? plain.title : say.title;
  }

  /** @param {Catalogue} parsed */
  function number(parsed) {
    const chosen = choices(selects);
    for (const select of selects) {
      const totals = counts(parsed, chosen, select.name);
      parsed.facets[select.name].values.forEach(([, name], at) => {
        const option = select.options[at + 1];
        option.textContent = `${name} (${totals[at]})`;
        option.disabled = totals[at] === 0 && option.value !== select.value;
      });
    }
  }

  /** @type {ShowEntry} */
  function item(parsed, row) {
    const [entry, link, facts, tag] = ['li', 'a', 'p', 'p'].map((of) => document.createElement(of));
    const [level] = parsed.facets['muc-do'].values[row.places['muc-do'][0]];
    entry.className = 'row';
    facts.className = 'meta';
    link.setAttribute('href', rowAddress(parsed, row, say));
    link.textContent = row.name;
    facts.textContent = [`${say.code} ${row.code}`, row.names['linh-vuc'], performer(parsed, row),
      row.suspended ? say.suspended : ''].filter(Boolean).join(' · ');
    tag.className = `tags tag level-${level}`;
    tag.textContent = row.names['muc-do'];
    tag.hidden = level === 'chua-xac-dinh';
    entry.append(link, facts, tag);
    return entry;
  }
}
