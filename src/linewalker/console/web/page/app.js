// The frame round the pages: which page, which run, which language, which light.

import { loadMe, person } from "/page/acting.js";
import { ask, Refused } from "/page/api.js";
import { button, fill, h, icon } from "/page/dom.js";
import { language, switchLanguage, title, when, word } from "/page/words.js";

const PAGES = { station: () => import("/page/station.js"), verdicts: () => import("/page/verdicts.js"), history: () => import("/page/history.js"), line: () => import("/page/line.js") };
const AGAIN_MS = 2000;
const top = document.getElementById("top"), main = document.getElementById("main"), said = document.getElementById("said"), ribbon = document.getElementById("ribbon");
let shown = null, turn = 0;

export const app = { runs: [], theme: "light", say, go, link, query, refresh };

// ---- addresses: #/page?name=value
export function query() {
  const [path, text = ""] = location.hash.slice(2).split("?");
  return { page: path in PAGES ? path : "station", ...Object.fromEntries(new URLSearchParams(text)) };
}

export function link(page, values) {
  const text = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "")).toString();
  return `#/${page}${text ? `?${text}` : ""}`;
}

function go(page, values, replace = false) {
  const to = link(page, values);
  if (replace) history.replaceState(null, "", to); else location.hash = to.slice(1);
}

function say(text) {
  said.textContent = text;
  said.classList.add("seen");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("seen"), 2600);
}

// ---- light
function chosenTheme() {
  return localStorage.getItem("lw-theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

function setTheme(name) {
  app.theme = name;
  document.documentElement.dataset.theme = name;
  shown?.theme?.(name);
}

// ---- the bar on top
function bar() {
  const { page, run } = query();
  const tabs = Object.keys(PAGES).map((name) => h("a", { href: link(name, { run }), class: "tab", "aria-current": name === page ? "page" : undefined }, word(name)));
  const runs = h("select", { "aria-label": word("run"), class: "runs", onchange: (event) => go(page, { run: event.target.value }) },
    app.runs.map((one) => h("option", { value: one.id, selected: one.id === run }, `${one.id} · ${when(one.opened_at)}`)));
  fill(top,
    h("a", { class: "brand", href: link("station", { run }), "aria-label": "Linewalker" }, h("img", { src: "/page/icon.svg", alt: "", width: 26, height: 26 }), h("span", {}, "Linewalker")),
    h("nav", { "aria-label": "Linewalker" }, tabs),
    h("div", { class: "tools" },
      app.runs.length ? runs : null, person(app),
      h("button", { type: "button", class: "text", title: word("toLanguage"), lang: language() === "zh" ? "en" : "zh-CN", onclick: () => { switchLanguage(); refresh(true); } }, word("language")),
      button(app.theme === "dark" ? "sun" : "moon", word(app.theme === "dark" ? "light" : "dark"), () => {
        localStorage.setItem("lw-theme", app.theme === "dark" ? "light" : "dark");
        setTheme(chosenTheme());
        bar();
      })));
}

async function loadRuns() {
  if (!app.me) await loadMe(app);
  app.runs = await ask("/api/runs");
}

export async function refresh(anew = false) {
  const mine = ++turn, asked = query();
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.getElementById("skip").textContent = word("skip");
  document.title = `${word(asked.page)} · Linewalker`;
  try {
    await loadRuns();
    if (mine !== turn) return;
    if (!app.runs.length) return empty(word("noRuns")), setTimeout(() => mine === turn && refresh(true), AGAIN_MS);
    if (!app.runs.some((one) => one.id === asked.run)) return go(asked.page, { ...asked, page: undefined, run: app.runs[0].id }, true), refresh(anew);
    bar();
    bridge(asked.run);
    if (!anew && shown?.page === asked.page && shown.update?.(asked)) return;
    const page = await PAGES[asked.page]();
    if (mine !== turn) return;
    shown?.close?.();
    shown = null;
    fill(main, h("p", { class: "loading" }, word("loading")));
    const made = await page.open(main, asked, app);
    if (mine !== turn) return made.close?.();
    shown = made;
    shown.page = asked.page;
    document.body.dataset.page = asked.page;
  } catch (error) {
    if (mine !== turn) return;
    if (!(error instanceof Refused) && !(error instanceof TypeError)) throw error;
    shown?.close?.();
    shown = null;
    empty(error instanceof Refused ? error.message : word("gone"));
    if (error instanceof TypeError) { console.error(error); setTimeout(() => mine === turn && refresh(true), AGAIN_MS); }
  }
}

// A recorded run is shown only until the live one has begun.
function bridge(run) {
  const recorded = app.runs.find((one) => one.id === run)?.bridges;
  ribbon.hidden = !recorded;
  ribbon.textContent = recorded ? word("bridges") : "";
  clearTimeout(bridge.timer);
  if (recorded) bridge.timer = setTimeout(async () => {
    const runs = await ask("/api/runs").catch(() => app.runs);
    if (runs.some((one) => one.id === query().run)) bridge(query().run); else go("station", { run: runs[0].id });
  }, AGAIN_MS);
}

function empty(text) {
  bar();
  fill(main, h("p", { class: "loading" }, text));
}

addEventListener("hashchange", () => refresh());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { setTheme(chosenTheme()); bar(); });
setTheme(chosenTheme());
refresh();
