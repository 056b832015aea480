// An index of which only the shards of a query's terms are loaded. lunr scores by those terms alone, so that with its
// operations in its order the documents, their order and their scores are those of lunr.js 2.3.9, to the last bit.

import { vocabularyOf } from './queries.js';
import { folded } from './syllables.js';

const K1 = 1.2;
const B = 0.75;

/** The index whose manifest is `<base>.json`; what `fetchJson` throws may have the answer's `status`. */
export async function openIndex(base, fetchJson) {
  const manifest = await fetchJson(`${base}.json`);
  const { fields, boosts, averages, blocks } = manifest;
  const places = new Map(blocks.flatMap(([, first, count]) => Array.from({ length: count }, (_, at) => first + at))
    .map((document, place) => [document, place]));
  const files = new Map();

  function load(name, read = (content) => content) {
    if (!files.has(name)) {
      files.set(name, fetchJson(`${base}/${name}.json`).then(read).catch((error) => {
        files.delete(name); // the next who asks tries again
        error.stale = error.status === 404; // the portal was published anew
        throw error;
      }));
    }
    return files.get(name);
  }

  function shardsOf({ term, wildcard }) {
    const [boundaries, marks] = manifest[term[0] === '_' ? 'pairs' : 'syllables'].map((joined) => joined.split(/[| ]/));
    const key = keyOf(term);
    const end = wildcard ? `${key}\uffff` : key;
    return boundaries.map((_, at) => `${marks[Math.floor(at / manifest.together)]}-${at % manifest.together}`)
      .filter((name, at) => marks[0] && boundaries[at] <= end && !(boundaries[at + 1] <= key));
  }

  /** Terms, each with its postings by field: the number of a document, and how often it has the term. */
  function readShard({ t, n, d, f }) {
    let [list, posting, often] = [0, 0, 0];
    let next = f[0];
    return t.split(' ').map((term) => [term, fields.map(() => {
      let document = 0;
      return Array.from({ length: n[list++] }, () => {
        document += d[posting];
        if (posting++ !== next) return [document, 1];
        next += f[often + 2];
        return [document, f[(often += 2) - 1]];
      });
    })]);
  }

  async function search(clauses) {
    const [{ lengths, light }, ...loaded] = await Promise.all([
      load(manifest.lengths),
      ...[...new Set(clauses.flatMap(shardsOf))].map((name) => load(name, readShard)),
    ]);
    const terms = new Map(loaded.flat());
    const lighter = new Map(light);
    const asked = new Map();
    const dots = new Map(); // by document and field, as lunr meets them: so it adds up a document's fields
    const keyed = (document, field) => document * fields.length + field;
    for (const clause of clauses) {
      for (const term of expanded(clause, terms)) {
        asked.set(term, (asked.get(term) ?? 0) + clause.weight);
        terms.get(term).forEach((postings, field) => {
          for (const [document] of postings) dots.set(keyed(document, field), 0);
        });
      }
    }
    let squares = 0;
    for (const [term, weight] of [...asked].sort(([one], [other]) => (one < other ? -1 : 1))) {
      squares += weight * weight;
      const having = terms.get(term).flat().length;
      const idf = Math.log(1 + Math.abs((manifest.documents - having + 0.5) / (having + 0.5)));
      terms.get(term).forEach((postings, field) => {
        for (const [document, count] of postings) {
          const length = lengths[field][places.get(document)];
          let score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (length / averages[field])) + count);
          score *= boosts[field];
          score *= lighter.get(document) || 1;
          const key = keyed(document, field);
          dots.set(key, dots.get(key) + weight * (Math.round(score * 1000) / 1000));
        }
      });
    }
    const scores = new Map();
    for (const [key, dot] of dots) {
      const document = Math.floor(key / fields.length);
      scores.set(document, (scores.get(document) ?? 0) + (dot / Math.sqrt(squares) || 0));
    }
    return [...scores].map(([document, score]) => ({ document, score })).sort((one, other) => other.score - one.score);
  }

  const cards = (documents) => Promise.all(documents.map(async (document) => {
    const [, first, , mark] = blocks.filter(([, begin]) => begin <= document).pop();
    const at = document - first;
    const file = await load(`${mark}-${Math.floor(at / manifest.cards)}`);
    const [title, url, meta, summary] = file[at % manifest.cards];
    return { title, url, meta, summary };
  }));

  const facets = async () => Object.fromEntries((await load(manifest.facets)).facets.map(({ name, values, of }) => (
    [name, { values, of: (document) => of[places.get(document)] }]
  )));

  return { manifest, vocabulary: vocabularyOf(manifest.words), search, cards, facets };
}

/** What a term is filed under: one with marks beside the same without them. */
const keyOf = (term) => (
  term[0] === '=' ? folded(term.slice(1).normalize('NFD').replace(/[1-5]$/, '')) : term.replace(/^[_#]/, '')
);

/** A clause's terms in lunr's order: down a tree of letters, the last branch first; digits are the first branches. */
function expanded({ term, wildcard }, terms) {
  if (!wildcard) return terms.has(term) ? [term] : [];
  const order = (known) => `${known.replace(/\d/g, (digit) => String.fromCharCode(digit))}\uffff`;
  return [...terms.keys()]
    .filter((known) => known.startsWith(term))
    .sort((one, other) => (order(one) < order(other) ? 1 : -1));
}
