// How the robot stands: where it stepped, what it stands on, and where its weight is and is about to go.

import { BufferGeometry, CircleGeometry, DoubleSide, Float32BufferAttribute, Group, Line, LineBasicMaterial, LineLoop, Mesh, MeshBasicMaterial, RingGeometry } from "/vendor/three.module.js";

const SUPPORT = "#12a594", WEIGHT = "#2f6fed", DIVERGENT = "#e2571e", SIDES = ["#7a5cff", "#d08700"];
const STANDS_M = 0.006, OFF_FLOOR_M = 0.006, MOST_STEPS = 24;

export class Footing {
  constructor([halfLength, halfWidth]) {
    this._sole = [[halfLength, halfWidth], [halfLength, -halfWidth], [-halfLength, -halfWidth], [-halfLength, halfWidth]];
    this.root = new Group();
    this.root.visible = false;
    this._area = new Mesh(new BufferGeometry(), new MeshBasicMaterial({ color: SUPPORT, transparent: true, opacity: 0.28, side: DoubleSide, depthWrite: false }));
    this._edge = new LineLoop(new BufferGeometry(), new LineBasicMaterial({ color: SUPPORT }));
    this._plumb = new Line(new BufferGeometry(), new LineBasicMaterial({ color: WEIGHT, transparent: true, opacity: 0.7 }));
    this._com = new Mesh(new CircleGeometry(0.016, 32), new MeshBasicMaterial({ color: WEIGHT, depthTest: false, transparent: true }));
    this._dcm = new Mesh(new RingGeometry(0.016, 0.026, 32), new MeshBasicMaterial({ color: DIVERGENT, depthTest: false, transparent: true }));
    this._prints = Array.from({ length: MOST_STEPS }, () => new LineLoop(new BufferGeometry(), new LineBasicMaterial({ transparent: true })));
    for (const part of [this._area, this._edge, this._plumb, this._com, this._dcm, ...this._prints]) { part.frustumCulled = false; this.root.add(part); }
    this._com.renderOrder = this._dcm.renderOrder = 3;
  }

  // A sample: com [x, y, z], dcm [x, y], feet [[x, y, z, yaw], ...]; steps: [{ side, foot, age }], age from 0 to 1.
  show(sample, steps) {
    this.root.visible = Boolean(sample);
    if (!sample) return;
    const floor = Math.min(...sample.feet.map((foot) => foot[2])) + OFF_FLOOR_M, hull = support(sample.feet, this._sole);
    put(this._edge, hull.map(([x, y]) => [x, y, floor]));
    put(this._area, hull.slice(2).flatMap((_, i) => [hull[0], hull[i + 1], hull[i + 2]]).map(([x, y]) => [x, y, floor - 0.002]));
    put(this._plumb, [[sample.com[0], sample.com[1], floor], sample.com]);
    this._com.position.set(sample.com[0], sample.com[1], floor + 0.001);
    this._dcm.position.set(sample.dcm[0], sample.dcm[1], floor + 0.002);
    this._prints.forEach((print, i) => {
      const step = steps[i];
      print.visible = Boolean(step);
      if (!step) return;
      put(print, corners(step.foot, this._sole).map(([x, y]) => [x, y, floor]));
      print.material.color.set(SIDES[step.side]);
      print.material.opacity = 1 - 0.8 * step.age;
    });
  }

  // How far inside of what it stands on the divergent component is, m; less than 0 outside.
  margin(sample) {
    const hull = support(sample.feet, this._sole), [x, y] = sample.dcm;
    return Math.min(...hull.map(([ax, ay], i) => {
      const [bx, by] = hull[(i + 1) % hull.length], length = Math.hypot(bx - ax, by - ay);
      return length < 1e-6 ? Infinity : ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length;
    }));
  }
}

export const stands = (feet, side) => feet[side][2] <= Math.min(feet[0][2], feet[1][2]) + STANDS_M;

function corners([x, y, , yaw], sole) {
  const c = Math.cos(yaw), s = Math.sin(yaw);
  return sole.map(([ahead, left]) => [x + c * ahead - s * left, y + s * ahead + c * left]);
}

// Corners of the convex hull of the soles that stand, anticlockwise (Andrew's monotone chain).
function support(feet, sole) {
  const points = feet.flatMap((foot, side) => (stands(feet, side) ? corners(foot, sole) : [])).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered) => {
    const kept = [];
    for (const p of ordered) {
      while (kept.length > 1 && turns(kept.at(-2), kept.at(-1), p) <= 0) kept.pop();
      kept.push(p);
    }
    return kept.slice(0, -1);
  };
  return [...half(points), ...half(points.toReversed())];
}

const turns = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function put(part, points) {
  part.geometry.dispose();
  part.geometry = new BufferGeometry().setAttribute("position", new Float32BufferAttribute(points.flat(), 3));
}
