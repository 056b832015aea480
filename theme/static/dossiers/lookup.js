// Asks the service system about one dossier. Nothing is kept, nor put into the history.

import { fill } from '../texts.js';
import { read } from './code.js';
import { dayNumber, isDay, written } from './figures.js';

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const [form, hint, problem, pause, result] =
  ['tra-cuu', 'ma-ho-so-xem', 'tra-cuu-tra-loi', 'tra-cuu-cho', 'ho-so'].map(part);
const box = /** @type {HTMLInputElement} */ (part('ma-ho-so'));
const words = /** @type {Words} */ ({ ...form.dataset, ...result.dataset });
/** 0: the system says none that we know. @param {number | null} number */
const state = (number) => document.querySelector(`[data-state="${number ?? 0}"]`);
/** @param {number | null} number */
const stateName = (number) => String(state(number)?.querySelector('span')?.textContent);
/** @type {(tag: string, text: string) => HTMLElement} */
const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/** @type {Words} what is said of other answers */
const TROUBLES = { 400: 'refused', 404: 'unknown', 409: 'hidden', 429: 'many' };

let asked = 0;
let checking = 0;
let held = false;

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (held) return;
  clearTimeout(checking);
  const { code, message } = read(box.value, words);
  box.ariaInvalid = String(!code);
  hint.textContent = message;
  if (code) ask(code);
  else box.focus();
});
box.addEventListener('input', () => {
  box.ariaInvalid = 'false';
  clearTimeout(checking);
  checking = setTimeout(() => { hint.textContent = box.value && read(box.value, words).message; }, 500); // not at every key
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
  const { code } = read(location.hash.slice(1), words);
  if (!code) return;
  history.replaceState(null, '', location.pathname);
  box.value = code;
  ask(code);
}

/** @param {string} code */
async function ask(code) {
  asked += 1;
  const mine = asked;
  let dossier;
  let trouble;
  problem.textContent = '';
  result.hidden = true;
  hint.textContent = words.asking;
  try {
    const response = await fetch(`${words.backend}/v1/dossiers/${code}`, {
      credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(10000),
    });
    trouble = TROUBLES[response.status] ?? (response.ok ? '' : 'odd');
    if (trouble === 'many') hold(Math.min(Math.ceil(Number(response.headers.get('retry-after'))) || 60, 3600));
    if (!trouble) dossier = await response.json().catch(() => null);
    if (!trouble && !sound(dossier, code)) trouble = 'odd';
  } catch {
    trouble = 'offline';
  }
  if (mine !== asked) return;
  hint.textContent = '';
  if (trouble) problem.textContent = fill(words[trouble], { code });
  else show(dossier);
}

/** Whether an answer is what it should be. @type {(dossier: any, code: string) => boolean} whatever the system says */
function sound(dossier, code) {
  /** @param {unknown} text */
  const moment = (text) => typeof text === 'string' && Date.parse(text) > 0;
  const { status, received_at: received, due_at: promised, resolved_at: done, timeline, notices } = dossier ?? {};
  return dossier?.code === code && state(status) && moment(received) && [promised, done].every((text) => text == null || moment(text)) &&
    timeline?.every?.((/** @type {any} */ step) => moment(step?.at) && step.status && state(step.status)) && (notices ?? []).every?.((/** @type {any} */ notice) => moment(notice?.at));
}

/** Counts down until the system may be asked again. */
function hold(seconds = 0) {
  held = seconds > 0;
  form.querySelector('button')?.setAttribute('aria-disabled', String(held));
  pause.hidden = !held;
  pause.querySelector('span')?.replaceChildren(String(seconds));
  if (held) setTimeout(hold, 1000, seconds - 1);
  else [problem.textContent, hint.textContent] = ['', words.again];
}

/** A fact; its field shows where there is something to words. @type {ShowFact} */
function fact(name, ...texts) {
  const field = /** @type {HTMLElement} */ (result.querySelector(`[data-fact=${name}]`));
  field.replaceChildren(...texts.filter((text) => text != null && text !== false));
  (field.closest('#ho-so div') ?? field).toggleAttribute('hidden', !field.textContent);
}

/** @type {LinkTo} */
function linked(address, slug, text) {
  if (!text || !slug || !/^[\w.-]+$/.test(slug)) return text;
  return Object.assign(element('a', text), { href: fill(address, { slug }) });
}

/** How many days after the promised one, and whether that is late. @param {Maybe<string>} promised */
function overdue(promised, end = '') {
  if (!promised) return { days: 0, late: false };
  const days = dayNumber(end) - dayNumber(promised);
  return { days, late: isDay(promised) ? days > 0 : Date.parse(end) > Date.parse(promised) };
}

/** When the result is due, and whether it is late; a dossier that waits for its citizen is not. @param {Dossier} dossier */
function due({ due_at: promised, resolved_at: done, ...dossier }) {
  const status = dossier.status ?? 0;
  const { days, late } = overdue(promised, done ?? new Date().toISOString());
  const open = !done && [1, 2, 4].includes(status);
  const resolved = status > 8 ? done : null; // not of a refusal
  const remark = resolved ? (late ? days > 0 && words.wasLate : words.inTime) : open && !late && words.left;
  const comes = ![3, 7, 8].includes(status); // not received, withdrawn or stopped: there is nothing to come back for
  fact('late', late && open && fill(days ? words.late : words.lateToday, { days }));
  if (late && open) fact('next', words.ask);
  fact('resolved_at', resolved && written(resolved));
  fact('due_at', promised && comes && written(promised), promised && remark && ` – ${fill(remark, { days: Math.abs(days) })}`);
}

/** @param {Dossier} dossier */
function show(dossier) {
  const { code, timeline, notices, post } = dossier;
  const status = dossier.status ?? 0;
  const [meaning, next] = [...state(status)?.querySelectorAll('dd') ?? []].map(({ textContent }) => textContent);
  part('ho-so-ten').textContent = stateName(status);
  for (const [name, text] of Object.entries({ code, meaning, next })) fact(name, text);
  fact('incomplete', dossier.incomplete && words.incomplete);
  due(dossier);
  fact('procedure_name', linked(words.procedurePage, dossier.procedure, dossier.procedure_name));
  fact('agency_name', linked(words.agencyPage, dossier.agency, dossier.agency_name));
  fact('channel', words[dossier.channel ?? '']);
  fact('received_at', written(dossier.received_at));
  part('ho-so-nhan').textContent = [1, 3].includes(status) ? words.submitted : words.taken;
  fact('post', post && [words[post.direction], post.service, post.tracking_number, post.status].filter(Boolean).join(' · '));
  fact('timeline', ...timeline.map((step) => element('li', `${written(step.at)}: ${stateName(step.status)}`)));
  fact('notices', ...(notices ?? []).map(({ at, about }) => element('li', `${written(at)} ${words[about] ?? ''}`)));
  for (const line of document.querySelectorAll('[data-state]')) line.classList.toggle('current', line === state(status));
  result.hidden = false;
  part('ho-so-ten').focus();
}
