// The robot: links that joint angles move.

import { Color, Group, Mesh, MeshStandardMaterial, Quaternion, Vector3 } from "/vendor/three.module.js";

export class Robot {
  constructor(shape, joints) {
    this.root = new Group();
    this._nodes = new Map([["world", this.root]]);
    this._moved = [];
    for (const body of shape.bodies) this._add(body, joints);
    this._base = this._nodes.get(shape.base);
    const looks = new Map();
    for (const [name, look] of Object.entries(shape.materials)) looks.set(name, lookOf(look.rgba));
    for (const mesh of shape.meshes) {
      const part = new Mesh(mesh.geometry, looks.get(mesh.material));
      part.castShadow = part.receiveShadow = true;
      this._nodes.get(mesh.body)?.add(part);
    }
  }

  _add(body, joints) {
    const node = new Group();
    node.position.fromArray(body.p);
    node.quaternion.copy(quaternion(body.q));
    (this._nodes.get(body.parent) ?? this.root).add(node);
    this._nodes.set(body.name, node);
    const index = body.joint ? joints.indexOf(body.joint.name) : -1;
    if (index >= 0) {
      this._moved.push({ node, index, kind: body.joint.kind, axis: new Vector3().fromArray(body.joint.axis),
        at: new Vector3().fromArray(body.joint.at), p: node.position.clone(), q: node.quaternion.clone() });
    }
  }

  // Pose x, y, z, w, x, y, z of the base, and the angles of the joints.
  move(pose, angles) {
    this._base.position.set(pose[0], pose[1], pose[2]);
    this._base.quaternion.set(pose[4], pose[5], pose[6], pose[3]);
    for (const joint of this._moved) {
      const angle = angles[joint.index];
      if (joint.kind === "slides") {
        joint.node.position.copy(joint.axis).multiplyScalar(angle).applyQuaternion(joint.q).add(joint.p);
        continue;
      }
      turn.setFromAxisAngle(joint.axis, angle);
      joint.node.quaternion.copy(joint.q).multiply(turn);
      if (joint.at.lengthSq() > 0) {
        shift.copy(joint.at).applyQuaternion(turn).negate().add(joint.at).applyQuaternion(joint.q);
        joint.node.position.copy(joint.p).add(shift);
      }
    }
  }

  get place() { return this._base.position; }
}

const turn = new Quaternion(), shift = new Vector3();
const quaternion = ([w, x, y, z]) => new Quaternion(x, y, z, w);

function lookOf([r, g, b]) {
  const colour = new Color().setRGB(r, g, b, "srgb");
  const light = (r + g + b) / 3;
  return new MeshStandardMaterial({ color: colour, roughness: light > 0.5 ? 0.38 : 0.5, metalness: light > 0.5 ? 0.1 : 0.35 });
}
