// Emergency notices that stand now; each goes at its end.

const [, site] = location.pathname.split('/');
const header = /** @type {Part} */ (document.querySelector('.masthead'));
const region = document.querySelector('.notices') ?? document.createElement('div');
let timer = 0;

/** @param {Part} line */
const end = (line) => Date.parse(line.dataset.until);
/** @param {Part} line */
const says = (line) => line.dataset.until + line.textContent;

region.className = 'notices';
region.ariaLive = 'polite';
if (!region.isConnected) header.before(region);
document.addEventListener('visibilitychange', ask);
void ask();

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(header.dataset.alerts, { cache: 'no-store' });
    show(Date.parse(answer.headers.get('date') ?? Date()), await answer.json());
  } catch {
    show(Date.now()); // offline
  }
}

/** @type {(now: number, file?: AlertFile) => void} */
function show(now, file) {
  const old = /** @type {Part[]} */ ([...region.querySelectorAll('[data-until]')]);
  const wanted = file?.alerts.filter(({ agency }) => !agency || agency === site);
  const lines = (wanted?.map(written) ?? old).filter((line) => end(line) > now);
  const [before, after] = [old.map(says), lines.map(says)];
  for (const line of old) if (!after.includes(says(line))) line.remove();
  region.prepend(...lines.filter((line) => !before.includes(says(line))));
  clearTimeout(timer);
  timer = setTimeout(ask, Math.min(...lines.map(end), now + 2e9) - now);
}

/** @param {Alert} alert */
function written({ until, label, lang, text }) {
  const line = /** @type {Part} */ (document.createElement('aside'));
  const summary = document.createElement('summary');
  line.appendChild(document.createElement('details')).append(summary);
  summary.appendChild(document.createElement('span')).append(`${label}: ${text}`);
  line.dataset.until = until;
  return Object.assign(line, { className: 'notice', ariaLabel: label, lang });
}
