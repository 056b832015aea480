// A document in a list that was narrowed down, as components/documents/macros.html has it.

import { fill } from './texts.js';

/** @type {ShowEntry} */
export function documentItem(_parsed, row, data) {
  const [entry, link, about, facts, tags, tag] = ['li', 'a', 'p', 'p', 'p', 'span'].map((of) =>
    document.createElement(of));
  const [title, day, validity] = row.also;
  entry.className = 'row';
  facts.className = 'meta';
  link.setAttribute('href', fill(data.of, { url: row.code }));
  link.textContent = row.name;
  about.textContent = title;
  facts.textContent = [day, row.names['co-quan'], row.names['linh-vuc']].filter(Boolean).join(' · ');
  tags.className = 'tags';
  tag.className = `tag validity ${validity}`;
  tag.textContent = row.names['hieu-luc'];
  tags.append(tag);
  tags.hidden = !validity;
  entry.append(link, about, facts, tags);
  return entry;
}
