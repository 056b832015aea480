// Finds what a query means. Nothing is shown by importing this; what is loaded is kept for the next query.

import { fetchJson, once } from '../fetching.js';
import { MAX_SYLLABLES, proposed, repaired, speechOf, understand } from './queries.js';
import { openIndex } from './shards.js';
import { codes, endsInSyllable, folded, syllables } from './syllables.js';

const PAUSE = 300; // milliseconds without a key, after which it is searched
const INSIDE = 450; // the same inside a word: a fast hand goes on
export const SHORTEST = 2; // letters
const FIT = 0.55; // of what is asked for
const FIT_OF_TEXTS = 0.8; // the same of news and pages: a long text has many words by chance
const ROOT = new URL('../../', import.meta.url).href; // of the portal; the theme lies right below it

const FRESH = 600_000; // milliseconds in which nobody asks whether the portal was published anew

/** @type {Map<string, Promise<Index>>} */
const opened = new Map();
let since = Infinity; // of when the oldest of these is, by the server's clock
let looked = 0; // when the first was opened, or the receipt was asked last
let published = 0; // when what is live became so, as the receipt told

/**
 * Where a form searches: its own site, then the whole province; or everywhere at once.
 * @type {(form: HTMLFormElement, everywhere?: boolean) => Scope}
 */
export function scopeOf({ action, dataset }, everywhere = false) {
  const whole = new URL(String(dataset.everywhere), location.href).href;
  const speech = new URL(String(dataset.speech), location.href).href;
  return { folders: [...new Set(everywhere ? [whole] : [action, whole])], speech };
}

/** How long to wait for another key. @param {string} text */
export const pauseAfter = (text) => (endsInSyllable(text) ? INSIDE : PAUSE);

function forget() {
  opened.clear();
  since = Infinity;
}

/** @param {Response} manifest */
function keepDate({ headers }) {
  looked ||= Date.now();
  since = Math.min(since, Date.parse(headers.get('date') ?? Date()));
}

/**
 * Whether a newer release is live than the indexes are of. Once in ten minutes, and only then, the live receipt is
 * asked. Where there is none, indexes are asked for anew with the next query.
 * @param {string} address of the receipt
 */
export async function isOutdated(address) {
  if (Date.now() - looked > FRESH) {
    looked = Date.now();
    const receipt = await fetch(address, { cache: 'no-store' }).catch(() => null);
    if (receipt?.ok) published = Date.parse((await receipt.json()).live_since);
    else if (receipt) forget();
  }
  return published > since;
}

/** An index; what its manifest names is called after what it says, and never old. @param {string} base @param {RequestCache} [cache] */
export const open = (base, cache) => once(opened, base, () => openIndex(base, (path) => (
  path === `${base}.json` ? fetchJson(path, cache ?? 'no-cache', keepDate) : fetchJson(path, cache))));

/** What people say that has some words, and what is said around it. @type {(index: Index, words: Syllable[]) => Promise<Speech>} */
const speechIn = async ({ manifest, phrases }, words) => (
  speechOf({ ...manifest.around, synonyms: await phrases(words.map(folded)) }));

/**
 * What of a query needs no phrase to be understood: asked for with the phrases, not a round trip later. Where a word is
 * not known, it may be a phrase's, and nothing is guessed.
 * @type {(query: string, index: Index, around: Manifest['around']) => Clause[]}
 */
function certain(query, { vocabulary }, around) {
  const { clauses, corrections } = understand(query, vocabulary, speechOf({ ...around, synonyms: [] }));
  return corrections.size ? [] : clauses;
}

/**
 * What a query finds in the first folder of a scope, or in a wider one that knows more of its words.
 * @type {(scope: Scope, name: string, query: string, cache?: RequestCache) => Promise<Finding>}
 */
export async function find({ folders: [folder, ...wider], speech }, name, query, cache) {
  const words = syllables(query).slice(0, MAX_SYLLABLES);
  const [index, spoken] = await Promise.all([open(folder + name, cache), open(speech, cache)]);
  const { vocabulary } = index;
  const meant = words.map((word) => repaired(word, vocabulary));
  const [known] = await Promise.all([
    speechIn(spoken, [...words, ...meant]), index.prepare(certain(query, index, spoken.manifest.around)),
  ]);
  const understood = understand(query, vocabulary, known);
  const { clauses, needs, corrections } = understood;
  const unknown = words.filter((word) => !vocabulary.has(folded(word))).length;
  const ranked = await index.rank(understood);
  const hits = ranked.map(({ document }) => document);
  if (wider.length && (unknown || !hits.length)) {
    const other = await find({ folders: wider, speech }, name, query, cache);
    if (other.hits.length && (other.unknown < unknown || !hits.length)) return other;
  }
  const instead = await proposed(words, corrections, async (term) => (
    (await index.search([{ term, weight: 1 }])).length > 0));
  const cover = (ranked[0]?.cover ?? 0) * (1 - corrections.size / (words.length || 1));
  const terms = new Set([...clauses, ...needs.flatMap(({ readings }) => readings.flat())]
    .flatMap(({ term }) => term.split('_')));
  /** @param {string} word */
  const isMarked = (word) => syllables(word).some((syllable) => terms.has(folded(syllable)));
  const alike = new Map(ranked.map((hit) => [hit.document, hit.alike]));
  return { folder, index, hits, alike, fits: cover >= (speech.endsWith(`/${name}`) ? FIT : FIT_OF_TEXTS) || (instead.length > 0 && words.length > 1), unknown, instead, isMarked };
}

/**
 * Does something with an index; where the portal was published anew meanwhile, with the new one. The old one is better
 * than none.
 * @template T @param {(cache?: RequestCache) => Promise<T>} use
 */
export async function fresh(use) {
  const [before, date] = [[...opened], since];
  const renews = published > date;
  if (renews) forget();
  try {
    return await use();
  } catch (error) {
    if (error instanceof Error && 'stale' in error && error.stale) {
      forget();
      return use('reload');
    }
    if (!renews) throw error;
    forget();
    for (const [base, index] of before) opened.set(base, index);
    since = date;
    return use();
  }
}

/** Whether a query is the name or the code of what a card shows. @type {(query: string, card: Card) => boolean} */
export function isExact(query, { title, url }) {
  const [asked, called] = [query, title].map((text) => syllables(text).map(folded).join(' ').replace(/^thu tuc /, ''));
  return asked === called || codes(query).includes(url.split('/').slice(-2)[0]);
}

/** A text with the words that were found in <mark>. @type {(text: string, isMarked: Finding['isMarked']) => (string | Node)[]} */
export const marked = (text, isMarked) => text.split(/([\p{L}\p{M}\p{N}]+)/u).map((word) => {
  if (!isMarked(word)) return word;
  const element = document.createElement('mark');
  element.textContent = word;
  return element;
});

/** Below the portal's root, whatever it says. @param {Card} card */
export const address = ({ url }) => ROOT + url;
