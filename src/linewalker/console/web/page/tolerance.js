// A value with its uncertainty between its limits.

import { svg } from "/page/dom.js";
import { number, word } from "/page/words.js";

export function toleranceBar({ value, lower, upper, nominal, expanded_uncertainty: u, unit, verdict }) {
  const measured = typeof value === "number", width = 400, half = (upper - lower) / 2;
  const low = Math.min(lower - half * 0.45, measured ? value - u - 0.1 * half : lower), high = Math.max(upper + half * 0.45, measured ? value + u + 0.1 * half : upper);
  const x = (at) => 10 + ((width - 20) * (at - low)) / (high - low);
  const tick = (at, name) => [svg("line", { x1: x(at), x2: x(at), y1: 34, y2: 58, class: name }), svg("text", { x: x(at), y: 76, "text-anchor": "middle", class: "tick" }, number(at))];
  return svg("svg", { viewBox: `0 0 ${width} 84`, class: "bar", role: "img", "aria-label": `${word("value")} ${number(value)} ${unit}, ${word("tolerance")} ${number(lower)} … ${number(upper)}` },
    svg("rect", { x: x(low), y: 40, width: x(high) - x(low), height: 12, rx: 6, class: "outside" }), svg("rect", { x: x(lower), y: 40, width: x(upper) - x(lower), height: 12, class: "inside" }),
    tick(lower, "limit"), tick(upper, "limit"), svg("line", { x1: x(nominal), x2: x(nominal), y1: 40, y2: 52, class: "nominal" }),
    measured ? [svg("rect", { x: x(value - u), y: 36, width: Math.max(2, x(value + u) - x(value - u)), height: 20, rx: 4, class: `whisker ${verdict}` }), svg("circle", { cx: x(value), cy: 46, r: 7, class: `dot ${verdict} this` }),
      svg("text", { x: Math.min(width - 60, Math.max(60, x(value))), y: 24, "text-anchor": "middle", class: "reading" }, `${number(value, 3)} ${unit}`)] : null);
}
