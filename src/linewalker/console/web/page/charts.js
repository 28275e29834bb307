// Individuals and moving ranges, drawn with uPlot.

import uPlot from "/vendor/uplot.js";
import { h } from "/page/dom.js";
import { number, when, word } from "/page/words.js";

const WHOLE = [1, 2, 5].flatMap((one) => [1, 10, 100, 1000, 10000].map((by) => one * by)).sort((a, b) => a - b);
const FONT = "12px system-ui, sans-serif";

export function controlCharts(box, found, onpoint) {
  const at = found.points.map((_, i) => i + 1 + found.skipped), values = found.points.map((point) => point[4]);
  const ranges = values.map((value, i) => (i ? Math.abs(value - values[i - 1]) : null));
  const broken = new Set(Object.values(found.chart.broken).flat());
  const tip = h("p", { class: "note", role: "status" }, " ");
  const drawn = [];
  const make = () => {
    const paint = colours();
    const wide = box.clientWidth - 32;
    drawn.splice(0).forEach((one) => one.destroy());
    box.replaceChildren();
    const limits = [[found.chart.mean, paint.accent, []], ...found.chart.limits.map((limit) => [limit, paint.nok, [5, 4]]), ...(found.limits ?? []).map((limit) => [limit, paint.dim, [2, 3]])];
    const told = (i) => {
      const point = found.points[i];
      if (point) tip.textContent = `${point[3]} · ${when(new Date(1000 * point[0]).toISOString())} · ${number(point[4], 3)} ± ${number(point[5], 3)} ${found.unit}${broken.has(i) ? ` · ${rulesAt(found, i)}` : ""}`;
    };
    box.append(h("h2", {}, word("individuals")));
    drawn.push(new uPlot(options(wide, 250, paint, limits, (i) => dot(found, i, broken, paint), told, (i) => onpoint(found.points[i])), [at, values], box));
    box.append(h("h2", {}, word("movingRange")));
    drawn.push(new uPlot(options(wide, 130, paint, [[found.chart.mean_range, paint.accent, []], [found.chart.range_limit, paint.nok, [5, 4]]], () => paint.ink, told, (i) => onpoint(found.points[i])), [at, ranges], box));
    box.append(tip);
  };
  make();
  const sized = new ResizeObserver(() => { if (Math.abs(box.clientWidth - 32 - drawn[0].width) > 4) make(); });
  sized.observe(box);
  return { redraw: make, save: (name) => save(drawn, name), close: () => { sized.disconnect(); drawn.forEach((one) => one.destroy()); } };
}

const rulesAt = (found, i) => Object.entries(found.chart.broken).filter(([, points]) => points.includes(i)).map(([rule]) => `${word("rules")} ${rule}`).join(", ");

function dot(found, i, broken, paint) {
  const verdict = found.points[i][6];
  return verdict === "NOK" ? paint.nok : verdict === "NOT_DECIDABLE" || broken.has(i) ? paint.undecided : paint.ink;
}

function colours() {
  const of = getComputedStyle(document.documentElement);
  return Object.fromEntries(["ink", "dim", "rule", "accent", "nok", "undecided", "card"].map((name) => [name, of.getPropertyValue(`--${name}`).trim()]));
}

function options(width, height, paint, lines, colourOf, told, clicked) {
  const axis = { stroke: paint.dim, font: FONT, grid: { stroke: paint.rule, width: 1 }, ticks: { show: false } };
  const values = lines.map(([value]) => value);
  return {
    width, height, legend: { show: false }, scales: { x: { time: false }, y: { range: (_, low, high) => span(Math.min(low, ...values), Math.max(high, ...values)) } },
    axes: [{ ...axis, size: 26, grid: { show: false }, incrs: WHOLE }, { ...axis, size: 54, values: (_, splits) => splits.map((one) => number(one)) }],
    cursor: { points: { size: 9 }, drag: { x: true, y: false } },
    series: [{}, { stroke: paint.dim, width: 0.8, points: { show: false } }],
    hooks: {
      drawClear: [(chart) => draw(chart, lines)], draw: [(chart) => dots(chart, colourOf)], setCursor: [(chart) => chart.cursor.idx !== null && told(chart.cursor.idx)],
      ready: [(chart) => chart.over.addEventListener("dblclick", () => chart.cursor.idx !== null && clicked(chart.cursor.idx))],
    },
  };
}

const span = (low, high) => [low - 0.06 * (high - low || 1), high + 0.06 * (high - low || 1)];

function draw(chart, lines) {
  const { ctx: pen, bbox } = chart;
  for (const [value, colour, dash] of lines) {
    const y = chart.valToPos(value, "y", true);
    pen.beginPath();
    pen.setLineDash(dash.map((one) => one * devicePixelRatio));
    pen.strokeStyle = colour;
    pen.lineWidth = 1.3 * devicePixelRatio;
    pen.moveTo(bbox.left, y);
    pen.lineTo(bbox.left + bbox.width, y);
    pen.stroke();
  }
  pen.setLineDash([]);
}

function dots(chart, colourOf) {
  const { ctx: pen, data: [at, values] } = chart, [first, last] = chart.series[0].idxs, radius = (last - first > 400 ? 1.7 : last - first > 120 ? 2.6 : 3.6) * devicePixelRatio;
  for (let i = first; i <= last; i++) {
    if (values[i] === null) continue;
    pen.beginPath();
    pen.fillStyle = colourOf(i);
    pen.arc(chart.valToPos(at[i], "x", true), chart.valToPos(values[i], "y", true), radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

function save(drawn, name) {
  const sheets = drawn.map((one) => one.ctx.canvas), canvas = document.createElement("canvas");
  canvas.width = sheets[0].width;
  canvas.height = sheets.reduce((sum, sheet) => sum + sheet.height, 0);
  const pen = canvas.getContext("2d");
  pen.fillStyle = colours().card;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  sheets.reduce((y, sheet) => { pen.drawImage(sheet, 0, y); return y + sheet.height; }, 0);
  const link = h("a", { href: canvas.toDataURL("image/png"), download: name });
  link.click();
}
