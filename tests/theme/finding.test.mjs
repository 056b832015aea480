// Finding without a page: importing it loads nothing and needs no document; run by test_modules.py.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const asked = [];
let files = {};
globalThis.location = new URL('https://portal.example/so-mot/');
globalThis.fetch = async (path, { cache }) => {
  asked.push([String(path), cache]);
  return path in files ? Response.json(files[path], { headers: { date: new Date().toUTCString() } }) : new Response('', { status: 404 });
};
const { address, find, fresh, isExact, isOutdated, open, scopeOf } = await import('../../theme/static/search/finding.js');
const onImport = [...asked];

const form = { action: 'https://portal.example/so-mot/find/', dataset: { everywhere: '/find/', speech: '/find/p' } };
const PROVINCE = 'https://portal.example/find/';

/** An index of one document, whose title is a single word. */
function index(base, word, shard = 'shard', said = []) {
  return {
    [`${base}.json`]: {
      version: 2, fields: ['title'], boosts: [4], documents: 1, averages: [1], blocks: [['so-mot', 0, 1, 'cards']],
      cards: 4, together: 1, lengths: ['1'], weights: [1], standings: '0', alike: [], facets: [], shards: ['', shard], words: `A${word}9`,
      around: { stop_phrases: [], stop_words: [] },
    },
    [`${base}/${shard}-0.json`]: { t: word, p: '10', s: said },
    [`${base}/cards-0.json`]: [[word, `${word}/`, '', '']],
  };
}

beforeEach(async () => {
  files = { ...index(`${form.action}p`, 'ket'), ...index(`${PROVINCE}p`, 'hon') };
  await fresh(async (cache) => { if (!cache) throw Object.assign(new Error('anew'), { stale: true }); }); // forgets
  asked.length = 0;
});

test('importing loads nothing', () => {
  assert.deepEqual(onImport, []);
});

test('a form searches its own site, then the province, or at once everywhere', () => {
  assert.deepEqual(scopeOf(form), { folders: [form.action, PROVINCE], speech: 'https://portal.example/find/p' });
  assert.deepEqual(scopeOf(form, true).folders, [PROVINCE]);
  assert.deepEqual(scopeOf({ ...form, action: PROVINCE }).folders, [PROVINCE]);
});

test('what the own site has is found there, and the province is not asked', async () => {
  const found = await find(scopeOf(form), 'p', 'kết');
  assert.deepEqual([found.folder, found.hits, found.unknown], [form.action, [0], 0]);
  assert.ok(asked.every(([path]) => !path.startsWith(`${PROVINCE}p/cards`))); // but what people say
  assert.equal((await found.index.cards(found.hits))[0].title, 'ket');
  assert.deepEqual(['Kết', 'hôn'].map(found.isMarked), [true, false]);
});

test('what it has not is looked for in the province', async () => {
  const found = await find(scopeOf(form), 'p', 'hôn');
  assert.deepEqual([found.folder, found.hits, found.unknown], [PROVINCE, [0], 0]);
});

test('what nobody has stays with the own site', async () => {
  const found = await find(scopeOf(form), 'p', 'xyz');
  assert.deepEqual([found.folder, found.hits, found.unknown], [form.action, [], 1]);
});

test('a word with a wrong letter is proposed as it may be meant', async () => {
  assert.deepEqual((await find(scopeOf(form), 'p', 'kett')).instead, ['ket']);
});

test('what people say stands for what is written', async () => {
  Object.assign(files, index(`${PROVINCE}p`, 'hon', 'said', [[['cưới'], ['kết']]]));
  assert.deepEqual((await find(scopeOf(form), 'p', 'cưới')).hits, [0]);
});

test('a query asked again loads nothing', async () => {
  await find(scopeOf(form), 'p', 'kết');
  const before = asked.length;
  await find(scopeOf(form), 'p', 'ket');
  assert.equal(asked.length, before);
});

test('where the portal was published anew, it is asked once more, past all caches', async () => {
  await open(`${form.action}p`);
  files = { ...index(`${form.action}p`, 'moi', 'anew'), ...index(`${PROVINCE}p`, 'hon') };
  const found = await fresh((cache) => find(scopeOf(form), 'p', 'moi', cache)); // the old one's shards are gone
  assert.deepEqual(found.hits, [0]);
  assert.ok(asked.some(([path, cache]) => path === `${form.action}p.json` && cache === 'reload'));
});

const RECEIPT = 'https://portal.example/receipt.json';
const REAL = Date;
const MINUTE = 60_000;

/** Does something so many minutes later, by the clock of the server as well. */
async function later(minutes, act) {
  const moment = REAL.now() + minutes * MINUTE;
  globalThis.Date = class extends REAL {
    constructor(...of) { super(...of.length ? of : [moment]); }

    static now() { return moment; }
  };
  try {
    return await act();
  } finally {
    globalThis.Date = REAL;
  }
}
const liveSince = (minutes) => ({ live_since: new REAL(REAL.now() + minutes * MINUTE).toISOString() });
const ask = () => fresh((cache) => find(scopeOf(form), 'p', 'kết', cache));
const manifests = () => asked.filter(([path]) => path === `${form.action}p.json`).length;

test('the receipt is asked once in ten minutes, and indexes anew only where it tells of a newer release', async () => {
  files[RECEIPT] = liveSince(-5);
  await ask();
  assert.equal(await later(9, () => isOutdated(RECEIPT)), false);
  assert.ok(asked.every(([path]) => path !== RECEIPT));
  for (const minutes of [11, 12, 20]) assert.equal(await later(minutes, () => isOutdated(RECEIPT)), false);
  await later(20, ask);
  assert.deepEqual([asked.filter(([path]) => path === RECEIPT).length, manifests()], [1, 1]);
  files[RECEIPT] = liveSince(25);
  assert.equal(await later(30, () => isOutdated(RECEIPT)), true);
  assert.equal(await later(31, async () => { await ask(); return isOutdated(RECEIPT); }), false);
  assert.equal(manifests(), 2);
});

test('where the newer release cannot be had, what is there is asked, and goes on to be outdated', async () => {
  await ask();
  files = { [RECEIPT]: liveSince(55) };
  assert.equal(await later(60, () => isOutdated(RECEIPT)), true);
  assert.deepEqual((await later(60, ask)).hits, [0]);
  assert.equal(await later(60, () => isOutdated(RECEIPT)), true);
});

test('where there is no receipt, indexes are asked for anew once in a while', async () => {
  await ask();
  assert.equal(await later(90, () => isOutdated(RECEIPT)), false);
  await later(90, ask);
  assert.equal(manifests(), 2);
});

test('an error that a new index does not mend is thrown', async () => {
  let tries = 0;
  await assert.rejects(fresh(async () => { tries += 1; throw new TypeError('offline'); }), /offline/);
  assert.equal(tries, 1);
});

test('a name or a code is told from a query about it', () => {
  const card = { title: 'Thủ tục đăng ký kết hôn', url: 'so-mot/thu-tuc/1.000894/', meta: '', summary: '' };
  for (const query of ['đăng ký kết hôn', 'DANG KI ket hon ', 'thủ tục đăng ký kết hôn', '1.000894', 'mã 1.000894.000.00.00.H30']) {
    assert.ok(isExact(query, card), query);
  }
  for (const query of ['', 'kết hôn', 'đăng ký kết hôn ở đâu', '1.000895']) assert.ok(!isExact(query, card), query);
});

test('a card leads nowhere but below the portal', () => {
  const root = new URL('../../theme/', import.meta.url).href.replace('theme/', '');
  for (const url of ['a/', '//other.example/', 'https://other.example/', 'javascript:alert(1)']) {
    assert.ok(address({ url }).startsWith(root), url);
  }
});
