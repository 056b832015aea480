// The service worker: what a person reads is asked of the network, and where there is none the procedures read last are
// shown as they were, with the moment; of all else there is a page that says so. Figures and data never come from here.
// `sw.js`, which the build writes (plugins/presentation/installing.py), says what the portal is and loads this.

const worker = /** @type {PortalWorker} */ (/** @type {unknown} */ (self));
const { offline, frame, sentences } = worker.portal;
const PAGES = 'portal-pages';
const FILES = 'portal-files';
const MOST = 20;
/** Milliseconds after which a page that is kept is shown, and the network's answer is kept for the next time. */
const PATIENCE = 6000;
const KEPT_AT = 'x-kept-at';
const NEEDS = 'x-kept-needs';
const PROCEDURE = /^(?:[\w-]+\/)?thu-tuc\/\d[\w.-]*\/$/;
const SHOWS_ONE = '<article class="procedure">';
const FILE_OF_A_PAGE = /(?:href|src)="([^"]*\/(?:theme\/[^"]+|site\.css(?:\?[^"]*)?))"/g;
const LOOKS = new Set(['style', 'script', 'font', 'image']);

const scope = worker.registration.scope;
/** @type {(path: string) => string} */
const at = (path) => new URL(path, scope).href;
/** The address of a page, whatever it was asked for with. @type {(url: string) => string} */
const plain = (url) => url.replace(/[?#].*/s, '');
/** @type {(address: string) => boolean} */
const isProcedure = (address) => address.startsWith(scope) && PROCEDURE.test(address.slice(scope.length));

/** One after the other: what is tidied away must not be another's. @type {Promise<unknown>} */
let turn = Promise.resolve();
/** @type {(task: () => Promise<unknown>) => Promise<unknown>} */
const inTurn = (task) => (turn = turn.then(task).catch(() => undefined));

worker.addEventListener('install', (event) => {
  void worker.skipWaiting();
  event.waitUntil(prepare());
});
worker.addEventListener('activate', (event) => event.waitUntil(begin()));
worker.addEventListener('message', (event) => {
  const address = plain(event.data.read);
  if (isProcedure(address)) event.waitUntil(inTurn(async () => keep(address, await fetch(address))));
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (LOOKS.has(request.destination)) event.respondWith(file(request));
});

async function prepare() {
  const files = await caches.open(FILES);
  // The page that is open has fetched the look of it already.
  await files.addAll([new Request(at(offline), { cache: 'no-cache' }), ...frame.map(at)]);
}

async function begin() {
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
  await inTurn(tidy);
}

/** @type {(event: RequestEvent) => Promise<Response>} */
async function page(event) {
  const address = plain(event.request.url);
  const answer = Promise.resolve(event.preloadResponse).then((ahead) => ahead ?? fetch(event.request));
  if (isProcedure(address)) {
    // Copied before anybody reads it.
    const copy = answer.then((response) => response.clone());
    event.waitUntil(copy.then((response) => inTurn(() => keep(address, response)), () => undefined));
  }
  const kept = await (await caches.open(PAGES)).match(address);
  try {
    return await (kept ? Promise.race([answer, late()]) : answer);
  } catch {
    return kept ? asKept(kept) : nothing();
  }
}

/** @returns {Promise<never>} */
function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('late')), PATIENCE);
  });
}

/** What a page looks like, where its files cannot be fetched. @type {(request: Request) => Promise<Response>} */
async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await (await caches.open(FILES)).match(request.url)) ?? Response.error();
  }
}

/** @type {(address: string, response: Response) => Promise<void>} */
async function keep(address, response) {
  const pages = await caches.open(PAGES);
  const html = response.ok ? await response.text() : '';
  if (response.redirected || !html.includes(SHOWS_ONE)) {
    // It is no procedure any more; a server in trouble says nothing of it.
    if (response.ok || response.status === 404) await pages.delete(address);
    return;
  }
  const needs = [...html.matchAll(FILE_OF_A_PAGE)].map(([, path]) => new URL(path, address).href);
  const own = [...new Set(needs)].filter((url) => url.startsWith(scope));
  const files = await caches.open(FILES);
  for (const url of own) {
    // With a mark of the content it is the same file as before.
    if (!(url.includes('?v=') && (await files.match(url)))) await files.add(url).catch(() => undefined);
  }
  const headers = new Headers(response.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  headers.set(KEPT_AT, String(Date.now()));
  headers.set(NEEDS, own.join(' '));
  await pages.delete(address);
  await pages.put(address, new Response(html, { headers }));
  await tidy();
}

/** Keeps the pages read last, and no file that none of them needs. */
async function tidy() {
  const [pages, files] = [await caches.open(PAGES), await caches.open(FILES)];
  const known = await pages.keys();
  const old = known.slice(0, -MOST);
  for (const request of old) await pages.delete(request);
  const needed = new Set([offline, ...frame].map(at));
  for (const request of known.slice(-MOST)) {
    const kept = await pages.match(request);
    for (const url of kept?.headers.get(NEEDS)?.split(' ') ?? []) needed.add(url);
  }
  for (const request of await files.keys()) if (!needed.has(request.url)) await files.delete(request);
}

/** A page as it was, which says when that was. @type {(kept: Response) => Promise<Response>} */
async function asKept(kept) {
  const line = `<p class="banner warn" role="status">${moment(sentences.kept, kept)}</p>`;
  const html = (await kept.text()).replace(/<main[^>]*>/, (main) => `${main}${line}`);
  return new Response(html, { headers: kept.headers });
}

/** What is said where there is neither network nor copy, with what there is. */
async function nothing() {
  const answer = await (await caches.open(FILES)).match(at(offline));
  if (!answer) return Response.error();
  const pages = await caches.open(PAGES);
  const lines = [];
  for (const request of [...(await pages.keys())].reverse()) {
    const kept = await pages.match(request);
    // As the page has it: with signs of HTML written as HTML has them.
    const [, name] = (await kept?.clone().text())?.match(/<h1[^>]*>(.*?)<\/h1>/s) ?? [];
    if (kept && name) lines.push(`<li><a href="${request.url}">${name}</a> <small>${moment(sentences.listed, kept)}</small></li>`);
  }
  const list = lines.length ? `<h2>${sentences.list}</h2><ul class="links">${lines.join('')}</ul>` : '';
  const html = (await answer.text()).replace('<div id="da-luu"></div>', () => list);
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length']) headers.delete(name);
  return new Response(html, { status: 503, headers });
}

/** A sentence with the time in Vietnam at which a page was kept. @type {(sentence: string, kept: Response) => string} */
function moment(sentence, kept) {
  const then = new Date(Number(kept.headers.get(KEPT_AT)));
  const zone = { timeZone: 'Asia/Ho_Chi_Minh' };
  const time = then.toLocaleTimeString('en-GB', { ...zone, hour: '2-digit', minute: '2-digit' });
  const day = then.toLocaleDateString('en-GB', { ...zone, day: '2-digit', month: '2-digit', year: 'numeric' });
  return sentence.replace('{time}', time).replace('{day}', day);
}
