// What is fetched once; run by test_modules.py.

import assert from 'node:assert/strict';
import test from 'node:test';

import { fetchJson, once } from '../../theme/static/fetching.js';

/** @param {(path: string, options: object) => Response} answer */
function answering(answer) {
  globalThis.fetch = async (path, options) => answer(path, options);
}

test('who asks again, also meanwhile, gets the same answer', async () => {
  const kept = new Map();
  let made = 0;
  const make = async () => ({ number: made += 1 });
  const [one, other] = await Promise.all([once(kept, 'a', make), once(kept, 'a', make)]);
  assert.equal(one, other);
  assert.equal(await once(kept, 'a', make), one);
  assert.deepEqual(await once(kept, 'b', make), { number: 2 });
});

test('after a failure the next who asks tries again', async () => {
  const kept = new Map();
  await assert.rejects(once(kept, 'a', async () => { throw new TypeError('offline'); }), /offline/);
  assert.equal(await once(kept, 'a', async () => 'there'), 'there');
});

test('a failure that comes late leaves alone what was made anew meanwhile', async () => {
  const kept = new Map();
  let fail = () => {};
  const old = once(kept, 'a', () => new Promise((_, reject) => { fail = reject; }));
  kept.clear();
  const anew = once(kept, 'a', async () => 'new');
  fail(new Error('late'));
  await assert.rejects(old, /late/);
  assert.equal(once(kept, 'a', async () => 'a third'), anew);
});

test('an answer is read as JSON, with the cache that is asked for', async () => {
  answering((path, { cache }) => Response.json({ path, cache }));
  assert.deepEqual(await fetchJson('/a.json', 'reload'), { path: '/a.json', cache: 'reload' });
  assert.deepEqual(await fetchJson('/a.json'), { path: '/a.json' });
});

test('an answer that is none is thrown with its status', async () => {
  answering(() => new Response('gone', { status: 404 }));
  await assert.rejects(fetchJson('/a.json'), { message: '/a.json', status: 404 });
});
