// The station: what the robot does now, or did then.

import { address, ask } from "/page/api.js";
import { button, fill, h, icon } from "/page/dom.js";
import { Live, Motion } from "/page/motion.js";
import { Player } from "/page/player.js";
import { Panel } from "/page/panel.js";
import { Viewer } from "/page/viewer.js";
import { number, word } from "/page/words.js";

const DELAY_S = 0.45, AGAIN_MS = 3000, ACTS_MS = 3000;

export async function open(main, asked, app) {
  const { motions } = await ask("/api/motions", { run: asked.run });
  if (!motions.length) {
    fill(main, h("p", { class: "loading" }, word("notRecorded")));
    const again = setTimeout(() => app.refresh(true), AGAIN_MS);  // it may have only just begun
    return { close: () => clearTimeout(again) };
  }
  const page = new StationPage(main, asked, app, motions);
  await page.begin(asked);
  return page;
}

class StationPage {
  constructor(main, asked, app, motions) {
    this.app = app;
    this.run = asked.run;
    this.motions = motions.map((document) => new Motion(asked.run, document));
    this.canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": word("scene") });
    this.view = h("div", { class: "view" }, this.canvas);
    this.panel = new Panel(app, this.run);
    this.panel.onacted = () => this._askActs();
    this._watch = setInterval(() => { if (app.me?.acts && !document.hidden) this._askActs(); }, ACTS_MS);
    this.player = new Player({ onseek: (t) => this.seek(t), onlive: () => this.goLive(), oncar: (car) => this.seek(car.begin_s), onlink: () => this.copyLink(), onnone: (kind) => this.app.say(`${word(`jump_${kind}`)}: ${word("noneThere")}`) });
    this.badge = h("a", { class: "balloon", hidden: true });
    this.balance = h("p", { class: "balance", hidden: true });
    this.view.append(this.badge, this.balance, this._cameras());
    fill(main, h("div", { class: "station" }, this.view, this.panel.element, this.player.element));
    try {
      this.viewer = new Viewer(this.canvas);
      this.viewer.stage.theme(app.theme);
      this.viewer.stage.before = (now) => this._tick(now);
    } catch (error) {
      console.error(error);
      this.view.replaceChildren(h("p", { class: "loading" }, word("no3d")));
      this._timer = setInterval(() => this._tick(performance.now()), 100);
    }
    this.canvas.addEventListener("click", (event) => this._clicked(event));
    this._keys = (event) => this._key(event);
    addEventListener("keydown", this._keys);
  }

  async begin(asked) {
    const growing = this.motions.at(-1).growing;
    const motion = this.motions.find((one) => one.motion === asked.motion) ?? this.motions.at(-1);
    this.cars = await ask("/api/cars", { run: this.run });
    this.panel.know(this.cars);
    if (this.app.me?.acts) await this._askActs();
    await this._open(motion);
    if (asked.t !== undefined && Number.isFinite(Number(asked.t))) this.seek(Number(asked.t));
    else if (growing) this.goLive();
    else this.seek(motion.cars[0]?.begin_s ?? 0), (this.player.playing = true);
    this.chosen = asked.at;
    this.ready = true;
    this._stream();
  }

  async _open(motion) {
    this.motion = motion;
    this.player.open(motion, this.motions);
    try {
      await this.viewer?.open(motion);
    } catch (error) {
      this.app.say(`${word("noRobot")}: ${motion.robot} (${error.message})`);
    }
  }

  update(asked) {
    if (asked.run !== this.run) return false;
    if (asked.t !== undefined && Math.abs(Number(asked.t) - this.player.t) > 0.01) this.seek(Number(asked.t));
    this.chosen = asked.at;
    return true;
  }

  seek(t) {
    this.live = false;
    this.player.live = false;
    this.player.t = t;
    this._late = true;
  }

  goLive() {
    const motion = this.motions.at(-1);
    if (motion !== this.motion) this._open(motion);
    this.live = true;
    this.player.live = true;
    this.player.playing = true;
    this.player.t = Math.max(0, motion.last_s - DELAY_S);
  }

  _stream() {
    this.stream = new Live(this.run, {
      motion: (document) => this._motion(document),
      frames: (frames) => this.newest?.addFrames(frames),
      balance: (samples) => this.newest?.addBalances(samples),
      moment: (moment) => this._moment(moment),
      laser: (line) => this.newest?.addLaser(line),
      picture: ({ t }) => this.newest?.pictures.push(t),
      skipped: () => this._catchUp(),
    });
  }

  get newest() { return this.motions.at(-1); }

  _motion({ run, ...document }) {
    const begun = this.newest.opened_at !== document.opened_at;  // the run was begun anew in its folder
    if (begun || this.newest.motion !== document.motion) {
      this.motions = begun ? [new Motion(run, document)] : [...this.motions, new Motion(run, document)];
      if (this.live || begun) this.goLive();
    } else Object.assign(this.newest, { cars: document.cars, moments: document.moments, pictures: document.pictures, growing: document.growing });
    this.player.open(this.motion, this.motions);
  }

  _moment(moment) {
    this.newest.growing = true;
    this.newest.addMoment(moment);
    if (moment.what === "car" || moment.what === "gone" || moment.what === "visit") this._refreshCars();
    this.player.marksChanged();
  }

  async _refreshCars() {
    clearTimeout(this._waiting);
    this._waiting = setTimeout(async () => {
      this.cars = await ask("/api/cars", { run: this.run }).catch(() => this.cars);
      this.panel.know(this.cars);
    }, 400);
  }

  async _askActs() {
    const { acts } = await ask("/api/acts", { run: this.run }).catch(() => ({ acts: this.panel.acts }));
    this.panel.acts = acts;
  }

  async _catchUp() {
    const { motions } = await ask("/api/motions", { run: this.run });
    this._motion({ run: this.run, ...motions.at(-1) });
  }

  // ---- every picture
  _tick(now) {
    if (!this.ready) return;
    const passed = Math.min(0.25, (now - (this._then ?? now)) / 1000);
    this._then = now;
    const player = this.player;
    if (this.live) {
      const behind = this.newest.last_s - DELAY_S - player.t;
      player.t += behind > 3 ? behind : Math.max(0, Math.min(behind, passed * (1 + behind)));
    } else if (player.playing) {
      player.t = Math.min(player.t + passed * player.speed, this.motion.last_s);
      if (player.t >= this.motion.last_s && this.newest.growing && this.motion === this.newest) this.goLive();
      else if (player.t >= this.motion.last_s) player.playing = false;
    }
    const known = known_(this.motion, player.t);
    if (player.playing || this._late || this.viewer?.stage._dirty) {
      this._late = player.playing;
      this.viewer?.show(player.t, known, this.chosen);
    }
    if (now - (this._painted ?? 0) > 120) {
      this._painted = now;
      player.paint(known);
      this._paintBalance();
      this.panel.paint(this.motion, player.t, known, this.live, this.newest.growing);
      this._late ||= player.playing;
    }
  }

  _cameras() {
    const set = (target, azimuth, height, distance) => { this.viewer.follows = false; this.viewer.stage.orbit.look(target, azimuth, height, distance); this.follow.setAttribute("aria-pressed", "false"); };
    this.follow = button("follow", word("follow"), () => { this.viewer.follows = !this.viewer.follows; this.follow.setAttribute("aria-pressed", String(this.viewer.follows)); }, { "aria-pressed": "true" });
    this.footing = button("feet", word("balance"), () => this._toggleBalance(), { "aria-pressed": "false" });
    return h("div", { class: "cameras" }, this.follow, this.footing,
      button("whole", word("whole"), () => set([1.4, 0, 0.5], -2.3, 0.42, 9.5)), button("top", word("top"), () => set([1.4, 0, 0.3], -Math.PI / 2, 1.5, 10)));
  }

  _toggleBalance() {
    this.viewer.standing = !this.viewer.standing;
    this.footing.setAttribute("aria-pressed", String(this.viewer.standing));
    this._late = true;
  }

  _paintBalance() {
    const { standing, margin_m: margin } = this.viewer ?? {};
    this.balance.hidden = !standing;
    if (!standing) return;
    const told = margin === null ? word("noBalance") : `${word("dcm")} ${number(1000 * Math.abs(margin), 0)} mm ${word(margin < 0 ? "outside" : "inside")}`;
    fill(this.balance, [["com", "weight"], ["dcmLong", "divergent"], ["support", "support"]].map(([name, kind]) => h("span", {}, h("i", { class: kind }), word(name))), h("strong", {}, told));
  }

  _clicked(event) {
    const box = this.canvas.getBoundingClientRect();
    const id = this.viewer?.badgeAt(2 * (event.clientX - box.left) / box.width - 1, 1 - 2 * (event.clientY - box.top) / box.height);
    const car = this.motion.car(this.player.t);
    this.badge.hidden = !id;
    this.chosen = id;
    this._late = true;
    if (!id || !car) return;
    this.badge.textContent = this.panel.name(car, id);
    this.badge.href = this.app.link("verdicts", { run: this.run, car: car.sequence, at: id });
    this.badge.style.left = `${event.clientX - box.left}px`;
    this.badge.style.top = `${event.clientY - box.top}px`;
  }

  _key(event) {
    if (event.target.closest("input, select, textarea, button, a") || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = { " ": () => this.player.toggle(), ArrowRight: () => this.seek(this.player.t + 1), ArrowLeft: () => this.seek(this.player.t - 1), n: () => this.player.jump(1, "verdict"), p: () => this.player.jump(-1, "verdict"), s: () => this.player.jump(1, "stop"), t: () => this.player.jump(1, "touch"), b: () => this._toggleBalance(), l: () => this.goLive() };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  async copyLink() {
    const values = { run: this.run, motion: this.motion.motion, t: this.player.t.toFixed(2) };
    this.app.go("station", values, true);
    try {
      await navigator.clipboard.writeText(location.href);
      this.app.say(word("linkCopied"));
    } catch { this.app.say(location.href); }
  }

  theme(name) { this.viewer?.stage.theme(name); this._late = true; }

  close() {
    removeEventListener("keydown", this._keys);
    clearInterval(this._timer);
    clearInterval(this._watch);
    this.stream?.close();
    this.viewer?.close();
  }
}

// What is so at a time, and which visits are done.
function known_(motion, t) {
  const known = motion.at(t);
  if (!known.car) return known;
  const done = known.car.visits.map((visit) => visit.calls.every((call) => call.for.every((id) => id in known.judged)));
  const current = done.indexOf(false);
  return { ...known, done, current };
}
