/**
 * What a page's address says: which page, and how it is looked at. The state is sealed by the server, so that no address
 * holds a customer's value in readable form.
 */

/** @typedef {{page: ?string, state: ?string, step: ?number}} Address */

/** @param {string} hash with its # @returns {Address} */
export function readAddress(hash) {
  const [name, ...rest] = hash.slice(1).split("?");
  const query = new URLSearchParams(rest.join("?"));
  const step = Number(query.get("step"));
  let page = name;
  try {
    page = decodeURIComponent(name);
  } catch {
    // A hash that somebody mistyped names no page.
  }
  return { page, state: query.get("view"), step: Number.isInteger(step) && step > 0 ? step : null };
}

/** @param {Address} address @returns {string} with its # */
export function writeAddress({ page, state, step }) {
  const query = new URLSearchParams();
  if (step) query.set("step", String(step));
  if (state) query.set("view", state);
  const words = query.toString();
  return `#${encodeURIComponent(page)}${words ? `?${words}` : ""}`;
}
