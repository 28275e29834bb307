// A motion: what was recorded of a run, and what comes in while it grows.

import { address, ask, bytes } from "/page/api.js";
import { stands } from "/page/scene/footing.js";

const STRETCH_S = 20, HEAD = 8, POSE = 7, BALANCE = 13, KEPT_LIVE = 3000, KEPT_LINES = 60;
const STEPPED_M = 0.04, STEPS_S = 16;

export class Motion {
  constructor(run, document) {
    Object.assign(this, document, { run });
    this._size = HEAD + 4 * (POSE + this.joints.length);
    this._frames = new Map();
    this._lasers = new Map();
    this._balances = new Map();
    this._live = [];
    this._standing = [];
    this.onloaded = () => {};
  }

  car(t) {
    let found = null;
    for (const car of this.cars) if (car.begin_s <= t + 1e-6) found = car;
    return found && (found.end_s === null || t <= found.end_s + 4) ? found : null;
  }

  // What was so at a time: where the car was believed to stand, what was judged, what the controller did.
  at(t) {
    const car = this.car(t), judged = {};
    let route = null, located = null, state = { mode: "standing", stop: "RUNNING", why: "" }, last = null;
    for (const [time, moment] of this.moments) {
      if (time > t + 1e-6) break;
      if (moment.what === "state") state = moment;
      if (car === null || time < car.begin_s) continue;
      if (moment.what === "located") located = moment.X_WV;
      if (moment.what === "route") route = moment.way;
      if (moment.what === "visit") {
        Object.assign(judged, moment.judged);
        last = Object.keys(moment.judged).at(-1) ?? last;
      }
    }
    return { car, located, judged, state, last, route: state.mode === "walking" ? route : null };
  }

  // When the stop began that a state belongs to.
  stopBegan(state) {
    let began = 0, running = true;
    for (const [time, moment] of this.moments) {
      if (moment.what !== "state") continue;
      if (running && moment.stop !== "RUNNING") began = time;
      running = moment.stop === "RUNNING";
      if (moment === state) break;
    }
    return began;
  }

  // Times at which something was judged or a stop began, for marks and for jumping.
  events(begin, end) {
    return this.moments.filter(([t, moment]) => t >= begin && t <= end && (moment.what === "visit" || (moment.what === "state" && moment.stop !== "RUNNING")));
  }

  frame(t) {
    const live = this._live;
    if (live.length > 1 && t >= live[0].t) return between(live, t);
    const key = Math.floor(Math.max(0, t) / STRETCH_S);
    const frames = this._stretch(key);
    this._stretch(key + 1);
    if (!frames || frames.length === 0) return null;
    return between(frames, t);
  }

  laser(t) {
    if (this._lit && this._live.length > 1 && t >= this._live[0].t) return this._lit.filter(([time]) => time <= t).at(-1) ?? null;
    const lines = this._laserStretch(Math.floor(Math.max(0, t) / STRETCH_S));
    return lines?.filter(([time]) => time <= t).at(-1) ?? null;
  }

  // The newest line, also one of the stretch before.
  lastLaser(t) {
    return this.laser(t) ?? this._laserStretch(Math.floor(Math.max(0, t) / STRETCH_S) - 1)?.at(-1) ?? null;
  }

  // How it stood: com, dcm and feet; null where that is not loaded, or was not recorded.
  balance(t) {
    const live = this._standing, key = Math.floor(Math.max(0, t) / STRETCH_S);
    const samples = live.length > 1 && t >= live[0].t ? live : this._balanceStretch(key);
    if (!samples?.length) return null;
    const i = Math.max(0, samples.findLastIndex((one) => one.t <= t)), a = samples[i], b = samples[i + 1] ?? a;
    const share = b.t > a.t ? Math.min(1, Math.max(0, (t - a.t) / (b.t - a.t))) : 0, mix = (p, q) => p.map((one, k) => one + share * (q[k] - one));
    return { com: mix(a.com, b.com), dcm: mix(a.dcm, b.dcm), feet: a.feet.map((foot, side) => [...mix(foot.slice(0, 3), b.feet[side]), foot[3]]) };
  }

  // Where the feet came down lately, the newest first.
  steps(t) {
    const found = [], last = [null, null], begin = t - STEPS_S, samples = [];
    for (let key = Math.floor(Math.max(0, begin) / STRETCH_S); key <= Math.floor(t / STRETCH_S); key++) samples.push(...(this._balanceStretch(key) ?? []));
    for (const one of [...samples, ...this._standing]) {
      if (one.t < begin || one.t > t) continue;
      for (const side of [0, 1]) {
        const foot = one.feet[side];
        if (!stands(one.feet, side) || (last[side] && Math.hypot(foot[0] - last[side][0], foot[1] - last[side][1]) < STEPPED_M)) continue;
        last[side] = foot;
        found.push({ side, foot, age: (t - one.t) / STEPS_S });
      }
    }
    return found.reverse();
  }

  picture(t) {
    const taken = this.pictures.filter((time) => time <= t + 1e-3).at(-1);
    return taken === undefined ? null : { t: taken, url: address("/api/picture", { run: this.run, motion: this.motion, at: taken.toFixed(3) }) };
  }

  // Where the base was, a point every half second, as far as it is loaded.
  trail(begin, end) {
    const points = [];
    for (let key = Math.floor(Math.max(0, begin) / STRETCH_S); key <= Math.floor(end / STRETCH_S); key++) {
      const frames = this._stretch(key);
      for (let i = 0; frames && i < frames.length; i += 25) if (frames[i].t >= begin && frames[i].t <= end) points.push(frames[i].pose);
    }
    for (let i = 0; i < this._live.length; i += 15) if (this._live[i].t >= begin && this._live[i].t <= end) points.push(this._live[i].pose);
    return points;
  }

  // ---- while it grows
  addFrames(frames) {
    for (const [t, pose, q] of frames) this._live.push({ t, pose, q });
    if (this._live.length > KEPT_LIVE) this._live.splice(0, this._live.length - KEPT_LIVE);
    this.last_s = Math.max(this.last_s, this._live.at(-1).t);
  }

  addBalances(samples) {
    for (const [t, com, dcm, feet] of samples) this._standing.push({ t, com, dcm, feet });
    if (this._standing.length > KEPT_LIVE) this._standing.splice(0, this._standing.length - KEPT_LIVE);
  }

  addMoment({ t, ...moment }) {
    if (moment.what === "car") this.cars.push({ ...moment, begin_s: t, end_s: null });
    else this.moments.push([t, moment]);
    const car = this.cars.at(-1);
    if (moment.what === "gone" && car) Object.assign(car, { end_s: t, verdict: moment.verdict });
  }

  addLaser({ t, points }) { (this._lit ??= []).push([t, points]); if (this._lit.length > KEPT_LINES) this._lit.shift(); }

  // ---- stretches of frames, asked for once
  _stretch(key) {
    return this._get(this._frames, key, "/api/frames", bytes, (buffer) => this._read(buffer));
  }

  _balanceStretch(key) {
    return this._get(this._balances, key, "/api/balance", bytes, (buffer) => readBalances(buffer));
  }

  _laserStretch(key) {
    return this._get(this._lasers, key, "/api/lasers", ask, (lines) => lines);
  }

  _get(kept, key, path, how, read) {
    const begin = key * STRETCH_S;
    if (begin < 0 || begin > this.last_s) return null;
    const known = kept.get(key);
    if (known !== undefined) return known;
    kept.set(key, null);
    how(path, { run: this.run, motion: this.motion, from: begin, to: begin + STRETCH_S })
      .then((answer) => {
        if (this.growing && begin + STRETCH_S > this.last_s) setTimeout(() => kept.delete(key), 2000);
        kept.set(key, read(answer));
        this.onloaded();
      })
      .catch(() => setTimeout(() => kept.delete(key), 2000));
    return null;
  }

  _read(buffer) {
    const view = new DataView(buffer), frames = [];
    for (let at = 0; at + this._size <= buffer.byteLength; at += this._size) {
      const numbers = new Float32Array(buffer, at + HEAD, POSE + this.joints.length);
      frames.push({ t: view.getFloat64(at, true), pose: numbers.subarray(0, POSE), q: numbers.subarray(POSE) });
    }
    return frames;
  }
}

function readBalances(buffer) {
  const view = new DataView(buffer), found = [], size = HEAD + 4 * BALANCE;
  for (let at = 0; at + size <= buffer.byteLength; at += size) {
    const n = Array.from(new Float32Array(buffer, at + HEAD, BALANCE));
    found.push({ t: view.getFloat64(at, true), com: n.slice(0, 3), dcm: n.slice(3, 5), feet: [n.slice(5, 9), n.slice(9, 13)] });
  }
  return found;
}

// The frame at a time, between the two nearest.
function between(frames, t) {
  let low = 0, high = frames.length - 1;
  if (t <= frames[low].t) return frames[low];
  if (t >= frames[high].t) return frames[high];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (frames[middle].t <= t) low = middle; else high = middle;
  }
  const a = frames[low], b = frames[high], share = (t - a.t) / (b.t - a.t);
  const side = a.pose[3] * b.pose[3] + a.pose[4] * b.pose[4] + a.pose[5] * b.pose[5] + a.pose[6] * b.pose[6] < 0 ? -1 : 1;
  const pose = Array.from(a.pose, (value, i) => value + share * ((i > 2 ? side : 1) * b.pose[i] - value));
  const length = Math.hypot(pose[3], pose[4], pose[5], pose[6]);
  for (let i = 3; i < 7; i++) pose[i] /= length;
  return { t, pose, q: Array.from(a.q, (value, i) => value + share * (b.q[i] - value)) };
}

// The stream of what is recorded now; it comes back by itself, and rests while nobody looks at the page.
export class Live {
  constructor(run, handlers) {
    this._run = run;
    this._handlers = handlers;
    this._seen = () => (document.hidden ? this._stop() : this._start());
    document.addEventListener("visibilitychange", this._seen);
    this._start();
  }

  close() {
    document.removeEventListener("visibilitychange", this._seen);
    this._stop();
  }

  _start() {
    if (this._source) return;
    this._source = new EventSource(address("/api/live", { run: this._run }));
    for (const [name, handle] of Object.entries(this._handlers)) {
      this._source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
  }

  _stop() {
    this._source?.close();
    this._source = null;
  }
}
