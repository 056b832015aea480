// Files that are fetched once.

/** What a file of JSON says, which the caller knows; an answer that is none is thrown with its `status`. */
/** @template T @param {string} path @param {RequestCache} [cache] @param {(response: Response) => void} [seen] is given the answer first @returns {Promise<T>} */
export async function fetchJson(path, cache, seen) {
  const response = await fetch(path, { cache });
  seen?.(response);
  if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
  return response.json();
}

/**
 * What is made for a key, once for all who ask; after a failure the next who asks tries again.
 * @template T
 * @param {Map<string, Promise<T>>} kept
 * @param {string} key
 * @param {() => Promise<T>} make
 * @returns {Promise<T>}
 */
export function once(kept, key, make) {
  const known = kept.get(key);
  if (known) return known;
  const result = make().catch((error) => {
    if (kept.get(key) === result) kept.delete(key);
    throw error;
  });
  kept.set(key, result);
  return result;
}
