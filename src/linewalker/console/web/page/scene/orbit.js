// A camera that goes round a point: mouse, fingers, keys.

import { Vector3 } from "/vendor/three.module.js";

const NEAR_M = 0.5, FAR_M = 22, LOWEST = 0.02, HIGHEST = 1.55;

export class Orbit {
  constructor(camera, element, onchange) {
    this.camera = camera;
    this.target = new Vector3(1.2, -0.6, 0.7);
    this.azimuth = -2.2;
    this.height = 0.32;
    this.distance = 6.4;
    this._onchange = onchange;
    this._fingers = new Map();
    this.touched = () => {};
    element.style.setProperty("touch-action", "none");
    element.addEventListener("pointerdown", (event) => this._down(element, event));
    element.addEventListener("pointermove", (event) => this._move(event));
    for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, (event) => this._fingers.delete(event.pointerId));
    element.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(event.deltaY * 0.001)); }, { passive: false });
    element.addEventListener("keydown", (event) => this._key(event));
    element.addEventListener("contextmenu", (event) => event.preventDefault());
    this.apply();
  }

  turn(azimuth, height) {
    this.azimuth += azimuth;
    this.height = Math.min(HIGHEST, Math.max(LOWEST, this.height + height));
    this.apply();
  }

  zoom(factor) {
    this.distance = Math.min(FAR_M, Math.max(NEAR_M, this.distance * factor));
    this.apply();
  }

  pan(right, up) {
    const scale = this.distance * 0.0016;
    const sideways = new Vector3(-Math.sin(this.azimuth), Math.cos(this.azimuth), 0);
    this.target.addScaledVector(sideways, -right * scale);
    this.target.z = Math.min(2.5, Math.max(0, this.target.z + up * scale));
    this.touched();
    this.apply();
  }

  look(target, azimuth, height, distance) {
    this.target.fromArray(target);
    Object.assign(this, { azimuth, height, distance });
    this.apply();
  }

  apply() {
    const flat = this.distance * Math.cos(this.height);
    this.camera.position.set(this.target.x + flat * Math.cos(this.azimuth), this.target.y + flat * Math.sin(this.azimuth), this.target.z + this.distance * Math.sin(this.height));
    this.camera.lookAt(this.target);
    this._onchange();
  }

  _down(element, event) {
    element.setPointerCapture(event.pointerId);
    this._fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  _move(event) {
    const before = this._fingers.get(event.pointerId);
    if (!before) return;
    const dx = event.clientX - before[0], dy = event.clientY - before[1];
    if (this._fingers.size === 2) this._pinch(event, dx, dy);
    else if (event.buttons & 6 || event.shiftKey) this.pan(dx, dy);
    else this.turn(-dx * 0.0055, dy * 0.0045);
    this._fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  _pinch(event, dx, dy) {
    const [other] = [...this._fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const was = Math.hypot(event.clientX - dx - other[0], event.clientY - dy - other[1]);
    const is = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
    if (is > 1) this.zoom(was / is);
    this.pan(dx / 2, dy / 2);
  }

  _key(event) {
    const moves = { ArrowLeft: () => this.turn(-0.1, 0), ArrowRight: () => this.turn(0.1, 0), ArrowUp: () => this.turn(0, 0.06),
      ArrowDown: () => this.turn(0, -0.06), "+": () => this.zoom(0.88), "=": () => this.zoom(0.88), "-": () => this.zoom(1.14) };
    if (!moves[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  }
}
