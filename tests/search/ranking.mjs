// The first ten documents of each query, with their scores, as the browser ranks them; asked by test_ranking.py:
//
//   node ranking.mjs <the portal's root> <address of the index>

import { readFileSync } from 'node:fs';

import { speechOf, understand } from '../../theme/static/search/queries.js';
import { openIndex } from '../../theme/static/search/shards.js';

const [root, address] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const speech = speechOf(read(`${root}/speech`));
const index = await openIndex(address, async (path) => read(`${root}/${path}`));
const answers = [];
for (const query of read('/dev/stdin')) {
  const hits = await index.rank(understand(query, index.vocabulary, speech));
  answers.push(hits.slice(0, 10).map(({ document, score }) => [document, score]));
}
console.log(JSON.stringify(answers));
