/** The pencil beside a group's name, and the field that it opens. */

import { el, icon } from "./dom.js";

/** As long as the server allows. */
const LONGEST = 60;

/**
 * @param {HTMLElement} head what the field takes the place of while it is open
 * @param {{segmentation: string, segment: number, name: string}} group
 * @param {?((group: Object, name: string) => Promise<void>)} rename null for readers who may not
 * @returns {?HTMLElement} the pencil
 */
export function nameEditor(head, group, rename) {
  if (!rename) return null;
  const pencil = el("button", {
    type: "button",
    class: "icon-button small rename",
    title: "Rename this group",
    "aria-label": `Rename ${group.name}`,
    on: { click: () => open(head, pencil, group, rename) },
  }, icon("pencil"));
  return pencil;
}

function open(head, pencil, group, rename) {
  const field = el("input", {
    type: "text",
    maxlength: String(LONGEST),
    required: true,
    autocomplete: "off",
    spellcheck: "false",
    dir: "auto",
    "aria-label": `New name of ${group.name}`,
  });
  field.value = group.name;
  const problem = el("p", { class: "rename-problem", role: "alert" });
  const save = el("button", { type: "submit", class: "button primary" }, "Save");
  const cancel = el("button", { type: "button", class: "button", on: { click: () => close() } }, "Cancel");
  const form = el("form", { class: "rename-form" }, field, el("div", { class: "rename-buttons" }, save, cancel), problem);

  function close() {
    form.replaceWith(head);
    pencil.hidden = false;
    pencil.focus();
  }

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (name === group.name) return close();
    save.disabled = true;
    problem.textContent = "";
    try {
      await rename(group, name);
    } catch (error) {
      problem.textContent = [error.title ?? error.message, error.detail].filter(Boolean).join(". ");
      field.setAttribute("aria-invalid", "true");
      save.disabled = false;
      field.focus();
      return;
    }
    // The name is in the project; the page has it with the next run.
    form.replaceWith(head, el("p", { class: "rename-saved", role: "status" }, el("bdi", {}, name), " is saved; a run is under way"));
    pencil.remove();
  });
  head.replaceWith(form);
  pencil.hidden = true;
  field.focus();
  field.select();
}
