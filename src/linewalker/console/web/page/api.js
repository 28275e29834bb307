// Asks the console. Every answer is from this machine: no address here names another.

export class Refused extends Error {}

export function address(path, query = {}) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") url.searchParams.set(name, value);
  return url.pathname + url.search;
}

async function answer(path, query, signal) {
  const found = await fetch(address(path, query), { signal });
  if (!found.ok) {
    let why = found.statusText;
    try { why = (await found.json()).error ?? why; } catch { /* no JSON: the status says it */ }
    throw new Refused(why);
  }
  return found;
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
