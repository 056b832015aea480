// Renews figures of dossiers from a file of this portal, without a build. What is missing, broken or older changes nothing.

import { fill } from '../texts.js';
import { all, clock, lang, numbers } from './figures.js';

const SLOWEST = 900; // seconds between tries that fail
const SHORT = 5000; // milliseconds
const percents = new Intl.NumberFormat(lang, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const ages = new Intl.RelativeTimeFormat(lang);

/** A figure as the build writes it; what falls short of all is not rounded up to all. @type {WriteFigure} */
function written(row, path) {
  const [group, name] = path.split('.');
  const number = row[group]?.[name];
  if (number == null || !Number.isFinite(number)) return '–';
  return group === 'rates' ? percents.format(number < 1 ? Math.min(number, 0.9999) : number) : numbers.format(number);
}

const [root] = all('[data-live]');
if (root) start(root.dataset);

/** @param {Words} settings */
function start({ live, about, said: sentence, staleAfter, ...settings }) {
  const every = Number(settings.every); // seconds
  const [[says], [toggle]] = [all('[data-says]'), all('[data-announce]')];
  let last = ''; // the file as it was read
  let failures = 0;
  let ahead = 0; // of the server's clock
  let limit = Number(staleAfter) || Infinity; // hours
  let stale = false;
  let due = 0;
  let timer = 0;

  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener('click', () => {
      const on = says.ariaLive !== 'polite';
      toggle.ariaPressed = String(on);
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
      ahead = Date.parse(response.headers.get('date') ?? '') - Date.now() || 0;
      const text = await response.text();
      if (text !== last) take(JSON.parse(text));
      last = text;
      failures = 0;
    } catch {
      failures += 1;
    }
    age();
    document.body.dataset.waits = 'false';
    due = Date.now() + Math.min(every * 2 ** failures, Math.max(every, SLOWEST)) * 1000;
    wait();
  }

  /** @param {FiguresFile} file */
  function take(file) {
    if (!file.as_of) return; // nothing is known yet
    /** @type {Rows} */
    const known = { ...file.rows.agency, total: file.rows.total };
    if (file.version !== 1 || written(file.rows.total, 'received.total') === '–') throw new Error('another file');
    // A page that was built of newer figures stays; it is written to the minute.
    if (Date.parse(file.as_of) < Date.parse(all('[data-time]')[0].dateTime)) return;
    ({ stale, stale_after_hours: limit } = file);
    for (const time of all('[data-time]')) {
      time.dateTime = file[/** @type {'as_of'} */ (time.dataset.time)] ?? '';
      set(time, clock(time.dateTime));
    }
    for (const part of all('[data-known]')) part.hidden &&= !known[part.dataset.known];
    for (const part of all('[data-unknown]')) part.hidden ||= Boolean(known[part.dataset.unknown]);
    for (const part of all('[data-row]')) renew(part, known[part.dataset.row]);
    document.dispatchEvent(new CustomEvent('figures', { detail: known })); // for tables.js
    const row = known[about];
    if (row && says?.ariaLive === 'polite') {
      says.textContent = fill(sentence, {
        as_of: clock(file.as_of), received: written(row, 'received.total'),
        resolved: written(row, 'resolved.total'), rate: written(row, 'rates.on_time_of_resolved'),
      });
    }
  }

  /** @type {ShowRow} */
  function renew(part, row) {
    if (!row) return;
    part.hidden = false;
    for (const figure of all('[data-figure]', part)) set(figure, written(row, figure.dataset.figure));
  }

  /** @type {SetText} */
  function set(element, text) {
    if (element.textContent === text) return;
    element.textContent = text;
    if (!last) return; // what a page begins with is not news
    element.classList.add('changed');
    setTimeout(() => element.classList.remove('changed'), SHORT);
  }

  function age() {
    const now = Date.now() + ahead;
    const hours = (name = 'as_of') => Math.max(0, now - Date.parse(all(`[data-time=${name}]`)[0].dateTime)) / 36e5;
    for (const part of all('[data-age]')) {
      const old = hours(part.dataset.age);
      /** @type {[number, Intl.RelativeTimeFormatUnit]} */
      const [number, unit] = old * 60 < 1 ? [old * 3600, 'second'] : old < 1 ? [old * 60, 'minute']
        : old < 48 ? [old, 'hour'] : [old / 24, 'day'];
      part.textContent = old >= 0 ? `(${ages.format(-Math.floor(number), unit)})` : '';
    }
    for (const warning of all('[data-stale]')) warning.hidden = !(stale || hours() > limit);
  }
}
