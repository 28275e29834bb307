// A small view of the car with the place of one characteristic.

import { shapeOf } from "/page/viewer.js";
import { h } from "/page/dom.js";
import { Car } from "/page/scene/car.js";
import { Badges } from "/page/scene/marks.js";
import { Stage } from "/page/scene/stage.js";

export class PlaceView {
  constructor(parent, at, entry, car, theme) {
    const canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": entry.feature });
    parent.append(canvas);
    this.stage = new Stage(canvas);
    this.stage.theme(theme);
    this._fill(at, entry, car);
  }

  async _fill(at, entry, car) {
    const shape = await shapeOf("/api/shapes/car", { model: at.model });
    const shown = new Car(shape, at.options), badges = new Badges(at.places);
    badges.root.position.copy(shown.root.position);
    badges.show(Object.fromEntries(car.characteristics.map((one) => [one.id, one.verdict])), entry.id);
    this.stage.scene.add(shown.root, badges.root);
    const { p, n } = at.places[entry.id];
    const above = Math.abs(n[2]) > 0.8, outward = above ? -Math.PI / 2 : Math.atan2(n[1], n[0]);
    this.stage.orbit.look([0.75 * p[0] + 0.25 * 1.4, 0.75 * p[1], p[2] + shape.axle_height_m - 0.05], outward + 0.35, above ? 0.9 : 0.3, 4.2);
    this.stage.changed();
  }

  theme(name) { this.stage.theme(name); }
  close() { this.stage.close(); }
}
