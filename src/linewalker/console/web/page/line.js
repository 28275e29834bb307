// The line: what happened, what was decided, who of the line was there.

import { ask } from "/page/api.js";
import { fill, h } from "/page/dom.js";
import { clock, SIGNS, title, when, word } from "/page/words.js";

const FIRST = 150, EVERY_MS = 3000;
const ALARMS = new Set(["stopped", "car_late", "car_interrupted", "way_given_up", "place_lost", "place_given_up", "car_touched", "visit_failed"]);

export async function open(main, asked, app) {
  const page = new Line(main, asked, app);
  await page.load();
  return page;
}

class Line {
  constructor(main, asked, app) {
    Object.assign(this, { app, run: asked.run, most: FIRST });
    this.cars = h("section", { class: "card wide" });
    this.journal = h("ol", { class: "feed" });
    this.audit = h("ol", { class: "feed" });
    this.faults = h("section", { class: "card wide" });
    fill(main, h("div", { class: "sheet" }, h("h1", {}, word("line")), this.cars, h("div", { class: "halves" }, h("section", { class: "card" }, h("h2", {}, word("journal")), this.journal), h("section", { class: "card" }, h("h2", {}, word("audit")), this.audit)), this.faults));
    this._poll = setInterval(() => { if (!document.hidden) this.load().catch(() => {}); }, EVERY_MS);
  }

  async load() {
    const [found, journal, line] = await Promise.all([ask("/api/cars", { run: this.run }), ask("/api/journal", { run: this.run }), ask("/api/line", { run: this.run })]);
    const key = JSON.stringify([found.cars.map((car) => [car.stage, car.attempt, car.verdict]), journal.length, line.audit.length, this.most]);
    if (key === this._key) return;
    this._key = key;
    this._cars(found.cars);
    this._feed(this.journal, journal, (one) => [one.at, clock(one.time_s), title(one), ALARMS.has(one.code)]);
    this._feed(this.audit, line.audit, (one) => [one.at, one.client ?? "", one.text, one.alarm]);
    this._faults(line.faults);
  }

  _cars(cars) {
    const heads = ["", "VIN", word("model"), word("state"), word("takt"), word("limit")];
    fill(this.cars, h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: i > 3 ? "num" : undefined }, head || "#")))), h("tbody", {}, cars.map((car) => h("tr", {},
      h("td", {}, car.sequence), h("td", {}, h("a", { href: this.app.link("verdicts", { run: this.run, car: car.sequence }) }, car.vin)), h("td", {}, car.model),
      h("td", {}, car.state === "judged" ? h("span", { class: `chip ${car.verdict}` }, `${SIGNS[car.verdict]} ${word(car.verdict)}`) : h("span", { class: "chip" }, car.stage === "running" ? `▸ ${word("now")}` : word(car.state)), car.reason ? h("small", { class: "dim" }, ` ${title(car.reason)}`.slice(0, 90)) : null),
      h("td", { class: "num" }, car.state === "not_inspected" ? "–" : clock(car.takt_s)), h("td", { class: "num" }, clock(car.takt_limit_s)))))));
  }

  _feed(list, entries, parts) {
    const shown = entries.slice(-this.most).reverse();
    fill(list, shown.length ? shown.map((one) => {
      const [at, more, text, alarm] = parts(one);
      return h("li", {}, h("time", { datetime: at }, when(at)), h("span", { class: "t" }, more), h("p", { class: alarm ? "alarm" : undefined }, text));
    }) : h("li", { class: "dim" }, word("nothing")), entries.length > this.most && h("li", {}, h("button", { type: "button", class: "button", onclick: () => { this.most *= 4; this._key = ""; this.load(); } }, word("more"))));
  }

  _faults(faults) {
    fill(this.faults, h("table", {}, h("caption", { class: "dim", style: { "text-align": "left", padding: "12px 14px 4px" } }, word("faults")), h("tbody", {}, faults.map((one) => h("tr", {}, h("td", { class: "num" }, one.code), h("td", {}, h("strong", {}, one.name)), h("td", { style: { "white-space": "normal" } }, title(one.meaning)))))));
  }

  update(asked) { return asked.run === this.run; }
  close() { clearInterval(this._poll); }
}
