// An index of which only the shards of a query's terms are loaded. lunr scores by those terms alone, so that with its
// operations in its order the documents, their order and their scores are those of lunr.js 2.3.9, to the last bit.

import { once } from '../fetching.js';
import { vocabularyOf } from './queries.js';
import { folded } from './syllables.js';

const K1 = 1.2;
const B = 0.75;

/**
 * The index whose manifest is `<base>.json`; what `fetchJson` throws may have the answer's `status`.
 * @param {string} base
 * @param {(path: string) => Promise<any>} fetchJson each file is of another kind: who loads it says which
 * @returns {Promise<Index>}
 */
export async function openIndex(base, fetchJson) {
  /** @type {Manifest} */
  const manifest = await fetchJson(`${base}.json`);
  const { fields, boosts, averages, blocks } = manifest;
  const positions = new Map(blocks.flatMap(([, first, count]) => Array.from({ length: count }, (_, at) => first + at))
    .map((document, at) => [document, at]));
  /** @param {number} document */
  const positionOf = (document) => positions.get(document) ?? -1;
  /** @type {Map<string, Promise<any>>} files of several kinds */
  const files = new Map();

  /**
   * @template T
   * @param {string} name
   * @param {(content: any) => T} [read] of a file as it came
   * @returns {Promise<T>}
   */
  const load = (name, read = (content) => content) => once(files, name, () => (
    fetchJson(`${base}/${name}.json`).then(read).catch((error) => {
      error.stale = error.status === 404; // the portal was published anew
      throw error;
    })));

  /** @param {Clause} clause */
  function shardsOf({ term, wildcard }) {
    const [boundaries, names] = manifest[term[0] === '_' ? 'pairs' : 'syllables'].map((joined) => joined.split(/[| ]/));
    const key = keyOf(term);
    const end = wildcard ? `${key}\uffff` : key;
    return boundaries.map((_, at) => `${names[Math.floor(at / manifest.together)]}-${at % manifest.together}`)
      .filter((_, at) => names[0] && boundaries[at] <= end && !(boundaries[at + 1] <= key));
  }

  /** Terms, each with its postings by field. @type {(shard: Shard) => Term[]} */
  function readShard({ t, n, d, f }) {
    let [list, posting, often] = [0, 0, 0];
    let next = f[0];
    return t.split(' ').map((term) => [term, fields.map(() => {
      let document = 0;
      return Array.from({ length: n[list++] }, () => {
        document += d[posting];
        if (posting++ !== next) return [document, 1];
        next += f[often + 2];
        often += 2;
        return [document, f[often - 1]];
      });
    })]);
  }

  /** @param {Clause[]} clauses */
  async function search(clauses) {
    /** @type {[{ lengths: number[][], light: [number, number][] }, Term[][]]} */
    const [{ lengths, light }, loaded] = await Promise.all([
      load(manifest.lengths),
      Promise.all([...new Set(clauses.flatMap(shardsOf))].map((name) => load(name, readShard))),
    ]);
    const terms = new Map(loaded.flat());
    const lighter = new Map(light);
    /** @type {Map<string, number>} */
    const asked = new Map();
    /** @type {Map<number, number>} by document and field, as lunr meets them: so it adds up a document's fields */
    const dots = new Map();
    /** @param {number} document @param {number} field */
    const keyed = (document, field) => document * fields.length + field;
    for (const clause of clauses) {
      for (const term of expanded(clause, terms)) {
        asked.set(term, (asked.get(term) ?? 0) + clause.weight);
        terms.get(term)?.forEach((postings, field) => {
          for (const [document] of postings) dots.set(keyed(document, field), 0);
        });
      }
    }
    let squares = 0;
    for (const [term, weight] of [...asked].sort(([known], [other]) => (known < other ? -1 : 1))) {
      squares += weight * weight;
      const byField = terms.get(term) ?? [];
      const having = byField.flat().length;
      const idf = Math.log(1 + Math.abs((manifest.documents - having + 0.5) / (having + 0.5)));
      byField.forEach((postings, field) => {
        for (const [document, count] of postings) {
          const length = lengths[field][positionOf(document)];
          let score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (length / averages[field])) + count);
          score *= boosts[field];
          score *= lighter.get(document) || 1;
          const key = keyed(document, field);
          dots.set(key, (dots.get(key) ?? 0) + weight * (Math.round(score * 1000) / 1000));
        }
      });
    }
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [key, dot] of dots) {
      const document = Math.floor(key / fields.length);
      scores.set(document, (scores.get(document) ?? 0) + (dot / Math.sqrt(squares) || 0));
    }
    return [...scores].map(([document, score]) => ({ document, score })).sort((hit, other) => other.score - hit.score);
  }

  /** @type {Index['cards']} */
  const cards = (documents) => Promise.all(documents.map(async (document) => {
    const [, first, , name] = blocks[blocks.findLastIndex(([, begin]) => begin <= document)];
    const at = document - first;
    /** @type {[string, string, string, string][]} */
    const file = await load(`${name}-${Math.floor(at / manifest.cards)}`);
    const [title, url, meta, summary] = file[at % manifest.cards];
    return { title, url, meta, summary };
  }));

  async function facets() {
    /** @type {{ facets: SearchFacet[] }} */
    const file = await load(manifest.facets);
    return Object.fromEntries(file.facets.map(({ name, values, of }) => (
      [name, { values, of: (/** @type {number} */ document) => of[positionOf(document)] }]
    )));
  }

  return { manifest, vocabulary: vocabularyOf(manifest.words), search, cards, facets };
}

/** What a term is filed under: one with marks beside the same without them. @param {string} term */
function keyOf(term) {
  return term[0] === '=' ? folded(term.slice(1).normalize('NFD').replace(/[1-5]$/, '')) : term.replace(/^[_#]/, '');
}

/**
 * A clause's terms in lunr's order: down a tree of letters, the last branch first; digits are the first branches.
 * @type {(clause: Clause, terms: Map<string, unknown>) => string[]}
 */
function expanded({ term, wildcard }, terms) {
  if (!wildcard) return terms.has(term) ? [term] : [];
  const order = (/** @type {string} */ known) => `${known.replace(/\d/g, (digit) => String.fromCharCode(Number(digit)))}\uffff`;
  return [...terms.keys()]
    .filter((known) => known.startsWith(term))
    .sort((known, other) => (order(known) < order(other) ? 1 : -1));
}
