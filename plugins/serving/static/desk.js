/**
 * On a desk: the open page loads itself again where a build has changed it, and says what is wrong with the content.
 *
 * The server puts this script into pages; what is published knows nothing of it.
 */

/**
 * What the server tells of a build.
 * @typedef {object} Told
 * @property {string} heading how much is wrong, in words; empty where nothing is
 * @property {string[]} problems each with its file and line
 */

const script = /** @type {HTMLElement} */ (document.querySelector('script[data-desk-tag]'));
const opened = script.dataset.deskTag;

/**
 * Show the problems of the last build in a box of their own, or take it away.
 * @param {Told} told
 */
function show(told) {
  document.getElementById('desk-problems')?.remove();
  if (!told.problems.length) return;
  const box = document.createElement('details');
  box.id = 'desk-problems';
  box.open = true;
  const heading = document.createElement('summary');
  heading.textContent = told.heading;
  const list = document.createElement('ul');
  for (const problem of told.problems) {
    const item = document.createElement('li');
    item.textContent = problem;
    list.append(item);
  }
  box.append(heading, list);
  document.body.append(box);
}

/** Load the page again if it is another one now; the browser keeps the place. A page that is no more stays. */
async function renew() {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
  const tag = answer.headers.get('X-Desk-Tag');
  if (answer.ok && tag !== null && tag !== opened) location.reload();
}

const events = new EventSource('/_desk/events');
events.addEventListener('built', (event) => {
  show(JSON.parse(event.data));
  renew().catch(() => events.close()); // the server has ended
});
