/** The small bars of an edited page: of each card, and of its slicers. */

import { attachPopover, el, icon } from "./dom.js";
import { dragCard, dragCorner } from "./edit-drag.js";
import { editItem } from "./edit-panel.js";

const COLUMNS = 12;
const MOST_ROWS = 12;

/**
 * @param {import("./page-editor.js").PageEditor} editor @param {import("./types.js").Visual} visual
 * @param {number} index @param {number} count
 * @returns {HTMLElement[]}
 */
export function cardBar(editor, visual, index, count) {
  const at = (place, name) => `[data-edit-visual="${place}"] [data-edit=${name}]`;
  const move = (to, name) => editor.act([{ action: "move", list: "visuals", index, to }], {
    focus: at(to, name),
    words: `${visual.title}: place ${to + 1} of ${count}`,
  });
  const size = sizeButton(editor, visual, index, at(index, "size"));
  const bar = el(
    "div",
    { class: "edit-bar", role: "group", "aria-label": `Edit ${visual.title}`, "data-edit-visual": index },
    tool("earlier", "earlier", `Move ${visual.title} earlier`, () => move(index - 1, "earlier"), index === 0),
    tool("later", "later", `Move ${visual.title} later`, () => move(index + 1, "later"), index === count - 1),
    ...size,
    tool("configure", "sliders", `Configure ${visual.title}`, () => editItem(editor, "visuals", index, editor.text.visuals[index])),
    tool("remove", "bin", `Remove ${visual.title}`, () => editor.act([{ action: "remove", list: "visuals", index }], {
      focus: "[data-edit=undo]",
      words: `${visual.title} is removed; Undo brings it back`,
    })),
  );
  const grip = el("span", { class: "edit-grip", title: "Drag to another place", "aria-hidden": "true" }, icon("grip"));
  bar.prepend(grip);
  const corner = el("span", { class: "edit-corner", title: "Drag to another size", "aria-hidden": "true" });
  dragCard(grip, editor, index);
  dragCorner(corner, visual, (width, height) => resize(editor, visual, index, width, height, null));
  return [bar, corner];
}

function tool(name, sign, words, act, disabled = false) {
  return el(
    "button",
    { type: "button", class: "icon-button small", "data-edit": name, title: words, "aria-label": words, disabled, on: { click: act } },
    icon(sign),
  );
}

function resize(editor, visual, index, width, height, focus) {
  const values = {};
  if (width !== visual.width) values.width = width;
  if (height !== visual.height) values.height = height;
  if (!Object.keys(values).length) return null;
  return editor.act([{ action: "set", list: "visuals", index, values }], {
    focus,
    words: `${visual.title}: ${width} of ${COLUMNS} columns wide, ${height} ${height === 1 ? "row" : "rows"} high`,
  });
}

/** The size in words, and the steps that change it. */
function sizeButton(editor, visual, index, focus) {
  const words = `Size of ${visual.title}: ${visual.width} of ${COLUMNS} columns, ${visual.height} rows`;
  const button = el(
    "button",
    { type: "button", class: "icon-button small edit-size", "data-edit": "size", title: words, "aria-label": words },
    `${visual.width}\u00d7${visual.height}`,
  );
  const wanted = { width: visual.width, height: visual.height };
  const panel = el("div", { class: "edit-sizes" });
  const row = (name, label, most) => {
    const figure = el("output", {}, String(wanted[name]));
    const step = (by, sign, verb) => el("button", {
      type: "button",
      class: "icon-button",
      "aria-label": `${verb} ${visual.title}`,
      on: {
        click: () => {
          wanted[name] = Math.min(most, Math.max(1, wanted[name] + by));
          figure.textContent = String(wanted[name]);
        },
      },
    }, sign);
    const verbs = name === "width" ? ["Narrow", "Widen"] : ["Shorten", "Heighten"];
    return el("div", { class: "edit-stepper" }, el("span", {}, label), step(-1, "\u2212", verbs[0]), figure, step(1, "+", verbs[1]));
  };
  const apply = el("button", {
    type: "button",
    class: "button primary",
    on: {
      click: () => {
        panel.hidePopover();
        resize(editor, visual, index, wanted.width, wanted.height, focus);
      },
    },
  }, "Apply");
  panel.append(row("width", "Width, of 12", COLUMNS), row("height", "Height, in rows", MOST_ROWS), apply);
  attachPopover(button, panel);
  return [button, panel];
}

/**
 * @param {import("./page-editor.js").PageEditor} editor @param {import("./types.js").PageItem[]} slicers
 * @returns {HTMLElement}
 */
export function slicerBar(editor, slicers) {
  const shown = editor.view.page.slicers;
  const entry = (slicer, index) => {
    const label = shown[index]?.label ?? slicer.values?.dimension ?? slicer.kind;
    const move = (to, name) => editor.act([{ action: "move", list: "slicers", index, to }], {
      focus: `[data-edit-slicer="${to}"] [data-edit=${name}]`,
      words: `${label}: place ${to + 1} of ${slicers.length}`,
    });
    return el(
      "div",
      { class: "edit-slicer", role: "group", "aria-label": `Edit the slicer ${label}`, "data-edit-slicer": index },
      el("span", { dir: "auto" }, label),
      tool("earlier", "earlier", `Move ${label} earlier`, () => move(index - 1, "earlier"), index === 0),
      tool("later", "later", `Move ${label} later`, () => move(index + 1, "later"), index === slicers.length - 1),
      tool("configure", "sliders", `Configure ${label}`, () => editItem(editor, "slicers", index, slicer)),
      tool("remove", "bin", `Remove ${label}`, () => editor.act([{ action: "remove", list: "slicers", index }], {
        focus: "[data-edit=undo]",
        words: `${label} is removed; Undo brings it back`,
      })),
    );
  };
  return el("div", { class: "edit-slicers" }, ...slicers.map(entry));
}
