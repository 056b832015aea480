// Whether an office is open, without a page; run by test_modules.py.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clock, dayAfter, stateAt } from '../../theme/static/opening/hours.js';

const OFFICE = '12345 420-660 780-1020;6 450-660';

/** A moment in Vietnam; the 24th of September 2019 was a Tuesday. */
const at = (day, time) => Date.parse(`2019-09-${day}T${time}:00+07:00`);

test('it is open from the first minute to the last', () => {
  assert.deepEqual(stateAt(OFFICE, at(24, '07:00')), { open: true, time: 660, days: 0 });
  assert.deepEqual(stateAt(OFFICE, at(24, '10:59')), { open: true, time: 660, days: 0 });
  assert.equal(stateAt(OFFICE, at(24, '11:00')).open, false);
  assert.equal(stateAt(OFFICE, at(24, '06:59')).open, false);
});

test('it opens again later the same day, the next day, or after the weekend', () => {
  assert.deepEqual(stateAt(OFFICE, at(24, '11:30')), { open: false, time: 780, days: 0 });
  assert.deepEqual(stateAt(OFFICE, at(24, '18:00')), { open: false, time: 420, days: 1 });
  assert.deepEqual(stateAt(OFFICE, at(27, '18:00')), { open: false, time: 450, days: 1 });
  assert.deepEqual(stateAt(OFFICE, at(28, '12:00')), { open: false, time: 420, days: 2 });
});

test('one morning a week comes again in a week', () => {
  assert.deepEqual(stateAt('2 480-600', at(24, '12:00')), { open: false, time: 480, days: 7 });
});

test('Sunday is the seventh day', () => {
  assert.equal(stateAt('7 480-600', at(29, '09:00')).open, true);
});

test('the clock is that of Vietnam wherever it is read', () => {
  assert.equal(stateAt(OFFICE, Date.parse('2019-09-24T23:30:00Z')).open, false); // 06:30 on Wednesday
  assert.equal(stateAt(OFFICE, Date.parse('2019-09-25T00:30:00Z')).open, true);
  assert.equal(dayAfter(1, Date.parse('2019-09-24T23:30:00Z')).getUTCDay(), 4);
});

test('times are written with two digits', () => {
  assert.equal(clock(450), '07:30');
  assert.equal(clock(1440), '24:00');
});
