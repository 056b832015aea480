// Finds what a query means. Nothing is loaded or shown by importing this; what is loaded is kept for the next query.

import { fetchJson, once } from '../fetching.js';

export const PAUSE = 150; // milliseconds without a key, after which it is searched
export const SHORTEST = 2; // letters
const FIT = 0.55; // of what is asked for
const ROOT = new URL('../../', import.meta.url).href; // of the portal; the theme lies right below it

/** @type {Map<string, Promise<Index & typeof import('./queries.js') & typeof import('./syllables.js')>>} */
const opened = new Map();
/** @type {Map<string, Promise<any>>} files of two kinds */
const files = new Map();
/** @type {Map<string, Promise<Speech>>} */
const speeches = new Map();

/**
 * Where a form searches: its own site, then the whole province; or everywhere at once.
 * @type {(form: HTMLFormElement, everywhere?: boolean) => Scope}
 */
export function scopeOf({ action, dataset }, everywhere = false) {
  const whole = new URL(String(dataset.everywhere), location.href).href;
  return { folders: [...new Set(everywhere ? [whole] : [action, whole])], speech: String(dataset.speech) };
}

/** An index with what understands queries to it. @param {string} base @param {RequestCache} [cache] */
export const open = (base, cache) => once(opened, base, async () => {
  const [manifest, { openIndex }, queries, texts] = await Promise.all([
    fetchJson(`${base}.json`, cache ?? 'no-cache'), // what it names is called after what it says, and never old
    import('./shards.js'), import('./queries.js'), import('./syllables.js'),
  ]);
  const index = await openIndex(base, async (path) => (path === `${base}.json` ? manifest : fetchJson(path, cache)));
  return { ...index, ...queries, ...texts };
});

/**
 * What people say that begins with some words, and what is said around it.
 * @type {(folder: string, words: (texts: typeof import('./syllables.js')) => Syllable[], cache?: RequestCache) => Promise<Speech>}
 */
async function speechFor(folder, words, cache) {
  const [texts, { drawer, speechOf }] = await Promise.all([import('./syllables.js'), import('./queries.js')]);
  const paths = ['dem', ...new Set(words(texts).map((word) => drawer(texts.folded(word))))].map((name) => `${folder}${name}.json`);
  return once(speeches, paths.join(), async () => {
    const [around, ...synonyms] = await Promise.all(paths.map((path) => once(files, path, () => fetchJson(path, cache))));
    return speechOf({ ...around, synonyms: synonyms.flat() });
  });
}

/**
 * What a query finds in the first folder of a scope, or in a wider one that knows more of its words.
 * @type {(scope: Scope, name: string, query: string, cache?: RequestCache) => Promise<Finding>}
 */
export async function find({ folders: [folder, ...wider], speech }, name, query, cache) {
  const [index, typedLike] = await Promise.all([
    open(folder + name, cache), speechFor(speech, ({ syllables }) => syllables(query), cache),
  ]);
  const { folded, proposed, repaired, syllables, understand, vocabulary } = index;
  const words = syllables(query);
  const meant = words.map((word) => repaired(word, vocabulary));
  const spokenLike = `${meant}` === `${words}` ? typedLike : await speechFor(speech, () => [...words, ...meant], cache);
  const understood = understand(query, vocabulary, spokenLike);
  const { clauses, needs, corrections } = understood;
  const unknown = words.filter((word) => !vocabulary.has(folded(word))).length;
  const ranked = await index.rank(understood);
  const hits = ranked.map(({ document }) => document);
  if (wider.length && (unknown || !hits.length)) {
    const other = await find({ folders: wider, speech }, name, query, cache);
    if (other.hits.length && (other.unknown < unknown || !hits.length)) return other;
  }
  const instead = await proposed(words, corrections, async (term) => (
    (await index.search([{ term, weight: 1, wildcard: false }])).length > 0));
  const cover = (ranked[0]?.cover ?? 0) * (1 - corrections.size / (words.length || 1));
  const terms = new Set([...clauses, ...needs.flatMap(({ readings }) => readings.flat())]
    .flatMap(({ term }) => term.split('_')));
  /** @param {string} word */
  const isMarked = (word) => syllables(word).some((syllable) => terms.has(folded(syllable)));
  const alike = new Map(ranked.map((hit) => [hit.document, hit.alike]));
  return { folder, index, hits, alike, fits: cover >= FIT || (instead.length > 0 && words.length > 1), unknown, instead, isMarked };
}

/**
 * Does something with an index; where the portal was published anew meanwhile, once more with the new one.
 * @template T @param {(cache?: RequestCache) => Promise<T>} use
 */
export async function fresh(use) {
  try {
    return await use();
  } catch (error) {
    if (!(error instanceof Error && 'stale' in error && error.stale)) throw error;
    for (const kept of [opened, files, speeches]) kept.clear();
    return use('reload');
  }
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
