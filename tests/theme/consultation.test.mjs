// How many days are left, without a page; run by test_modules.py.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { daysUntil } from '../../theme/static/consultation/days.js';

const LAST = '2019-10-01';

test('days are counted from midnight to midnight in Vietnam, wherever it is read', () => {
  assert.equal(daysUntil(LAST, Date.parse('2019-09-29T23:59:59+07:00')), 2);
  assert.equal(daysUntil(LAST, Date.parse('2019-09-29T17:00:00Z')), 1); // midnight there
  assert.equal(daysUntil(LAST, Date.parse('2019-09-30T23:59:59+07:00')), 1);
});

test('the last day is none that is left, and is over at its end', () => {
  assert.equal(daysUntil(LAST, Date.parse('2019-10-01T00:00:00+07:00')), 0);
  assert.equal(daysUntil(LAST, Date.parse('2019-10-01T23:59:59+07:00')), 0);
  assert.equal(daysUntil(LAST, Date.parse('2019-10-02T00:00:00+07:00')), -1);
});
