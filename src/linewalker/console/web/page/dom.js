// Elements out of JavaScript. Text is always text: nothing that a plant wrote is ever read as HTML.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  add(element, children);
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

const PATHS = {
  play: "M8 5v14l11-7z", pause: "M7 5h4v14H7zM13 5h4v14h-4z", next: "M6 5v14l9-7zM16 5h2v14h-2z",
  previous: "M18 5v14l-9-7zM6 5h2v14H6z", link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  sun: "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12 1v3M12 20v3M1 12h3M20 12h3M4 4l2 2M18 18l2 2M4 20l2-2M18 6l2-2",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z", close: "M5 5l14 14M19 5L5 19", live: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  follow: "M12 3v4M12 17v4M3 12h4M17 12h4M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z", top: "M4 4h16v16H4zM4 12h16M12 4v16",
  feet: "M7 3c2 0 3 2 3 5s-1 5-3 5-3-2-3-5 1-5 3-5zM4.5 16h5v2a2.5 2.5 0 0 1-5 0zM17 5c2 0 3 2 3 5s-1 5-3 5-3-2-3-5 1-5 3-5zM14.5 18h5v1a2.5 2.5 0 0 1-5 0z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5", halt: "M8 3h8l5 5v8l-5 5H8l-5-5V8z",
  whole: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5", download: "M12 4v11M7 11l5 5 5-5M5 20h14",
};
const FILLED = new Set(["halt", "play", "pause", "next", "previous", "moon"]);

export function icon(name) {
  const filled = FILLED.has(name);
  return svg("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name], fill: filled ? "currentColor" : "none", stroke: filled ? "none" : "currentColor",
      "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" }));
}

export function button(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick, ...more }, icon(name));
}
