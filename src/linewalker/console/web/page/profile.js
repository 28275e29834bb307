// The last profile: a laser line in its own plane, as the scanner saw it.

import { svg } from "/page/dom.js";
import { number, word } from "/page/words.js";

const WIDTH = 340, HEIGHT = 118, LEFT = 40, BELOW = 20, ABOVE = 8, GAP_FACTOR = 2.5, LEAST_MM = 6;

// Points in mm, in the station: along the line, and across it in the plane they lie in, towards whoever looks.
export function flat(points, eye) {
  const first = points[0], last = points.at(-1), along = unit(minus(last, first));
  const rest = points.map((point) => { const from = minus(point, first), u = dot(from, along); return [u, minus(from, along.map((one) => one * u))]; });
  const far = rest.reduce((best, one) => (norm(one[1]) > norm(best) ? one[1] : best), [0, 0, 0]);
  const off = norm(far) > 1e-6 ? unit(far) : [0, 0, 1], across = dot(off, minus(eye, first)) < 0 ? off.map((one) => -one) : off;
  return rest.map(([u, aside]) => [u, dot(aside, across)]);
}

// Eye: where the robot looks from, mm.
export function profileDrawing(points, eye) {
  const line = flat(points, eye), us = line.map(([u]) => u), vs = line.map(([, v]) => v);
  const [u0, u1] = [Math.min(...us), Math.max(...us)], middle = (Math.min(...vs) + Math.max(...vs)) / 2, half = Math.max(LEAST_MM, Math.max(...vs) - Math.min(...vs)) / 2 * 1.12;
  const x = (u) => LEFT + ((WIDTH - LEFT - 8) * (u - u0)) / (u1 - u0 || 1), y = (v) => ABOVE + (HEIGHT - ABOVE - BELOW) * (0.5 - (v - middle) / (2 * half));
  const steps = us.slice(1).map((u, i) => u - us[i]).sort((a, b) => a - b), usual = steps[Math.floor(steps.length / 2)] || 1;
  let path = "";
  line.forEach(([u, v], i) => { path += `${i && u - us[i - 1] < GAP_FACTOR * usual ? "L" : "M"}${x(u).toFixed(1)} ${y(v).toFixed(1)}`; });
  const grid = [-0.8, 0, 0.8].map((share) => middle + share * half);
  return svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "profile", role: "img", "aria-label": `${word("profile")}: ${number(u1 - u0, 0)} mm` },
    grid.map((v) => [svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(v), y2: y(v), class: "grid" }), svg("text", { x: LEFT - 6, y: y(v) + 4, "text-anchor": "end", class: "tick" }, number(v - middle, 1))]),
    [0, 0.25, 0.5, 0.75, 1].map((share) => svg("text", { x: x(u0 + share * (u1 - u0)), y: HEIGHT - 5, "text-anchor": share === 1 ? "end" : "middle", class: "tick" }, `${number(share * (u1 - u0), 0)}${share === 1 ? " mm" : ""}`)),
    svg("path", { d: path, class: "lit" }));
}

const minus = (a, b) => a.map((one, i) => one - b[i]), dot = (a, b) => a.reduce((sum, one, i) => sum + one * b[i], 0);
const norm = (a) => Math.hypot(...a), unit = (a) => a.map((one) => one / (norm(a) || 1));
