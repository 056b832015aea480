// Shows the counter of the commune in which somebody lives, and keeps the choice on this device for all procedures.
// Without it the list below says the same.

const KEY = 'xa-cua-ban';

const box = document.querySelector('.own-commune');
if (box) start(box);

/** @param {Element} part */
function start(part) {
  const select = /** @type {HTMLSelectElement} */ (part.querySelector('select'));
  const card = /** @type {HTMLElement} */ (part.querySelector('.card'));
  const nothing = [...card.childNodes];
  /** @type {Map<string, Element>} */
  const counters = new Map();

  for (const entry of document.querySelectorAll('.place')) {
    const name = entry.querySelector('summary')?.textContent ?? '';
    const communes = entry.querySelectorAll(':scope > ul > li');
    const group = document.createElement('optgroup');
    group.label = name;
    // A commune that is an agency of its own is an entry itself.
    for (const [commune, called] of communes.length
      ? [...communes].map((item) => /** @type {const} */ ([item, (item.firstChild?.textContent ?? '').trim()]))
      : [/** @type {const} */ ([entry, name])]) {
      const key = communes.length ? `${entry.id}/${called}` : entry.id;
      counters.set(key, commune);
      group.append(new Option(called, key));
    }
    select.append(...(communes.length ? [group] : group.children));
  }

  const kept = load();
  if (counters.has(kept)) select.value = kept;
  show();
  select.addEventListener('change', () => {
    save(select.value);
    show();
  });

  function show() {
    const counter = counters.get(select.value);
    if (!counter) {
      card.replaceChildren(...nothing);
      return;
    }
    const title = document.createElement('strong');
    title.textContent = select.selectedOptions[0].text;
    const known = [...counter.children].filter(({ localName }) => localName !== 'summary');
    card.replaceChildren(title, ...known.map((child) => child.cloneNode(true)));
  }
}

/** Storage may be switched off. @returns {string} */
function load() {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} commune */
function save(commune) {
  try {
    if (commune) localStorage.setItem(KEY, commune);
    else localStorage.removeItem(KEY);
  } catch {
    // It is chosen anew on the next page then.
  }
}
