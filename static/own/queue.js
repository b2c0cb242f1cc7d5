/* What was tapped waits on this telephone until it is sent: in order, once, under its account.

Each tap is one entry of the browser's storage, so two open pages never overwrite each other.
An entry keeps the key of its form: sent again, it does nothing twice. */

const PREFIX = "tirgus-tap:";
const PATIENCE_MS = 20_000;
const BUSY = [408, 425, 429, 502, 503, 504];

const unkept = new Map();

function all() {
  const found = new Map(unkept);
  for (let index = 0; index < localStorage.length; index += 1) {
    const name = localStorage.key(index);
    if (!name.startsWith(PREFIX)) continue;
    try {
      found.set(name, JSON.parse(localStorage.getItem(name)));
    } catch {
      /* Not written by us; left alone. */
    }
  }
  return [...found.values()].sort((one, other) => one.order - other.order);
}

/** The entries of an account in their order; those of others are nobody's business. */
export function entries(account) {
  return all().filter(entry => entry.account === account);
}

/** A key as the server makes them; works on old telephones and without https, too. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Keep an entry; false when the telephone keeps nothing, and it lives only as long as the page. */
export function keep(entry) {
  entry.order = entry.order ?? 1 + Math.max(0, ...all().map(one => one.order));
  try {
    localStorage.setItem(PREFIX + entry.key, JSON.stringify(entry));
    unkept.delete(PREFIX + entry.key);
    return true;
  } catch {
    unkept.set(PREFIX + entry.key, entry);
    return false;
  }
}

/** Forget an entry: it was sent, or its vendor no longer wants it. */
export function drop(entry) {
  unkept.delete(PREFIX + entry.key);
  localStorage.removeItem(PREFIX + entry.key);
}

/** Forget a tap before it was ever sent; the next one on the same thing then follows what it saw,
 * and what was only possible by this tap is forgotten with it. */
export function withdraw(entry) {
  for (const one of entries(entry.account)) if (one.needs === entry.key) withdraw(one);
  const next = entries(entry.account).find(
    one => one.field === entry.field && one.order > entry.order);
  if (next && !entry.tried) {
    next.fields.was = entry.fields.was;
    keep(next);
  }
  drop(entry);
}

/** Save one's own in spite of what stands there now: a new form in the old place of the queue.
 * `instead` holds other values, such as another stall. */
export function insist(entry, instead = {}) {
  drop(entry);
  const fields = { ...entry.fields, was: entry.problem.now ?? entry.fields.was, ...instead };
  const key = newKey();
  for (const one of entries(entry.account)) if (one.needs === entry.key) keep({ ...one, needs: key });
  keep({ ...entry, key, fields, problem: null, tried: false });
}

/** Send one entry: "sent", "later" (no network), "come_in", "other", or "stuck" with its problem. */
export async function send(entry) {
  keep({ ...entry, tried: true });
  const patience = new AbortController();
  const alarm = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(entry.action, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({
        ...entry.fields, account: entry.account, idempotency_key: entry.key }),
      signal: patience.signal,
    });
    return await understood(answer);
  } catch {
    return { kind: "later" };
  } finally {
    clearTimeout(alarm);
  }
}

async function understood(answer) {
  if (BUSY.includes(answer.status)) return { kind: "later" };
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const said = isJson ? await answer.json() : null;
  if (answer.ok) {
    // The door of somebody's wireless network also answers 200, but not in our words.
    return said && "where" in said ? { kind: "sent", said } : { kind: "later" };
  }
  if (answer.status === 401) return { kind: "come_in" };
  if (said?.reason === "other_account") return { kind: "other" };
  return { kind: "stuck", problem: { status: answer.status, ...said } };
}

/** Send what waits, each thing in its order; what is stuck holds up only what follows on it. */
export async function sendAll(account) {
  const held = new Set();
  const sent = [];
  let stuck = false;
  for (const waiting of entries(account)) {
    const entry = entries(account).find(one => one.key === waiting.key);
    if (!entry) continue;
    if (entry.problem) held.add(entry.field).add(entry.key);
    if (held.has(entry.field) || held.has(entry.needs)) continue;
    const answer = await send(entry);
    if (answer.kind === "sent") {
      drop(entry);
      sent.push(entry);
    } else if (answer.kind === "stuck") {
      keep({ ...entry, tried: true, problem: answer.problem });
      held.add(entry.field).add(entry.key);
      stuck = true;
    } else {
      return { kind: answer.kind, sent, stuck };
    }
  }
  return { kind: "sent", sent, stuck };
}
