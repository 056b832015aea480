// The browser's search engine by itself: the tables that it shares with Python, hostile queries, and how it loads files.
// Run by test_engine.py.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { find } from '../../theme/static/search/finding.js';
import { near, speechOf, understand, vocabularyOf } from '../../theme/static/search/queries.js';
import { openIndex } from '../../theme/static/search/shards.js';
import { codes, exact, folded, mayMean, meant, syllables } from '../../theme/static/search/syllables.js';

const table = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const texts = table('syllables.json');
const queries = table('queries.json');
const vocabulary = new Map(queries.words.split(' ').map((word) => [word.slice(0, -1), Number(word.slice(-1))]));
const speech = speechOf(queries.speech);

test('texts are made of the syllables and codes of the table', () => {
  for (const row of texts.texts) {
    const found = syllables(row.text);
    assert.deepEqual(found, row.syllables.map((syllable) => syllable.normalize('NFD')), row.text);
    assert.deepEqual(found.map(folded), row.folded, row.text);
    assert.deepEqual(found.map(exact), row.exact, row.text);
    assert.deepEqual(codes(row.text), row.codes, row.text);
  }
});

test('keys of Telex and VNI mean the syllables of the table', () => {
  for (const [keys, expected] of texts.meant) assert.equal(meant(keys)?.normalize() ?? null, expected, keys);
});

test('a syllable may mean one with more marks but no others', () => {
  for (const [keys, other, expected] of texts.may_mean) {
    assert.equal(mayMean(syllables(keys)[0], syllables(other)[0]), expected, `${keys} ${other}`);
  }
});

test('queries are understood as the clauses, needs and corrections of the table', () => {
  const weight = (factors) => factors.split('*').reduce((product, factor) => product * (queries.weights[factor] ?? factor), 1);
  for (const { query = '', repeated: [piece, times] = ['', 0], clauses, needs, corrections } of queries.queries) {
    const understood = understand(piece.repeat(times) + query, vocabulary, speech);
    const expected = clauses.map((clause) => clause.split(' ')).map(([term, factors]) => [term, weight(factors)]);
    const found = understood.clauses.map(({ term, weight: given }) => [term, given]);
    assert.deepEqual(found, expected, query);
    const read = (reading) => reading.map(({ term, weight: given }) => (given ? `${term}:${given}` : term)).join(' ');
    assert.deepEqual(understood.needs.map(({ share, readings }) => [Number(share.toFixed(3)), readings.map(read)]), needs, query);
    assert.deepEqual([...understood.corrections], Object.entries(corrections), query);
  }
});

test('nothing that can be typed is an error', async () => {
  const index = await openIndex('/a', stored(small()));
  const typed = ['', 'a', ' ', 'a'.repeat(10_000), `a${'w'.repeat(599)}`, 'ư7'.repeat(300), 'cho', '\ud83d', '\ude00', '😀',
    '\0\x1f\x7f', '__proto__', 'constructor toString', '(.*)+$', '\\u0041', '$&$1', '*', '_', '#', '=', 'ket\u2028*'];
  for (const query of typed) await index.rank(understand(query, index.vocabulary, speech));
  const terms = ['', '*', '_', '#', '=', '=2', '__proto__', 'constructor', '\ud83d', 'ket', '_ket'];
  for (const term of terms) await index.search([{ term, weight: 1 }]);
  assert.deepEqual(await index.search([]), []);
  assert.deepEqual(await index.rank({ clauses: [], needs: [] }), []);
});

test('a word of the vocabulary says what it has as the one before', () => {
  assert.deepEqual([...vocabularyOf('Aban2Dg9Ac1Bcc4')], [['ban', 2], ['bang', 9], ['c', 1], ['ccc', 4]]);
});

test('an empty vocabulary knows nothing', () => {
  assert.equal(vocabularyOf('').size, 0);
  assert.deepEqual(near('ket', vocabularyOf('')), []);
  assert.deepEqual(understand('ket', vocabularyOf(''), speechOf({ synonyms: [], stop_phrases: [], stop_words: [] })).clauses,
    [{ term: 'ket', weight: 1 }]);
});

/** Numbers as shards have them. @param {number[]} numbers */
const spelt = (...numbers) => numbers.map((number) => (
  number < 32 ? String.fromCharCode(48 + number) : String.fromCharCode(93 + (number % 32)) + spelt(Math.floor(number / 32)))).join('');

/** An index of three documents: `ket` beside a phrase, the third document behind a gap in the numbers. */
function small() {
  return {
    '/a.json': {
      version: 2, fields: ['title', 'body'], boosts: [4, 1], documents: 3, averages: [1, 4 / 3],
      blocks: [[0, 2, 'cards00'], [32, 1, 'cards32']], cards: 4,
      lengths: ['111', '211'], weights: [1, 0.5], standings: '001', alike: [],
      facets: [{ name: 'co-quan', values: ['Sở Một', ['2', 'Sở Hai']], of: '01/' }],
      together: 2, shards: ['AAket0D_', 'shards0 shards1'], words: 'Aket2Bhai1', around: {},
    },
    '/a/shards0-0.json': { t: 'ket =kêt2', p: spelt(2, 1, 1, 0, 0, 64, 1, 0, 2), s: [[['kết'], ['khai']]] },
    '/a/shards0-1.json': { t: '#ket1', p: spelt(0, 1, 2) },
    '/a/shards1-0.json': { t: '_hon_ket _ket_hon khai', p: spelt(1, 0, 0, 1, 1, 0, 0, 64, 2) },
    '/a/cards00-0.json': [['Một', 'mot/', 'A', 'a'], ['Hai', 'hai/', 'B', 'b']],
    '/a/cards32-0.json': [['Ba', 'ba/', 'C', 'c']],
  };
}

function stored(files, asked = []) {
  return async (path) => {
    asked.push(path);
    if (!(path in files)) throw Object.assign(new Error(`no ${path}`), { status: 404 });
    return files[path];
  };
}

const found = (hits) => hits.map(({ document }) => document);

test('only the shards of what is asked are loaded, each once', async () => {
  const asked = [];
  const index = await openIndex('/a', stored(small(), asked));
  assert.deepEqual(asked, ['/a.json']);
  const ket = { term: 'ket', weight: 1 };
  const [one, other] = await Promise.all([index.search([ket]), index.search([{ ...ket, term: '=kêt2' }])]);
  assert.deepEqual(found(one), [0, 32]);
  assert.deepEqual(found(other), [0]);
  assert.deepEqual(asked, ['/a.json', '/a/shards0-0.json']);
  // The rarer syllable of the pair is the one that the vocabulary has not.
  assert.deepEqual(found(await index.search([{ term: '_ket_hon', weight: 1 }])), []);
  const files = small();
  files['/a.json'].words = 'Aket2';
  files['/a.json'].shards = ['AAhon', 'shards0'];
  files['/a/shards0-1.json'] = { t: '_ket_hon ket', p: spelt(0, 1, 0, 0, 64) };
  assert.deepEqual(found(await (await openIndex('/a', stored(files))).search([{ term: '_ket_hon', weight: 1 }])), [32]);
});

/** What is asked for together, round trip by round trip, until a query is answered. */
async function roundTrips(t, files, query) {
  const trips = [];
  let held = [];
  t.mock.method(globalThis, 'fetch', (path) => new Promise((answer) => {
    held.push([path, () => answer(Response.json(files[path] ?? null, { status: path in files ? 200 : 404 }))]);
  }));
  let isDone = false;
  const done = find({ folders: ['/'], speech: '/a' }, 'a', query).finally(() => { isDone = true; });
  while (!isDone) {
    await new Promise((turn) => { setTimeout(turn); }); // what asks at once has asked
    const together = held;
    held = [];
    if (together.length) trips.push(together.map(([path]) => path).sort());
    for (const [, letGo] of together) letGo();
  }
  await done;
  return trips;
}

test('what was typed is asked for with the phrases that it may be part of, in one round trip', async (t) => {
  const trips = await roundTrips(t, small(), 'kết kết');
  assert.deepEqual(trips, [['/a.json'], ['/a/shards0-0.json', '/a/shards1-0.json']]);
});

test('what is said lies beside its syllables', async () => {
  const asked = [];
  const index = await openIndex('/a', stored(small(), asked));
  assert.deepEqual(await index.phrases(['ket', 'hai']), [[['kết'], ['khai']]]);
  assert.deepEqual(await index.phrases([]), []);
  assert.deepEqual(asked, ['/a.json', '/a/shards0-0.json']);
});

test('lengths are what their letters say', async () => {
  for (const [letter, length] of [['1', 1], ['?', 15], ['@', 16], ['A', 18], ['H', 32], ['I', 36]]) {
    const files = small();
    files['/a.json'].lengths[0] = `${letter}11`;
    files['/a/shards0-0.json'] = { t: 'ket', p: spelt(1, 2, 0, 2, 62) };
    const [{ score }] = (await (await openIndex('/a', stored(files))).search([{ term: 'ket', weight: 1 }]))
      .filter(({ document }) => document === 0);
    assert.equal(score, Math.round(4 * Math.log(1 + 0.5 / 3.5) * 2.2 / (1.2 * (0.25 + 0.75 * length) + 1) * 1000) / 1000, letter);
  }
});

test('the best of one name stands for the others', async () => {
  const files = small();
  files['/a.json'].alike = [[0, 32]];
  const ket = { clauses: [{ term: 'ket', weight: 1 }], needs: [] };
  assert.deepEqual((await (await openIndex('/a', stored(small()))).rank(ket)).map(({ document, alike }) => [document, alike]), [[0, []], [32, []]]);
  assert.deepEqual((await (await openIndex('/a', stored(files))).rank(ket)).map(({ document, alike }) => [document, alike]), [[0, [32]]]);
});

test('a need is had by the reading of which a document has most', async () => {
  const index = await openIndex('/a', stored(small()));
  const clause = (term, weight = 0) => ({ term, weight });
  const need = { share: 4, readings: [[clause('khai'), clause('ket')], [clause('_ket_hon', 9)]] };
  const ranked = await index.rank({ clauses: [clause('ket', 1), clause('khai', 1)], needs: [need] });
  const alone = await index.rank({ clauses: [clause('ket', 1), clause('khai', 1)], needs: [] });
  assert.equal(ranked[0].document, 32); // by the second reading, which is scored besides
  assert.notEqual(alone[0].document, 32);
});

test('a file that failed is asked for again, and one that is gone says that the index is stale', async () => {
  const files = small();
  const { '/a/shards1-0.json': shard, ...others } = files;
  delete files['/a/shards1-0.json'];
  const index = await openIndex('/a', stored(files));
  const khai = [{ term: 'khai', weight: 1 }];
  await assert.rejects(index.search(khai), { stale: true });
  files['/a/shards1-0.json'] = shard;
  assert.deepEqual(found(await index.search(khai)), [1]);

  const offline = await openIndex('/b', async (path) => {
    if (path === '/b.json') return others['/a.json'];
    throw new TypeError('Failed to fetch');
  });
  await assert.rejects(offline.search(khai), ({ stale }) => !stale);
});

test('cards and facets are those of the documents asked for', async () => {
  const asked = [];
  const index = await openIndex('/a', stored(small(), asked));
  const cards = await index.cards([32, 1, 0]);
  assert.deepEqual(cards.map(({ title }) => title), ['Ba', 'Hai', 'Một']);
  assert.deepEqual(cards[1], { title: 'Hai', url: 'hai/', meta: 'B', summary: 'b', opening: undefined });
  assert.equal(asked.length, 3);
  assert.deepEqual(Object.keys(index.facets), ['co-quan']);
  assert.deepEqual(index.facets['co-quan'].values, [['so-mot', 'Sở Một'], ['2', 'Sở Hai']]);
  assert.deepEqual([0, 1, 32].map(index.facets['co-quan'].of), [0, 1, -1]);
});

test('an index without documents finds nothing', async () => {
  const empty = {
    '/a.json': {
      version: 2, fields: ['title'], boosts: [4], documents: 0, averages: [0], blocks: [], cards: 4, together: 2, lengths: [''],
      weights: [1], standings: '', alike: [], facets: [], shards: ['', ''], words: '', around: {},
    },
  };
  const index = await openIndex('/a', stored(empty));
  assert.deepEqual(await index.rank(understand('kết hôn', index.vocabulary, speech)), []);
});
