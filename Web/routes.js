/** Which hashes are pages about data or segments: those that begin with a slash. */

/**
 * What a hash like `#/data/sources/customers` asks for; null for the hash of another page.
 * @param {string} hash without its `#` @returns {?{kind: string, name: ?string}}
 */
export function dataRoute(hash) {
  const [root, kind, name, ...rest] = hash.split("/").slice(1).map(decodeURIComponent);
  if (!hash.startsWith("/") || root !== "data" || rest.length) return null;
  if (kind === undefined) return { kind: "index", name: null };
  return ["sources", "models", "lineage"].includes(kind) && name ? { kind, name } : null;
}

/**
 * What a hash like `#/segments/behaviour` or `#/segments/behaviour/score` asks for; null for the hash of another page.
 * @param {string} hash without its `#` @returns {?{kind: "segments", name: ?string, tab: ?"score"}}
 */
export function segmentsRoute(hash) {
  const [root, name, tab, ...rest] = hash.split("/").slice(1).map(decodeURIComponent);
  if (!hash.startsWith("/") || root !== "segments" || rest.length || ![undefined, "score"].includes(tab)) return null;
  return { kind: "segments", name: name || null, tab: tab ?? null };
}
