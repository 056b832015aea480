// An index of which only the shards of a query's terms are loaded. lunr scores by those terms alone, so that with its
// operations in its order the documents, their order and their scores are those of lunr.js 2.3.9, to the last bit.
// `rank` lays over it what plugins/search/ranking.py says.

import { once } from '../fetching.js';
import { keysOf, vocabularyOf } from './queries.js';
import { folded, syllables, unmarked } from './syllables.js';

const K1 = 1.2;
const B = 0.75;
const TITLE_PENALTY = 0.004;
const LONGEST_TITLE = 80;
const CUT = 0.25;
const PRECISION = 1e6;
const FIRST_LETTER = 48; // as in plugins/search/shards.py
const DIGIT = 32;
const BEFORE = 93;

/** What a letter stands for. @type {(letters: string, at: number) => number} */
const letter = (letters, at) => letters.charCodeAt(at) - FIRST_LETTER;
/** As plugins/search/index.py writes it: the digits left out, and three after the first. @param {number} code */
const lengthOf = (code) => (code < 8 ? code : ((code % 8) + 8) * 2 ** (Math.floor(code / 8) - 1));

/**
 * The index whose manifest is `<base>.json`; what `fetchJson` throws may have the answer's `status`.
 * @param {string} base
 * @param {(path: string) => Promise<any>} fetchJson each file is of another kind: who loads it says which
 * @returns {Promise<Index>}
 */
export async function openIndex(base, fetchJson) {
  /** @type {Manifest} */
  const manifest = await fetchJson(`${base}.json`);
  const { fields, boosts, averages, blocks, weights } = manifest;
  const boundaries = keysOf(manifest.shards[0]);
  const names = manifest.shards[1].split(' ');
  const vocabulary = vocabularyOf(manifest.words);
  const lengths = manifest.lengths.map((letters) => Array.from(letters, (_, at) => lengthOf(letter(letters, at))));
  const positions = new Map(blocks.flatMap(([first, count]) => Array.from({ length: count }, (_, at) => first + at))
    .map((document, at) => [document, at]));
  /** @param {number} document */
  const positionOf = (document) => positions.get(document) ?? -1;
  /** @type {Map<string, Promise<any>>} files of several kinds */
  const files = new Map();

  /**
   * @template T
   * @param {string} name
   * @param {(content: any) => T} read of a file as it came
   * @returns {Promise<T>}
   */
  const load = (name, read) => once(files, name, () => (
    fetchJson(`${base}/${name}.json`).then(read).catch((error) => {
      error.stale = error.status === 404; // the portal was published anew
      throw error;
    })));

  /** Shards as they were read, by what is filed in them. @param {string[]} keys */
  function shardsOf(keys) {
    const wanted = new Set(keys.map((key) => boundaries.findLastIndex((boundary) => boundary <= key)));
    return Promise.all([...wanted].filter(() => names[0]).map((at) => (
      load(`${names[Math.floor(at / manifest.together)]}-${at % manifest.together}`, readShard))));
  }

  /** Terms, each with its postings by field, and what is said. @type {(shard: Shard) => { terms: Term[], phrases: Synonyms }} */
  function readShard({ t, p, s: phrases = [] }) {
    const words = t.split(' ');
    const numbers = numbersOf(p);
    const sizes = numbers.slice(0, words.length * fields.length);
    let [list, posting] = [0, sizes.length];
    let often = sizes.reduce((sum, size) => sum + size, posting);
    /** @type {Term[]} */
    const terms = words.map((term) => [term, fields.map(() => {
      let document = 0;
      return Array.from({ length: sizes[list++] }, () => {
        const number = numbers[posting++];
        document += number >> 1;
        return [document, number & 1 ? numbers[often++] : 1];
      });
    })]);
    return { terms, phrases };
  }

  /** All that scoring some clauses needs: the postings of terms, by field. @type {(clauses: Clause[]) => Promise<Known>} */
  async function loaded(clauses) {
    const shards = await shardsOf(clauses.map(({ term }) => keyOf(term, vocabulary)));
    return new Map(shards.flatMap(({ terms }) => terms));
  }

  /** What is said that has one of some folded syllables. @type {Index['phrases']} */
  const phrases = async (spoken) => (await shardsOf(spoken)).flatMap((shard) => shard.phrases);

  /**
   * The weight of a term in each document, by field.
   * @type {(term: string, known: Known, each: (document: number, field: number, weight: number) => void) => void}
   */
  function weigh(term, known, each) {
    const byField = known.get(term) ?? [];
    const having = byField.flat().length;
    const idf = Math.log(1 + Math.abs((manifest.documents - having + 0.5) / (having + 0.5)));
    byField.forEach((postings, field) => {
      for (const [document, count] of postings) {
        const position = positionOf(document);
        const length = lengths[field][position];
        let score = idf * ((K1 + 1) * count) / (K1 * (1 - B + B * (length / averages[field])) + count);
        score *= boosts[field];
        score *= weights[letter(manifest.standings, position)] || 1;
        each(document, field, Math.round(score * 1000) / 1000);
      }
    });
  }

  /** lunr's scores of documents, and the length of the query's vector. @type {(clauses: Clause[], known: Known) => [Map<number, number>, number]} */
  function scored(clauses, known) {
    /** @type {Map<string, number>} */
    const asked = new Map();
    /** @type {Map<number, number>} by document and field, as lunr meets them: so it adds up a document's fields */
    const dots = new Map();
    /** @param {number} document @param {number} field */
    const keyed = (document, field) => document * fields.length + field;
    for (const { term, weight } of clauses.filter((clause) => known.has(clause.term))) {
      asked.set(term, (asked.get(term) ?? 0) + weight);
      known.get(term)?.forEach((postings, field) => {
        for (const [document] of postings) dots.set(keyed(document, field), 0);
      });
    }
    let squares = 0;
    for (const [term, weight] of [...asked].sort(([first], [second]) => (first < second ? -1 : 1))) {
      squares += weight * weight;
      weigh(term, known, (document, field, own) => {
        const key = keyed(document, field);
        dots.set(key, (dots.get(key) ?? 0) + weight * own);
      });
    }
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [key, dot] of dots) add(scores, Math.floor(key / fields.length), dot / Math.sqrt(squares) || 0);
    return [scores, Math.sqrt(squares) || 1];
  }

  /** @param {Clause[]} clauses */
  async function search(clauses) {
    const [scores] = scored(clauses, await loaded(clauses));
    return [...scores].map(([document, score]) => ({ document, score })).sort((hit, other) => other.score - hit.score);
  }

  /** By document, the score of the best reading of a need and the largest share of one. @type {(need: Need, known: Known) => Map<number, [best: number, most: number]>} */
  function bestReading({ readings }, known) {
    /** @type {Map<number, [number, number]>} */
    const best = new Map();
    for (const reading of readings) {
      /** @type {[Map<number, number>, Map<number, number>]} */
      const [scores, having] = [new Map(), new Map()];
      for (const { term, weight } of reading) {
        /** @type {Map<number, number>} */
        const own = new Map();
        weigh(term, known, (document, _, of) => add(own, document, of));
        for (const [document, of] of own) {
          add(scores, document, weight * of);
          add(having, document, 1);
        }
      }
      for (const [document, count] of having) {
        const [score, most] = best.get(document) ?? [0, 0];
        best.set(document, [Math.max(score, scores.get(document) ?? 0), Math.max(most, count / reading.length)]);
      }
    }
    return best;
  }

  /** The documents that answer a query; of those of one name the best, with the others. @type {Index['rank']} */
  async function rank({ clauses, needs }) {
    const known = await loaded([...clauses, ...needs.flatMap(({ readings }) => readings.flat())]);
    const [scores, norm] = scored(clauses, known);
    /** @type {Map<number, number>} */
    const had = new Map();
    let all = 0;
    for (const need of needs) {
      for (const [document, [best, most]] of bestReading(need, known)) {
        add(scores, document, best / norm);
        add(had, document, need.share * most);
      }
      all += need.share;
    }
    const hits = [...scores].map(([document, score]) => {
      const cover = all ? (had.get(document) ?? 0) / all : 1;
      const length = Math.min(lengths[0][positionOf(document)], LONGEST_TITLE);
      const fitting = score * ((1 + cover) / 2) ** 2 / (1 + TITLE_PENALTY * length);
      return { document, cover, score: Math.round(fitting * PRECISION) / PRECISION };
    }).sort((hit, other) => other.score - hit.score || hit.document - other.document);
    const least = Math.max(CUT * hits[0]?.score, 1 / PRECISION);
    const leaders = new Map(manifest.alike.flatMap((group) => group.map((document) => [document, group[0]])));
    /** @type {Map<number, RankedHit>} */
    const byName = new Map();
    for (const hit of hits.filter(({ score }) => score >= least)) {
      const name = leaders.get(hit.document) ?? hit.document;
      const best = byName.get(name);
      if (best) best.alike.push(hit.document);
      else byName.set(name, { ...hit, alike: [] });
    }
    return [...byName.values()];
  }

  /** @type {Index['cards']} */
  const cards = (documents) => Promise.all(documents.map(async (document) => {
    const [first, , name] = blocks[blocks.findLastIndex(([begin]) => begin <= document)];
    const at = document - first;
    /** @type {[string, string, string, string, string?][]} */
    const file = await load(`${name}-${Math.floor(at / manifest.cards)}`, (content) => content);
    const [title, url, meta, summary, opening] = file[at % manifest.cards];
    return { title, url, meta, summary, opening };
  }));

  /** @type {Record<string, Facet>} */
  const facets = Object.fromEntries(manifest.facets.map(({ name, values, of }) => [name, {
    values: values.map((value) => (typeof value === 'string' ? [syllables(value).map(unmarked).join('-'), value] : value)),
    of: (document) => letter(of, positionOf(document)),
  }]));
  return { manifest, vocabulary, search, prepare: loaded, rank, cards, facets, phrases };
}

/** @type {(sums: Map<number, number>, document: number, value: number) => void} */
function add(sums, document, value) {
  sums.set(document, (sums.get(document) ?? 0) + value);
}

/** The numbers that letters spell, as plugins/search/shards.py does. @param {string} letters */
function numbersOf(letters) {
  /** @type {number[]} */
  const numbers = [];
  let [number, power] = [0, 1];
  for (let at = 0; at < letters.length; at += 1) {
    const code = letters.charCodeAt(at);
    const isLast = code < BEFORE;
    number += (code - (isLast ? FIRST_LETTER : BEFORE)) * power;
    power *= DIGIT;
    if (isLast) {
      numbers.push(number);
      [number, power] = [0, 1];
    }
  }
  return numbers;
}

/** What a term is filed under: beside its syllable without marks, a pair beside the rarer one. @type {(term: string, vocabulary: Vocabulary) => string} */
function keyOf(term, vocabulary) {
  if (term[0] === '=') return folded(term.slice(1).normalize('NFD').replace(/[1-5]$/, ''));
  if (term[0] !== '_') return term.replace(/^#/, '');
  const [first, second] = term.slice(1).split('_');
  return (vocabulary.get(first) ?? 0) <= (vocabulary.get(second) ?? 0) ? `${first}_${second}` : `${second}_${first}`;
}
