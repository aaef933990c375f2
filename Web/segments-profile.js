/** What is in each segment: a paragraph, and every column over all rows, side by side or of one segment. */

import { moreButton } from "./data-parts.js";
import { el } from "./dom.js";
import { phrase } from "./phrase.js";
import { figure } from "./segments-words.js";

/** Rows of a table shown at first. */
const SHOWN = 12;
/** Colours that a theme has for segments. */
const COLOURS = 8;
/** Where an effect's bar ends, in standard deviations. */
const LONGEST = 2;
/** Cohen's "small": below it a cell is calm. */
const NOTABLE = 0.2;
const FORMING = "Used to form the groups: it differs between them by design";

/**
 * @param {?import("./types.js").SegmentProfile} profile @param {import("./format.js").Formats} format
 * @returns {HTMLElement}
 */
export function profileSection(profile, format) {
  const title = "What is in each segment";
  const section = (...content) => el(
    "section",
    { class: "panel profile-panel", "aria-label": title },
    el("h2", {}, title),
    ...content.filter(Boolean),
  );
  if (!profile) {
    return section(el("p", { class: "quiet-lines" }, "This run kept no profile of the segments. The next one will."));
  }
  const rows = profile.columns.flatMap((column) => profileRows(column, profile.segments.length));
  const place = el("div", { class: "profile-view" });
  const views = [
    { name: "Side by side", make: () => sideBySide(profile, rows, format) },
    ...profile.segments.map((segment, index) => ({
      name: segment.name, colour: colour(segment), isHidden: segment.is_hidden,
      make: () => oneSegment(profile, rows, index, format),
    })),
  ];
  return section(
    el(
      "p",
      { class: "lead" },
      `Computed on ${format.count(profile.rows)} of ${format.count(profile.rows_total)} rows, in the data's own units.`,
    ),
    switcher(views.filter(({ isHidden }) => !isHidden), place),
    place,
    remarks(profile, format),
  );
}

/** Buttons of which one is pressed; what it names stands in `place`. */
function switcher(views, place) {
  const buttons = views.map(({ name, colour: own, make }) => {
    const mark = own ? el("span", { class: "dot", "aria-hidden": "true" }) : null;
    if (mark) mark.style.backgroundColor = own;
    return el("button", {
      type: "button", class: "profile-choice", "aria-pressed": "false",
      on: {
        click: (event) => {
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
          place.replaceChildren(...make());
        },
      },
    }, mark, el("span", { dir: "auto" }, name));
  });
  buttons[0].setAttribute("aria-pressed", "true");
  place.replaceChildren(...views[0].make());
  return el("div", { class: "profile-choices", role: "group", "aria-label": "Which segments" }, ...buttons);
}

function remarks(profile, format) {
  const lines = [
    ...profile.omitted.map(({ label, reason }) => `${label} is not compared: ${reason}.`),
    profile.columns_hidden ? `${format.count(profile.columns_hidden)} more that name customers or no reader gets.` : null,
    profile.suppressed ? "Segments with too few customers to be told of are left blank." : null,
    "Lift is the mean, or the share, over that of all customers. Effect is the distance to all others in standard "
      + "deviations: 0.2 is small, 0.5 medium, 0.8 large (Cohen's d). Effects describe; they are no tests.",
  ];
  return el("ul", { class: "quiet-lines profile-remarks" }, ...lines.filter(Boolean).map((line) => el("li", { dir: "auto" }, line)));
}

const colour = ({ colour: number, is_outliers: isOutliers }) =>
  (isOutliers || number > COLOURS ? "var(--category-other)" : `var(--segment-${number})`);

/**
 * A column's rows of the tables: one for a number, one for each level of a category.
 * @param {import("./types.js").ProfileColumn} column
 */
function profileRows(column, count) {
  const none = Array(count).fill(null);
  if (column.kind !== "category") {
    return [{ column, level: null, all: column.all, cells: column.segments.length ? column.segments : none }];
  }
  return column.levels.map(({ level, share, segments }) => ({
    column, level, all: { mean: share },
    cells: segments.map((cell) => cell && { mean: cell.share, lift: cell.lift, effect: cell.effect }),
  }));
}

function written({ column, level, all }, value, format) {
  if (value === null || value === undefined) return "–";
  if (level !== null) return format.share(value);
  if (column.kind === "date") return format.date(`${value}T00:00:00Z`, { timeZone: "UTC" });
  // All figures of a column are written alike: by the digits that its mean asks for.
  const own = column.format;
  const isOwn = own && own.style !== "integer" && (own.style !== "decimal" || own.digits !== null);
  const size = Math.abs(all?.mean ?? value);
  return isOwn
    ? figure(value, own, format)
    : format.full(value, { style: "decimal", digits: size >= 100 ? 0 : size >= 1 ? 1 : 2, unit: own?.unit ?? null });
}

const two = (value, format) => (value === null || value === undefined
  ? "–" : format.number(value, { style: "decimal", digits: 2 }));
const ratio = (value, format) => (value === null || value === undefined ? "–" : `${two(value, format)}×`);

function rowHead({ column, level }) {
  return el(
    "th",
    { scope: "row", dir: "auto", title: column.name },
    level === null ? column.label : `${column.label}: `,
    level === null ? null : el("bdi", { class: "profile-level" }, level),
    " ",
    column.is_forming ? el("span", { class: "k-mark forming-mark", title: FORMING }, "used to form the groups") : null,
  );
}

/** The largest effect of a row in any segment. */
const widest = ({ cells }) => Math.max(0, ...cells.map((cell) => Math.abs(cell?.effect ?? 0)));

function sideBySide(profile, rows, format) {
  const shown = profile.segments.map((segment, index) => ({ segment, index })).filter(({ segment }) => !segment.is_hidden);
  const columns = [
    { label: "Column", sort: ({ column, level }) => `${column.label} ${level ?? ""}`, cell: rowHead },
    {
      label: "All customers", isNumber: true, sort: (row) => row.all?.mean ?? null,
      cell: (row) => el("td", { class: "number" }, written(row, row.all?.mean, format)),
    },
    ...shown.map(({ segment, index }) => ({
      label: segment.name, colour: colour(segment), isNumber: true, sort: (row) => row.cells[index]?.effect ?? null,
      cell: (row) => compactCell(row, row.cells[index], format),
    })),
  ];
  return [
    el("ul", { class: "profile-stories" }, ...profile.segments.map((segment) => storyItem(segment, format))),
    sortedTable(rows, columns, "Every column in every segment", { by: widest, words: "how far the segments lie apart" }),
  ];
}

function storyItem(segment, format) {
  const item = el(
    "li",
    {},
    el("h3", { dir: "auto" }, segment.name),
    el("p", { dir: "auto" }, ...phrase(segment.story, format)),
  );
  item.style.setProperty("--group-colour", colour(segment));
  return item;
}

/** A mean or a share, tinted by how far it is from all others. */
function compactCell(row, cell, format) {
  if (!cell) return el("td", { class: "number untold" }, "–");
  const size = Math.abs(cell.effect ?? 0);
  const content = el(
    "td",
    { class: size >= NOTABLE ? "number tinted" : "number" },
    written(row, cell.mean, format),
    el("div", { class: "detail" }, `${ratio(cell.lift, format)} · ${signed(cell.effect, format)}`),
  );
  if (size >= NOTABLE) {
    content.style.setProperty("--tint", `${Math.round(8 + 22 * Math.min(1, size / LONGEST))}%`);
    content.classList.add(cell.effect > 0 ? "above" : "below");
  }
  return content;
}

/** Beyond ten standard deviations hardly anything varies within the groups. */
function signed(value, format) {
  if (Math.abs(value) > 10) return value > 0 ? "> +10" : "< −10";
  return value > 0 ? `+${two(value, format)}` : two(value, format).replace("-", "−");
}

function oneSegment(profile, rows, index, format) {
  const segment = profile.segments[index];
  const own = rows.map((row) => ({ ...row, cell: row.cells[index] }));
  const number = (label, title, value, write) => ({
    label, title, isNumber: true, sort: ({ cell }) => (cell ? value(cell) : null),
    cell: (row) => el("td", { class: "number" }, row.cell ? write(row, value(row.cell)) : "–"),
  });
  const columns = [
    { label: "Column", sort: ({ column, level }) => `${column.label} ${level ?? ""}`, cell: rowHead },
    number("Here", "The mean; of a level its share", (cell) => cell.mean, (row, value) => written(row, value, format)),
    {
      label: "All customers", isNumber: true, sort: (row) => row.all?.mean ?? null,
      cell: (row) => el("td", { class: "number" }, written(row, row.all?.mean, format)),
    },
    number("Lift", "Over that of all customers", (cell) => cell.lift ?? null, (_, value) => ratio(value, format)),
    {
      label: "Effect", title: "Distance to all others in standard deviations", isNumber: true,
      sort: ({ cell }) => cell?.effect ?? null, cell: ({ cell }) => effectCell(cell, format),
    },
    number("Median", "Half of the customers have less", (cell) => cell.median ?? null, (row, value) => written(row, value, format)),
    {
      label: "Quartiles", title: "A quarter has less than the first, a quarter more than the second", isNumber: true,
      sort: ({ cell }) => cell?.upper_quartile ?? null,
      cell: (row) => el("td", { class: "number" }, row.cell?.lower_quartile === undefined || row.cell?.lower_quartile === null
        ? "–" : `${written(row, row.cell.lower_quartile, format)} – ${written(row, row.cell.upper_quartile, format)}`),
    },
  ];
  return [
    el("ul", { class: "profile-stories" }, storyItem(segment, format)),
    sortedTable(own, columns, `Every column in ${segment.name}`, {
      by: ({ cell }) => Math.abs(cell?.effect ?? 0), words: "how far this segment is from all others",
    }),
  ];
}

/** An effect as a bar to the left or right of the middle, and as a number. */
function effectCell(cell, format) {
  if (cell?.effect === null || cell?.effect === undefined) return el("td", { class: "number" }, "–");
  const bar = el("span", { class: cell.effect < 0 ? "effect-bar below" : "effect-bar above" });
  bar.style.width = `${50 * Math.min(1, Math.abs(cell.effect) / LONGEST)}%`;
  return el(
    "td",
    { class: "number" },
    el("span", { class: "effect-track", "aria-hidden": "true" }, bar),
    signed(cell.effect, format),
  );
}

/** A table whose heads sort it; only the first rows at first. */
function sortedTable(rows, columns, caption, { by, words }) {
  const body = el("tbody");
  let isOpen = false;
  let order = rows.map((row, index) => [by(row), index]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, index]) => rows[index]);
  const show = () => body.replaceChildren(...(isOpen ? order : order.slice(0, SHOWN))
    .map((row) => el("tr", {}, ...columns.map(({ cell }) => cell(row)))));
  const note = el("p", { class: "quiet-lines sort-note", "aria-live": "polite" }, `Sorted by ${words}.`);
  const heads = columns.map(({ label, title, isNumber, colour: own, sort }) => {
    const mark = own ? el("span", { class: "dot", "aria-hidden": "true" }) : null;
    if (mark) mark.style.backgroundColor = own;
    const head = el("th", { scope: "col", class: isNumber ? "number" : null, title, "aria-sort": "none" });
    head.append(el("button", {
      type: "button", class: "sort-button",
      on: {
        click: () => {
          const isDown = head.getAttribute("aria-sort") === "none" ? isNumber : head.getAttribute("aria-sort") === "ascending";
          for (const other of heads) other.setAttribute("aria-sort", "none");
          head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
          order = sorted(rows, sort, isDown);
          note.textContent = `Sorted by ${label}, ${isDown ? "highest first" : "lowest first"}.`;
          show();
        },
      },
    }, mark, el("span", { dir: "auto" }, label)));
    return head;
  });
  show();
  const more = rows.length > SHOWN
    ? moreButton(`All ${rows.length} rows`, "Fewer rows", (open) => {
      isOpen = open;
      show();
    })
    : null;
  return el(
    "div",
    { class: "profile-table" },
    el(
      "div",
      { class: "panel-table", tabindex: "0", role: "region", "aria-label": caption },
      el("table", {}, el("caption", { class: "visually-hidden" }, caption), el("thead", {}, el("tr", {}, ...heads)), body),
    ),
    el("div", { class: "profile-foot" }, more, note),
  );
}

/** Rows without a value stay last. */
function sorted(rows, key, isDown) {
  const keyed = rows.map((row, index) => ({ row, index, value: key(row) }));
  return keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.index - b.index;
    const order = typeof a.value === "string" ? a.value.localeCompare(b.value) : a.value - b.value;
    return (isDown ? -order : order) || a.index - b.index;
  }).map(({ row }) => row);
}
