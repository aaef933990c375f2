/** A chart as an image, with its title, its legend and where its figures come from. */

import { EChart } from "./echarts-kit.js";

/* global echarts */
const INSET = 16;
const LINE = { title: 24, legend: 20, foot: 20 };
const FAMILY = "Inter, system-ui, sans-serif";
const FONTS = { title: `600 14px ${FAMILY}`, legend: `400 12px ${FAMILY}`, foot: `400 11px ${FAMILY}` };

/** Whether there is a chart to take an image of. @param {?HTMLElement} holder */
export const hasImage = (holder) => Boolean(holder && EChart.within(holder));

/** Where everything stands. @param {HTMLElement} holder @param {{title: string, foot: string}} labels */
function layout(holder, labels) {
  const chart = EChart.within(holder);
  const width = chart.width + 2 * INSET;
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = FONTS.legend;
  let [x, row] = [INSET, 0];
  const legend = [...holder.querySelectorAll(".legend-entry")].map((entry) => {
    const text = entry.textContent;
    const room = measure.measureText(text).width + 34;
    if (x > INSET && x + room > width) [x, row] = [INSET, row + 1];
    const place = { text, colour: getComputedStyle(entry.firstChild).backgroundColor, x, row };
    x += room;
    return place;
  });
  const rows = legend.length ? row + 1 : 0;
  const key = keyParts(holder, measure, width, INSET + LINE.title + rows * LINE.legend);
  const lines = rows + key.rows;
  const above = INSET + LINE.title + (lines ? lines * LINE.legend + 4 : 0);
  // What stands in words below the marks.
  const remark = holder.querySelector(".chart-remark:not([hidden])")?.textContent ?? null;
  const below = above + chart.height + (remark ? LINE.foot : 0);
  const texts = [
    { text: labels.title, x: INSET, y: INSET + 12, font: FONTS.title, ink: "text" },
    ...legend.map((each) => ({
      text: each.text, x: each.x + 16, y: INSET + LINE.title + each.row * LINE.legend + 12, font: FONTS.legend, ink: "text",
    })),
    ...key.texts,
    ...(remark ? [{ text: remark, x: INSET, y: below, font: FONTS.legend, ink: "text" }] : []),
    { text: labels.foot, x: INSET, y: below + LINE.foot, font: FONTS.foot, ink: "muted" },
  ];
  const dots = [
    ...legend.map((each) => ({
      colour: each.colour, x: each.x, y: INSET + LINE.title + each.row * LINE.legend + 3, width: 10, height: 10, radius: 3,
    })),
    ...key.dots,
  ];
  return { chart, width, height: below + LINE.foot + INSET, above, texts, dots };
}

/**
 * A scale's words and samples, as they stand beside the chart, group by group.
 * @param {HTMLElement} holder @param {CanvasRenderingContext2D} measure @param {number} width @param {number} top
 */
function keyParts(holder, measure, width, top) {
  const shown = { texts: [], dots: [], rows: 0 };
  const key = holder.querySelector(".scale-key");
  if (!key?.childElementCount) return shown;
  const groups = key.querySelector(".key-group") ? [...key.children] : [key];
  let [x, row] = [INSET, 0];
  for (const group of groups) {
    const parts = [...group.children].map((part) => {
      const isText = part.tagName === "SPAN";
      const size = part.getBoundingClientRect();
      return { part, isText, width: isText ? measure.measureText(part.textContent).width : size.width, height: size.height };
    });
    const room = parts.reduce((sum, part) => sum + part.width + 4, 0);
    if (x > INSET && x + room > width - INSET) [x, row] = [INSET, row + 1];
    // A line is no higher than words: a large bubble's sample is as wide, and cut as it is on the page.
    for (const { part, isText, width: wide, height } of parts) {
      const middle = top + row * LINE.legend + LINE.legend / 2 - 2;
      if (isText) {
        shown.texts.push({ text: part.textContent, x, y: middle + 4, font: FONTS.legend, ink: "muted" });
      } else {
        const look = getComputedStyle(part);
        const tall = Math.min(height, LINE.legend - 2);
        shown.dots.push({
          colour: look.backgroundColor, edge: look.borderTopWidth === "0px" ? null : look.borderTopColor,
          x, y: middle - tall / 2, width: wide, height: tall, radius: look.borderRadius === "50%" ? tall / 2 : 2,
        });
      }
      x += wide + 4;
    }
    x += 12;
  }
  return { ...shown, rows: row + 1 };
}

/**
 * All layers of the chart, one over the other: large scatters draw on several canvases, of which ECharts' own
 * `getDataURL` would only give what it can draw again at once.
 * @returns {Promise<Blob>}
 */
export async function pngImage(holder, theme, labels) {
  const { chart, width, height, above, texts, dots } = layout(holder, labels);
  const scale = Math.max(2, devicePixelRatio);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.fillStyle = theme.surface;
  pen.fillRect(0, 0, width, height);
  for (const { colour, edge, x, y, width: wide, height: tall, radius } of dots) {
    pen.beginPath();
    pen.roundRect(x, y, wide, tall, radius);
    pen.fillStyle = colour;
    pen.fill();
    if (!edge) continue;
    pen.strokeStyle = edge;
    pen.stroke();
  }
  for (const { text, x, y, font, ink } of texts) {
    pen.font = font;
    pen.fillStyle = theme[ink];
    pen.fillText(text, x, y, width - x - INSET);
  }
  for (const layer of chart.container.querySelectorAll("canvas")) {
    pen.drawImage(layer, INSET, above, chart.width, chart.height);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser made no image"))), "image/png");
  });
}

/**
 * The last drawing once more, by ECharts' own SVG renderer. It is put together as text: to parse it here would apply its
 * style attributes, which the content security policy refuses.
 * @returns {Blob}
 */
export function svgImage(holder, theme, labels) {
  const { chart, width, height, above, texts, dots } = layout(holder, labels);
  const twin = echarts.init(null, null, { renderer: "svg", ssr: true, width: chart.width, height: chart.height });
  let drawing;
  try {
    twin.setOption({ ...chart.option, animation: false, tooltip: { show: false } });
    drawing = twin.renderToSVGString();
  } finally {
    twin.dispose();
  }
  const parts = [
    tag("rect", { width, height, fill: theme.surface }),
    ...dots.map(({ colour, edge, x, y, width: wide, height: tall, radius }) => tag(
      "rect",
      { x, y, width: wide, height: tall, rx: radius, fill: colour, ...(edge ? { stroke: edge } : {}) },
    )),
    ...texts.map(({ text, x, y, font, ink }) => {
      const [weight, size] = font.split(" ");
      const look = { "font-family": FAMILY, "font-size": size, "font-weight": weight };
      return tag("text", { x, y, fill: theme[ink], ...look }, escaped(text));
    }),
    tag("g", { transform: `translate(${INSET} ${above})` }, withoutControls(drawing)),
  ];
  const frame = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` };
  return new Blob([tag("svg", frame, parts.join(""))], { type: "image/svg+xml" });
}

/** @param {string} content SVG, or text that is escaped already */
function tag(name, attributes, content = "") {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${pairs.join("")}>${content}</${name}>`;
}

const escaped = (text) => withoutControls(text)
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** XML holds no control characters, not even escaped ones. */
const withoutControls = (text) => text.replace(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, "");
