/** One figure, what it is compared with, and how it has gone over time. */

import { el } from "/web/dom.js";
import { MISSING } from "/web/format.js";
import { through } from "/web/periods.js";

const SVG = "http://www.w3.org/2000/svg";
/** Below this height what stands beside the figure would cover it (pixels). */
const TALL = 76;

/** @type {import("/web/types.js").ChartModule} */
export default {
  frame: "kpi",
  // A card without rows still says "–": one figure needs no explanation.
  isEmpty: () => false,

  mount(container, visual, context) {
    const { format } = context.measure(visual.measures[0]);
    const number = el("span", { class: "kpi-number" });
    const unit = el("span", { class: "kpi-unit" });
    const box = el("div", { class: "kpi-value" }, number, " ", unit);
    const compared = el("p", { class: "kpi-compared", dir: "auto" });
    const trend = el("div", { class: "kpi-trend" });
    container.append(box, compared, trend);
    let value = null;
    let data = null;

    /** In full where it fits, then smaller, then short. */
    const show = () => {
      container.classList.toggle("tall", container.clientHeight >= TALL);
      box.classList.remove("smaller");
      number.textContent = context.format.number(value, format);
      unit.textContent = number.textContent === MISSING ? "" : format.unit ?? "";
      box.title = context.format.full(value, format);
      if (box.scrollWidth > box.clientWidth) box.classList.add("smaller");
      if (box.scrollWidth > box.clientWidth) number.textContent = context.format.short(value, format);
      const line = data?.trend ? sparkline(data.trend, visual.options.each) : null;
      trend.replaceChildren(...(line ? [line, caption(data.trend)] : []));
    };

    /** The first and the last period: what the line goes from and to. */
    function caption(points) {
      const known = points.filter(([day]) => day !== null);
      const [first, last] = [known[0][0], known.at(-1)[0]].map((day) => context.format.period(day, visual.options.each));
      const words = first === last ? first : `${first} – ${last}`;
      return el("span", { class: "kpi-span", title: words }, words);
    }

    return {
      update(answer) {
        data = answer;
        value = data?.rows?.[0]?.[0] ?? null;
        const words = comparison(value, data?.compared, visual, context);
        compared.textContent = words;
        compared.title = words;
        compared.hidden = !words;
        trend.hidden = !(data?.trend?.some(([day]) => day !== null));
        container.classList.toggle("with-more", !compared.hidden || !trend.hidden);
        show();
      },
      resize: show,
      markPosition() {
        const place = number.getBoundingClientRect();
        return { x: place.x + place.width / 2, y: place.y + place.height / 2 };
      },
      dispose: () => container.replaceChildren(),
    };
  },
};

/** "12 % above the target of 80". Shares differ by points, other figures by a share of what they are compared with. */
function comparison(value, compared, visual, context) {
  if (!compared || typeof value !== "number" || typeof compared.value !== "number") return "";
  const own = context.measure(visual.measures[0]);
  const other = compared.with === "measure" ? context.measure(visual.options.against) : own;
  const figure = context.format.full(compared.value, other.format);
  const what = {
    measure: `${other.label.toLocaleLowerCase(context.format.locale)}, ${figure}`,
    target: `the target, ${figure}`,
    whole: `the whole, ${figure}`,
  }[compared.with];
  const gap = value - compared.value;
  if (gap === 0) return `As ${what}`;
  const isShare = own.format.style === "percent";
  if (!isShare && compared.value === 0) return `${gap < 0 ? "Below" : "Above"} ${what}`;
  const size = isShare
    ? `${context.format.number(Math.abs(gap) * 100, { style: "decimal", digits: 1 })} points`
    : context.format.share(Math.abs(gap / compared.value));
  return `${size} ${gap < 0 ? "below" : "above"} ${what}`;
}

/** The figure over time, gaps where there is none. @param {Array<[?string, ?number]>} points */
function sparkline(points, each) {
  const figures = new Map(points.filter(([day]) => day !== null));
  if (!figures.size) return null;
  const steps = through([...figures.keys()], each);
  const known = [...figures.values()].filter((value) => typeof value === "number");
  if (!known.length) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index) => (steps.length > 1 ? 2 + (index / (steps.length - 1)) * 96 : 50);
  const y = (value) => 28 - (high > low ? (value - low) / (high - low) : 0.5) * 24;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 32");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  let path = "";
  steps.forEach((step, index) => {
    const value = figures.get(step) ?? null;
    const isStart = index === 0 || (figures.get(steps[index - 1]) ?? null) === null;
    // A line of no length, with round ends, is a point.
    if (value !== null) path += `${isStart ? "M" : "L"}${x(index)} ${y(value)}${isStart ? `h0.01` : ""}`;
  });
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
