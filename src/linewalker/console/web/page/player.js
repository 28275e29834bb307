// Play, scrub, jump.

import { button, fill, h, icon } from "/page/dom.js";
import { clock, SIGNS, word } from "/page/words.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];
const KINDS = ["verdict", "NOK", "touch", "stop"];
const BEFORE_S = 2.5, AFTER_S = 4;

export class Player {
  constructor(handlers) {
    this._handlers = handlers;
    this.t = 0;
    this.speed = 1;
    this._playing = false;
    this._live = false;
    this.marks = h("div", { class: "marks" });
    this.range = h("input", { type: "range", min: 0, max: 1, step: 0.02, value: 0, "aria-label": word("time"), oninput: () => handlers.onseek(Number(this.range.value)) });
    this.clock = h("output", { class: "clock" });
    this.toggleButton = button("play", word("play"), () => this.toggle(), { class: "icon main" });
    this.liveButton = h("button", { type: "button", class: "live", onclick: () => handlers.onlive() }, h("i"), word("live"));
    this.speeds = h("select", { "aria-label": word("speed"), onchange: () => { this.speed = Number(this.speeds.value); } }, SPEEDS.map((one) => h("option", { value: one, selected: one === 1 }, `${one}×`)));
    this.kinds = h("select", { "aria-label": word("jumpTo"), title: word("jumpTo") }, KINDS.map((one) => h("option", { value: one }, word(`jump_${one}`))));
    this.cars = h("select", { "aria-label": word("car"), class: "cars", onchange: () => this._chosen() });
    this.element = h("section", { class: "player", "aria-label": word("replay") },
      h("div", { class: "track" }, this.marks, this.range),
      h("div", { class: "buttons" },
        button("previous", word("previous"), () => this.jump(-1)), this.toggleButton, button("next", word("nextOne"), () => this.jump(1)), this.kinds,
        this.clock, this.speeds, this.cars, h("span", { class: "space" }), button("link", word("copyLink"), handlers.onlink), this.liveButton));
  }

  open(motion, motions) {
    this.motion = motion;
    this._span = null;
    this.marksChanged();
  }

  get playing() { return this._playing; }

  set playing(value) {
    this._playing = value;
    fill(this.toggleButton, icon(value ? "pause" : "play"));
    const label = word(value ? "pause" : "play");
    this.toggleButton.setAttribute("aria-label", label);
    this.toggleButton.title = label;
  }

  set live(value) {
    this._live = value;
    this.liveButton.classList.toggle("on", value);
    this.liveButton.setAttribute("aria-pressed", String(value));
  }

  toggle() {
    const atEnd = this.t >= this.motion.last_s - 0.05;
    if (!this.playing && atEnd) this._handlers.onseek(this._spanOf(this.t)[0]);
    this.playing = !this.playing;
    if (!this.playing) this._handlers.onseek(this.t);
  }

  // To the next or the one before: verdict, touch or stop.
  jump(direction, kind = this.kinds.value) {
    const times = this.motion.events(0, Infinity).filter(([, moment]) => kindsOf(moment).includes(kind)).map(([t]) => t);
    const found = direction > 0 ? times.find((t) => t > this.t + 0.05) : times.filter((t) => t < this.t - 0.05).at(-1);
    if (found !== undefined) this._handlers.onseek(found); else this._handlers.onnone(kind);
  }

  marksChanged() { this._span = null; }

  // The stretch of time the scrubber covers: the car of this moment, and a little before and after.
  _spanOf(t) {
    const cars = this.motion.cars, at = cars.findLastIndex((car) => car.begin_s - BEFORE_S <= t);
    if (at < 0) return [0, cars[0]?.begin_s ?? Math.max(1, this.motion.last_s)];
    const car = cars[at], next = cars[at + 1]?.begin_s - BEFORE_S;
    const end = car.end_s === null ? this.motion.last_s : Math.min(car.end_s + AFTER_S, this.motion.last_s);
    return [Math.max(0, car.begin_s - BEFORE_S), Math.max(Number.isFinite(next) ? Math.max(next, end) : end, car.begin_s + 1, t)];
  }

  paint(known) {
    const [begin, end] = this._spanOf(this.t);
    const grown = this._span && this._span[0] === begin && end > this._span[1] && end - this._span[1] < 3;
    if (!this._span || this._span[0] !== begin || (this._span[1] !== end && !grown)) {
      this._span = [begin, end];
      this.range.min = begin;
      this.range.max = end;
      this._paintMarks(begin, end);
      this._paintCars();
    } else if (grown) this.range.max = end;
    this.range.value = this.t;
    const share = (this.t - begin) / (end - begin);
    this.range.style.setProperty("--share", `${100 * Math.min(1, Math.max(0, share))}%`);
    this.range.setAttribute("aria-valuetext", clock(this.t - begin));
    this.clock.textContent = `${clock(this.t - (known.car?.begin_s ?? begin))} / ${clock(end - (known.car?.begin_s ?? begin))}`;
    if (known.car) this.cars.value = String(this.motion.cars.indexOf(known.car));
  }

  _paintMarks(begin, end) {
    fill(this.marks, this.motion.events(begin, end).map(([t, moment]) => {
      const verdicts = Object.values(moment.judged ?? {}).map((one) => one.verdict);
      const touched = moment.touched ? "touch" : "", kind = moment.what === "state" ? "stop" : `${["NOK", "NOT_DECIDABLE", "OK"].find((one) => verdicts.includes(one)) ?? "OK"} ${touched}`;
      const name = moment.what === "state" ? word(moment.stop) : [touched && word("touched"), ...Object.entries(moment.judged).map(([id, one]) => `${SIGNS[one.verdict]} ${id}`)].filter(Boolean).join(", ");
      return h("button", { type: "button", class: `mark ${kind}`, style: { left: `${100 * (t - begin) / (end - begin)}%` }, title: name, "aria-label": `${clock(t - begin)} ${name}`, onclick: () => this._handlers.onseek(t) });
    }));
  }

  _paintCars() {
    const names = this.motion.cars.map((car) => `${car.verdict ? SIGNS[car.verdict] : "▸"} ${word("car")} ${car.sequence}${car.attempt > 1 ? `-${car.attempt}` : ""}`);
    fill(this.cars, names.map((name, i) => h("option", { value: i }, name)));
    this.cars.hidden = names.length === 0;
  }

  _chosen() { this._handlers.oncar(this.motion.cars[Number(this.cars.value)]); }
}

// What can be jumped to there.
function kindsOf(moment) {
  if (moment.what === "state") return ["stop"];
  const bad = Object.values(moment.judged).some((one) => one.verdict !== "OK");
  return ["verdict", bad && "NOK", moment.touched && "touch"];
}
