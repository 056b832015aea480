// Filters the catalogue by several facets at once and keeps the choice in the address. The page works without it: its
// links narrow the list down. All that is shown is set as text, never as markup.

import { fetchJson, once } from './fetching.js';
import { choices, counts, matching, parse, performer, rowAddress } from './filtering.js';
import { fill } from './texts.js';

const STEP = 50;
const facets = document.getElementById('facets');
if (facets) start(facets);

/** @param {HTMLElement} form */
function start(form) {
  const data = /** @type {Words} */ (form.dataset);
  const [status, list, pane, narrow] = ['facets-status', 'danh-sach', 'ket-qua-loc', 'thu-hep']
    .map((id) => /** @type {HTMLElement} */ (document.getElementById(id)));
  const [rows, more] = pane.querySelectorAll('ul, button');
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
  let most = STEP;
  /** @type {ShowEntry} */
  let item = procedureItem;

  const load = () => once(kept, data.source, async () => {
    const parsed = parse(await fetchJson(data.source));
    if (data.rows === 'documents') item = (await import('./document_rows.js')).documentItem;
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
    most += STEP;
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
    status.textContent = data.loading;
    try {
      await load();
      if (status.textContent === data.loading) status.textContent = '';
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
    status.textContent = data.failed;
    if (!narrow) return;
    narrow.hidden = false;
    narrow.classList.remove('await');
  }

  async function fromAddress() {
    let parsed;
    try {
      if (!kept.size) status.textContent = data.loading;
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
    most = STEP;
    if (remember) {
      const chosen = new URLSearchParams(choices(selects)).toString();
      history.pushState(null, '', new URL(data.all, location.href).pathname + (chosen && `?${chosen}`));
    }
    await show();
  }

  async function show() {
    let parsed;
    const chosen = choices(selects);
    const asIs = location.pathname === plain.path && JSON.stringify(chosen) === JSON.stringify(preset);
    // At once, and not when the list has come: what is below moves while somebody chooses, not while they read.
    reset.disabled = !Object.keys(chosen).length;
    head(asIs);
    try {
      if (!kept.size) status.textContent = data.loading;
      parsed = await load();
    } catch {
      head(); // the list is what it was
      failed();
      return;
    }
    number(parsed);
    list.hidden = !asIs;
    pane.hidden = asIs;
    if (asIs) {
      status.textContent = '';
      return;
    }
    const hits = matching(parsed, chosen);
    rows.replaceChildren(...hits.slice(0, most).map((row) => item(parsed, row, data)));
    more.toggleAttribute('hidden', hits.length <= most);
    status.textContent = hits.length ? fill(data.found, { count: hits.length }) : data.none;
  }

  function head(asIs = true) {
    title.textContent = asIs ? plain.heading : data.heading;
    document.title = asIs ? plain.title : data.title;
  }

  /** @param {Catalogue} parsed */
  function number(parsed) {
    const chosen = choices(selects);
    for (const select of selects) {
      const totals = counts(parsed, chosen, select.name);
      parsed.facets[select.name].values.forEach(([, name], at) => {
        const option = select.options[at + 1];
        option.textContent = `${name} (${totals[at]})`;
        option.disabled = !totals[at] && option.value !== select.value;
      });
    }
  }

  /** @type {ShowEntry} */
  function procedureItem(parsed, row) {
    const [entry, link, facts, tag] = ['li', 'a', 'p', 'p'].map((of) => document.createElement(of));
    const [level] = parsed.facets['muc-do'].values[row.indexes['muc-do'][0]];
    entry.className = 'row';
    facts.className = 'meta';
    link.setAttribute('href', rowAddress(parsed, row, data));
    link.textContent = row.name;
    facts.textContent = [`${data.code} ${row.code}`, row.names['linh-vuc'], performer(parsed, row),
      row.suspended ? data.suspended : ''].filter(Boolean).join(' · ');
    tag.className = `tags tag level-${level}`;
    tag.textContent = row.names['muc-do'];
    tag.hidden = level === 'chua-xac-dinh';
    entry.append(link, facts, tag);
    return entry;
  }
}
