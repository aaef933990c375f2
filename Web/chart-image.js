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
  const above = INSET + LINE.title + (legend.length ? (row + 1) * LINE.legend + 4 : 0);
  const texts = [
    { text: labels.title, x: INSET, y: INSET + 12, font: FONTS.title, ink: "text" },
    ...legend.map((each) => ({
      text: each.text, x: each.x + 16, y: INSET + LINE.title + each.row * LINE.legend + 12, font: FONTS.legend, ink: "text",
    })),
    { text: labels.foot, x: INSET, y: above + chart.height + LINE.foot, font: FONTS.foot, ink: "muted" },
  ];
  const dots = legend.map((each) => ({ colour: each.colour, x: each.x, y: INSET + LINE.title + each.row * LINE.legend + 3 }));
  return { chart, width, height: above + chart.height + LINE.foot + INSET, above, texts, dots };
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
  for (const { colour, x, y } of dots) {
    pen.fillStyle = colour;
    pen.fillRect(x, y, 10, 10);
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
    ...dots.map(({ colour, x, y }) => tag("rect", { x, y, width: 10, height: 10, rx: 3, fill: colour })),
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
