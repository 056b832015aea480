// Keeps the ticks of a procedure's papers on this device, counts them, and prints the list. Without it the boxes can
// still be ticked and printed; nothing promises then that they are kept.

const section = document.querySelector('[data-checklist]');
const boxes = section ? [...section.querySelectorAll('input[type="checkbox"]')] : [];
if (boxes.length) start();

function start() {
  const { checklist: code, version, ...say } = section.dataset;
  const key = `giay-to/${code}`;
  const tools = section.querySelector('.checklist-tools');
  const note = document.createElement('p');
  note.className = 'note';
  tools.before(note);

  const kept = load(key);
  const known = new Set(boxes.map((box) => box.name));
  for (const box of boxes) box.checked = kept.ticked.includes(box.name);
  // Only a paper that was ticked and is not asked for any more makes an old list misleading.
  const changed = kept.version !== version && kept.ticked.some((name) => !known.has(name));
  show(changed ? say.changed : '');

  section.addEventListener('change', keep);
  on('print-page', () => window.print());
  on('print-list', () => {
    document.body.classList.add('list-only');
    window.addEventListener('afterprint', () => document.body.classList.remove('list-only'), { once: true });
    window.print();
  });
  on('clear', () => {
    for (const box of boxes) box.checked = false;
    keep();
    boxes[0].focus();
  });
  tools.hidden = false;

  function on(action, act) {
    section.querySelector(`[data-action="${action}"]`).addEventListener('click', act);
  }

  function keep() {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.name);
    show(save(key, { version, ticked }) ? say.kept : say.notKept);
  }

  // Each case is counted by itself: nobody needs the papers of all.
  function show(message) {
    for (const ready of section.querySelectorAll('.ready')) {
      const own = [...ready.parentElement.querySelectorAll('input')];
      const done = own.filter((box) => box.checked).length;
      const said = say.ready.replace('{done}', done).replace('{all}', own.length);
      if (ready.textContent !== said) ready.textContent = said;
      ready.hidden = false;
    }
    note.textContent = message;
    note.hidden = !message;
  }
}

// Storage may be switched off, full, or hold what another version wrote.
function load(key) {
  try {
    const { version, ticked } = JSON.parse(localStorage.getItem(key)) ?? {};
    return { version, ticked: Array.isArray(ticked) ? ticked : [] };
  } catch {
    return { version: undefined, ticked: [] };
  }
}

function save(key, state) {
  try {
    if (state.ticked.length) localStorage.setItem(key, JSON.stringify(state));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}
