// Answers questions about text and queries, a line of JSON each, as the browser would; asked by test_engine.py.

import { createInterface } from 'node:readline';

import { speechOf, understand, vocabularyOf } from '../../theme/static/search/queries.js';
import { codes, exact, folded, mayMean, meant, syllables } from '../../theme/static/search/syllables.js';

let vocabulary;
let speech;
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  if (asked.words !== undefined) vocabulary = vocabularyOf(asked.words);
  else if (asked.speech) speech = speechOf(asked.speech);
  else console.log(JSON.stringify(answer(asked.text)));
}

function answer(text) {
  const spoken = syllables(text);
  const { clauses, needs, corrections } = understand(text, vocabulary, speech);
  return {
    syllables: spoken,
    folded: spoken.map(folded),
    exact: spoken.map(exact),
    codes: codes(text),
    meant: [...spoken, [...text].slice(0, 40).join('')].map((typed) => meant(typed) ?? null),
    mayMean: spoken.slice(1).map((other, at) => mayMean(spoken[at], other)),
    clauses: clauses.map(({ term, weight }) => [term, weight]),
    needs: needs.map(({ share, readings }) => [share, readings.map((reading) => reading.map(({ term, weight: given }) => [term, given]))]),
    corrections: [...corrections],
  };
}
