// What of sharing needs a script: the device's own list of apps, copying, printing.

/** @type {(selector: string) => HTMLElement | null} */
const button = (selector) => document.querySelector(selector);
const share = button('[data-share]');
const copy = button('[data-copy]');
const print = button('[data-print]');
/** The page's address for everybody, wherever it is opened. */
const address = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'))?.href ?? location.href;

if (share && 'share' in navigator) {
  offer(share, () => navigator.share({ title: share.dataset.title, url: address }).catch(() => {
    // Whoever closes the list again has decided so.
  }));
}
if (copy && navigator.clipboard) {
  offer(copy, async () => {
    await navigator.clipboard.writeText(address);
    const status = document.getElementById('da-chep');
    const words = copy.querySelector('span');
    if (words) words.textContent = copy.dataset.copied ?? '';
    if (status) status.textContent = copy.dataset.copied ?? '';
  });
}
if (print) offer(print, () => window.print());

/** @type {(part: HTMLElement, act: () => void) => void} */
function offer(part, act) {
  part.closest('[hidden]')?.removeAttribute('hidden');
  part.addEventListener('click', act);
}
