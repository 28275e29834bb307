// Asks the console. Every answer is from this machine: no address here names another.

export class Refused extends Error {}

// Not yet: ask again. `told` is what was said besides.
export class Later extends Error {
  constructor(told) { super(told.error); this.told = told; }
}

export function address(path, query = {}) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") url.searchParams.set(name, value);
  return url.pathname + url.search;
}

async function answer(path, query, signal) {
  return expected(await fetch(address(path, query), { signal }));
}

async function expected(found) {
  if (!found.ok) {
    let told = {};
    try { told = await found.json(); } catch { /* no JSON: the status says it */ }
    throw found.headers.has("retry-after") ? new Later(told) : new Refused(told.error ?? found.statusText);
  }
  return found;
}

// Sends something that changes something.
export async function tell(path, body) {
  return (await expected(await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }))).json();
}

export const ask = async (path, query, signal) => (await answer(path, query, signal)).json();
export const bytes = async (path, query, signal) => (await answer(path, query, signal)).arrayBuffer();

const kept = new Map();

// An answer that does not change while the page is open.
export function once(path, query, read = ask) {
  const key = address(path, query);
  if (!kept.has(key)) kept.set(key, read(path, query).catch((error) => { kept.delete(key); throw error; }));
  return kept.get(key);
}
