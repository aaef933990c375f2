/**
 * `data-ready` on <html>: absent while figures are fetched or drawn, else the number of drawings completed so far.
 * Tests wait for it.
 */

const root = document.documentElement;
let completed = 0;
let slow = null;

/** Figures are about to change. A wait that the reader would notice is shown as busy. */
export function beginDrawing() {
  delete root.dataset.ready;
  slow ??= setTimeout(() => root.classList.add("busy"), 300);
}

/** Everything that was asked for is on the screen. */
export function endDrawing() {
  clearTimeout(slow);
  slow = null;
  root.classList.remove("busy");
  completed += 1;
  root.dataset.ready = String(completed);
}
