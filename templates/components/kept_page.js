/* Keeps today's page and its files on the telephone: from the network first, from here without it.

Only the one page of the day is kept, a vendor's own or the office's, never a page of anybody else;
it is given up when another account comes in, and when this one comes out. */

const PAGE = {{ page|tojson }};
const FILES = {{ files|tojson }};
const VERSION = FILES.map(file => file.split("=")[1]).join("-");
const STORE = `mans ${PAGE} ${VERSION}`;
const PATIENCE_MS = 8000;
const ACCOUNT = "Own-Account";
const KEPT_AT = "Kept-At";

addEventListener("install", event => event.waitUntil(install()));
addEventListener("activate", event => event.waitUntil(tidy()));

async function install() {
  const store = await caches.open(STORE);
  await store.addAll(FILES);
  await renew(await fetch(PAGE, { credentials: "same-origin", headers: { Accept: "text/html" } }));
  await skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`mans ${PAGE} `) && name !== STORE) await caches.delete(name);
  }
  await clients.claim();
}

addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.method !== "GET") {
    if (/\/(iziet|ieiet)$/.test(url.pathname)) event.waitUntil(giveUp());
    return;
  }
  if (FILES.includes(url.pathname + url.search)) event.respondWith(file(event.request));
  else if (url.pathname === PAGE) event.respondWith(page(event));
  else if (event.request.mode === "navigate") event.respondWith(other(event.request));
});

async function file(request) {
  return (await (await caches.open(STORE)).match(request.url)) ?? fetch(request);
}

/* Today's page: the network's, and the kept one where that does not answer. */
async function page(event) {
  const { search } = new URL(event.request.url);
  const fresh = fetch(event.request).then(async answer => {
    // What was asked for with ?… is a part of the page, or the page at another moment.
    if (!search || search.startsWith("?sent=")) await renew(answer.clone());
    return answer;
  });
  if (event.request.mode !== "navigate") return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const kept = await copy();
  if (!kept) return fresh;
  const late = new Promise(resolve => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fresh.catch(() => kept), late]);
}

/* Another page needs the network; without it one is led to today. */
async function other(request) {
  try {
    return await fetch(request);
  } catch (error) {
    if (!(await copy())) throw error;
    return Response.redirect(PAGE, 302);
  }
}

async function renew(answer) {
  const whose = answer.headers.get(ACCOUNT);
  // A page without an account, or the way to the door: whoever was in is in no longer.
  if (!whose) {
    if (answer.ok || answer.type === "opaqueredirect" || answer.redirected) await giveUp();
    return;
  }
  if (!answer.ok) return;
  await giveUp(whose);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set(KEPT_AT, String(Date.now()));
  const store = await caches.open(STORE);
  await store.put(PAGE, new Response(await answer.text(), { status: 200, headers }));
}

/* Take every kept page away that is not of this account, in whatever language. */
async function giveUp(whose = "") {
  for (const name of await caches.keys()) {
    if (!name.startsWith("mans ")) continue;
    const store = await caches.open(name);
    const address = name.split(" ")[1];
    const kept = await store.match(address);
    if (kept && kept.headers.get(ACCOUNT) !== whose) await store.delete(address);
  }
}

/* The kept page, which says that it is one, and how many days old. */
async function copy() {
  const kept = await (await caches.open(STORE)).match(PAGE);
  if (!kept) return null;
  const since = Number(kept.headers.get(KEPT_AT));
  const days = nights(since, Date.now());
  const text = (await kept.text())
    .replace('id="no-network" hidden', 'id="no-network"')
    .replace('class="notice said"', 'class="notice said" hidden')
    .replace('data-kept-at="0"', `data-kept-at="${since}"`)
    .replace('data-days-old="0"', `data-days-old="${days}"`);
  return new Response(text, { status: 200, headers: kept.headers });
}

function nights(before, after) {
  const midnight = moment => new Date(moment).setHours(12, 0, 0, 0);
  return Math.round((midnight(after) - midnight(before)) / 86_400_000);
}
