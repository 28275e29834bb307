// What line and station say to each other: levels over time, as on an oscilloscope, and the images at one time.

import { fill, h, svg } from "/page/dom.js";
import { number, title, wallClock, word } from "/page/words.js";

const ROWS = [["in", "VehicleInPlace"], ["in", "StartInspect"], ["in", "EnterPermit"], ["in", "AckResult"], ["in", "FaultReset"], ["in", "StopAtEndOfCycle"],
  ["out", "Ready"], ["out", "Busy"], ["out", "InZone"], ["out", "HomePos"], ["out", "Done"], ["out", "FaultCode"]];
const CODE = 34, ROW = 24, ABOVE = 8, AXIS = 26, LINE = 3, STATION = 4, AT = 1;

export class Handshake {
  constructor(onchosen) {
    this._onchosen = onchosen;
    this.cars = h("select", { "aria-label": word("car"), onchange: () => this._draw() });
    this.box = h("div", { class: "scope" });
    this.images = h("div", { class: "images" });
    this.when = h("span", { class: "dim" });
    this.element = h("section", { class: "card handshake" }, h("div", { class: "controls" }, h("h2", {}, word("handshake")), h("span", { class: "space" }), this.cars),
      this.box, h("div", { class: "controls" }, h("h2", {}, word("io")), this.when), this.images);
    this._sized = new ResizeObserver(() => this._draw());
    this._sized.observe(this.box);
  }

  show({ signals, talk }) {
    const atEnd = !this._chosen || this._chosen === this._talk?.at(-1);
    Object.assign(this, { _signals: signals, _talk: talk });
    this._place = Object.fromEntries(["in", "out"].flatMap((side) => signals[side].map((one, i) => [`${side}.${one.name}`, [side === "in" ? LINE : STATION, i]])));
    if (atEnd) this._chosen = talk.at(-1);
    const known = [...new Set(talk.map((one) => this._value(one, "out.SequenceNo") || this._value(one, "in.SequenceNo")).filter(Boolean))];
    const before = this.cars.value;
    fill(this.cars, h("option", { value: "" }, `${word("car")}: ${word("all")}`), known.map((one) => h("option", { value: one }, `${word("car")} ${one}`)));
    this.cars.value = known.map(String).includes(before) ? before : String(known.at(-1) ?? "");
    this._draw();
  }

  _value(entry, name) { const [side, i] = this._place[name]; return entry[side][i]; }

  // States of the chosen car, and the one before and after, so that every edge of it is seen.
  _span() {
    const wanted = Number(this.cars.value), talk = this._talk;
    if (!wanted) return talk;
    const mine = talk.map((one) => this._value(one, "in.SequenceNo") === wanted || this._value(one, "out.SequenceNo") === wanted);
    return talk.slice(Math.max(0, mine.indexOf(true) - 1), mine.lastIndexOf(true) + 2);
  }

  _draw() {
    if (!this._talk) return;
    const talk = this._span();
    if (talk.length < 2) {
      fill(this.box, h("p", { class: "dim" }, word("noTalk")));
      return this._paintImages();
    }
    const width = Math.max(300, this.box.clientWidth), left = width < 560 ? 118 : 168, right = 12, height = ABOVE + ROWS.length * ROW + AXIS;
    const [begin, end] = [talk[0][AT], Math.max(talk.at(-1)[AT], talk[0][AT] + 0.5)], x = (at) => left + ((width - left - right) * (at - begin)) / (end - begin);
    const rows = ROWS.map(([side, name], k) => this._row(talk, `${side}.${name}`, name, side, ABOVE + k * ROW, x, end));
    const ticks = ticksOf(begin, end, width < 560 ? 3 : 7).map((at) => [svg("line", { x1: x(at), x2: x(at), y1: ABOVE, y2: height - AXIS, class: "grid" }), svg("text", { x: x(at), y: height - 8, "text-anchor": "middle", class: "tick" }, wallClock(at))]);
    const cursor = this._chosen && this._chosen[AT] >= begin && this._chosen[AT] <= end ? svg("line", { x1: x(this._chosen[AT]), x2: x(this._chosen[AT]), y1: 0, y2: height - AXIS + 4, class: "cursor" }) : null;
    const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "talk", role: "img", "aria-label": `${word("handshake")}: ${word("handshakeHelp")}` }, ticks, rows, cursor);
    drawing.addEventListener("click", (event) => this._pick(talk, begin + ((event.clientX - drawing.getBoundingClientRect().left - left) / (width - left - right)) * (end - begin)));
    const at = h("input", { type: "range", class: "cursor", min: 0, max: talk.length - 1, step: 1, value: Math.max(0, talk.indexOf(this._chosen)), "aria-label": word("at"), style: { "margin-left": `${left - 8}px`, width: `${width - left - right + 16}px` },
      oninput: (event) => this._choose(talk[Number(event.target.value)]) });
    const focused = this.box.contains(document.activeElement);
    fill(this.box, drawing, at);
    if (focused) at.focus();
    this._paintImages();
  }

  _row(talk, key, name, side, y, x, end) {
    const parts = [svg("text", { x: 0, y: y + 16, class: `name ${side}` }, name)];
    for (const [value, begin, over] of levels(talk.map((entry) => [this._value(entry, key), entry[AT]]), end)) {
      const from = x(begin), wide = Math.max(1.5, x(over) - from), fault = name === "FaultCode";
      parts.push(svg("rect", { x: from, y: y + 5, width: wide, height: ROW - 10, class: fault ? "fault" : side }));
      if (fault) parts.push(svg("text", { x: wide > CODE ? from + 5 : from + wide + 4, y: y + 16, class: wide > CODE ? "code" : "code beside" }, value));
    }
    return [svg("line", { x1: x(talk[0][AT]), x2: x(end), y1: y + ROW - 5, y2: y + ROW - 5, class: "low" }), ...parts];
  }

  _pick(talk, at) { this._choose(talk.findLast((one) => one[AT] <= at) ?? talk[0]); }

  _choose(entry) {
    this._chosen = entry;
    this._draw();
  }

  _paintImages() {
    const chosen = this._chosen;
    this.when.textContent = chosen ? `${wallClock(chosen[AT])} · ${word("robotTime")} ${number(chosen[0], 2)} s` : "";
    if (!chosen) return fill(this.images, h("p", { class: "dim" }, word("nothing")));
    const list = (side, place) => h("div", {}, h("h3", {}, word(side === "in" ? "lineSays" : "stationSays")), h("dl", {}, this._signals[side].map((signal, i) => {
      const value = chosen[place][i], on = Array.isArray(value) ? value.length > 0 : value === true;
      const shown = Array.isArray(value) ? value.join(" ") || "–" : typeof value === "boolean" ? (value ? 1 : 0) : value;
      return h("div", { class: on ? "on" : undefined, title: title(signal.meaning) }, h("dt", {}, signal.bits ? h("i", { "aria-hidden": "true" }) : h("b"), signal.name), h("dd", {}, shown), h("dd", { class: "dim" }, title(signal.meaning)));
    })));
    fill(this.images, list("in", LINE), list("out", STATION));
    this._onchosen(chosen);
  }

  fault(entry) { return entry ? this._value(entry, "out.FaultCode") : 0; }
  close() { this._sized.disconnect(); }
}

// Stretches in which a signal is high: value, begin and end.
function levels(values, end) {
  const found = [];
  values.forEach(([value, at], i) => {
    if (Array.isArray(value) ? !value.length : !value) return;
    const over = values[i + 1]?.[1] ?? end, last = found.at(-1);
    if (last && last[2] === at && String(last[0]) === String(value)) last[2] = over; else found.push([value, at, over]);
  });
  return found;
}

function ticksOf(begin, end, count) {
  const rough = (end - begin) / count, step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 86400].find((one) => one >= rough) ?? 86400;
  const ticks = [];
  for (let at = Math.ceil(begin / step) * step; at <= end; at += step) ticks.push(at);
  return ticks;
}
