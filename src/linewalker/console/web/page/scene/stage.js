// The hall: floor, light, and a picture of it whenever something has changed.

import {
  ACESFilmicToneMapping, BackSide, BoxGeometry, BufferGeometry, CanvasTexture, CircleGeometry, Color, DirectionalLight, Float32BufferAttribute,
  HemisphereLight, LineBasicMaterial, LineSegments, Mesh, MeshBasicMaterial, MeshStandardMaterial, PCFShadowMap, PMREMGenerator, PerspectiveCamera, Scene,
  SRGBColorSpace, WebGLRenderer,
} from "/vendor/three.module.js";
import { Orbit } from "/page/scene/orbit.js";

const SLOW_MS = 55, SMALLEST = 0.55;
const COLOURS = { dark: { sky: 0x0e1418, floor: 0x1b242a, grid: 0x34424a }, light: { sky: 0xe9edef, floor: 0xdde2e4, grid: 0xb9c3c8 } };

export class Stage {
  constructor(canvas) {
    const fine = localStorage.getItem("lw-quality") === "fine" || !drawsInSoftware();
    this.renderer = new WebGLRenderer({ canvas, antialias: fine, powerPreference: "high-performance" });
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.toneMapping = ACESFilmicToneMapping;
    this.renderer.shadowMap.enabled = fine;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.scene = new Scene();
    this.camera = new PerspectiveCamera(36, 1, 0.05, 80);
    this.camera.up.set(0, 0, 1);
    this.scale = fine ? Math.min(devicePixelRatio, 2) : SMALLEST;
    this._adapts = localStorage.getItem("lw-quality") !== "fine";
    this._dirty = true;
    this.orbit = new Orbit(this.camera, canvas, () => { this._dirty = true; });
    this.scene.environment = softboxes(this.renderer);
    this.scene.environmentIntensity = 0.75;
    this._light();
    this._floor();
    this.sized = new ResizeObserver(() => this._size());
    this.sized.observe(canvas.parentElement);
    this._size();
    this.theme("light");
    this._slow = 0;
    this.before = () => {};
    this._running = true;
    const turn = (now) => { if (!this._running) return; requestAnimationFrame(turn); this._draw(now); };
    requestAnimationFrame(turn);
  }

  changed() { this._dirty = true; }

  close() {
    this._running = false;
    this.sized.disconnect();
    this.renderer.dispose();
  }

  theme(name) {
    const colours = COLOURS[name];
    this.scene.background = new Color(colours.sky);
    this._ground.material.color.set(colours.floor);
    this._grid.material.color.set(colours.grid);
    this.renderer.toneMappingExposure = name === "dark" ? 0.82 : 1.0;
    this._dirty = true;
  }

  _draw(now) {
    this.before(now);
    if (!this._dirty) return;
    this._dirty = false;
    const began = performance.now();
    this.renderer.render(this.scene, this.camera);
    this._slow = 0.8 * this._slow + 0.2 * (performance.now() - began);
    if (this._adapts && this._slow > SLOW_MS && this.scale > SMALLEST) {
      this.scale *= 0.75;
      this._slow = 0;
      if (this.scale < 0.9) this.renderer.shadowMap.autoUpdate = false;
      this._size();
    }
  }

  _size() {
    const { clientWidth: width, clientHeight: height } = this.renderer.domElement.parentElement;
    if (!width || !height) return;
    this.renderer.setPixelRatio(this.scale);
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.fov = width < height ? 48 : 36;
    this.camera.updateProjectionMatrix();
    this._dirty = true;
  }

  _light() {
    this.scene.add(new HemisphereLight(0xffffff, 0x8a949a, 0.55));
    const lamp = new DirectionalLight(0xfff6ea, 1.9);
    lamp.position.set(-1.5, -5.5, 7.5);
    lamp.target.position.set(1.4, 0, 0);
    lamp.castShadow = true;
    lamp.shadow.mapSize.set(2048, 2048);
    Object.assign(lamp.shadow.camera, { left: -5, right: 5, top: 5, bottom: -5, near: 1, far: 18 });
    lamp.shadow.radius = 6;
    lamp.shadow.bias = -0.0004;
    lamp.shadow.normalBias = 0.02;
    this.scene.add(lamp, lamp.target);
  }

  _floor() {
    this._ground = new Mesh(new CircleGeometry(13, 96), new MeshStandardMaterial({ roughness: 0.92, metalness: 0, transparent: true, alphaMap: fading(), envMapIntensity: 0.35 }));
    this._ground.receiveShadow = true;
    this._ground.position.x = 1.4;
    this.scene.add(this._ground);
    this._grid = new LineSegments(lines(), new LineBasicMaterial({ transparent: true, opacity: 0.55 }));
    this._grid.position.set(1.4, 0, 0.002);
    this.scene.add(this._grid);
  }
}

// Whether the processor draws, as it does where there is no graphics card: then a picture is made with less.
function drawsInSoftware() {
  const gl = document.createElement("canvas").getContext("webgl2");
  const about = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = about ? gl.getParameter(about.UNMASKED_RENDERER_WEBGL) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(name);
}

function lines() {
  const points = [];
  for (let i = -6; i <= 6; i++) points.push(i, -6, 0, i, 6, 0, -6, i, 0, 6, i, 0);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(points, 3));
  return geometry;
}

function fading() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 256;
  const pen = canvas.getContext("2d");
  const gradient = pen.createRadialGradient(128, 128, 30, 128, 128, 128);
  gradient.addColorStop(0, "#fff");
  gradient.addColorStop(0.55, "#aaa");
  gradient.addColorStop(1, "#000");
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, 256, 256);
  return new CanvasTexture(canvas);
}

// What paint mirrors: a pale room with long lamps, as in a light tunnel.
function softboxes(renderer) {
  const room = new Scene();
  room.add(new Mesh(new BoxGeometry(14, 14, 8), new MeshBasicMaterial({ color: 0x4a5258, side: BackSide })));
  for (const y of [-3.6, -1.2, 1.2, 3.6]) {
    const lamp = new Mesh(new BoxGeometry(9, 0.5, 0.1), new MeshBasicMaterial({ color: new Color(7, 7, 6.8) }));
    lamp.position.set(0, y, 3.6);
    room.add(lamp);
  }
  for (const x of [-6.6, 6.6]) {
    const wall = new Mesh(new BoxGeometry(0.1, 9, 2.2), new MeshBasicMaterial({ color: new Color(1.6, 1.7, 1.8) }));
    wall.position.set(x, 0, 1);
    room.add(wall);
  }
  const maker = new PMREMGenerator(renderer);
  const map = maker.fromScene(room, 0.03).texture;
  maker.dispose();
  return map;
}
