// One verdict in full: evidence, value and limits, uncertainty, place on the car, other cars.

import { address, ask } from "/page/api.js";
import { button, fill, h, icon, svg } from "/page/dom.js";
import { PlaceView } from "/page/placeview.js";
import { toleranceBar } from "/page/tolerance.js";
import { known, number, said, SIGNS, title, when, word } from "/page/words.js";

const MOST_BEFORE = 40;

export class Detail {
  constructor(app, run, { car, entry }, found, entries) {
    Object.assign(this, { app, run, car, entry, found, entries });
    this.budget = h("section", { class: "card", hidden: true });
    this.place = h("section", { class: "card where", hidden: true }, h("h2", {}, word("place")));
    this.series = h("section", { class: "card", hidden: true });
    this.moment = h("a", { class: "button", hidden: true }, icon("play"), word("toMoment"));
    this.element = h("div", { class: "stack" }, this._head(), h("div", { class: "grid" },
      h("div", { class: "stack" }, this._evidence(), this.place, this.series), h("div", { class: "stack" }, this._facts(), this.budget)));
  }

  _head() {
    const { car, entry, app, run } = this;
    return h("header", {},
      h("a", { class: "button back", href: app.link("verdicts", { run }), "aria-label": word("closeIt") }, "←"),
      h("span", { class: `big chip ${entry.verdict}` }, `${SIGNS[entry.verdict]} ${word(entry.verdict)}`), h("h1", {}, title(entry.name)),
      this.moment, h("a", { class: "button", href: address("/api/report", { run }), target: "_blank", rel: "noopener" }, word("report")),
      h("p", { class: "dim" }, `${entry.id} · ${car.vin} · ${car.model} · ${Object.values(car.options).join(" · ")}${car.at ? ` · ${when(car.at)}` : ""}`));
  }

  _evidence() {
    const { entry, run } = this;
    if (!entry.evidence) return h("section", { class: "card" }, h("h2", {}, word("evidence")), h("p", { class: "dim" }, word("noEvidence")));
    const source = address("/api/evidence", { run, file: entry.evidence });
    return h("button", { type: "button", class: "proof", "aria-label": `${word("evidence")}: ${word("enlarge")}`, onclick: () => enlarge(source, title(entry.name)) }, h("img", { src: source, alt: `${word("evidence")}: ${title(entry.name)}` }));
  }

  _facts() {
    const { entry, car } = this, measured = typeof entry.value === "number";
    const rows = [[word("reason"), title(entry.reason)]];
    if (measured || entry.lower !== null) {
      const width = entry.upper - entry.lower;
      rows.push([word("value"), measured ? `${number(entry.value, 3)} ${entry.unit}` : "–"], [word("uncertainty"), measured ? `± ${number(entry.expanded_uncertainty, 3)} ${entry.unit}` : "–"],
        [word("nominal"), `${number(entry.nominal)} ${entry.unit}`], [word("tolerance"), `${number(entry.lower)} … ${number(entry.upper)} ${entry.unit}`]);
      if (measured) rows.push([word("ratio"), `${number(200 * entry.expanded_uncertainty / width, 1)} %`]);
    } else rows.push([word("seen"), said(entry.value) || "–"], [word("expected"), said(entry.nominal) || "–"]);
    rows.push([word("cls"), title(this.found.classes[entry.class]) || entry.class]);
    if (car.override) rows.push([word("person"), `${word(car.override.verdict)} · ${car.override.name}: ${car.override.reason}`]);
    return h("section", { class: "card" }, entry.lower !== null ? toleranceBar(entry) : null, h("dl", { class: "facts" }, rows.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)])),
      entry.lower !== null ? h("p", { class: "note", style: { "margin-top": "10px" } }, word("ruleText")) : null, entry.reason.detail ? h("p", { class: "note" }, entry.reason.detail) : null);
  }

  // The same characteristic on the cars before, of whatever run; this one is the last.
  async _fillSeries() {
    const { entry, car, run } = this;
    if (entry.lower === null) return;
    const { points } = await ask("/api/series", { model: car.model, id: entry.id, most: 400 }).catch(() => ({ points: [] }));
    const here = points.findIndex((one) => one[1] === run && one[2] === car.sequence);
    const same = points.slice(0, here < 0 ? points.length : here + 1).slice(-MOST_BEFORE).map(([, of, sequence, vin, value, u, verdict], i, all) => ({
      run: of, car: { sequence, vin }, here: here >= 0 && i === all.length - 1, entry: { ...entry, value, expanded_uncertainty: u ?? 0, verdict } }));
    if (same.length < 2) return;
    this.series.hidden = false;
    fill(this.series, h("h2", {}, word("before")), dots(same, (one) => this.app.link("verdicts", { run: one.run, car: one.car.sequence, at: entry.id })),
      h("p", { class: "note" }, h("a", { href: this.app.link("history", { run, model: car.model, at: entry.id }) }, `${word("chart")} →`)));
  }

  async begin() {
    this._fillSeries();
    const { motions } = await ask("/api/motions", { run: this.run }).catch(() => ({ motions: [] }));
    for (const motion of motions) {
      const at = motion.cars.findLast((one) => one.sequence === this.car.sequence && one.attempt === this.car.attempt);
      const judged = at && motion.moments.find(([t, moment]) => moment.what === "visit" && t >= at.begin_s && (at.end_s === null || t <= at.end_s) && this.entry.id in moment.judged);
      if (!at) continue;
      this.moment.href = this.app.link("station", { run: this.run, motion: motion.motion, t: Math.max(at.begin_s, (judged?.[0] ?? at.begin_s) - 1.5).toFixed(2), at: this.entry.id });
      this.moment.hidden = false;
      this._paintBudget(judged?.[1].judged[this.entry.id].budget ?? {});
      if (at.places[this.entry.id]) this._paintPlace(at);
    }
  }

  _paintBudget(budget) {
    const parts = Object.entries(budget).filter(([, u]) => u > 0).sort((a, b) => b[1] - a[1]);
    if (!parts.length) return;
    const all = parts.reduce((sum, [, u]) => sum + u * u, 0);
    this.budget.hidden = false;
    fill(this.budget, h("h2", {}, word("budget")), h("div", { class: "bars" }, parts.map(([source, u]) => [
      h("span", {}, known(`u_${source}`) ? word(`u_${source}`) : source.replaceAll("_", " ")), h("i", { style: { width: `${(100 * u * u) / all}%` } }), h("span", {}, `${number(1000 * u, 1)} µm · ${number((100 * u * u) / all, 0)} %`)])),
      h("p", { class: "note", style: { "margin-top": "10px" } }, word("budgetNote")));
  }

  _paintPlace(at) {
    this.place.hidden = false;
    try {
      this._view = new PlaceView(this.place, at, this.entry, this.car, this.app.theme);
    } catch (error) {
      console.error(error);
      this.place.append(h("p", { class: "note" }, word("no3d")));
    }
  }

  theme(name) { this._view?.theme(name); }
  close() { this._view?.close(); }
}

function enlarge(source, name) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": name }, h("img", { src: source, alt: name }), button("close", word("closeIt"), () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}

// Values of other cars, with limits and uncertainties; this one is filled.
function dots(same, linkOf) {
  const width = 760, height = 190, left = 46, right = 12, above = 14, below = 30;
  const { lower, upper, nominal, unit } = same[0].entry;
  const low = Math.min(lower, ...same.map(({ entry }) => entry.value - entry.expanded_uncertainty)), high = Math.max(upper, ...same.map(({ entry }) => entry.value + entry.expanded_uncertainty));
  const pad = 0.08 * (high - low), y = (value) => above + (height - above - below) * (1 - (value - low + pad) / (high - low + 2 * pad));
  const x = (i) => left + ((width - left - right) * (i + 0.5)) / same.length;
  const lineAt = (value, name) => [svg("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), class: name }), svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end", class: "tick" }, number(value))];
  const step = Math.ceil(same.length / 12);
  return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "bar", role: "group", "aria-label": word("before") }, lineAt(upper, "limit"), lineAt(lower, "limit"), lineAt(nominal, "nominal"),
    same.map((one, i) => svg("a", { href: linkOf(one) }, svg("title", {}, `${one.car.vin}: ${number(one.entry.value, 3)} ${unit}`),
      svg("line", { x1: x(i), x2: x(i), y1: y(one.entry.value - one.entry.expanded_uncertainty), y2: y(one.entry.value + one.entry.expanded_uncertainty), class: `whisker ${one.entry.verdict}` }),
      svg("circle", { cx: x(i), cy: y(one.entry.value), r: one.here ? 7 : 5, class: `dot ${one.entry.verdict}${one.here ? " this" : ""}` }), i % step ? null : svg("text", { x: x(i), y: height - 8, "text-anchor": "middle", class: "tick" }, one.car.sequence))));
}
