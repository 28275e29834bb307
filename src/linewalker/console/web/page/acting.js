// What an operator does: sign in, stop the robot, say that a fault was seen, give leave to a proposal.

import { ask, Refused, tell } from "/page/api.js";
import { button, fill, h, icon } from "/page/dom.js";
import { filled, title, wallClock, when, word } from "/page/words.js";

export const isOperator = (app) => app.me?.role === "operator";
export const loadMe = async (app) => { app.me = await ask("/api/me"); };

// The button of the bar on top: who acts here, or how to become somebody who does.
export function person(app) {
  if (!app.me?.acts) return null;
  const label = isOperator(app) ? filled("signedIn", app.me.name) : word("signIn");
  return button("person", label, () => signIn(app), { "aria-pressed": String(isOperator(app)) });
}

function signIn(app) {
  if (isOperator(app)) return confirmed(filled("signedIn", app.me.name), word("signOutHelp"), word("signOut"), () => signedIn(app, ""));
  const token = secret(word("token"));
  dialog(word("signIn"), [h("p", {}, word("signInHelp")), token.element], word("signIn"), () => signedIn(app, token.input.value));
}

async function signedIn(app, token) {
  app.me = await tell("/api/sign-in", { token });
  app.refresh(true);
}

export function stopButton(app, run) {
  return h("button", { type: "button", class: "stop-robot", onclick: () => confirmed(word("stopRobot"), word("stopHelp"), word("stopRobot"), async () => {
    await tell("/api/act", { what: "stop", run });
    app.say(word("stopAsked"));
  }) }, icon("halt"), word("stopRobot"));
}

// Who has seen a stop, or a button to say so.
export function seen(app, run, acts, about, done) {
  const by = acts.filter((one) => one.what === "acknowledge" && one.about === about);
  return [by.map((one) => h("span", { class: "seen-by" }, filled("seenBy", `${one.who}, ${wallClock(Date.parse(one.at) / 1000)}`))),
    isOperator(app) && !by.some((one) => one.who === app.me.name) && h("button", { type: "button", class: "button", onclick: async () => {
      try { await tell("/api/act", { what: "acknowledge", run, about }); done(); } catch (error) { app.say(error.message); }
    } }, word("acknowledge"))];
}

export function proposalCard(app, run, proposals, done) {
  const shown = [...proposals].reverse().sort((a, b) => b.waits - a.waits).slice(0, 8);
  const decide = (one, what) => {
    const phrase = secret(word("passphrase"));
    dialog(`${word(what)}: ${title(one.read_back)}`, [h("p", {}, `${one.robot} · ${one.id}`), one.order && h("blockquote", {}, one.order), what === "approve" && phrase.element], word(what), async () => {
      await tell("/api/act", { what, run, id: one.id, passphrase: phrase.input.value });
      done();
    });
  };
  return h("section", { class: "card" }, h("h2", {}, word("proposals")), h("ul", { class: "plain" }, shown.map((one) => h("li", {},
    h("strong", {}, title(one.read_back)), h("span", { class: "chip" }, word(`proposal_${one.state}`)), h("span", { class: "dim" }, `${one.id} · ${one.robot}${one.by ? ` · ${one.by}` : ""}${one.waits ? ` · ${word("goodUntil")} ${when(new Date(1000 * one.expires_s).toISOString())}` : ""}`),
    one.waits && isOperator(app) && [h("button", { type: "button", class: "button", onclick: () => decide(one, "approve") }, word("approve")), h("button", { type: "button", class: "button", onclick: () => decide(one, "reject") }, word("reject"))]))));
}

// ---- dialogs
function secret(label) {
  const input = h("input", { type: "password", autocomplete: "off", spellcheck: "false" });
  return { input, element: h("label", { class: "secret" }, label, input) };
}

const confirmed = (name, text, yes, act) => dialog(name, [h("p", {}, text)], yes, act);

function dialog(name, content, yes, act) {
  const wrong = h("p", { class: "wrong", role: "alert" }), go = h("button", { type: "button", class: "button main" }, yes);
  const box = h("dialog", { class: "ask", "aria-label": name }, h("h2", {}, name), content, wrong, h("div", { class: "controls" }, h("span", { class: "space" }), h("button", { type: "button", class: "button", onclick: () => box.close() }, word("cancel")), go));
  const act_ = async () => {
    go.disabled = true;
    try {
      await act();
      box.close();
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof TypeError)) throw error;
      fill(wrong, error.message);
    } finally { go.disabled = false; }
  };
  go.addEventListener("click", act_);
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target instanceof HTMLInputElement) act_(); });
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}
