// Asks the service system about one dossier. Nothing is kept, nor put into the history.

const part = (id) => document.getElementById(id);
const [form, box, hint, problem, pause, result] =
  ['tra-cuu', 'ma-ho-so', 'ma-ho-so-xem', 'tra-cuu-tra-loi', 'tra-cuu-cho', 'ho-so'].map(part);
const say = { ...form.dataset, ...result.dataset };
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
const state = (number) => document.querySelector(`[data-state="${number}"]`);
const stateName = (number) => state(number).querySelector('span').textContent;
const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

// Vietnam has one time zone, without summer time.
const vietnam = (moment) => Date.parse(moment) + 7 * 36e5;
const dayNumber = (moment) => Math.floor(vietnam(moment) / 864e5);
function clock(moment) {
  const iso = new Date(vietnam(moment)).toISOString();
  return `${iso.slice(0, 10).split('-').reverse().join('/')} ${moment.length > 10 ? iso.slice(11, 16) : ''}`.trim();
}

let asked = 0;
let checking;
let held = false;

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (held) return;
  clearTimeout(checking);
  const { code, message } = read(box.value);
  box.ariaInvalid = !code;
  hint.textContent = message;
  if (code) ask(code);
  else box.focus();
});
box.addEventListener('input', () => {
  box.ariaInvalid = false;
  clearTimeout(checking);
  checking = setTimeout(() => { hint.textContent = box.value && read(box.value).message; }, 500); // not at every key
});
window.addEventListener('hashchange', fromAddress);
// Whoever comes back, perhaps someone else, finds nothing.
window.addEventListener('pagehide', () => {
  box.value = '';
  result.hidden = true;
});
fromAddress();

/** What was typed as a code, or what is wrong with it. */
function read(typed) {
  const signs = [...typed.toUpperCase().replace(/[\s.,_–—-]/g, '')];
  const odd = signs.find((sign, place) => !(place === 7 ? /[A-Z]/ : /[0-9]/).test(sign));
  const [, agency, year, month, day, rest] = signs.join('').match(/^(.{10})(..)(..)(..)(.*)$/) ?? [];
  if (!signs.length) return { message: say.empty };
  if (odd) return { message: fill(say.wrong, { found: odd }) };
  if (day && !/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(month + day))
    return { message: fill(say.day, { found: year + month + day }) };
  if (signs.length < 20) return { message: fill(say.short, { count: 20 - signs.length }) };
  const code = `${agency.replace(/(...)(..)(..)/, '$1.$2.$3.')}-${year}${month}${day}-${rest}`;
  return { code, message: fill(say.good, { code }) };
}

/** A link in a message may carry the code behind its #: it is taken out at once. */
function fromAddress() {
  const { code } = read(location.hash.slice(1));
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
    trouble = { 400: 'refused', 404: 'unknown', 429: 'many' }[response.status] ?? (response.ok ? '' : 'odd');
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
  return dossier?.code === code && state(+status) && moment(received) && [day, done].every((text) => text == null || moment(text)) &&
    timeline?.every?.((step) => moment(step?.at) && state(+step.status)) && (notices ?? []).every?.((notice) => moment(notice?.at));
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

/** When the result is due, and whether it is late; a dossier that waits for its citizen is not. */
function due({ due_at: day, resolved_at: done, status }) {
  const end = done ?? new Date().toISOString();
  const days = day ? dayNumber(end) - dayNumber(day) : 0;
  const late = day && (day.length > 10 ? Date.parse(end) > Date.parse(day) : days > 0);
  const open = !done && [1, 2, 4].includes(status);
  const result = status > 8 && done; // not of a refusal
  const said = result ? (late ? days && say.wasLate : say.inTime) : open && !late && say.left;
  fact('late', late && open && fill(days ? say.late : say.lateToday, { days }));
  if (late && open) fact('next', say.ask);
  fact('resolved_at', result && clock(result));
  fact('due_at', day && clock(day), day && said ? ` – ${fill(said, { days: Math.abs(days) })}` : '');
}

function show(dossier) {
  const { code, status, timeline, notices, post } = dossier;
  const [meaning, next] = [...state(status).querySelectorAll('dd')].map((said) => said.textContent);
  part('ho-so-ten').textContent = stateName(status);
  for (const [name, said] of Object.entries({ code, meaning, next })) fact(name, said);
  due(dossier);
  fact('procedure_name', linked(dossier.procedure_name, dossier.procedure, `/thu-tuc/${dossier.procedure}/`));
  fact('agency_name', linked(dossier.agency_name, dossier.agency, `/${dossier.agency}/lien-he/`));
  fact('channel', say[dossier.channel]);
  fact('received_at', clock(dossier.received_at));
  fact('post', post && [say[post.direction], post.service, post.tracking_number, post.status].filter(Boolean).join(' · '));
  fact('timeline', ...timeline.map((step) => made('li', `${clock(step.at)}: ${stateName(step.status)}`)));
  fact('notices', ...(notices ?? []).map(({ at, about }) => made('li', `${clock(at)} ${say[about] ?? ''}`)));
  for (const line of document.querySelectorAll('[data-state]')) line.classList.toggle('current', line === state(status));
  result.hidden = false;
  part('ho-so-ten').focus();
}
