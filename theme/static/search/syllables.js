// Texts as search sees them; plugins/search/syllables.py and keyboards.py say why, tests hold the languages together.
// A syllable is in NFD, lower case.

const TONES = '\u0300\u0301\u0309\u0303\u0323';
const [CIRCUMFLEX, BREVE, HORN] = '\u0302\u0306\u031b';

/** @param {string} text */
const prepared = (text) =>
  text
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e\u{1d400}-\u{1d7ff}]/gu, (sign) => sign.normalize('NFKC'))
    .replace(/[\u2010\u2011]/g, '-')
    .normalize('NFD')
    .toLowerCase()
    .replace(/ð/g, 'đ');
/** Without marks and tone, each letter as it stands: what somebody may have typed so far. @param {string} text */
export const unmarked = (text) => text.replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');
/** @param {string} letters */
const withFinalI = (letters) => letters.replace(/^(h|k|l|m|s|t|qu)y$/, '$1i');

/** @type {(text: string) => Syllable[]} */
export const syllables = (text) => (prepared(text).match(/[0-9a-zđ\u0300-\u036f]+/g) ?? []).filter(folded);

/** @type {(text: string) => string[]} */
export const codes = (text) =>
  (prepared(text).match(/[0-9a-zđ\u0300-\u036f]+(?:[./-][0-9a-zđ\u0300-\u036f]+)+/g) ?? [])
    .map(unmarked)
    .filter((code) => /^[0-9]\.[0-9]{6}(\.|$)|^(?=.*[0-9]).*[a-z]/.test(code))
    .flatMap((code) => (/^[0-9]\.[0-9]{6}\./.test(code) ? [code.slice(0, 8), code] : code));

/** Whether somebody may still be typing the last syllable. @param {string} text */
export const endsInSyllable = (text) => /[0-9a-zđ\u0300-\u036f]$/.test(prepared(text));

/** Without marks and tone, and with one spelling for what is written with i or y. @param {Syllable} syllable */
export function folded(syllable) {
  return withFinalI(unmarked(syllable));
}

/** With its marks, and its tone at the end as a number. @param {Syllable} syllable */
export function exact(syllable) {
  const [letters, tone] = lettersAndTone(syllable);
  return letters + (tone || '');
}

/** @param {Syllable} syllable */
export const isMarked = (syllable) => exact(syllable) !== folded(syllable);

/** Whether a syllable may stand for another that has all its marks and perhaps more; hỏi and ngã (3, 4) are one. @type {(typed: Syllable, other: Syllable) => boolean} */
export function mayMean(typed, other) {
  const plain = folded(other);
  const [letters, tone] = lettersAndTone(typed);
  const [shaped, otherTone] = lettersAndTone(other);
  return folded(typed) === plain && (!tone || tone === otherTone || tone * otherTone === 12)
    && [...letters].every((letter, at) => letter === shaped[at] || letter === plain[at]);
}

/** The tone is 0 where there is none. @type {(syllable: Syllable) => [letters: string, tone: number]} */
function lettersAndTone(syllable) {
  let tone = 0;
  const letters = syllable
    .replace(/[\u0300\u0301\u0309\u0303\u0323]/g, (sign) => {
      tone ||= TONES.indexOf(sign) + 1;
      return '';
    })
    .replace(/[aeo]\u0302|a\u0306|[ou]\u031b/g, (letter) => letter.normalize())
    .replace(/[\u0300-\u036f]/g, '');
  return [withFinalI(letters), tone];
}

/** What the keys of Telex or VNI mean, as a syllable. @param {string} typed */
export function meant(typed) {
  if (!/^[a-z][a-z1-9]*$/.test(typed) || !/[aeiouy]/.test(typed)) return undefined;
  const [text, tone] = (/[1-9]/.test(typed) ? fromVni : fromTelex)(typed);
  if (text + tone === typed) return undefined;
  return text.replace(/[aeiouy][\u0302\u0306\u031b]?/, `$&${tone}`);
}

/** Letters with their marks, and the tone. @type {(typed: string) => [text: string, tone: string]} */
function fromTelex(typed) {
  let tone = '';
  let text = typed.replace(/^(.*[aeiouy].*)([fsrxj])/, (_, before, key) => {
    tone = TONES['fsrxj'.indexOf(key)];
    return before;
  });
  text = text.startsWith('dd') ? `đ${text.slice(2)}` : text.replace(/^d(.+)d$/, 'đ$1');
  while (text.includes('w')) text = text.replace(/^([^w]*)w/, (_, before) => withHorn(before));
  return [text.replace(/([aeo])(.*?)\1/, `$1${CIRCUMFLEX}$2`), tone];
}

/** @type {(typed: string) => [text: string, tone: string]} */
function fromVni(typed) {
  let [text, tone] = ['', ''];
  for (const key of typed) {
    if (key === '6') text = text.replace(/[aeo](?!.*[aeo])/, `$&${CIRCUMFLEX}`);
    else if (key === '7') text = withHorn(text);
    else if (key === '8') text = text.replace(/a(?!.*a)/, `a${BREVE}`);
    else if (key === '9') text = text.replace(/^d/, 'đ');
    else if (key < '6') tone = TONES['21345'.indexOf(key)];
    else text += key;
  }
  return [text, tone];
}

/** @param {string} text */
function withHorn(text) {
  const last = /uo(?!.*uo)|[aou](?!.*[aou])/;
  const shaped = (/** @type {string} */ letters) => letters.replace('a', `a${BREVE}`).replace(/[ou]/g, `$&${HORN}`);
  return last.test(text) ? text.replace(last, shaped) : `${text}u${HORN}`;
}
