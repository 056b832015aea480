// Asks the service system about one dossier. Nothing is kept, nor put into the history.

import { fill, read } from './code.js';

const part = (id) => document.getElementById(id);
const [form, box, hint, problem, pause, result] =
  ['tra-cuu', 'ma-ho-so', 'ma-ho-so-xem', 'tra-cuu-tra-loi', 'tra-cuu-cho', 'ho-so'].map(part);
const say = { ...form.dataset, ...result.dataset };
const state = (number) => document.querySelector(`[data-state="${number ?? 0}"]`); // 0: the system says none that we know
const stateName = (number) => state(number).querySelector('span').textContent;
const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

// Vietnam has one time zone, without summer time.
const vietnam = (moment) => Date.parse(moment) + 7 * 36e5;
const dayNumber = (moment) => Math.floor(vietnam(moment) / 864e5);
const parts = (moment) => new Date(vietnam(moment)).toISOString().split(/[T.]/);
const hour = (moment) => moment.length > 10 && parts(moment)[1].replace('00:00:00', '').slice(0, 5); // a day is of midnight
const clock = (moment) => [parts(moment)[0].split('-').reverse().join('/'), hour(moment)].filter(Boolean).join(' ');

let asked = 0;
let checking;
let held = false;

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (held) return;
  clearTimeout(checking);
  const { code, message } = read(box.value, say);
  box.ariaInvalid = !code;
  hint.textContent = message;
  if (code) ask(code);
  else box.focus();
});
box.addEventListener('input', () => {
  box.ariaInvalid = false;
  clearTimeout(checking);
  checking = setTimeout(() => { hint.textContent = box.value && read(box.value, say).message; }, 500); // not at every key
});
window.addEventListener('hashchange', fromAddress);
// Whoever comes back, perhaps someone else, finds nothing.
window.addEventListener('pagehide', () => {
  box.value = '';
  result.hidden = true;
});
fromAddress();

/** A link in a message may carry the code behind its #: it is taken out at once. */
function fromAddress() {
  const { code } = read(location.hash.slice(1), say);
  if (!code) return;
  history.replaceState(null, '', location.pathname);
  box.value = code;
  ask(code);
}

async function ask(code) {
  const mine = ++asked;
  let dossier;
  let trouble;
  problem.textContent = '';
  result.hidden = true;
  hint.textContent = say.asking;
  try {
    const response = await fetch(`${say.backend}/v1/dossiers/${code}`, {
      credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(10000),
    });
    trouble = { 400: 'refused', 404: 'unknown', 409: 'hidden', 429: 'many' }[response.status] ?? (response.ok ? '' : 'odd');
    if (trouble === 'many') hold(Math.min(Math.ceil(response.headers.get('retry-after')) || 60, 3600));
    if (!trouble) dossier = await response.json().catch(() => null);
    if (!trouble && !sound(dossier, code)) trouble = 'odd';
  } catch {
    trouble = 'offline';
  }
  if (mine !== asked) return;
  hint.textContent = '';
  if (trouble) problem.textContent = fill(say[trouble], { code });
  else show(dossier);
}

function sound(dossier, code) {
  const moment = (text) => typeof text === 'string' && Date.parse(text) > 0;
  const { status, received_at: received, due_at: day, resolved_at: done, timeline, notices } = dossier ?? {};
  return dossier?.code === code && state(status) && moment(received) && [day, done].every((text) => text == null || moment(text)) &&
    timeline?.every?.((step) => moment(step?.at) && step.status && state(step.status)) && (notices ?? []).every?.((notice) => moment(notice?.at));
}

/** Counts down until the system may be asked again. */
function hold(seconds) {
  held = seconds > 0;
  form.querySelector('button').ariaDisabled = held;
  pause.hidden = !held;
  pause.querySelector('span').textContent = seconds;
  if (held) setTimeout(hold, 1000, seconds - 1);
  else [problem.textContent, hint.textContent] = ['', say.again];
}

/** A fact; its place shows where there is something to say. */
function fact(name, ...said) {
  const place = result.querySelector(`[data-fact=${name}]`);
  place.replaceChildren(...said.filter(Boolean));
  (place.closest('#ho-so div') ?? place).hidden = !place.textContent;
}

function linked(text, slug, address) {
  if (!text || !/^[\w.-]+$/.test(slug ?? '')) return text;
  return Object.assign(made('a', text), { href: say.portal + address });
}

/** Not received, withdrawn or stopped: there is nothing to come back for. */
const without = (status) => [3, 7, 8].includes(status);

/** When the result is due, and whether it is late; a dossier that waits for its citizen is not. */
function due({ due_at: day, resolved_at: done, status }) {
  const end = done ?? new Date().toISOString();
  const days = day ? dayNumber(end) - dayNumber(day) : 0;
  const late = day && (hour(day) ? Date.parse(end) > Date.parse(day) : days > 0);
  const open = !done && [1, 2, 4].includes(status);
  const result = status > 8 && done; // not of a refusal
  const said = result ? (late ? days && say.wasLate : say.inTime) : open && !late && say.left;
  fact('late', late && open && fill(days ? say.late : say.lateToday, { days }));
  if (late && open) fact('next', say.ask);
  fact('resolved_at', result && clock(result));
  fact('due_at', day && !without(status) && clock(day), day && said ? ` – ${fill(said, { days: Math.abs(days) })}` : '');
}

function show(dossier) {
  const { code, status, timeline, notices, post } = dossier;
  const [meaning, next] = [...state(status).querySelectorAll('dd')].map((said) => said.textContent);
  part('ho-so-ten').textContent = stateName(status);
  for (const [name, said] of Object.entries({ code, meaning, next })) fact(name, said);
  fact('incomplete', dossier.incomplete && say.incomplete);
  due(dossier);
  fact('procedure_name', linked(dossier.procedure_name, dossier.procedure, `/thu-tuc/${dossier.procedure}/`));
  fact('agency_name', linked(dossier.agency_name, dossier.agency, `/${dossier.agency}/lien-he/`));
  fact('channel', say[dossier.channel]);
  fact('received_at', clock(dossier.received_at));
  part('ho-so-nhan').textContent = [1, 3].includes(status) ? say.submitted : say.taken;
  fact('post', post && [say[post.direction], post.service, post.tracking_number, post.status].filter(Boolean).join(' · '));
  fact('timeline', ...timeline.map((step) => made('li', `${clock(step.at)}: ${stateName(step.status)}`)));
  fact('notices', ...(notices ?? []).map(({ at, about }) => made('li', `${clock(at)} ${say[about] ?? ''}`)));
  for (const line of document.querySelectorAll('[data-state]')) line.classList.toggle('current', line === state(status));
  result.hidden = false;
  part('ho-so-ten').focus();
}
