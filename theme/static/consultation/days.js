// How many days something goes on, apart from the page.

const DAY = 86_400_000;
const OF_VIETNAM = 7 * 3_600_000;

/** Days after today, in Vietnam, until a day such as `2019-10-31`; 0 on that day, below 0 behind it. @type {(day: string, now: number) => number} */
export const daysUntil = (day, now) => Date.parse(day) / DAY - Math.floor((now + OF_VIETNAM) / DAY);
