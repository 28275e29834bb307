// What is drawn beside robot and car: verdicts on the car, places to stand, the way walked, the laser.

import {
  AdditiveBlending, BufferGeometry, CanvasTexture, Float32BufferAttribute, Group, Line, LineBasicMaterial, LineDashedMaterial, Mesh, MeshBasicMaterial, Points,
  PointsMaterial, Raycaster, SRGBColorSpace, RingGeometry, Sprite, SpriteMaterial, Vector2, Vector3,
} from "/vendor/three.module.js";
import { SIGNS } from "/page/words.js";

const PAINT = { OK: "#1f9d61", NOK: "#d93a3a", NOT_DECIDABLE: "#c47d0a", open: "#6b7780" };
const WORST = ["NOK", "NOT_DECIDABLE", "OK"], SIZES = { NOK: 1.25, NOT_DECIDABLE: 1.1, OK: 0.8, open: 0.6 };
const OUT_M = 0.05, SIZE_M = 0.15;
const textures = new Map();

function badge(kind) {
  if (!textures.has(kind)) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 96;
    const pen = canvas.getContext("2d");
    pen.beginPath();
    pen.arc(48, 48, 38, 0, 2 * Math.PI);
    pen.fillStyle = kind === "open" ? "rgba(255,255,255,0.72)" : PAINT[kind];
    pen.fill();
    pen.lineWidth = 6;
    pen.strokeStyle = kind === "open" ? PAINT.open : "#fff";
    pen.stroke();
    if (kind !== "open") {
      pen.fillStyle = "#fff";
      pen.font = "bold 52px sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(SIGNS[kind], 48, 51);
    }
    const texture = new CanvasTexture(canvas);
    texture.colorSpace = SRGBColorSpace;
    textures.set(kind, texture);
  }
  return textures.get(kind);
}

// Verdicts where they belong on the car, in its own axes; what is judged at one place has one badge, the worst.
export class Badges {
  constructor(places) {
    this.root = new Group();
    this._sprites = new Map();
    for (const [id, place] of Object.entries(places)) {
      const key = place.p.map((value) => value.toFixed(2)).join();
      if (!this._sprites.has(key)) this._sprites.set(key, this._sprite(place));
      this._sprites.get(key).userData.ids.push(id);
    }
  }

  _sprite(place) {
    const sprite = new Sprite(new SpriteMaterial({ map: badge("open"), transparent: true, toneMapped: false }));
    sprite.position.fromArray(place.p).addScaledVector(new Vector3().fromArray(place.n), OUT_M);
    sprite.userData = { ids: [], kind: "open" };
    this.root.add(sprite);
    return sprite;
  }

  show(verdicts, chosen) {
    for (const sprite of this._sprites.values()) {
      const { ids } = sprite.userData, found = ids.map((id) => verdicts[id]);
      const kind = WORST.find((one) => found.includes(one)) ?? "open", marked = ids.includes(chosen);
      if (sprite.userData.kind !== kind) {
        sprite.userData.kind = kind;
        sprite.material.map = badge(kind);
      }
      sprite.scale.setScalar(SIZE_M * (marked ? 2 : SIZES[kind]));
      sprite.material.depthTest = !marked;
      sprite.renderOrder = marked ? 2 : 1;
    }
  }

  // Which characteristic is at a place of the picture: the worst of those judged there.
  at(x, y, camera, verdicts) {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(x, y), camera);
    const hit = ray.intersectObjects([...this._sprites.values()])[0]?.object.userData;
    return hit?.ids.find((id) => (verdicts[id] ?? "open") === hit.kind);
  }
}

// Where the robot stands for its visits, in the axes of the car, on the floor.
export class Stances {
  constructor(visits) {
    this.root = new Group();
    this._rings = visits.map((visit) => {
      const look = new MeshBasicMaterial({ color: PAINT.open, transparent: true, opacity: 0.8, depthWrite: false });
      const ring = new Mesh(new RingGeometry(visit.passing ? 0.05 : 0.11, visit.passing ? 0.075 : 0.145, 40), look);
      ring.position.set(visit.stance[0], visit.stance[1], 0);
      this.root.add(ring);
      return ring;
    });
  }

  // The floor lies below the car's axes by its height.
  lower(height) { for (const ring of this._rings) ring.position.z = 0.006 - height; }

  show(done, current) {
    this._rings.forEach((ring, i) => ring.material.color.set(i === current ? "#12a594" : done[i] ? PAINT.OK : PAINT.open));
  }
}

export class Trail {
  constructor() {
    this.root = new Line(new BufferGeometry(), new LineBasicMaterial({ color: "#12a594", transparent: true, opacity: 0.65 }));
    this.root.frustumCulled = false;
  }

  show(points) {
    this.root.geometry.dispose();
    this.root.geometry = new BufferGeometry();
    this.root.geometry.setAttribute("position", new Float32BufferAttribute(points.flatMap(([x, y]) => [x, y, 0.008]), 3));
  }
}

// The way it set out on.
export class Route {
  constructor() {
    this.root = new Line(new BufferGeometry(), new LineDashedMaterial({ color: "#2f6fed", dashSize: 0.09, gapSize: 0.06 }));
    this.root.frustumCulled = false;
    this._way = null;
  }

  show(way) {
    this.root.visible = Boolean(way);
    if (!way || way === this._way) return;
    this._way = way;
    this.root.geometry.dispose();
    this.root.geometry = new BufferGeometry().setAttribute("position", new Float32BufferAttribute(way.flatMap(([x, y]) => [x, y, 0.01]), 3));
    this.root.computeLineDistances();
  }
}

export class Laser {
  constructor() {
    const material = new PointsMaterial({ color: "#ff2d2d", size: 0.014, transparent: true, opacity: 0, blending: AdditiveBlending, depthWrite: false });
    this.root = new Group();
    this._points = new Points(new BufferGeometry(), material);
    this._line = new Line(new BufferGeometry(), new LineBasicMaterial({ color: "#ff5a4d", transparent: true, opacity: 0 }));
    for (const part of [this._points, this._line]) { part.frustumCulled = false; this.root.add(part); }
  }

  // Points in mm, and how bright, 0 to 1.
  show(points, bright) {
    this.root.visible = bright > 0.01 && points.length > 1;
    if (!this.root.visible) return;
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new Float32BufferAttribute(points.flat().map((mm) => mm / 1000), 3));
    this._points.geometry.dispose();
    this._points.geometry = this._line.geometry = geometry;
    this._points.material.opacity = bright;
    this._line.material.opacity = bright;
  }
}
