// Says beside opening hours whether it is open now. Nobody tells it of holidays: it goes by the hours.

import { fill } from '../texts.js';
import { clock, dayAfter, stateAt } from './hours.js';

const MINUTE = 60_000;
const weekday = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' });

tell();
setInterval(tell, MINUTE);

export function tell() {
  const now = Date.now();
  const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-opening]'));
  for (const part of parts) {
    const { opening, open, today, later } = /** @type {Words} */ (part.dataset);
    const state = stateAt(opening, now);
    const day = weekday.format(dayAfter(state.days, now));
    part.textContent = fill(state.open ? open : state.days ? later : today, { time: clock(state.time), day });
    part.classList.toggle('is-open', state.open);
    part.classList.toggle('is-shut', !state.open);
  }
}
