// Filters the catalogue by several facets at once and keeps the choice in the address. The page works without it: its
// links narrow the list down. All that is shown is set as text, never as markup.

import { choices, counts, matching, parse, performer, rowAddress } from './filtering.js';

const SHOWN = 50;
const form = document.getElementById('facets');
if (form) start();

function start() {
  const { source, siteurl, ...say } = form.dataset;
  const status = document.getElementById('facets-status');
  const [list, narrow, found] = ['danh-sach', 'thu-hep', 'ket-qua-loc'].map((id) => document.getElementById(id));
  const [rows, more] = [found.querySelector('ul'), found.querySelector('button')];
  const reset = form.querySelector('button[type="reset"]');
  const selects = [...form.querySelectorAll('select')];
  const names = selects.map(({ name }) => name);
  const preset = Object.fromEntries(names.flatMap((name) =>
    form.hasAttribute(`data-chosen-${name}`) ? [[name, form.getAttribute(`data-chosen-${name}`)]] : []));
  const title = document.querySelector('h1');
  const plain = { path: location.pathname, heading: title.textContent, title: document.title };
  let catalogue; // a promise, once somebody touches the form
  let loaded = false;
  let shown = SHOWN;

  for (const select of selects) {
    select.addEventListener('focus', fill);
    select.addEventListener('mousedown', open);
  }
  form.hidden = false;
  for (const links of document.querySelectorAll('.await')) links.hidden = true;

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
    rows.children[before]?.querySelector('a').focus();
  });
  window.addEventListener('popstate', () => {
    if (loaded || asked().length) fromAddress();
  });
  if (asked().length) fromAddress();

  function asked() {
    return [...new URLSearchParams(location.search)].filter(([name]) => names.includes(name));
  }

  function load() {
    catalogue ??= fetch(source)
      .then((response) => {
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      })
      .then(parse)
      .then((parsed) => {
        for (const select of selects) {
          const { value } = select;
          select.length = 1;
          select.append(...parsed.facets[select.name].values.map(([slug, name]) => new Option(name, slug)));
          select.value = value;
        }
        loaded = true;
        number(parsed);
        return parsed;
      })
      .catch((error) => {
        catalogue = undefined; // the next touch tries again
        throw error;
      });
    return catalogue;
  }

  // The values come with the first touch; the wait is said, and no list of nothing opens meanwhile.
  async function fill() {
    if (loaded) return;
    status.textContent = say.loading;
    try {
      await load();
      if (status.textContent === say.loading) status.textContent = '';
    } catch {
      failed();
    }
  }

  async function open(event) {
    if (loaded) return;
    event.preventDefault();
    event.target.focus();
    await fill();
    try {
      if (loaded) event.target.showPicker();
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

  function set(chosen) {
    for (const select of selects) select.value = chosen[select.name] ?? '';
    catalogue.then(number);
  }

  async function fromAddress() {
    try {
      if (!catalogue) status.textContent = say.loading;
      await load();
    } catch {
      failed();
      return;
    }
    set({ ...(location.pathname === plain.path ? preset : {}), ...Object.fromEntries(asked()) });
    await choose(false);
  }

  async function choose(remember) {
    shown = SHOWN;
    if (remember) {
      const chosen = new URLSearchParams(choices(selects)).toString();
      history.pushState(null, '', new URL(say.all, location).pathname + (chosen && `?${chosen}`));
    }
    await show();
  }

  async function show() {
    let parsed;
    const chosen = choices(selects);
    const asIs = location.pathname === plain.path && JSON.stringify(chosen) === JSON.stringify(preset);
    // At once, and not when the list has come: what is below moves while somebody chooses, not while they read.
    reset.disabled = Object.keys(chosen).length === 0;
    name(asIs);
    try {
      if (!catalogue) status.textContent = say.loading;
      parsed = await load();
    } catch {
      name(true); // the list is what it was
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
    more.hidden = hits.length <= shown;
    status.textContent = hits.length ? say.found.replace('{count}', hits.length) : say.none;
  }

  function name(asIs) {
    title.textContent = asIs ? plain.heading : say.heading;
    document.title = asIs ? plain.title : say.title;
  }

  function number(parsed) {
    const chosen = choices(selects);
    for (const select of selects) {
      const totals = counts(parsed, chosen, select.name);
      parsed.facets[select.name].values.forEach(([, name], place) => {
        const option = select.options[place + 1];
        option.textContent = `${name} (${totals[place]})`;
        option.disabled = totals[place] === 0 && option.value !== select.value;
      });
    }
  }

  function item(parsed, row) {
    const [entry, link, facts] = ['li', 'a', 'p'].map((tag) => document.createElement(tag));
    entry.className = 'row';
    facts.className = 'meta';
    link.href = siteurl + rowAddress(parsed, row);
    link.textContent = row.name;
    facts.textContent = [`${say.code} ${row.code}`, row.names['linh-vuc'], performer(parsed, row), row.names['muc-do'],
      row.suspended ? say.suspended : ''].filter(Boolean).join(' · ');
    entry.append(link, facts);
    return entry;
  }
}
