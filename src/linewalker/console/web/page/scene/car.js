// The car as designed, in the variant that was ordered.

import { CanvasTexture, Color, DoubleSide, Group, Mesh, MeshBasicMaterial, MeshPhysicalMaterial, MeshStandardMaterial, PlaneGeometry } from "/vendor/three.module.js";

export class Car {
  constructor(shape, options) {
    this.root = new Group();
    const chosen = { ...shape.defaults, ...options };
    const looks = new Map();
    for (const [name, look] of Object.entries(shape.materials)) looks.set(name, lookOf(name, look, shape, chosen));
    for (const mesh of shape.meshes) {
      if (mesh.condition && chosen[mesh.condition[0]] !== mesh.condition[1]) continue;
      const part = new Mesh(mesh.geometry, looks.get(mesh.material));
      part.castShadow = !mesh.material.includes("glass");
      part.receiveShadow = true;
      this.root.add(part);
    }
    this.root.position.z = shape.axle_height_m;
    this.root.add(shade(shape.axle_height_m));
  }

  // Where it was found: x, y, z and the quaternion w, x, y, z of V in the station.
  stand(pose) {
    this.root.position.set(pose[0], pose[1], pose[2]);
    this.root.quaternion.set(pose[4], pose[5], pose[6], pose[3]);
  }
}

// The dark under a car, which no lamp reaches.
function shade(height) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 128;
  const pen = canvas.getContext("2d");
  const gradient = pen.createRadialGradient(64, 64, 26, 64, 64, 64);
  gradient.addColorStop(0, "rgba(0,0,0,0.62)");
  gradient.addColorStop(0.6, "rgba(0,0,0,0.34)");
  gradient.addColorStop(1, "rgba(0,0,0,0)");
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, 128, 128);
  const look = new MeshBasicMaterial({ map: new CanvasTexture(canvas), transparent: true, depthWrite: false });
  const plane = new Mesh(new PlaneGeometry(5.9, 2.9), look);
  plane.position.set(1.4, 0, 0.004 - height);
  return plane;
}

function lookOf(name, look, shape, chosen) {
  const rgba = name === "paint" ? shape.paints[chosen.paint] ?? look.rgba : look.rgba;
  const color = new Color().setRGB(rgba[0], rgba[1], rgba[2], "srgb");
  if (name === "paint") return new MeshPhysicalMaterial({ color, roughness: 0.32, metalness: 0.25, clearcoat: 1, clearcoatRoughness: 0.06 });
  if (name === "glass") return new MeshPhysicalMaterial({ color: 0x0b1216, roughness: 0.04, metalness: 0, transparent: true, opacity: 0.62, side: DoubleSide, depthWrite: false, envMapIntensity: 1.5 });
  if (name === "lamp") return new MeshPhysicalMaterial({ color: 0xdfe7ee, roughness: 0.08, metalness: 0.1, clearcoat: 1 });
  const bright = name === "chrome" || name.includes("mirror");
  return new MeshStandardMaterial({ color, roughness: bright ? 0.12 : look.roughness, metalness: bright ? 1 : look.metallic });
}
