// Has the service worker keep procedures for where there is no network. A portal works as well without it.

const worker = navigator.serviceWorker;
// Not over plain http, nor where a person has forbidden it.
if (worker) {
  if (document.readyState === 'complete') void start();
  else addEventListener('load', start, { once: true });
}

async function start() {
  const root = new URL('../../', import.meta.url);
  const first = !worker.controller;
  try {
    await worker.register(new URL('sw.js', root), { scope: root.pathname });
    const { active } = await worker.ready;
    // This page came before the worker was there.
    if (first) active?.postMessage({ read: location.href });
  } catch {
    // Storage is full or switched off: there is nothing to be done, and nothing is missing while there is a network.
  }
}
