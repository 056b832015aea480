// What somebody typed, as terms with weights; plugins/search/queries.py says why.

import { codes, endsInSyllable, exact, folded, isMarked, mayMean, meant, syllables } from './syllables.js';

const MAX_SYLLABLES = 24;
const MAX_LETTERS = 600;
const EXACT_WEIGHT = 1.5;
const PAIR_WEIGHT = 1.5;
const CODE_WEIGHT = 8;
const PREFIX_WEIGHT = 0.4;
const SYNONYM_WEIGHT = 0.6;
const EVERYDAY_WEIGHT = 0.5;
const TYPO_WEIGHT = 0.7;
const PREFIX_MIN = 2;
const PREFIXES_KEPT = 4;
const CORRECTIONS_KEPT = 4;

/** @type {(first: Syllable, second: Syllable) => string} */
const pair = (first, second) => `_${first}_${second}`;

/** @type {(query: string, vocabulary: Vocabulary, speech: Speech) => Understood} */
export function understand(query, vocabulary, speech) {
  const text = [...query].slice(0, MAX_LETTERS).join('');
  const asked = codes(text);
  const typed = syllables(text)
    .slice(0, MAX_SYLLABLES)
    .filter((syllable) => !asked.length || !/^[0-9]$/.test(syllable));
  const asTyped = positionsOf(phrasesIn(typed, speech.phrases));
  const spoken = typed.map((syllable, at) => (asTyped.has(at) ? syllable : repaired(syllable, vocabulary)));
  const phrases = phrasesIn(spoken, speech.phrases);
  const everyday = positionsOf(phrases);
  const dropped = droppedFrom(spoken, speech);
  const kept = [...spoken.keys()].filter((position) => !dropped.has(position));
  const plain = kept.map((position) => folded(spoken[position]));
  const last = plain.length - 1;
  /** @type {Map<string, number>} a wildcard's term ends in a star */
  const weights = new Map();

  /** @type {(term: string, weight: number) => void} */
  const add = (term, weight) => weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  /** @type {(phrase: Syllable[], scales: number[]) => void} */
  const addPhrase = (phrase, scales) => phrase.forEach((syllable, at) => {
    add(folded(syllable), scales[at]);
    if (isMarked(syllable)) add(`=${exact(syllable)}`, scales[at] * EXACT_WEIGHT);
    if (at) add(pair(folded(phrase[at - 1]), folded(syllable)), Math.min(scales[at], scales[at - 1]) * PAIR_WEIGHT);
  });

  for (const code of asked) add(`#${code}`, CODE_WEIGHT);
  addPhrase(kept.map((position) => spoken[position]), kept.map((position) => (everyday.has(position) ? EVERYDAY_WEIGHT : 1)));
  for (const [, { meanings }] of phrases) {
    for (const meaning of meanings) {
      if (meaning.length === 1) addPhrase(meaning, [SYNONYM_WEIGHT]);
      meaning.slice(1).forEach((next, at) => add(pair(folded(meaning[at]), folded(next)), SYNONYM_WEIGHT * PAIR_WEIGHT));
    }
  }

  const begun = plain[last]?.length >= PREFIX_MIN && endsInSyllable(text);
  const endings = begun
    ? common(vocabulary, PREFIXES_KEPT, (known) => known.startsWith(plain[last]) && known !== plain[last])
    : [];
  for (const ending of endings) add(ending, PREFIX_WEIGHT);
  if (begun && last) add(`${pair(plain[last - 1], plain[last])}*`, PREFIX_WEIGHT * PAIR_WEIGHT);

  /** @type {Map<string, string[]>} */
  const corrections = new Map();
  plain.forEach((syllable, at) => {
    const isFine = vocabulary.has(syllable) || everyday.has(kept[at]) || (endings.length > 0 && at === last);
    if (!isFine && /^[a-z]{2,}$/.test(syllable)) corrections.set(syllable, near(syllable, vocabulary));
  });
  plain.forEach((syllable, at) => {
    for (const known of corrections.get(syllable) ?? []) {
      add(known, TYPO_WEIGHT);
      if (at) add(pair(plain[at - 1], known), TYPO_WEIGHT * PAIR_WEIGHT);
      const next = at < last ? [plain[at + 1], ...(corrections.get(plain[at + 1]) ?? [])] : [];
      for (const following of next) add(pair(known, following), TYPO_WEIGHT * PAIR_WEIGHT);
    }
  });
  return {
    clauses: [...weights].sort(([term], [other]) => (term < other ? -1 : 1)).map(([term, weight]) => (
      { term: term.replace('*', ''), weight, wildcard: term.endsWith('*') }
    )),
    corrections: new Map([...corrections].filter(([, known]) => known.length)),
  };
}

/** @type {(syllable: Syllable, vocabulary: Vocabulary) => Syllable} */
function repaired(syllable, vocabulary) {
  if (vocabulary.has(folded(syllable))) return syllable;
  const other = meant(syllable) ?? '';
  return vocabulary.has(folded(other)) ? other : syllable;
}

/**
 * The longest phrase that stands at each position, and none inside another.
 * @type {(spoken: Syllable[], phrases: Phrases) => [start: number, phrase: Phrase][]}
 */
function phrasesIn(spoken, phrases) {
  /** @type {[number, Phrase][]} */
  const positioned = [];
  let end = 0;
  spoken.forEach((syllable, start) => {
    /** @param {Phrase} candidate */
    const stands = (candidate) => candidate.spoken.every((other, at) => mayMean(spoken[start + at] ?? '', other));
    const phrase = start < end ? undefined : phrases.get(folded(syllable))?.find(stands);
    if (!phrase) return;
    positioned.push([start, phrase]);
    end = start + phrase.spoken.length;
  });
  return positioned;
}

/** @param {[start: number, phrase: Phrase][]} phrases */
function positionsOf(phrases) {
  return new Set(phrases.flatMap(([start, { spoken }]) => spoken.map((_, at) => start + at)));
}

/** @type {(spoken: Syllable[], speech: Speech) => Set<number>} */
function droppedFrom(spoken, { stopPhrases, stopWords }) {
  const positions = positionsOf(phrasesIn(spoken, stopPhrases));
  if (spoken.some(isMarked)) spoken.forEach((syllable, at) => stopWords.has(exact(syllable)) && positions.add(at));
  return positions.size < spoken.length ? positions : new Set();
}

/** @type {(vocabulary: Vocabulary, count: number, fits: (known: string) => boolean) => string[]} */
function common(vocabulary, count, fits) {
  return [...vocabulary.keys()].filter(fits)
    .sort((known, other) => (vocabulary.get(other) ?? 0) - (vocabulary.get(known) ?? 0) || (known < other ? -1 : 1))
    .slice(0, count);
}

/** @type {(typed: string, vocabulary: Vocabulary) => string[]} */
export function near(typed, vocabulary) {
  return common(vocabulary, CORRECTIONS_KEPT, (known) => (
    typed.length > known.length ? isOneEditApart(known, typed) : isOneEditApart(typed, known)
  ));
}

/** @type {(shorter: string, longer: string) => boolean} */
function isOneEditApart(shorter, longer) {
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start += 1;
  const [rest, other] = [shorter.slice(start), longer.slice(start)];
  if (rest.length < other.length) return rest === other.slice(1);
  return rest !== other && (rest.slice(1) === other.slice(1)
    || (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2)));
}

/** @type {(file: SpeechFile) => Speech} */
export const speechOf = ({ synonyms, stop_phrases: stopPhrases, stop_words: stopWords }) => ({
  phrases: byFirstSyllable(synonyms.flatMap(([texts, meanings]) => texts.map((text) => ({ text, meanings })))),
  stopPhrases: byFirstSyllable(stopPhrases.map((text) => ({ text, meanings: [] }))),
  stopWords: new Set(stopWords.flatMap(syllables).map(exact)),
});

/**
 * Phrases by their first syllable, the longest first; of equally long ones that which Python puts first.
 * @type {(phrases: { text: string, meanings: string[] }[]) => Phrases}
 */
function byFirstSyllable(phrases) {
  /** @type {Phrases} */
  const bySyllable = new Map();
  for (const { text, meanings } of phrases) {
    const spoken = syllables(text);
    if (!spoken.length) continue;
    const first = folded(spoken[0]);
    bySyllable.set(first, [...(bySyllable.get(first) ?? []), { spoken, meanings: meanings.map(syllables) }]);
  }
  /** @type {(phrase: Phrase, other: Phrase) => number} */
  const compared = ({ spoken }, { spoken: other }) => {
    const [text, next] = [spoken.join(' '), other.join(' ')];
    return other.length - spoken.length || (text < next ? -1 : Number(text > next));
  };
  for (const known of bySyllable.values()) known.sort(compared);
  return bySyllable;
}

/**
 * Words as the manifest has them: how many letters as before (A for none), the others, how common.
 * @type {(words: string) => Vocabulary}
 */
export function vocabularyOf(words) {
  let before = '';
  return new Map([...words.matchAll(/([A-Z])([a-z]*)(\d)/g)].map(([, alike, rest, count]) => {
    before = before.slice(0, alike.charCodeAt(0) - 65) + rest;
    return [before, Number(count)];
  }));
}
