/** Days, weeks, months, quarters and years by their first days, as ISO 8601 writes those. */

/** @typedef {"day"|"week"|"month"|"quarter"|"year"} Each */

const DAY = 86_400_000;
/** Beyond, a line could not be drawn or read. */
const MOST = 20_000;

const parse = (day) => new Date(`${day}T00:00:00Z`);
const write = (date) => date.toISOString().slice(0, 10);

/** The first day of the next one. @param {string} day @param {Each} each */
export function next(day, each) {
  const date = parse(day);
  const months = { month: 1, quarter: 3, year: 12 }[each];
  if (months) return write(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1)));
  return write(new Date(date.getTime() + (each === "week" ? 7 : 1) * DAY));
}

/** Its first and last day. @param {string} day @param {Each} each @returns {[string, string]} */
export const daysOf = (day, each) => [day, write(new Date(parse(next(day, each)).getTime() - DAY))];

/** All from the first to the last, those without rows included. @param {string[]} days @param {Each} each */
export function through(days, each) {
  const last = days.reduce((a, b) => (a > b ? a : b), "");
  const all = [];
  for (let day = days.reduce((a, b) => (a < b ? a : b), "9999-12-31"); day <= last; day = next(day, each)) {
    all.push(day);
    if (all.length > MOST) throw new Error(`There are more than ${MOST} of these (${each}): name a longer one.`);
  }
  return all;
}
