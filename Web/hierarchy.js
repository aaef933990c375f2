/** What is chosen of a hierarchy: paths, each of which stands for all that lies below it. Plain functions. */

/** @typedef {Array<*>} Path */

const key = (path) => JSON.stringify(path);

/** Whether `path` begins with `start`, or is it. @param {Path} start @param {Path} path */
export const startsWith = (path, start) =>
  start.length <= path.length && start.every((value, index) => value === path[index]);

/** @param {Path[]} chosen @param {Path} path @returns {"all"|"some"|"none"} */
export function stateOf(chosen, path) {
  if (chosen.some((each) => startsWith(path, each))) return "all";
  return chosen.some((each) => startsWith(each, path)) ? "some" : "none";
}

/** With a path and all that lies below it. @param {Path[]} chosen @param {Path} path @returns {Path[]} */
export const including = (chosen, path) => [...chosen.filter((each) => !startsWith(each, path)), path];

/**
 * Without a path. What is chosen above it becomes its other branches, one level after the other.
 * @param {Path[]} chosen @param {Path} path
 * @param {(path: Path) => Promise<?Path[]>} childrenOf all of them; null where they are too many to list
 * @returns {Promise<?Path[]>} null where it can't be left out
 */
export async function excluding(chosen, path, childrenOf) {
  const above = chosen.find((each) => startsWith(path, each));
  let result = chosen.filter((each) => !startsWith(each, path) && each !== above);
  if (!above) return result;
  for (let depth = above.length; depth < path.length; depth += 1) {
    const children = await childrenOf(path.slice(0, depth));
    if (!children) return null;
    const kept = key(path.slice(0, depth + 1));
    result = [...result, ...children.filter((child) => key(child) !== kept)];
  }
  return result;
}
