// Asks lunr.js with the whole index, and the browser's engine with its shards, the same: both must find the same documents
// in the same order with the same scores, to the last bit. Run by test_engine.py:
//
//   node exactness.mjs <folder with node_modules> <the portal's root> <address of the index> <speech> <tokens> <queries>
//
// `tokens` has a line of JSON for each document: {"document": 7, "boost": 1, "fields": {"title": ["ket", ...], ...}}.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { speechOf, understand } from '../../theme/static/search/queries.js';
import { openIndex } from '../../theme/static/search/shards.js';
import { folded, syllables } from '../../theme/static/search/syllables.js';

const [modules, root, address, speechFile, tokensFile, wanted] = process.argv.slice(2);
const PADDING = '~';
const lunr = createRequire(`${modules}/`)('lunr');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const documents = readFileSync(tokensFile, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const speech = speechOf(read(speechFile));
const open = () => openIndex(address, async (path) => read(`${root}/${path}`));
const index = await open();
const whole = build();
const terms = Object.keys(whole.invertedIndex).filter((term) => term !== PADDING).sort();

let seed = 20240917;
const counts = { documents: documents.length, terms: terms.length, understood: 0, raw: 0, hits: 0, empty: 0 };
await checkCards();
const titles = (await index.cards(documents.map(({ document }) => document))).map(({ title }) => title);
for (let asked = 0; asked < Number(wanted); asked += 1) {
  const isRaw = asked % 4 === 3;
  const query = isRaw ? undefined : typed();
  const clauses = isRaw ? rawClauses() : understand(query, index.vocabulary, speech).clauses;
  if (!clauses.length) continue;
  counts[isRaw ? 'raw' : 'understood'] += 1;
  // Every tenth query meets an index of which nothing is loaded yet.
  const found = await (asked % 10 ? index : await open()).search(clauses);
  const expected = lunrFound(clauses);
  assert.deepEqual(found, expected, `${JSON.stringify(query)} ${JSON.stringify(clauses)}`);
  counts.hits += found.length;
  if (!found.length) counts.empty += 1;
}
console.log(JSON.stringify(counts));

/** lunr.js's own index, with its terms numbered in their order: by itself it numbers them as they come, which only
    changes how floating-point sums are rounded, but would make scores depend on the order of documents. */
function build() {
  const builder = new lunr.Builder();
  builder.ref('document');
  index.manifest.fields.forEach((field, at) => builder.field(field, { boost: index.manifest.boosts[at] }));
  for (const { document, boost, fields } of documents) {
    const padded = Object.fromEntries(Object.entries(fields).map(([name, tokens]) => [name, roundedUp(tokens)]));
    builder.add({ document: String(document), ...padded }, { boost });
  }
  Object.keys(builder.invertedIndex).sort().forEach((term, at) => {
    builder.invertedIndex[term]._index = at;
  });
  return builder.build();
}

/** As long as the index says: with words that nobody asks for. */
function roundedUp(tokens) {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(tokens.length || 1)) - 3);
  return [...tokens, ...Array.from({ length: Math.ceil(tokens.length / step) * step - tokens.length }, () => PADDING)];
}

function lunrFound(clauses) {
  const hits = whole.query((query) => {
    for (const { term, weight } of clauses) query.term(term, { boost: weight, usePipeline: false });
  });
  return hits.map(({ ref, score }) => ({ document: Number(ref), score }));
}

/** Cards are those of their documents: what a card is called begins the tokens of its title. */
async function checkCards() {
  for (const { document, fields } of documents) {
    const [{ title }] = await index.cards([document]);
    const plain = syllables(title).map(folded);
    assert.deepEqual(fields.title.slice(0, plain.length), plain);
  }
}

/** Something that somebody types: words of a title or body, with their marks or without, with faults, half a word. */
function typed() {
  const kind = below(12);
  let words = kind < 8 ? some(titles).split(' ') : bodyWords();
  const start = below(words.length);
  words = words.slice(start, start + 1 + below(5));
  const at = below(words.length);
  if (kind % 4 === 1) words = words.map((word) => syllables(word).map(folded).join(' ') || word);
  if (kind % 4 === 2) words[at] = words[at].normalize('NFD').replace(/[\u0300-\u036f]/, '');
  if (kind % 4 === 3) words[at] = words[at].replace(/\p{L}/u, (letter) => some(['', 'x', letter + letter, `h${letter}`]));
  if (below(8) === 0) words.push(some(['sổ đỏ', 'gplx', 'lam khai sinh', '1.001193', '12/2019/QĐ-UBND', 'zzqx', 'ddawng kys']));
  const text = words.join(' ');
  return below(2) ? `${text} ` : text.slice(0, Math.max(1, text.length - below(4)));
}

function bodyWords() {
  const { body } = some(documents).fields;
  const picked = Array.from({ length: body.length ? 1 + below(4) : 0 }, () => some(body));
  return ['x', ...picked.flatMap((term) => term.replace(/^[_#]/, '').split('_'))];
}

/** Clauses that no query gives: any term, any weight, the same term again. */
function rawClauses() {
  return Array.from({ length: 1 + below(6) }, () => ({ term: some(terms), weight: some([0.1, 0.3, 0.7, 1, 1, 2, 2.5, 10]) }))
    .flatMap((clause) => (below(6) ? [clause] : [clause, clause]));
}

/** Numbers below a limit, the same ones each time (mulberry32). */
function below(limit) {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * limit);
}

function some(list) {
  return list[below(list.length)];
}
