// Finds procedures by the words of their name, code, field or agency. The page works without it, as a way into the
// catalogue. All that is shown is set as text, never as markup.

const SHOWN = 30;
const input = document.querySelector('main input[name="q"]');
const list = document.getElementById('search-results');
const status = document.getElementById('search-status');
const { siteurl, ...say } = list.dataset;

const fold = (text) =>
  text.replace(/[đĐðÐ]/g, 'd').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

let procedures; // a promise, once somebody searches

function load() {
  procedures ??= fetch(`${siteurl}/api/v1/procedures.json`)
    .then((response) => {
      if (!response.ok) throw new Error(response.statusText);
      return response.json();
    })
    .then((answer) =>
      answer.procedures.map((one) => ({
        ...one,
        foldedName: fold(one.name),
        folded: fold([one.code, one.name, one.field_name, one.agency_name].join(' ')),
      })))
    .catch((error) => {
      procedures = undefined; // the next word typed tries again
      throw error;
    });
  return procedures;
}

function show(found) {
  list.replaceChildren(...found.slice(0, SHOWN).map((procedure) => {
    const [row, link, facts] = ['li', 'a', 'p'].map((tag) => document.createElement(tag));
    row.className = 'row';
    facts.className = 'meta';
    link.href = siteurl + procedure.url;
    link.textContent = procedure.name;
    facts.textContent = [procedure.code, procedure.field_name, procedure.agency_name].filter(Boolean).join(' · ');
    row.append(link, facts);
    return row;
  }));
  list.hidden = found.length === 0;
}

async function search() {
  const query = input.value.trim();
  history.replaceState(null, '', query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  const phrase = fold(query);
  const words = phrase.split(/[^a-z0-9.]+/).filter(Boolean);
  if (words.length === 0) {
    status.textContent = '';
    show([]);
    return;
  }
  try {
    if (!procedures) status.textContent = say.loading;
    const all = await load();
    if (query !== input.value.trim()) return; // somebody went on typing
    const found = all.filter(({ folded }) => words.every((word) => folded.includes(word)));
    // Names that contain the words as they were typed come first; the sort is stable.
    found.sort((a, b) => b.foldedName.includes(phrase) - a.foldedName.includes(phrase));
    show(found);
    const message = found.length === 0 ? say.none : found.length > SHOWN ? say.more : say.found;
    status.textContent = message.replace('{count}', found.length).replace('{shown}', SHOWN);
  } catch {
    show([]);
    status.textContent = say.failed;
  }
}

let waiting;
input.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});
input.form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
input.value = new URLSearchParams(location.search).get('q') ?? '';
if (input.value) search();
