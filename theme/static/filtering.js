// What the filtering page works out, apart from the page: the file's rows, which of them fit, how many have each value.

const OVERLAPPING = new Set(['doi-tuong', 'cap-thuc-hien']);
const PROVINCE = 'tinh';

import { fill } from './texts.js';

/** The file as rows that know the indexes of their values. @type {Filtering['parse']} */
export function parse({ facets, rows, also }) {
  const named = Object.fromEntries(facets.map((facet) => [facet.name, facet]));
  return {
    facets: named,
    rows: rows.map(([code, name, ...bits], row) => {
      const indexes = Object.fromEntries(facets.map((facet, at) => [
        facet.name,
        OVERLAPPING.has(facet.name)
          ? facet.values.map((_, index) => index).filter((index) => (bits[at] / 2 ** index) & 1)
          : bits[at] < 0 ? [] : [bits[at]],
      ]));
      const names = Object.fromEntries(
        facets.map(({ name: facet, values }) => [facet, indexes[facet].map((index) => values[index][1]).join(', ')]),
      );
      return { code, name, indexes, names, suspended: bits[facets.length] === 1, also: also?.[row] ?? [] };
    }),
  };
}

/** The selects that say something, by name. @type {Filtering['choices']} */
export function choices(selects) {
  return Object.fromEntries([...selects].filter(({ value }) => value).map(({ name, value }) => [name, value]));
}

/** The rows that have all that is chosen; a value that nobody knows fits none. @type {Filtering['matching']} */
export function matching({ facets, rows }, chosen) {
  const wanted = Object.entries(chosen).map(([name, slug]) => ({
    name,
    value: Object.hasOwn(facets, name) ? facets[name].values.findIndex(([known]) => known === slug) : -1,
  }));
  return rows.filter((row) => wanted.every(({ name, value }) => value >= 0 && row.indexes[name].includes(value)));
}

/** How many rows each value of a facet would leave, given what is chosen of the others. @type {Filtering['counts']} */
export function counts(catalogue, chosen, facet) {
  const { [facet]: _, ...others } = chosen;
  const totals = catalogue.facets[facet].values.map(() => 0);
  for (const row of matching(catalogue, others)) for (const index of row.indexes[facet]) totals[index] += 1;
  return totals;
}

/** @type {Filtering['textOf']} */
const ownerOf = ({ facets }, row) => facets['co-quan'].values[row.indexes['co-quan'][0]][0];

/** Who performs it: its agency, or of what the province owns the levels. @type {Filtering['textOf']} */
export const performer = (catalogue, row) =>
  row.names[ownerOf(catalogue, row) === PROVINCE ? 'cap-thuc-hien' : 'co-quan'];

/** Where a row's page is, by how such addresses read. @type {Filtering['rowAddress']} */
export function rowAddress(catalogue, row, { ofProvince, ofAgency }) {
  const agency = ownerOf(catalogue, row);
  return fill(agency === PROVINCE ? ofProvince : ofAgency, { agency, code: row.code });
}
