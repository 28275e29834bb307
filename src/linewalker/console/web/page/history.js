// History: how characteristics went over any number of shifts.

import { address, ask, Later } from "/page/api.js";
import { controlCharts } from "/page/charts.js";
import { fill, h, icon } from "/page/dom.js";
import { number, SIGNS, title, word } from "/page/words.js";

const FEW = 25, GOOD = 1.33, POOR = 1.0, MOST_BARS = 10, AGAIN_MS = 500;
const RULES = { 1: ["1 点超出 3σ", "1 point beyond 3 σ"], 2: ["9 点在同侧", "9 points on one side"], 3: ["6 点连升或连降", "6 points rising or falling"], 4: ["14 点交替升降", "14 points up and down"],
  5: ["3 点中 2 点超出 2σ", "2 of 3 beyond 2 σ"], 6: ["5 点中 4 点超出 1σ", "4 of 5 beyond 1 σ"], 7: ["15 点在 1σ 内", "15 points within 1 σ"], 8: ["8 点都在 1σ 外", "8 points beyond 1 σ"] };

export async function open(main, asked, app) {
  const page = new History(main, asked, app);
  await page.load();
  return page;
}

class History {
  constructor(main, asked, app) {
    Object.assign(this, { app, asked });
    const day = (name) => h("input", { type: "date", "aria-label": word(name), value: asked[name] ?? "", onchange: (event) => this._go({ [name]: event.target.value }) });
    const choice = (name, label) => h("select", { "aria-label": label, onchange: (event) => this._go({ [name]: event.target.value }) });
    this.model = choice("of", word("model"));
    this.side = choice("side", word("side"));
    this.cars = h("span", { class: "dim" });
    this.controls = h("div", { class: "controls" }, this.model, this.side, h("label", { class: "dim" }, word("from"), " ", day("from")), h("label", { class: "dim" }, word("to"), " ", day("to")), h("span", { class: "space" }), this.cars);
    this.chosen = h("div", { class: "stack" });
    this.table = h("section", { class: "card wide" });
    this.paretos = h("div", { class: "halves" });
    fill(main, h("div", { class: "sheet" }, this.controls, this.chosen, this.table, this.paretos));
  }

  _query() { const { of, side, from, to } = this.asked; return { model: of, side, from, to }; }
  _go(values) { this.app.go("history", { ...this.asked, page: undefined, ...values }); }

  update(asked) {
    this.asked = asked;
    this.load();
    return true;
  }

  async load() {
    clearTimeout(this._again);
    const found = await ask("/api/history", this._query()).catch((error) => this._wait(error));
    if (!found) return;
    fill(this.model, h("option", { value: "" }, `${word("model")}: ${word("all")}`), found.models.map((name) => h("option", { value: name, selected: name === this.asked.of }, name)));
    fill(this.side, h("option", { value: "" }, `${word("side")}: ${word("all")}`), [["left", "left_"], ["right", "right_"], ["middle", "middle"]].map(([name, label]) => h("option", { value: name, selected: name === this.asked.side }, word(label))));
    this.cars.textContent = `${found.cars} ${word("cars")}`;
    const rows = found.characteristics.sort((a, b) => weight(b) - weight(a));
    const first = rows.find((one) => one.model === (this.asked.model ?? one.model) && one.id === this.asked.at) ?? rows.find((one) => one.capability);
    this._table(rows, first);
    this._pareto(found, rows);
    if (first?.capability) await this._series(first); else fill(this.chosen);
  }

  _wait(error) {
    if (!(error instanceof Later)) throw error;
    this.cars.textContent = `${word("reading")} ${error.told.cars} ${word("cars")}`;
    this._again = setTimeout(() => this.load(), AGAIN_MS);
  }

  _table(rows, chosen) {
    const heads = [["characteristic"], ["model"], ["n", "num"], ["NOK", "num"], ["NOT_DECIDABLE", "num"], ["Cp", "num"], ["Cpk", "num"], ["Pp", "num"], ["Ppk", "num"], ["rules"]];
    fill(this.table, rows.length ? h("table", {}, h("thead", {}, h("tr", {}, heads.map(([name, kind]) => h("th", { scope: "col", class: kind }, word(name))))),
      h("tbody", {}, rows.map((one) => h("tr", { "aria-selected": String(one === chosen) },
        h("td", {}, one.capability ? h("button", { type: "button", class: "link", onclick: () => this._go({ model: one.model, at: one.id }) }, title(one.name)) : title(one.name)), h("td", {}, one.model),
        h("td", { class: "num" }, one.n), h("td", { class: "num" }, share(one.nok, one.n, "NOK")), h("td", { class: "num" }, share(one.undecided, one.n, "NOT_DECIDABLE")),
        ["cp", "cpk", "pp", "ppk"].map((name) => h("td", { class: "num" }, index(one.capability?.[name], one.n))),
        h("td", {}, one.broken.map((rule) => [h("span", { class: "chip NOT_DECIDABLE", title: rule_(rule) }, rule), " "])))))) : h("p", { class: "loading" }, word("none")));
  }

  async _series(one) {
    const query = { ...this._query(), model: one.model, id: one.id }, found = await ask("/api/series", query);
    const box = h("div", { class: "card chart" }), facts = h("section", { class: "card" }, h("h2", {}, word("capability")), this._facts(found));
    fill(this.chosen, h("div", { class: "controls" }, h("h1", {}, title(one.name)), h("span", { class: "dim" }, `${one.model} · ${one.id}`), h("span", { class: "space" }),
      h("a", { class: "button", href: address("/api/series.csv", query), download: "" }, icon("download"), word("csv")), h("button", { type: "button", class: "button", onclick: () => this._charts?.save(`${one.model}-${one.id}.png`) }, icon("download"), word("picture"))),
      h("div", { class: "pair" }, box, facts));
    this._charts?.close();
    this._found = { box, found };
    this._charts = controlCharts(box, found, (point) => this.app.go("verdicts", { run: point[1], car: point[2], at: one.id }));
  }

  _facts(found) {
    const of = found.capability;
    if (!of) return h("p", { class: "dim" }, word("tooFew"));
    const row = (name, text) => [h("dt", {}, name), h("dd", {}, text)];
    const both = (name, label) => of[name] && row(label, [h("strong", {}, index(of[name], of.n)), h("small", { class: "dim" }, `  ${number(of[name][1])} … ${number(of[name][2])}`)]);
    const broken = Object.entries(found.chart.broken);
    return [h("dl", { class: "facts" }, row(word("n"), of.n), row(word("mean"), `${number(of.mean, 3)} ${found.unit}`), row(word("tolerance"), `${number(found.limits[0])} … ${number(found.limits[1])} ${found.unit}`),
      row(word("sigmaWithin"), `${number(of.sigma_within, 4)} ${found.unit}`), row(word("sigmaOverall"), `${number(of.sigma_overall, 4)} ${found.unit}`), both("cp", "Cp"), both("cpk", "Cpk"), both("pp", "Pp"), both("ppk", "Ppk")),
      h("p", { class: "note" }, word("confidence")), h("h2", { style: { margin: "14px 0 6px" } }, word("rules")),
      broken.length ? h("ul", { class: "todo" }, broken.map(([rule, points]) => h("li", {}, h("span", { class: "chip NOT_DECIDABLE" }, rule), rule_(rule), h("em", {}, `${points.length} ${word("violations")}`)))) : h("p", { class: "dim" }, word("noViolations"))];
  }

  _pareto(found, rows) {
    const bars = (name, entries) => h("section", { class: "card" }, h("h2", {}, `${word("pareto")} · ${name}`), entries.length ? h("div", { class: "pareto" }, entries.map(([label, parts]) => {
      const most = entries[0][1].reduce((sum, [, count]) => sum + count, 0), all = parts.reduce((sum, [, count]) => sum + count, 0);
      return [h("span", {}, label), h("div", { class: "track-bar", role: "img", "aria-label": parts.map(([kind, count]) => `${word(kind)} ${count}`).join(", ") }, parts.map(([kind, count]) => h("i", { class: kind, style: { width: `${(100 * count) / most}%` } }))), h("em", {}, all)];
    })) : h("p", { class: "dim" }, word("nothing")));
    const worst = rows.filter((one) => one.nok + one.undecided).sort((a, b) => b.nok + b.undecided - a.nok - a.undecided).slice(0, MOST_BARS);
    fill(this.paretos, bars(word("paretoWhat"), worst.map((one) => [title(one.name), [["NOK", one.nok], ["NOT_DECIDABLE", one.undecided]]])), bars(word("paretoWhy"), found.reasons.map((one) => [title(one.name), [[one.verdict, one.count]]])),
      bars(word("paretoFaults"), found.faults.map((one) => [`${word(`event_${one.kind}`)}: ${one.cause}`, [[one.kind === "contact" ? "NOT_DECIDABLE" : "NOK", one.count]]])));
  }

  theme() { if (this._found) { const { found } = this._found; this._charts?.redraw(); } }
  close() { clearTimeout(this._again); this._charts?.close(); }
}

const rule_ = (rule) => RULES[rule][word("all") === "All" ? 1 : 0];
const weight = (one) => one.nok * 3 + one.undecided + (one.capability?.cpk ? Math.max(0, 2 - one.capability.cpk[0]) * Math.min(one.n, 500) * 0.05 : 0) + one.broken.length * 0.1;

function share(count, of, kind) {
  return count ? h("span", { class: `chip ${kind}` }, `${SIGNS[kind]} ${count}`, h("small", {}, ` ${number((100 * count) / of, 1)} %`)) : h("span", { class: "dim" }, "0");
}

// Of few values an index says little: it has no colour.
function index(found, n) {
  if (!found) return "–";
  const kind = n < FEW ? "few" : found[0] >= GOOD ? "OK" : found[0] >= POOR ? "NOT_DECIDABLE" : "NOK";
  return h("span", { class: `chip ${kind}`, title: `95 %: ${number(found[1])} … ${number(found[2])}` }, number(found[0]));
}
