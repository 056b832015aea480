// The code of a dossier as people type it: with or without dots and dashes, in small letters, copied with blanks.

import { fill } from '../texts.js';

const LETTER = 7; // the position of the one letter among the signs
const LEAST = 20; // signs

/**
 * What was typed as a code, or what is wrong with it.
 * @param {string} typed
 * @param {Words} words the sentences of the page
 * @returns {{code?: string, message: string}}
 */
export function read(typed, words) {
  const signs = [...typed.replace(/[\s.,_–—-]/g, '')];
  const wrong = signs.filter((sign, index) => !(index === LETTER ? /[a-z]/i : /[0-9]/).test(sign));
  const [, agency, year, month, day, rest] = signs.join('').toUpperCase().match(/^(.{10})(..)(..)(..)(.*)$/) ?? [];
  if (!signs.length) return { message: words.empty };
  if (2 * wrong.length > signs.length) return { message: words.none }; // words, a telephone number with a name
  if (wrong.length) return { message: fill(words.wrong, { sign: wrong[0] }) };
  if (day && !/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(month + day)) {
    return { message: fill(words.day, { day: year + month + day }) };
  }
  if (signs.length < LEAST) return { message: fill(words.short, { count: LEAST - signs.length }) };
  const code = `${agency.replace(/(...)(..)(..)/, '$1.$2.$3.')}-${year}${month}${day}-${rest}`;
  return { code, message: fill(words.good, { code }) };
}
