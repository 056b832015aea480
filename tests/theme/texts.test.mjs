// Sentences, numbers and moments as scripts write them; run by test_modules.py.

import assert from 'node:assert/strict';
import test from 'node:test';

import { read } from '../../theme/static/dossiers/code.js';
import { clock, dayNumber, isDay, numbers, written } from '../../theme/static/dossiers/figures.js';
import { fill } from '../../theme/static/texts.js';

test('values come to their places, each time they are named', () => {
  assert.equal(fill('{a} and {b}, {a}', { a: 1, b: '{a}' }), '1 and {a}, 1');
  assert.equal(fill('{a}', { a: '$& $1' }), '$& $1');
});

test('a place without a value stays empty', () => {
  assert.equal(fill('[{a}]', {}), '[]');
  assert.equal(fill('[{a}]', { a: undefined }), '[]');
  assert.equal(fill('no place', { a: 1 }), 'no place');
});

test('numbers have dots for thousands and a comma for parts', () => {
  assert.equal(numbers.format(1234567), '1.234.567');
  assert.equal(numbers.format(2.25), '2,3');
});

test('a moment is told by Vietnam’s clocks, wherever it was written', () => {
  assert.equal(clock('2024-12-31T17:30:00Z'), '01/01/2025 00:30');
  assert.equal(clock('2025-01-01T00:30:00+07:00'), '01/01/2025 00:30');
  assert.equal(clock('2025-01-01'), '01/01/2025');
});

test('midnight stands for its day where days are meant', () => {
  assert.equal(written('2025-01-01T00:00:00+07:00'), '01/01/2025');
  assert.equal(clock('2025-01-01T00:00:00+07:00'), '01/01/2025 00:00');
  assert.equal(written('2025-01-01T00:00:30+07:00'), '01/01/2025 00:00');
  assert.deepEqual(['2025-01-01', '2025-01-01T17:00:00Z', '2025-01-01T00:00:00Z'].map(isDay), [true, true, false]);
});

test('days are counted from midnight to midnight in Vietnam', () => {
  assert.equal(dayNumber('2025-01-01T16:59:59Z') - dayNumber('2025-01-01'), 0);
  assert.equal(dayNumber('2025-01-01T17:00:00Z') - dayNumber('2025-01-01'), 1);
});

test('what is no moment is an error, not a day', () => {
  for (const text of ['', 'null', '2025-13-01']) assert.throws(() => clock(text), RangeError);
});

const words = { empty: 'empty', none: 'none', wrong: 'wrong {sign}', day: 'day {day}', short: 'short {count}', good: 'good {code}' };

test('a code is read with or without its dots and dashes', () => {
  const code = '000.00.10.H99-241231-000001';
  for (const typed of [code, '0000010h99241231000001', ' 000 00 10 H99 – 241231 – 000001 ']) {
    assert.deepEqual(read(typed, words), { code, message: `good ${code}` });
  }
});

test('what is no code says what is wrong with it', () => {
  const messages = ['', ' .-', 'xin chào', '000.00.10.H99-2412x1-000001', '000.00.10.H99-241331-000001', '000.00.10.H99']
    .map((typed) => read(typed, words));
  assert.deepEqual(messages.map(({ message }) => message), ['empty', 'empty', 'none', 'wrong x', 'day 241331', 'short 10']);
  assert.ok(messages.every(({ code }) => code === undefined));
});
