// Filters the catalogue by several facets at once and keeps the choice in the address. The page works without it: its
// links narrow the list down. All that is shown is set as text, never as markup.

import { choices, counts, matching, parse, rowAddress } from './filtering.js';

const SHOWN = 50;
const form = document.getElementById('facets');
if (form) start();

function start() {
  const { source, siteurl, ...say } = form.dataset;
  const status = document.getElementById('facets-status');
  const [list, narrow, found] = ['danh-sach', 'thu-hep', 'ket-qua-loc'].map((id) => document.getElementById(id));
  const [rows, more] = [found.querySelector('ul'), found.querySelector('button')];
  const reset = form.querySelector('button[type="reset"]');
  const fields = form.querySelector('.facet-fields');
  const labels = JSON.parse(form.dataset.labels);
  const names = labels.map(([name]) => name);
  const preset = Object.fromEntries(names.flatMap((name) =>
    form.hasAttribute(`data-chosen-${name}`) ? [[name, form.getAttribute(`data-chosen-${name}`)]] : []));
  let catalogue; // a promise, once somebody touches the form
  let shown = SHOWN;

  const selects = labels.map(([name, label]) => {
    const [box, caption, select] = ['div', 'label', 'select'].map((tag) => document.createElement(tag));
    select.id = `loc-${name}`;
    select.name = name;
    caption.htmlFor = select.id;
    caption.textContent = label;
    select.append(new Option(say.any, ''));
    select.addEventListener('focus', () => load().catch(() => {}), { once: true });
    box.append(caption, select);
    fields.append(box);
    return select;
  });
  form.hidden = false;
  if (narrow) narrow.hidden = true;

  form.addEventListener('change', () => choose(true));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    for (const select of selects) select.value = '';
    choose(true);
  });
  more.addEventListener('click', () => {
    const before = rows.children.length;
    shown += SHOWN;
    show();
    rows.children[before]?.querySelector('a').focus();
  });
  window.addEventListener('popstate', () => fromAddress());
  if (location.search) fromAddress();
  else if (Object.keys(preset).length) load().then(() => set(preset), failed);

  function load() {
    catalogue ??= fetch(source)
      .then((response) => {
        if (!response.ok) throw new Error(response.statusText);
        return response.json();
      })
      .then(parse)
      .then((parsed) => {
        for (const select of selects) {
          const facet = parsed.facets[select.name];
          select.append(...facet.values.map(([slug, name]) => new Option(name, slug)));
        }
        number(parsed);
        return parsed;
      })
      .catch((error) => {
        catalogue = undefined; // the next touch tries again
        throw error;
      });
    return catalogue;
  }

  function failed() {
    status.textContent = say.failed;
    if (narrow) narrow.hidden = false;
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
    const asked = new URLSearchParams(location.search);
    set([...asked.keys()].some((name) => names.includes(name)) ? Object.fromEntries(asked) : preset);
    await choose(false);
  }

  async function choose(remember) {
    shown = SHOWN;
    if (remember) {
      const asked = new URLSearchParams(choices(selects));
      history.pushState(null, '', asked.size ? `?${asked}` : location.pathname);
    }
    await show();
  }

  async function show() {
    let parsed;
    try {
      if (!catalogue) status.textContent = say.loading;
      parsed = await load();
    } catch {
      failed();
      return;
    }
    const chosen = choices(selects);
    const asIs = !location.search && JSON.stringify(chosen) === JSON.stringify(preset);
    number(parsed);
    reset.hidden = Object.keys(chosen).length === 0;
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
    facts.textContent = [`${say.code} ${row.code}`, row.names['linh-vuc'], row.names['co-quan'], row.names['muc-do'],
      row.suspended ? say.suspended : ''].filter(Boolean).join(' · ');
    entry.append(link, facts);
    return entry;
  }
}
