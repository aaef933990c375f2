/** The theme: the reader's choice, and tokens.css as values that a canvas understands. */

/**
 * @typedef {Object} Theme
 * @property {string} text @property {string} muted @property {string} grid @property {string} surface
 * @property {string} raised @property {string} border @property {string} accent @property {string} canvas
 * @property {string} below @property {string} above ends of a scale around a meaningful middle
 * @property {string[]} segments colour number 1 is segments[0]
 * @property {string[]} categories @property {string} other @property {string} missing
 */

const CHOICES = ["auto", "light", "dark"];
const KEY = "aurora.theme";
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const printing = matchMedia("print");
const listeners = new Set();
/** @type {?Theme} */
let current = null;

/** @returns {"auto"|"light"|"dark"} */
export function themeChoice() {
  return CHOICES.includes(root.dataset.theme) ? root.dataset.theme : "auto";
}

/** Goes on to the next choice, and keeps it where the browser allows. */
export function nextTheme() {
  const choice = CHOICES[(CHOICES.indexOf(themeChoice()) + 1) % CHOICES.length];
  if (choice === "auto") delete root.dataset.theme;
  else root.dataset.theme = choice;
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  changed();
  return choice;
}

/** Calls back whenever colours have changed: by choice, by the system, or for paper. @param {() => void} listener */
export function onThemeChange(listener) {
  listeners.add(listener);
}

function changed() {
  current = null;
  for (const listener of listeners) listener();
}
systemDark.addEventListener("change", changed);
printing.addEventListener("change", changed);

/** @returns {Theme} */
export function theme() {
  current ??= read();
  return current;
}

/** Custom properties keep `light-dark(…)` unresolved; a real property of a real element resolves it. */
function read() {
  const probe = document.createElement("i");
  probe.hidden = true;
  root.append(probe);
  const token = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const numbered = (name, count) => Array.from({ length: count }, (_, index) => token(`${name}-${index + 1}`));
  const result = {
    text: token("text"), muted: token("muted"), grid: token("grid"), surface: token("surface"), raised: token("raised"),
    border: token("border"), accent: token("accent"), canvas: token("canvas"),
    below: token("below"), above: token("above"),
    segments: numbered("segment", 8), categories: numbered("category", 6),
    other: token("category-other"), missing: token("category-missing"),
  };
  probe.remove();
  return result;
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
