/** Making elements. Text only ever goes in as text: nothing here, or anywhere else, parses HTML. */

/**
 * @param {string} tag
 * @param {Object<string, *>} [attributes] `on` holds listeners; null, undefined and false are left out
 * @param {...(Node|string|null|undefined)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  save: "M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.2h10",
  table: "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6",
  about: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.4v3.4M8 5.1v.1",
  close: "M4 4l8 8M12 4l-8 8",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  enlarge: "M9.5 2.5h4v4M13.5 2.5L9.3 6.7M6.5 13.5h-4v-4M2.5 13.5l4.2-4.2",
  shrink: "M13.5 6.5h-4v-4M9.5 6.5l4.2-4.2M2.5 9.5h4v4M6.5 9.5l-4.2 4.2",
  people: "M6 8a2.4 2.4 0 1 0 0-4.8A2.4 2.4 0 0 0 6 8zM1.8 13c.3-2 2-3.2 4.2-3.2s3.9 1.2 4.2 3.2M10.6 7.8a2.1 2.1 0 0 0 0-4.2M12 10.2c1.3.4 2.1 1.4 2.3 2.8",
  chevron: "M4 6.5l4 4 4-4",
  pencil: "M3 13l.6-2.7 7-7a1.2 1.2 0 0 1 1.7 0l.4.4a1.2 1.2 0 0 1 0 1.7l-7 7zM9.5 4.5l2 2",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  sliders: "M2.5 5h6.5M12 5h1.5M2.5 11h1.5M7 11h6.5M10.5 6.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5.5 12.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
  earlier: "M9.5 4L5.5 8l4 4",
  later: "M6.5 4l4 4-4 4",
  bin: "M3 4.5h10M6.5 4V2.8h3V4M4.3 4.5l.5 8.7h6.4l.5-8.7M6.8 7v3.7M9.2 7v3.7",
  grip: "M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1",
  frame: "M2.5 4.5v-2h2M11.5 2.5h2v2M13.5 11.5v2h-2M4.5 13.5h-2v-2M7 2.5h2M7 13.5h2M2.5 7v2M13.5 7v2",
  undo: "M5.5 3.5L3 6l2.5 2.5M3 6h6a3.5 3.5 0 0 1 0 7H6",
  redo: "M10.5 3.5L13 6l-2.5 2.5M13 6H7a3.5 3.5 0 0 0 0 7h3",
  plus: "M8 3v10M3 8h10",
  box: "M2.5 5V2.5H5M7 2.5h2M11 2.5h2.5V5M13.5 7v2M13.5 11v2.5H11M9 13.5H7M5 13.5H2.5V11M2.5 9V7",
  auto: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M8 5h4.5M8 8h6M8 11h4.5",
  light:
    "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z" +
    "M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  "verdict-holds": "M3 8.6l3.2 3.2L13 4.8",
  "verdict-tie": "M2.5 6.2c1.8-1.6 3.7-1.6 5.5 0s3.7 1.6 5.5 0M2.5 10.6c1.8-1.6 3.7-1.6 5.5 0s3.7 1.6 5.5 0",
  "verdict-does_not_hold": "M4 4l8 8M12 4l-8 8",
  "verdict-no_difference": "M3 6h10M3 10.5h10",
  "verdict-not_told": "M3 8h10",
  dark: "M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A small square in a value's colour. @param {?string} colour */
export function dot(colour) {
  const element = el("span", { class: "dot", "aria-hidden": "true" });
  if (colour) element.style.backgroundColor = colour;
  return element;
}

/**
 * Opens or closes a popover right under a button, inside the window.
 * @param {HTMLElement} button @param {HTMLElement} panel with the `popover` attribute
 */
export function attachPopover(button, panel, { onOpen = () => {} } = {}) {
  panel.popover = "auto";
  panel.classList.add("floating");
  button.setAttribute("aria-expanded", "false");
  button.popoverTargetElement = panel;
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") onOpen();
  });
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const anchor = button.getBoundingClientRect();
    const size = panel.getBoundingClientRect();
    const left = Math.min(anchor.left, innerWidth - size.width - 12);
    const below = anchor.bottom + 4;
    const top = below + size.height > innerHeight - 12 ? Math.max(12, anchor.top - size.height - 4) : below;
    panel.style.left = `${Math.max(12, left)}px`;
    panel.style.top = `${top}px`;
    panel.querySelector("input, button")?.focus();
  });
}

/** Whether a saved report holds what would be loaded from this address. @param {string} address */
const isInlined = (address) => document.querySelector(`[data-address="${CSS.escape(address)}"]`) !== null;

/** Adds a library's style sheet once, before our own, which change its look. @param {string} address */
export function loadStyle(address) {
  if (isInlined(address) || document.querySelector(`link[href="${CSS.escape(address)}"]`)) return;
  document.querySelector('link[rel="stylesheet"]').before(el("link", { rel: "stylesheet", href: address }));
}

/** Loads a classic script once (Tabulator: only pages with a table need it). @type {Map<string, Promise<void>>} */
const scripts = new Map();
export function loadScript(address) {
  if (isInlined(address)) return Promise.resolve();
  if (!scripts.has(address)) {
    scripts.set(address, new Promise((resolve, reject) => {
      const script = el("script", { src: address });
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => {
        scripts.delete(address);
        reject(new Error(`${address} could not be loaded`));
      });
      document.head.append(script);
    }));
  }
  return scripts.get(address);
}
