// Reads a shape file (station/shapes/shape_file.py): bodies, materials, and meshes as a graphics card takes them.

import { BufferAttribute, BufferGeometry } from "/vendor/three.module.js";

export function readShape(buffer) {
  const view = new DataView(buffer);
  const length = view.getUint32(4, true);
  const text = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const start = 8 + length;
  const meshes = text.meshes.map((mesh) => ({ ...mesh, geometry: geometryOf(mesh, buffer, start) }));
  return { ...text, meshes };
}

function geometryOf(mesh, buffer, start) {
  const [vertices, vertexRows] = mesh.vertices, [normals, normalRows] = mesh.normals, [faces, faceRows] = mesh.faces;
  const steps = new Int16Array(buffer, start + vertices, 3 * vertexRows);
  const places = new Float32Array(steps.length);
  for (let i = 0; i < steps.length; i++) places[i] = steps[i] * mesh.scale_m + mesh.offset_m[i % 3];
  const Index = mesh.wide ? Uint32Array : Uint16Array;
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(places, 3));
  geometry.setAttribute("normal", new BufferAttribute(new Int8Array(buffer.slice(start + normals, start + normals + 3 * normalRows)), 3, true));
  geometry.setIndex(new BufferAttribute(new Index(buffer, start + faces, 3 * faceRows), 1));
  return geometry;
}
