/* Who stands where: take a vendor and put them down, by two taps, by the keyboard, by dragging.

The page does all of it without this, one page after another. Here the same forms are sent
without leaving, and the grid is read anew after each of them: what it shows is what stands. */

import { newKey } from "./queue.js";

const root = document.getElementById("standing");
const words = JSON.parse(root.dataset.words);
const carried = JSON.parse(root.dataset.carried);
const telling = document.getElementById("telling");
const hand = document.getElementById("hand");
const acts = document.getElementById("hand-acts");
const PATIENCE_MS = 20_000;
const FAR_PX = 6;

let held = null;
let working = false;
let dragged = null;
let wasDragged = false;

const fill = (sentence, blanks) => sentence.replace(/\{(\w+)\}/g, (_all, name) => blanks[name]);
const cells = () => [...document.querySelectorAll("#grid .cell")];
const isSeen = cell => cell.offsetParent !== null;
const placeOf = cell => `${cell.dataset.day}.${cell.dataset.number}`;

/* The hand. */

function take(what) {
  held = what;
  say(fill(words.picked, { vendor: what.name }));
  acts.replaceChildren();
  if (what.placement) acts.append(button(words.release, () => release(what.placement)));
  acts.append(button(words.let_go_button, letGo));
  showHeld();
}

function letGo() {
  held = null;
  acts.replaceChildren();
  say(words.let_go);
  showHeld();
}

function showHeld() {
  for (const one of document.querySelectorAll(".in-hand")) one.classList.remove("in-hand");
  if (!held) return;
  const chosen = held.placement ? `[data-placement="${held.placement}"]` : `[data-vendor="${held.vendor}"]`;
  for (const one of document.querySelectorAll(chosen)) {
    one.classList.add("in-hand");
    document.querySelector(`g.stall[data-stall="${one.dataset.stall}"]`)?.classList.add("in-hand");
  }
}

function say(sentence, isBad = false) {
  hand.classList.toggle("bad", isBad);
  telling.textContent = sentence;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "second";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/* Putting down: which form that is depends on what is in the hand and on the place. */

function putDown(cell) {
  const uz = placeOf(cell) + (cell.dataset.placement ? `.${cell.dataset.placement}` : "");
  if (held.placement && cell.dataset.placement === held.placement) return letGo();
  if (!held.placement) {
    if (cell.dataset.placement) return say(fill(words.no_swap, { vendor: cell.dataset.name }), true);
    return send(root.dataset.put, { uz, tirgotajs: held.vendor }, placeOf(cell));
  }
  const isSameDay = held.day === cell.dataset.day;
  if (cell.dataset.placement && !isSameDay) {
    return say(fill(words.no_swap, { vendor: cell.dataset.name }), true);
  }
  const address = cell.dataset.placement ? root.dataset.swap : isSameDay ? root.dataset.move : root.dataset.put;
  return send(address, { uz, placement: held.placement }, placeOf(cell));
}

function release(placement) {
  const cell = document.querySelector(`#grid .cell[data-placement="${placement}"]`);
  return send(root.dataset.release, { placement }, cell ? placeOf(cell) : "");
}

async function send(address, fields, place) {
  if (working) return;
  working = true;
  root.classList.add("is-working");
  say(words.working);
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...carried, ...fields })) {
    if (value !== null) body.set(name, value);
  }
  body.set("account", root.dataset.account);
  body.set("idempotency_key", newKey());
  try {
    const answer = await fetch(address, {
      method: "POST", body, credentials: "same-origin",
      headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status === 401) return location.reload();
    const told = await answer.json();
    held = null;
    acts.replaceChildren();
    await readAnew(answer.ok ? body.get("idempotency_key") : "", place);
    say(answer.ok ? told.said : told.title, !answer.ok);
  } catch {
    say(words.later, true);
  } finally {
    working = false;
    root.classList.remove("is-working");
  }
}

/* The page as it stands now; where one was, one stays. */

async function readAnew(key, place) {
  const address = new URL(location.href);
  for (const name of ["nemt", "tirgotajs", "uz", "sent"]) address.searchParams.delete(name);
  address.hash = "";
  history.replaceState(null, "", address);
  if (key) address.searchParams.set("sent", key);
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = [...document.querySelectorAll("#live details")].map(one => one.open);
  document.getElementById("live").replaceWith(page.getElementById("live"));
  document.querySelectorAll("#live details").forEach((one, index) => { one.open = opened[index] ?? one.open; });
  replaceHands(page);
  offerUndo(page);
  prepare(place);
}

function replaceHands(page) {
  const bench = document.getElementById("izvele");
  const fresh = page.getElementById("izvele");
  for (const part of ["h2", ".find", "form:not(.find)", ".hands", "p.soft"]) {
    bench.querySelectorAll(`:scope > ${part}`).forEach(one => one.remove());
  }
  bench.append(...[...fresh.children].filter(one => one.id !== "hand"));
}

function offerUndo(page) {
  document.querySelector("main > .said, .said")?.remove();
  const form = page.querySelector(".said form");
  if (!form) return;
  form.elements.where.value = location.pathname + location.search;
  acts.append(document.importNode(form, true));
}

/* One place of the grid is reached by Tab, the others by arrows. */

function prepare(place) {
  const grid = document.getElementById("grid");
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-describedby", "keys");
  const all = cells();
  const known = place && document.getElementById(`c-${place}`);
  const first = known || all.find(isSeen);
  for (const cell of all) cell.tabIndex = cell === first ? 0 : -1;
  if (known) known.focus({ preventScroll: isInView(known) });
  showHeld();
}

function isInView(cell) {
  const box = cell.getBoundingClientRect();
  return box.top > 80 && box.bottom < innerHeight - 80;
}

function goTo(cell) {
  if (!cell) return;
  for (const one of cells()) one.tabIndex = one === cell ? 0 : -1;
  cell.focus();
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function beside(cell, down, right) {
  if (right) {
    let next = cell.closest("td");
    do next = right > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !(next.querySelector(".cell") && isSeen(next.querySelector(".cell"))));
    return next?.querySelector(".cell");
  }
  const column = cells().filter(one => one.dataset.day === cell.dataset.day && isSeen(one));
  return column[column.indexOf(cell) + down];
}

function pressed(event) {
  if (event.key === "Escape" && (held || dragged)) {
    event.preventDefault();
    dropDragged();
    return letGo();
  }
  const cell = event.target.closest?.("#grid .cell");
  if (!cell || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key in STEPS) {
    event.preventDefault();
    goTo(beside(cell, ...STEPS[event.key]));
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    const row = [...cell.closest("tr").querySelectorAll(".cell")].filter(isSeen);
    goTo(event.key === "Home" ? row[0] : row[row.length - 1]);
  } else if (event.key === "Delete" && cell.dataset.placement) {
    event.preventDefault();
    release(cell.dataset.placement);
  } else if (event.key === " " && cell.tagName === "A") {
    event.preventDefault();
    cell.click();
  }
}

/* A tap takes, the next one puts down; a free place with an empty hand opens its own page. */

function tapped(event) {
  if (wasDragged) {
    wasDragged = false;
    event.preventDefault();
    return;
  }
  const vendor = event.target.closest("[data-vendor]");
  if (vendor) {
    event.preventDefault();
    take({ vendor: vendor.dataset.vendor, name: vendor.dataset.name });
    return;
  }
  const cell = cellAt(event.target);
  if (!cell) return;
  if (held) {
    event.preventDefault();
    putDown(cell);
  } else if (cell.dataset.placement) {
    event.preventDefault();
    take(heldOf(cell));
  } else if (!event.target.closest(".cell")) {
    cell.click();
  }
}

const heldOf = cell => ({ placement: cell.dataset.placement, day: cell.dataset.day, name: cell.dataset.name });

/* A stall on the plan stands for its cell in the list. */
function cellAt(target) {
  const cell = target.closest?.("#grid .cell");
  if (cell) return cell;
  const stall = target.closest?.("g.stall");
  return stall && document.querySelector(`#grid .cell[data-stall="${stall.dataset.stall}"]`);
}

/* Dragging, with a mouse or a pen; a finger scrolls. */

function grasped(event) {
  wasDragged = false;
  if (event.pointerType === "touch" || event.button !== 0) return;
  const vendor = event.target.closest("[data-vendor]");
  const cell = vendor ? null : cellAt(event.target);
  if (!vendor && !cell?.dataset.placement) return;
  const what = vendor ? { vendor: vendor.dataset.vendor, name: vendor.dataset.name } : heldOf(cell);
  dragged = { what, x: event.clientX, y: event.clientY, label: null };
}

function drawn(event) {
  if (!dragged) return;
  if (!dragged.label) {
    if (Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) < FAR_PX) return;
    dragged.label = document.createElement("div");
    dragged.label.className = "dragged";
    dragged.label.setAttribute("aria-hidden", "true");
    dragged.label.textContent = dragged.what.name;
    document.body.append(dragged.label);
    take(dragged.what);
  }
  dragged.label.style.left = `${event.clientX + 12}px`;
  dragged.label.style.top = `${event.clientY + 12}px`;
  for (const one of document.querySelectorAll(".over")) one.classList.remove("over");
  const below = document.elementFromPoint(event.clientX, event.clientY);
  below?.closest(".cell, g.stall")?.classList.add("over");
}

function dropped(event) {
  if (!dragged) return;
  const moved = dragged.label !== null;
  dropDragged();
  if (!moved) return;
  wasDragged = true;
  setTimeout(() => { wasDragged = false; });
  const cell = cellAt(document.elementFromPoint(event.clientX, event.clientY) ?? document.body);
  if (cell) putDown(cell);
  else letGo();
}

function dropDragged() {
  dragged?.label?.remove();
  dragged = null;
  for (const one of document.querySelectorAll(".over")) one.classList.remove("over");
}

const keys = document.createElement("p");
keys.id = "keys";
keys.className = "away";
keys.textContent = words.keys;
root.append(keys);
const chosen = document.querySelector(".cell.in-hand");
if (chosen) held = heldOf(chosen);
document.addEventListener("click", tapped);
document.addEventListener("keydown", pressed);
document.addEventListener("pointerdown", grasped);
document.addEventListener("pointermove", drawn);
document.addEventListener("pointerup", dropped);
document.addEventListener("pointercancel", dropDragged);
document.addEventListener("dragstart", event => {
  if (event.target.closest?.("[data-vendor], #grid .cell")) event.preventDefault();
});
prepare(location.hash.startsWith("#c-") ? decodeURIComponent(location.hash.slice(3)) : "");
