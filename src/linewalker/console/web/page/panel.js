// Beside the view: the car, its takt, what the robot does now and next, what it saw.

import { isOperator, seen, stopButton } from "/page/acting.js";
import { address } from "/page/api.js";
import { fill, h, svg } from "/page/dom.js";
import { profileDrawing } from "/page/profile.js";
import { clock, filled, language, number, said, SIGNS, title, word } from "/page/words.js";

const EYE_MM = 1400;
const ROUND = 2 * Math.PI * 52;

export class Panel {
  constructor(app, run) {
    Object.assign(this, { app, run, acts: [] });
    this._cars = new Map();
    this.onacted = () => {};
    this.banner = h("div", { class: "banner", role: "alert", hidden: true });
    this.carName = h("h1", {}, "–");
    this.carMore = h("p", { class: "dim" });
    this.ring = svg("circle", { cx: 60, cy: 60, r: 52, class: "ring" });
    this.taktText = h("strong");
    this.taktLeft = h("small");
    this.now = h("p", { class: "now" });
    this.next = h("p", { class: "dim" });
    this.tally = h("p", { class: "tally" });
    this.list = h("ol", { class: "todo" });
    this.shot = h("img", { alt: word("camera"), hidden: true });
    this.shotNote = h("figcaption");
    this.proof = h("img", { alt: word("lastEvidence"), hidden: true });
    this.proofNote = h("figcaption");
    this.line = h("div");
    this.lineNote = h("figcaption");
    this.stop = isOperator(app) ? stopButton(app, run) : null;
    this.element = h("aside", { class: "panel" }, this.banner, this.stop,
      h("section", { class: "card head" },
        h("div", { class: "takt" }, svg("svg", { viewBox: "0 0 120 120", "aria-hidden": "true" }, svg("circle", { cx: 60, cy: 60, r: 52, class: "track" }), this.ring), h("div", {}, this.taktText, this.taktLeft)),
        h("div", {}, this.carName, this.carMore, this.tally)),
      h("section", { class: "card" }, h("h2", {}, word("now")), this.now, h("h2", {}, word("next")), this.next),
      h("div", { class: "shots" }, h("figure", { class: "card" }, this.shot, this.shotNote), h("figure", { class: "card" }, this.proof, this.proofNote), h("figure", { class: "card line" }, this.line, this.lineNote)),
      h("section", { class: "card" }, h("h2", {}, word("visits")), this.list));
  }

  know({ cars }) { this._cars = new Map(cars.map((car) => [car.sequence, car])); }

  _entry(car, id) { return this._cars.get(car.sequence)?.characteristics.find((one) => one.id === id); }

  name(car, id) {
    const entry = this._entry(car, id);
    return entry ? title(entry.name) : id;
  }

  paint(motion, t, known, live, growing) {
    const { car, state } = known;
    this.banner.hidden = state.stop === "RUNNING";
    if (this.stop) this.stop.hidden = !live || state.stop !== "RUNNING";
    if (state.stop !== "RUNNING") this._paintStop(motion, state);
    if (!car) return this._paintNobody(motion, t, state, live && !growing);
    const record = this._cars.get(car.sequence);
    set(this.carName, record ? record.vin : `${word("car")} ${car.sequence}`);
    set(this.carMore, `${car.model} · ${Object.values(car.options).join(" · ")}`);
    this._paintTakt(car, t, known);
    this._paintWork(car, known);
    this._paintShots(motion, car, t, known, record);
    this._paintList(car, known);
  }

  // What stopped it, and who has seen that; a stop is known by the motion and the time it began.
  _paintStop(motion, state) {
    const about = `${motion.motion}/${motion.stopBegan(state).toFixed(2)}`, key = `${about}-${state.stop}-${state.why}-${this.acts.length}-${language()}`;
    if (this.banner.dataset.key === key) return;
    this.banner.dataset.key = key;
    fill(this.banner, h("span", {}, `${word(state.stop)}: ${state.why}`), h("span", { class: "controls" }, seen(this.app, this.run, this.acts, about, () => this.onacted())));
  }

  // No car is there; without a station nobody waits for one.
  _paintNobody(motion, t, state, quiet) {
    const bench = this.run.endsWith(":0");
    set(this.carName, bench ? motion.robot : "–");
    set(this.carMore, quiet ? word("quiet") : "");
    set(this.now, bench || state.mode !== "standing" ? word(state.mode) : word("waits"));
    this._paintProfile(motion, { begin_s: 0 }, t);
    set(this.next, "");
    set(this.taktText, "–");
    set(this.taktLeft, "");
    this.ring.style.strokeDasharray = `0 ${ROUND}`;
  }

  _paintTakt(car, t, known) {
    const spent = Math.min(t, car.end_s ?? t) - car.begin_s, share = spent / car.takt_limit_s;
    this.ring.style.strokeDasharray = `${ROUND * Math.min(1, share)} ${ROUND}`;
    this.ring.classList.toggle("late", share > 1);
    set(this.taktText, clock(spent));
    set(this.taktLeft, `${word("limit")} ${clock(car.takt_limit_s)}`);
    const verdicts = Object.values(known.judged).map((one) => one.verdict);
    const count = (kind) => verdicts.filter((one) => one === kind).length;
    const key = ["OK", "NOK", "NOT_DECIDABLE"].map(count).join();
    if (this.tally.dataset.key !== key + language()) {
      this.tally.dataset.key = key + language();
      fill(this.tally, ["OK", "NOK", "NOT_DECIDABLE"].map((kind) => h("span", { class: `chip ${kind}`, title: word(kind) }, `${SIGNS[kind]} ${count(kind)}`)));
    }
    const left = car.end_s === null || t < car.end_s ? Math.max(0, car.planned_s - spent) : 0;
    this._left = left > 0 ? ` · ${filled("left", clock(left))}` : "";
  }

  _paintWork(car, known) {
    const at = car.visits[known.current];
    if (car.verdict && known.current < 0) set(this.now, `${SIGNS[car.verdict]} ${word(car.verdict)}`);
    else if (!at) set(this.now, word("goesHome"));
    else {
      const call = at.calls.find((one) => !one.for.every((id) => id in known.judged)) ?? at.calls[0];
      const doing = known.state.mode === "walking" ? "walksTo" : call.skill === "scan_seam" ? "scans" : "looks";
      set(this.now, `${word(doing)} ${title_(call, (id) => this.name(car, id))}`);
    }
    const after = car.visits.slice(known.current + 1).find((_, i) => !known.done[known.current + 1 + i]);
    set(this.next, (after && known.current >= 0 ? after.calls.map((call) => title_(call, (id) => this.name(car, id))).join(" · ") : known.current >= 0 ? word("goesHome") : "") + this._left);
  }

  _paintShots(motion, car, t, known, record) {
    const picture = motion.picture(t);
    const fresh = picture && picture.t >= car.begin_s;
    this.shot.hidden = !fresh;
    if (fresh && this.shot.dataset.t !== String(picture.t)) { this.shot.dataset.t = picture.t; this.shot.src = picture.url; }
    set(this.shotNote, fresh ? `${word("camera")} · ${Math.round(t - picture.t)} ${word("ago")}` : `${word("camera")}: ${word("noPicture")}`);
    this._paintProfile(motion, car, t);
    const entry = known.last ? record?.characteristics.find((one) => one.id === known.last) : null;
    this.proof.hidden = !entry?.evidence;
    if (entry?.evidence && this.proof.dataset.file !== entry.evidence) { this.proof.dataset.file = entry.evidence; this.proof.src = address("/api/evidence", { run: this.run, file: entry.evidence }); }
    set(this.proofNote, entry ? `${SIGNS[entry.verdict]} ${title(entry.name)}` : word("lastEvidence"));
  }

  _paintProfile(motion, car, t) {
    const lit = motion.lastLaser(t);
    const fresh = lit && lit[0] >= car.begin_s && lit[1].length > 3;
    set(this.lineNote, fresh ? `${word("profile")} · ${Math.round(t - lit[0])} ${word("ago")}` : `${word("profile")}: ${word("noProfile")}`);
    if (this.line.dataset.t === String(fresh && lit[0])) return;
    this.line.dataset.t = String(fresh && lit[0]);
    const base = fresh && motion.frame(lit[0])?.pose;
    if (fresh && !base) return void (this.line.dataset.t = "");  // not loaded so far
    fill(this.line, fresh ? profileDrawing(lit[1], [1000 * base[0], 1000 * base[1], EYE_MM]) : null);
  }

  _paintList(car, known) {
    const key = `${car.sequence}-${car.attempt}-${known.current}-${Object.keys(known.judged).length}-${language()}-${this._cars.size}`;
    if (this.list.dataset.key === key) return;
    this.list.dataset.key = key;
    fill(this.list, car.visits.flatMap((visit, i) => visit.calls.flatMap((call) => call.for.map((id) => {
      const kind = known.judged[id]?.verdict ?? "open", entry = this._entry(car, id);
      const shown = kind !== "open" && typeof entry?.value === "number" ? `${number(entry.value)} ${entry.unit}` : kind !== "open" ? said(entry?.value) : "";
      return h("li", { class: i === known.current ? "current" : kind, "aria-current": i === known.current ? "step" : undefined },
        h("span", { class: `chip ${kind}`, "aria-label": word(kind) }, SIGNS[kind]), h("a", { href: `#/verdicts?${new URLSearchParams({ run: this.run, car: car.sequence, at: id })}` }, this.name(car, id)), h("em", {}, shown));
    }))));
  }
}

function title_(call, name) {
  return call.for.length ? [...new Set(call.for.map(name))].slice(0, 2).join(language() === "zh" ? "、" : ", ") : call.skill;
}

function set(element, text) { if (element.textContent !== text) element.textContent = text; }
