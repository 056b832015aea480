// Renews figures of dossiers from a file of this portal, without a build. What is missing, broken or older changes nothing.

const SLOWEST = 900; // seconds between tries that fail
const SHORT = 5000; // milliseconds
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const { lang } = document.documentElement;
const counts = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(lang, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const ages = new Intl.RelativeTimeFormat(lang);
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

/** A moment as Vietnam's clocks show it, or a day. */
function moment(text) {
  const iso = text.length > 10 ? new Date(Date.parse(text) + 7 * 36e5).toISOString() : text;
  return `${iso.slice(0, 10).split('-').reverse().join('/')} ${iso.slice(11, 16)}`.trim();
}

/** A figure as the build writes it; what falls short of all is not rounded up to all. */
function written(row, path) {
  const number = path.split('.').reduce((part, name) => part?.[name], row);
  if (!Number.isFinite(number)) return '–';
  return path.startsWith('rates') ? percents.format(number < 1 ? Math.min(number, 0.9999) : number) : counts.format(number);
}

const root = one('[data-live]');
if (root) start(root.dataset);

function start({ live, every, about, said, staleAfter }) {
  const [says, toggle] = [one('[data-says]'), one('[data-announce]')];
  let last = ''; // the file as it was read
  let failures = 0;
  let ahead = 0; // of the server's clock
  let limit = Number(staleAfter) || Infinity; // hours
  let stale;
  let due = 0;
  let timer;

  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener('click', () => {
      const on = says.ariaLive !== 'polite';
      toggle.ariaPressed = on;
      says.textContent = '';
      says.ariaLive = on ? 'polite' : 'off';
    });
  }
  document.addEventListener('visibilitychange', wait);
  setInterval(() => document.hidden || age(), SHORT);
  look();

  function wait() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, Math.max(0, due - Date.now()));
  }

  async function look() {
    if (document.hidden) return;
    due = Infinity; // one at a time
    try {
      const response = await fetch(live, { cache: 'no-cache', signal: AbortSignal.timeout(20000) });
      if (!response.ok) throw new Error(response.statusText);
      ahead = Date.parse(response.headers.get('date')) - Date.now() || 0;
      const text = await response.text();
      if (text !== last) take(JSON.parse(text));
      last = text;
      failures = 0;
    } catch {
      failures += 1;
    }
    age();
    document.body.dataset.waits = false;
    due = Date.now() + Math.min(every * 2 ** failures, Math.max(every, SLOWEST)) * 1000;
    wait();
  }

  function take(file) {
    if (!file.as_of) return; // nothing is known yet
    const known = { ...file.rows.agency, total: file.rows.total };
    if (file.version !== 1 || written(known.total, 'received.total') === '–') throw new Error('another file');
    // A page that was built of newer figures stays; it is written to the minute.
    if (Date.parse(file.as_of) < Date.parse(one('[data-time]').dateTime)) return;
    ({ stale, stale_after_hours: limit } = file);
    for (const time of all('[data-time]')) {
      time.dateTime = file[time.dataset.time];
      set(time, moment(time.dateTime));
    }
    for (const part of all('[data-known]')) part.hidden &&= !known[part.dataset.known];
    for (const part of all('[data-unknown]')) part.hidden ||= Boolean(known[part.dataset.unknown]);
    for (const part of all('[data-row]')) renew(part, known[part.dataset.row]);
    document.dispatchEvent(new CustomEvent('figures', { detail: known })); // for tables.js
    const row = known[about];
    if (row && says?.ariaLive === 'polite')
      says.textContent = fill(said, {
        as_of: moment(file.as_of), received: written(row, 'received.total'),
        resolved: written(row, 'resolved.total'), rate: written(row, 'rates.on_time_of_resolved'),
      });
  }

  function renew(part, row) {
    if (!row) return;
    part.hidden = false;
    for (const figure of all('[data-figure]', part)) set(figure, written(row, figure.dataset.figure));
  }

  function set(element, text) {
    if (element.textContent === text) return;
    element.textContent = text;
    if (!last) return; // what a page begins with is not news
    element.classList.add('changed');
    setTimeout(() => element.classList.remove('changed'), SHORT);
  }

  function age() {
    const now = Date.now() + ahead;
    const hours = (name) => Math.max(0, now - Date.parse(one(`[data-time=${name}]`).dateTime)) / 36e5;
    for (const part of all('[data-age]')) {
      const old = hours(part.dataset.age);
      const [number, unit] = old * 60 < 1 ? [old * 3600, 'second'] : old < 1 ? [old * 60, 'minute']
        : old < 48 ? [old, 'hour'] : [old / 24, 'day'];
      part.textContent = old >= 0 ? `(${ages.format(-Math.floor(number), unit)})` : '';
    }
    for (const warning of all('[data-stale]')) warning.hidden = !(stale || hours('as_of') > limit);
  }
}
