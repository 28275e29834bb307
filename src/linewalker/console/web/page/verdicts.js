// Verdicts: what is not good first, each with its evidence.

import { address, ask } from "/page/api.js";
import { Detail } from "/page/detail.js";
import { fill, h } from "/page/dom.js";
import { number, said, SIGNS, title, word } from "/page/words.js";

const ORDER = { NOK: 0, NOT_DECIDABLE: 1, OK: 2 }, CLASSES = { critical: 0, major: 1, minor: 2 };
const FIRST = 200;

export async function open(main, asked, app) {
  const page = new Verdicts(main, asked, app);
  await page.load();
  return page;
}

class Verdicts {
  constructor(main, asked, app) {
    this.app = app;
    this.asked = asked;
    this.wanted = new Set(["NOK", "NOT_DECIDABLE"]);
    this.text = h("input", { type: "search", placeholder: word("search"), "aria-label": word("search"), oninput: () => this.list() });
    this.method = h("select", { "aria-label": word("characteristic"), onchange: () => this.list() });
    this.car = h("select", { "aria-label": word("car"), onchange: () => this.list() });
    this.toggles = h("div", { class: "toggles", role: "group", "aria-label": word("filter") });
    this.rows = h("ul", { class: "rows" });
    this.detail = h("article", { class: "detail" });
    this.element = h("div", { class: "verdicts" }, h("section", { class: "results", "aria-label": word("verdicts") }, h("div", { class: "filters" }, this.text, this.toggles, this.car, this.method), this.rows), this.detail);
    fill(main, this.element);
    this._poll = setInterval(() => { if (!document.hidden) this.load().catch(() => {}); }, 4000);
  }

  async load() {
    const found = await ask("/api/cars", { run: this.asked.run });
    const key = JSON.stringify(found.cars.map((car) => [car.stage, car.attempt, car.characteristics.map((one) => one.verdict + one.reason.code)]));
    if (key === this._key) return;
    this._key = key;
    this.found = found;
    this.entries = found.cars.flatMap((car) => car.characteristics.filter((one) => one.reason.code !== "not_inspected").map((entry) => ({ car, entry })));
    this.entries.sort((a, b) => ORDER[a.entry.verdict] - ORDER[b.entry.verdict] || (CLASSES[a.entry.class] ?? 3) - (CLASSES[b.entry.class] ?? 3) || a.car.sequence - b.car.sequence);
    if (!this.entries.some(({ entry }) => this.wanted.has(entry.verdict))) this.wanted = new Set(Object.keys(ORDER));
    fill(this.method, h("option", { value: "" }, `${word("characteristic")}: ${word("all")}`), Object.entries(found.methods).map(([name, both]) => h("option", { value: name }, title(both))));
    fill(this.car, h("option", { value: "" }, `${word("car")}: ${word("all")}`), found.cars.map((car) => h("option", { value: car.sequence }, `${car.sequence} · ${car.vin}`)));
    this.list();
    this.show();
  }

  update(asked) {
    if (asked.run !== this.asked.run) return false;
    this.asked = asked;
    this.mark();
    this.show();
    return true;
  }

  list() {
    const text = this.text.value.trim().toLowerCase(), car = this.car.value, method = this.method.value;
    const fits = ({ car: of, entry }) => (!car || String(of.sequence) === car) && (!method || entry.method === method)
      && (!text || `${of.vin} ${of.model} ${entry.id} ${entry.name.zh} ${entry.name.en} ${entry.feature}`.toLowerCase().includes(text));
    const fitting = this.entries.filter(fits);
    fill(this.toggles, Object.keys(ORDER).map((kind) => h("button", { type: "button", class: "toggle", "aria-pressed": String(this.wanted.has(kind)), onclick: () => this._toggle(kind) },
      `${SIGNS[kind]} ${word(kind)} ${fitting.filter(({ entry }) => entry.verdict === kind).length}`)));
    this._shown = fitting.filter(({ entry }) => this.wanted.has(entry.verdict));
    this._most = FIRST;
    this._rows();
  }

  _rows() {
    const more = this._shown.length > this._most && h("li", {}, h("button", { type: "button", class: "button", onclick: () => { this._most += FIRST; this._rows(); } }, word("more")));
    fill(this.rows, this._shown.length ? this._shown.slice(0, this._most).map((one) => h("li", {}, this._row(one))) : h("li", { class: "loading" }, word("none")), more);
    this.mark();
  }

  _row({ car, entry }) {
    const value = typeof entry.value === "number" ? `${number(entry.value)} ${entry.unit}` : said(entry.value);
    return h("a", { class: "row", href: this.app.link("verdicts", { run: this.asked.run, car: car.sequence, at: entry.id }), "data-key": `${car.sequence}/${entry.id}` },
      h("span", { class: `chip ${entry.verdict}`, "aria-label": word(entry.verdict) }, SIGNS[entry.verdict]), h("strong", {}, title(entry.name)), h("em", {}, value),
      h("small", {}, `${car.sequence} · ${car.vin} · ${title(entry.reason)}`));
  }

  mark() {
    const key = `${this.asked.car}/${this.asked.at}`;
    for (const row of this.rows.querySelectorAll(".row")) {
      if (row.dataset.key === key) { row.setAttribute("aria-current", "true"); row.scrollIntoView({ block: "nearest" }); } else row.removeAttribute("aria-current");
    }
  }

  show() {
    const { run, car, at } = this.asked;
    const chosen = this.entries.find((one) => String(one.car.sequence) === car && one.entry.id === at);
    this.element.classList.toggle("chosen", Boolean(chosen));
    const one = chosen ?? (innerWidth > 900 ? this._shown[0] : null);
    if (!one) return;
    if (this._showing === one) return;
    this._showing = one;
    this._detail?.close();
    this._detail = new Detail(this.app, run, one, this.found, this.entries);
    fill(this.detail, this._detail.element);
    this._detail.begin();
    if (chosen && innerWidth <= 900) scrollTo(0, 0);
  }

  _toggle(kind) {
    if (this.wanted.has(kind) && this.wanted.size > 1) this.wanted.delete(kind); else this.wanted.add(kind);
    this.list();
  }

  theme(name) { this._detail?.theme(name); }
  close() { clearInterval(this._poll); this._detail?.close(); }
}
