/** Dragging cards to another place, and their corner to another size, on the grid. */

const COLUMNS = 12;
const MOST_ROWS = 12;

/**
 * @param {HTMLElement} grip @param {import("./page-editor.js").PageEditor} editor @param {number} index of its visual
 */
export function dragCard(grip, editor, index) {
  let target = null;
  const clear = () => document.querySelector(".card.drop-before, .card.drop-after")?.classList.remove("drop-before", "drop-after");
  follow(grip, {
    begin: () => grip.closest(".card").classList.add("dragged"),
    move: (event) => {
      clear();
      target = null;
      const over = document.elementsFromPoint(event.clientX, event.clientY)
        .map((element) => element.closest?.(".grid .card")).find((card) => card && card !== grip.closest(".card"));
      const place = over && editor.view.page.visuals.findIndex(({ id }) => id === over.dataset.visual);
      if (!over || place < 0) return;
      const box = over.getBoundingClientRect();
      const isAfter = event.clientX > box.left + box.width / 2;
      over.classList.add(isAfter ? "drop-after" : "drop-before");
      target = place + (isAfter ? 1 : 0) - (place > index ? 1 : 0);
    },
    end: (isDone) => {
      clear();
      grip.closest(".card")?.classList.remove("dragged");
      if (isDone && target !== null && target !== index) editor.act([{ action: "move", list: "visuals", index, to: target }]);
    },
  });
}

/**
 * @param {HTMLElement} corner @param {import("./types.js").Visual} visual
 * @param {(width: number, height: number) => void} resize
 */
export function dragCorner(corner, visual, resize) {
  let start = null;
  let size = null;
  follow(corner, {
    begin: (event) => {
      const card = corner.closest(".card");
      const grid = card.closest(".grid").getBoundingClientRect();
      const gap = Number.parseFloat(getComputedStyle(card.closest(".grid")).columnGap) || 0;
      const row = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || 84;
      start = { x: event.clientX, y: event.clientY, column: (grid.width + gap) / COLUMNS, row: row + gap };
      size = { width: visual.width, height: visual.height };
    },
    move: (event) => {
      const steps = (from, to, unit, old, most) => Math.min(most, Math.max(1, old + Math.round((to - from) / unit)));
      size = {
        width: steps(start.x, event.clientX, start.column, visual.width, COLUMNS),
        height: steps(start.y, event.clientY, start.row, visual.height, MOST_ROWS),
      };
      const { style } = corner.closest(".card");
      style.gridColumnEnd = `span ${size.width}`;
      style.gridRowEnd = `span ${size.height}`;
    },
    end: (isDone) => {
      const { style } = corner.closest(".card");
      const isChanged = size.width !== visual.width || size.height !== visual.height;
      if (isDone && isChanged) return resize(size.width, size.height);
      style.gridColumnEnd = `span ${visual.width}`;
      style.gridRowEnd = `span ${visual.height}`;
    },
  });
}

/** Follows the pointer from a press on an element until it is let go; Escape takes it back. */
function follow(element, { begin, move, end }) {
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.setPointerCapture(event.pointerId);
    begin(event);
    const moved = (next) => move(next);
    const finish = (isDone) => {
      element.removeEventListener("pointermove", moved);
      removeEventListener("keydown", escaped);
      element.onpointerup = null;
      element.onpointercancel = null;
      end(isDone);
    };
    const escaped = (next) => {
      if (next.key === "Escape") finish(false);
    };
    element.addEventListener("pointermove", moved);
    addEventListener("keydown", escaped);
    element.onpointerup = () => finish(true);
    element.onpointercancel = () => finish(false);
  });
}
