// Puts robot, car and marks of a motion on the stage and moves them to a time.

import { once, bytes } from "/page/api.js";
import { Car } from "/page/scene/car.js";
import { Footing } from "/page/scene/footing.js";
import { Badges, Laser, Route, Stances, Trail } from "/page/scene/marks.js";
import { Robot } from "/page/scene/robot.js";
import { readShape } from "/page/scene/shape.js";
import { Stage } from "/page/scene/stage.js";

const GLOW_S = 0.45, TRAIL_S = 40;

export const shapeOf = (path, query) => once(path, query, async (...asked) => readShape(await bytes(...asked)));

export class Viewer {
  constructor(canvas) {
    this.stage = new Stage(canvas);
    this._trail = new Trail();
    this._laser = new Laser();
    this._route = new Route();
    this.stage.scene.add(this._trail.root, this._laser.root, this._route.root);
    this._car = null;
    this._follows = true;
    this.stage.orbit.touched = () => { this._follows = false; };
    this._trailed = 0;
  }

  async open(motion) {
    this.motion = motion;
    for (const part of [this.robot, this._footing]) if (part) this.stage.scene.remove(part.root);
    this.robot = this._footing = null;
    this._clearCar();
    motion.onloaded = () => this.stage.changed();
    const shape = await shapeOf("/api/shapes/robot", { run: motion.run });
    if (this.motion !== motion) return;
    this.robot = new Robot(shape, motion.joints);
    this.robot.root.visible = false;
    this._footing = new Footing(shape.sole_m);
    this.stage.scene.add(this.robot.root, this._footing.root);
  }

  get follows() { return this._follows; }
  set follows(value) { this._follows = value; this._lead(1); }

  show(t, known, chosen) {
    const frame = this.motion.frame(t);
    if (frame && this.robot) {
      const jumped = !this.robot.root.visible || Math.abs(t - this._shown) > 1.5;
      this._shown = t;
      this.robot.root.visible = true;
      this.robot.move(frame.pose, frame.q);
      this._lead(jumped ? 1 : 0.06);
    }
    this._showCar(known, chosen);
    this._route.show(known.route);
    const line = this.motion.laser(t);
    this._laser.show(line ? line[1] : [], line ? 1 - (t - line[0]) / GLOW_S : 0);
    this._showFooting(t);
    if (Math.abs(t - this._trailed) > 0.4) {
      this._trailed = t;
      this._trail.show(this.motion.trail(Math.max(t - TRAIL_S, known.car?.begin_s ?? 0), t));
    }
    this.stage.changed();
  }

  _showFooting(t) {
    const sample = this.standing && this._footing ? this.motion.balance(t) : null;
    this._footing?.show(sample, sample ? this.motion.steps(t) : []);
    this.margin_m = sample ? this._footing.margin(sample) : null;
  }

  // Turns the camera slowly so that the robot and the side of the car it works at are seen.
  _lead(share) {
    if (!this._follows || !this.robot?.root.visible) return;
    const orbit = this.stage.orbit, place = this.robot.place;
    const aim = [0.62 * place.x + 0.38 * 1.4, 0.62 * place.y, 0.72];
    orbit.target.set(...aim.map((value, i) => orbit.target.getComponent(i) + share * (value - orbit.target.getComponent(i))));
    const outward = Math.atan2(place.y, place.x - 1.4) + 0.55;
    orbit.azimuth += (share === 1 ? 1 : 0.5 * share) * Math.atan2(Math.sin(outward - orbit.azimuth), Math.cos(outward - orbit.azimuth));
    orbit.apply();
  }

  _showCar(known, chosen) {
    const key = known.car ? `${known.car.sequence}-${known.car.attempt}` : null;
    if (this._car?.key !== key) this._loadCar(known.car, key);
    const car = this._car;
    if (!car?.shown) return;
    if (known.located) car.shown.stand(known.located);
    car.badges.root.position.copy(car.shown.root.position);
    car.badges.root.quaternion.copy(car.shown.root.quaternion);
    car.stances.root.position.copy(car.shown.root.position);
    car.stances.root.quaternion.copy(car.shown.root.quaternion);
    car.stances.lower(car.shown.root.position.z);
    this._verdicts = Object.fromEntries(Object.entries(known.judged).map(([id, judged]) => [id, judged.verdict]));
    car.badges.show(this._verdicts, chosen);
    car.stances.show(known.done ?? [], known.current ?? -1);
  }

  _clearCar() {
    for (const part of [this._car?.shown, this._car?.badges, this._car?.stances]) if (part) this.stage.scene.remove(part.root);
    this._car = null;
  }

  async _loadCar(car, key) {
    this._clearCar();
    if (!car) return;
    const mine = (this._car = { key });
    const shape = await shapeOf("/api/shapes/car", { model: car.model });
    if (this._car !== mine) return;
    Object.assign(mine, { shown: new Car(shape, car.options), badges: new Badges(car.places), stances: new Stances(car.visits) });
    this.stage.scene.add(mine.shown.root, mine.badges.root, mine.stances.root);
    this.stage.changed();
  }

  badgeAt(x, y) { return this._car?.badges?.at(x, y, this.stage.camera, this._verdicts ?? {}); }
  close() { this.stage.close(); }
}
