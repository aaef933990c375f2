/** Handing a file to the reader: made here, kept by the browser, seen by nobody else. */

import { el } from "./dom.js";

/** Time for the browser to take the file before its address is gone (ms). */
const KEPT = 60_000;

/** @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
}

/** A name for a file from words in any language. @param {string} words @param {string} ending */
export function fileName(words, ending) {
  const plain = words.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80);
  return `${plain || "figures"}.${ending}`;
}
