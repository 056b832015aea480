// What the scripts about dossiers have in common: parts of the page, and how numbers and moments are written.

export const { lang } = globalThis.document?.documentElement ?? { lang: 'vi' };
/** @type {(selector: string, within?: ParentNode) => Part[]} */
export const all = (selector, within = document) => [.../** @type {NodeListOf<Part>} */ (within.querySelectorAll(selector))];

export const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });

/** Milliseconds on Vietnam's clocks: one time zone, without summer time. @param {string} moment */
const inVietnam = (moment) => Date.parse(moment) + 7 * 36e5;

/** @param {string} moment */
const iso = (moment) => new Date(inVietnam(moment)).toISOString();

/** @param {string} moment */
const day = (moment) => iso(moment).slice(0, 10).split('-').reverse().join('/');

/** Days since 1970. @param {string} moment */
export const dayNumber = (moment) => Math.floor(inVietnam(moment) / 864e5);

/** Also a moment of midnight stands for its day. @param {string} moment */
export const isDay = (moment) => moment.length <= 10 || iso(moment).slice(11, 19) === '00:00:00';

/** A moment as Vietnam's clocks show it, or a day. @param {string} moment */
export const clock = (moment) => `${day(moment)} ${moment.length > 10 ? iso(moment).slice(11, 16) : ''}`.trim();

/** The same, and midnight as its day. @param {string} moment */
export const written = (moment) => (isDay(moment) ? day : clock)(moment);
