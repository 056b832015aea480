// What opening hours say of a moment, apart from the page. Hours come from plugins/portal/opening.py.

const MINUTE = 60_000;
const DAY = 24 * 60;
const OF_VIETNAM = 7 * 60 * MINUTE;

/** Times as `[day, from, to]`: 0 is Sunday, minutes of the day. @type {(hours: string) => [number, number, number][]} */
function parse(hours) {
  return hours.split(';').flatMap((part) => {
    const [days, ...spans] = part.split(' ');
    return [...days].flatMap((day) => spans.map((span) => {
      const [from, to] = span.split('-').map(Number);
      return /** @type {[number, number, number]} */ ([Number(day) % 7, from, to]);
    }));
  });
}

/**
 * Whether it is open, when that ends, or when it opens next and in how many days; by the hours alone, in Vietnam.
 * @type {(hours: string, now: number) => OpeningState}
 */
export function stateAt(hours, now) {
  const here = new Date(now + OF_VIETNAM);
  const today = here.getUTCDay();
  const minute = here.getUTCHours() * 60 + here.getUTCMinutes();
  const spans = parse(hours);
  const lasting = spans.filter(([day, from, to]) => day === today && from <= minute && minute < to);
  if (lasting.length) return { open: true, time: Math.max(...lasting.map(([, , to]) => to)), days: 0 };
  const [next] = spans
    .map(([day, from]) => ((day - today + 7) % 7) * DAY + from)
    .map((start) => (start > minute ? start : start + 7 * DAY))
    .sort((start, other) => start - other);
  return { open: false, time: next % DAY, days: Math.floor(next / DAY) };
}

/** The day after so many, as a date whose UTC day is meant. @type {(days: number, now: number) => Date} */
export const dayAfter = (days, now) => new Date(now + OF_VIETNAM + days * DAY * MINUTE);

/** Such as `07:30`. @type {(minutes: number) => string} */
export const clock = (minutes) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
