// Says beside the days of a consultation how many are left, the last one included. Without it they stand there alone.

import { fill } from '../texts.js';
import { daysUntil } from './days.js';

const parts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-until]'));
for (const part of parts) {
  const { until, last, single, more } = /** @type {Words} */ (part.dataset);
  const days = daysUntil(until, Date.now());
  if (days >= 0) part.textContent = fill([last, single][days] ?? more, { days });
}
