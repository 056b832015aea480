// What somebody typed, as terms with weights; plugins/search/queries.py says why.

import { codes, endsInSyllable, exact, folded, isMarked, mayMean, meant, syllables } from './syllables.js';

export const MAX_SYLLABLES = 24;
/** The kind of a document and its number in one: QĐ12, 12NQ. */
const KIND_AND_NUMBER = /^(?=[^0-9]+[0-9]{1,5}$|[0-9]{1,5}[^0-9]+$)[0-9]*(?:nq|q[dđ]|ctr?|qc|tb|h[dđ]|kh|bc|bb|ttr?|n[dđ]|cv)[0-9]*$/;
const MAX_LETTERS = 600;
const EXACT_WEIGHT = 1.5;
const PAIR_WEIGHT = 1.5;
const CODE_WEIGHT = 8;
const PREFIX_WEIGHT = 0.4;
const SYNONYM_WEIGHT = 1;
const EVERYDAY_WEIGHT = 0.5;
const CIRCUMSTANCE_WEIGHT = 0.5;
const TYPO_WEIGHT = 0.7;
const SYLLABLE_SHARE = 2;
const PHRASE_SHARE = 4;
const PREFIX_MIN = 2;
const PREFIXES_KEPT = 4;
const CORRECTIONS_KEPT = 4;
const BETWEEN_KEPT = 2;
const ANY_BETWEEN_FROM = 3;
const NEED_MIN = 2;
const PROPOSED = 3;
/** @type {Record<string, string>} onsets that many do not tell apart */
const SAME_ONSETS = { ngh: 'ng', gh: 'g', tr: 'ch', s: 'x', n: 'l', c: 'k', q: 'k', f: 'ph', gi: 'd', r: 'd', v: 'd', z: 'd', j: 'd' };

/** @type {WeakMap<Vocabulary, Map<string, Set<string>>>} */
const sounds = new WeakMap();

/** @type {(first: Syllable, second: Syllable) => string} */
const pair = (first, second) => `_${first}_${second}`;
/** @type {(term: string) => Clause} */
const counted = (term) => ({ term, weight: 0 });

/** Clauses under way; a term asked for twice counts by its greater weight. */
class Weights {
  /** @type {Map<string, number>} */
  #weights = new Map();

  /** @type {(term: string, weight: number) => void} */
  add(term, weight) {
    this.#weights.set(term, Math.max(weight, this.#weights.get(term) ?? 0));
  }

  /** @type {(phrase: Syllable[], scales: number[]) => void} */
  addPhrase(phrase, scales) {
    phrase.forEach((syllable, at) => {
      this.add(folded(syllable), scales[at]);
      if (isMarked(syllable)) this.add(`=${exact(syllable)}`, scales[at] * EXACT_WEIGHT);
      if (at) this.add(pair(folded(phrase[at - 1]), folded(syllable)), Math.min(scales[at], scales[at - 1]) * PAIR_WEIGHT);
    });
  }

  clauses() {
    return [...this.#weights].sort(([term], [other]) => (term < other ? -1 : 1)).map(([term, weight]) => ({ term, weight }));
  }
}

/** @type {(query: string, vocabulary: Vocabulary, speech: Speech) => Understood} */
export function understand(query, vocabulary, speech) {
  const text = [...query.slice(0, 2 * MAX_LETTERS)].slice(0, MAX_LETTERS).join('');
  const asked = codes(text);
  const typed = syllables(text)
    .slice(0, MAX_SYLLABLES)
    .filter((syllable) => !asked.length || !/^[0-9]$/.test(syllable))
    .flatMap((syllable) => parted(syllable, vocabulary));
  const asTyped = positionsOf(phrasesIn(typed, speech.phrases, speech.between));
  const spoken = typed.map((syllable, at) => (asTyped.has(at) ? syllable : repaired(syllable, vocabulary)));
  const phrases = phrasesIn(spoken, speech.phrases, speech.between);
  const everyday = positionsOf(phrases);
  const dropped = droppedFrom(spoken, everyday, speech);
  const kept = [...spoken.keys()].filter((position) => !dropped.has(position));
  const scales = scalesOf(spoken, kept, everyday, speech);
  const plain = kept.map((position) => folded(spoken[position]));
  const last = plain.length - 1;
  const weights = new Weights();

  for (const code of asked) weights.add(`#${code}`, CODE_WEIGHT);
  weights.addPhrase(
    kept.map((position) => spoken[position]),
    kept.map((position) => scales[position] * (everyday.has(position) ? EVERYDAY_WEIGHT : 1)),
  );
  const begun = plain[last]?.length >= PREFIX_MIN && endsInSyllable(text) && !vocabulary.has(plain[last]);
  const endings = begun ? common(vocabulary, PREFIXES_KEPT, (known) => known.startsWith(plain[last])) : [];
  for (const ending of endings) {
    weights.add(ending, PREFIX_WEIGHT);
    if (last) weights.add(pair(plain[last - 1], ending), PREFIX_WEIGHT * PAIR_WEIGHT);
  }

  /** @type {Map<string, string[]>} */
  const corrections = new Map();
  plain.forEach((syllable, at) => {
    const isFine = vocabulary.has(syllable) || everyday.has(kept[at]) || (endings.length > 0 && at === last);
    if (!isFine && !corrections.has(syllable) && /^[a-z]{2,}$/.test(syllable)) corrections.set(syllable, near(syllable, vocabulary));
  });
  /** @type {(syllable: string) => string[]} */
  const corrected = (syllable) => corrections.get(syllable) ?? [];
  plain.forEach((syllable, at) => {
    for (const known of corrected(syllable)) {
      weights.add(known, TYPO_WEIGHT);
      if (at) weights.add(pair(plain[at - 1], known), TYPO_WEIGHT * PAIR_WEIGHT);
      const next = at < last ? [plain[at + 1], ...corrected(plain[at + 1])] : [];
      for (const following of next) weights.add(pair(known, following), TYPO_WEIGHT * PAIR_WEIGHT);
    }
  });
  const words = plain.flatMap((syllable, at) => (everyday.has(kept[at]) ? [] : {
    share: SYLLABLE_SHARE * scales[kept[at]],
    readings: [syllable, ...corrected(syllable), ...(at === last ? endings : [])].map((term) => [counted(term)]),
  }));
  const wholes = phrases.map(([[start], { spoken: typedAs, meanings }]) => ({
    share: PHRASE_SHARE * Math.sqrt(typedAs.length) * scales[start],
    readings: [typedAs.map((syllable) => counted(folded(syllable))), ...meanings.map((meaning) => meantBy(meaning, scales[start]))],
  }));
  return {
    clauses: weights.clauses(),
    needs: [...words, ...wholes],
    corrections: new Map([...corrections].filter(([, known]) => known.length)),
  };
}

/** The kind and the number of a document that were written together, where no text has them so. @type {(syllable: Syllable, vocabulary: Vocabulary) => Syllable[]} */
function parted(syllable, vocabulary) {
  const isOne = vocabulary.has(folded(syllable)) || !KIND_AND_NUMBER.test(syllable);
  return isOne ? [syllable] : syllable.match(/[0-9]+|[^0-9]+/g) ?? [];
}

/** @type {(meaning: Syllable[], scale: number) => Clause[]} */
function meantBy(meaning, scale) {
  const weights = new Weights();
  if (meaning.length === 1) weights.addPhrase(meaning, [scale * SYNONYM_WEIGHT]);
  meaning.slice(1).forEach((next, at) => weights.add(pair(folded(meaning[at]), folded(next)), scale * SYNONYM_WEIGHT * PAIR_WEIGHT));
  return weights.clauses();
}

/** How much each position counts. @type {(spoken: Syllable[], kept: number[], everyday: Set<number>, speech: Speech) => number[]} */
function scalesOf(spoken, kept, everyday, { circumstanceWords, needWords }) {
  /** @type {number[]} */
  const scales = [];
  let [scale, before] = [1, 0];
  const isKept = new Set(kept);
  spoken.forEach((syllable, position) => {
    const word = exact(syllable);
    if (needWords.has(word)) [scale, before] = [1, before + (everyday.has(position) ? 1 : 0)];
    else if (!circumstanceWords.has(word) || everyday.has(position)) before += isKept.has(position) ? 1 : 0;
    else if (before >= NEED_MIN) scale = CIRCUMSTANCE_WEIGHT;
    scales[position] = scale;
  });
  return scales;
}

/**
 * Other queries that may be meant: those whose words stand side by side somewhere.
 * @type {(words: Syllable[], corrections: Map<string, string[]>, isKnown: (term: string) => Promise<boolean>) => Promise<string[]>}
 */
export async function proposed(words, corrections, isKnown) {
  const plain = words.map(folded);
  const texts = await Promise.all([...corrections].flatMap(([typed, known]) => known.map(async (other) => {
    const at = plain.indexOf(typed);
    const pairs = [
      ...(at > 0 ? [pair(plain[at - 1], other)] : []),
      ...(at < plain.length - 1 ? [pair(other, plain[at + 1])] : []),
    ];
    const stands = await Promise.all(pairs.map(isKnown));
    return pairs.length && !stands.includes(true) ? ''
      : words.map((word) => (folded(word) === typed ? other : word)).join(' ').normalize();
  })));
  return texts.filter(Boolean).slice(0, PROPOSED);
}

/** @type {(syllable: Syllable, vocabulary: Vocabulary) => Syllable} */
export function repaired(syllable, vocabulary) {
  if (vocabulary.has(folded(syllable))) return syllable;
  const other = meant(syllable) ?? '';
  return vocabulary.has(folded(other)) ? other : syllable;
}

/**
 * The longest phrase that stands at each position, with where its syllables are, and none inside another.
 * @type {(spoken: Syllable[], phrases: Phrases, between: Syllable[]) => [positions: number[], phrase: Phrase][]}
 */
function phrasesIn(spoken, phrases, between) {
  /** @type {[number[], Phrase][]} */
  const positioned = [];
  let end = 0;
  spoken.forEach((syllable, start) => {
    if (start < end) return;
    for (const phrase of phrases.get(folded(syllable)) ?? []) {
      const positions = standing(phrase.spoken, spoken, start, between);
      if (!positions.length) continue;
      positioned.push([positions, phrase]);
      end = positions[positions.length - 1] + 1;
      return;
    }
  });
  return positioned;
}

/** Small words may stand between. @type {(phrase: Syllable[], spoken: Syllable[], start: number, between: Syllable[]) => number[]} */
function standing(phrase, spoken, start, between) {
  /** @type {number[]} */
  const positions = [];
  let skipped = 0;
  let others = between.length && phrase.length >= ANY_BETWEEN_FROM ? 1 : 0;
  for (let at = start; positions.length < phrase.length; at += 1) {
    if (at === spoken.length) return [];
    if (mayMean(spoken[at], phrase[positions.length])) {
      positions.push(at);
      skipped = 0;
    } else if (positions.length && skipped < BETWEEN_KEPT && between.some((word) => mayMean(spoken[at], word))) skipped += 1;
    else if (positions.length && others) others -= 1;
    else return [];
  }
  return positions;
}

/** @param {[positions: number[], phrase: Phrase][]} phrases */
function positionsOf(phrases) {
  return new Set(phrases.flatMap(([positions]) => positions));
}

/** @type {(spoken: Syllable[], everyday: Set<number>, speech: Speech) => Set<number>} */
function droppedFrom(spoken, everyday, { stopPhrases, stopWords }) {
  const positions = positionsOf(phrasesIn(spoken, stopPhrases, []));
  if (spoken.some(isMarked)) spoken.forEach((syllable, at) => stopWords.has(exact(syllable)) && positions.add(at));
  for (const position of everyday) positions.delete(position);
  return positions.size < spoken.length ? positions : new Set();
}

/** @type {(vocabulary: Vocabulary, count: number, fits: (known: string) => boolean) => string[]} */
function common(vocabulary, count, fits) {
  return [...vocabulary.keys()].filter(fits)
    .sort((known, other) => (vocabulary.get(other) ?? 0) - (vocabulary.get(known) ?? 0) || (known < other ? -1 : 1))
    .slice(0, count);
}

/** Those that sound alike come first. @type {(typed: string, vocabulary: Vocabulary) => string[]} */
export function near(typed, vocabulary) {
  const same = soundsOf(vocabulary).get(soundOf(typed)) ?? new Set();
  const alike = common(vocabulary, CORRECTIONS_KEPT, (known) => known !== typed && same.has(known));
  const others = common(vocabulary, CORRECTIONS_KEPT, (known) => (
    (typed.length > known.length ? isOneEditApart(known, typed) : isOneEditApart(typed, known)) && !alike.includes(known)
  ));
  return [...alike, ...others].slice(0, CORRECTIONS_KEPT);
}

/** Known syllables by how they sound, worked out once. @param {Vocabulary} vocabulary */
function soundsOf(vocabulary) {
  const known = sounds.get(vocabulary);
  if (known) return known;
  /** @type {Map<string, Set<string>>} */
  const bySound = new Map();
  for (const syllable of vocabulary.keys()) {
    const sound = soundOf(syllable);
    bySound.set(sound, (bySound.get(sound) ?? new Set()).add(syllable));
  }
  sounds.set(vocabulary, bySound);
  return bySound;
}

/** @param {string} plain */
function soundOf(plain) {
  const [onset] = /** @type {RegExpMatchArray} */ (plain.match(/^(?:ngh|ng|nh|gh|gi(?=[aeiouy])|tr|ch|th|ph|kh|qu|[b-df-hj-np-tv-xz]?)/));
  const rime = plain.slice(onset.length).replace(/n[gh]$/, 'n').replace(/ch?$/, 't').replace(/y/g, 'i');
  return (SAME_ONSETS[onset] ?? onset) + rime;
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

/** @type {(words?: string[]) => Set<string>} */
const exactWords = (words = []) => new Set(words.flatMap(syllables).map(exact));

/** @type {(file: SpeechFile) => Speech} */
export const speechOf = ({ synonyms, stop_phrases: stopPhrases = [], ...words }) => ({
  phrases: byFirstSyllable(synonyms.flatMap(([texts, meanings]) => texts.map((text) => ({ text, meanings })))),
  stopPhrases: byFirstSyllable(stopPhrases.map((text) => ({ text, meanings: [] }))),
  stopWords: exactWords(words.stop_words),
  circumstanceWords: exactWords(words.circumstance_words),
  needWords: exactWords(words.need_words),
  between: (words.words_between ?? []).flatMap(syllables),
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

/** Keys as the manifest has them: how many letters as before (A for none), and the others. @param {string} fronts */
export function keysOf(fronts) {
  let before = '';
  return (fronts.match(/[A-Z][^A-Z]*/g) ?? []).map((key) => {
    before = before.slice(0, key.charCodeAt(0) - 65) + key.slice(1);
    return before;
  });
}

/** Words, each with how common it is behind it. @type {(words: string) => Vocabulary} */
export const vocabularyOf = (words) => new Map(keysOf(words).map((word) => [word.slice(0, -1), Number(word.slice(-1))]));
