// The line: cars, what line and station say to each other, faults and their remedies, who is there, what happened.

import { proposalCard } from "/page/acting.js";
import { ask } from "/page/api.js";
import { fill, h } from "/page/dom.js";
import { Handshake } from "/page/handshake.js";
import { clock, SIGNS, title, when, word } from "/page/words.js";

const FIRST = 100, EVERY_MS = 2000;
const ALARMS = new Set(["stopped", "car_late", "car_interrupted", "way_given_up", "place_lost", "place_given_up", "car_touched", "visit_failed"]);

export async function open(main, asked, app) {
  const page = new Line(main, asked, app);
  await page.load();
  return page;
}

class Line {
  constructor(main, asked, app) {
    Object.assign(this, { app, run: asked.run, most: FIRST });
    this.banner = h("section", { class: "banner remedy", role: "alert", hidden: true });
    this.cars = h("section", { class: "card wide", tabindex: 0, role: "region", "aria-label": word("cars") });
    this.handshake = new Handshake(() => this._paintBanner());
    this.clients = h("section", { class: "card" });
    this.proposals = h("div", { hidden: true });
    this.journal = h("ol", { class: "feed" });
    this.audit = h("ol", { class: "feed" });
    this.faults = h("section", { class: "card wide", tabindex: 0, role: "region", "aria-label": word("faults") });
    fill(main, h("div", { class: "sheet" }, h("h1", {}, word("line")), this.banner, this.cars, this.handshake.element, this.proposals, this.clients,
      h("div", { class: "halves" }, h("section", { class: "card" }, h("h2", {}, word("journal")), this.journal), h("section", { class: "card" }, h("h2", {}, word("audit")), this.audit)), this.faults));
    this._poll = setInterval(() => { if (!document.hidden) this.load().catch(() => {}); }, EVERY_MS);
  }

  async load() {
    const [found, journal, line, acts] = await Promise.all(["/api/cars", "/api/journal", "/api/line", "/api/acts"].map((path) => ask(path, { run: this.run })));
    this._proposals(acts.proposals);
    const key = JSON.stringify([found.cars.map((car) => [car.stage, car.attempt, car.verdict]), journal.length, line.audit.length, line.talk.at(-1), this.most]);
    if (key === this._key) return;
    this._key = key;
    this.found = line;
    this._cars(found.cars);
    this.handshake.show(line);
    this._clients(line);
    this._feed(this.journal, journal, (one) => [one.at, clock(one.time_s), title(one), ALARMS.has(one.code)]);
    this._feed(this.audit, line.audit, (one) => [one.at, one.client ?? "", one.text, one.alarm]);
    this._faults(line);
    this._paintBanner();
  }

  _cars(cars) {
    const heads = ["", "VIN", word("model"), word("state"), word("takt"), word("limit")];
    fill(this.cars, h("table", {}, h("thead", {}, h("tr", {}, heads.map((head, i) => h("th", { scope: "col", class: i > 3 ? "num" : undefined }, head || "#")))), h("tbody", {}, cars.map((car) => h("tr", {},
      h("td", {}, car.sequence), h("td", {}, h("a", { href: this.app.link("verdicts", { run: this.run, car: car.sequence }) }, car.vin)), h("td", {}, car.model),
      h("td", {}, car.state === "judged" ? h("span", { class: `chip ${car.verdict}` }, `${SIGNS[car.verdict]} ${word(car.verdict)}`) : h("span", { class: "chip" }, car.stage === "running" ? `▸ ${word("now")}` : word(car.state)), car.reason ? h("small", { class: "dim" }, ` ${title(car.reason)}`.slice(0, 90)) : null),
      h("td", { class: "num" }, car.state === "not_inspected" ? "–" : clock(car.takt_s)), h("td", { class: "num" }, clock(car.takt_limit_s)))))));
  }

  // The fault that stands now, in words, and who does what about it.
  _paintBanner() {
    const code = this.handshake.fault(this.found?.talk.at(-1)), fault = this.found?.faults.find((one) => one.code === code);
    this.banner.hidden = !fault;
    if (fault) fill(this.banner, h("h2", {}, `${word("fault")} ${fault.code} · ${title(fault.meaning)}`), h("p", {}, h("strong", {}, `${title(fault.who)}: `), title(fault.remedy)));
  }

  _proposals(proposals) {
    const key = JSON.stringify(proposals.map((one) => [one.id, one.state, one.waits]));
    if (key === this.proposals.dataset.key) return;
    this.proposals.dataset.key = key;
    this.proposals.hidden = !proposals.length;
    fill(this.proposals, proposals.length ? proposalCard(this.app, this.run, proposals, () => this.load()) : null);
  }

  _clients({ clients, talk }) {
    const connected = talk.at(-1)?.[2] ?? false;
    fill(this.clients, h("h2", {}, word("clients")), h("p", {}, h("span", { class: `chip ${connected ? "OK" : ""}` }, connected ? `✓ ${word("lineThere")}` : `○ ${word("lineAway")}`)),
      clients.length ? h("ul", { class: "plain" }, clients.map((one) => h("li", {}, h("strong", {}, one.client || "–"), ` ${one.role} · ${one.from} · ${word("since")} ${when(one.since)}`, one.speaks ? h("span", { class: "chip OK" }, word("speaksForLine")) : null))) : h("p", { class: "note" }, word("clientsNote")));
  }

  _feed(list, entries, parts) {
    const shown = entries.slice(-this.most).reverse();
    fill(list, shown.length ? shown.map((one) => {
      const [at, more, text, alarm] = parts(one);
      return h("li", {}, h("time", { datetime: at }, when(at)), h("span", { class: "t" }, more), h("p", { class: alarm ? "alarm" : undefined }, text));
    }) : h("li", { class: "dim" }, word("nothing")), entries.length > this.most && h("li", {}, h("button", { type: "button", class: "button", onclick: () => { this.most *= 4; this._key = ""; this.load(); } }, word("more"))));
  }

  _faults({ faults, talk }) {
    const seen = talk.map((one) => this.handshake.fault(one)), times = (code) => seen.filter((one, i) => one === code && seen[i - 1] !== code).length;
    const heads = [["code", "num"], ["meaning_"], ["who"], ["remedy"], ["times", "num"]];
    fill(this.faults, h("table", { class: "wraps" }, h("caption", {}, word("faults")), h("thead", {}, h("tr", {}, heads.map(([name, kind]) => h("th", { scope: "col", class: kind }, word(name))))), h("tbody", {}, faults.map((one) => h("tr", {},
      h("td", { class: "num" }, one.code), h("td", {}, title(one.meaning)), h("td", {}, title(one.who)), h("td", {}, title(one.remedy)), h("td", { class: "num" }, times(one.code) ? h("span", { class: "chip NOK" }, times(one.code)) : "0"))))));
  }

  update(asked) { return asked.run === this.run; }
  close() { clearInterval(this._poll); this.handshake.close(); }
}
