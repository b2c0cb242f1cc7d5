/* The market day of the office: taps are kept on the telephone first, then sent in their order;
what they change is shown at once, also while there is no network. */

import { entries, keep, newKey } from "./queue.js";
import { element, watch } from "./waiting.js";

const ARRIVED = "present";
const COUNTED_TOGETHER_MS = 2500;
const LOOK_AT_CLOCK_MS = 20_000;

let pressed = null;
let counting = 0;
let opened = Date.now();

const waiting = watch({ mark, reset, remember, restore, isFolded: true });
const { account, words } = waiting;
const page = () => waiting.page();
const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_all, name) => values[name]);
const rowOf = slug => page().querySelector(`.arrival[data-vendor="${CSS.escape(slug)}"]`);

/* What is tapped. */

function tapped(event) {
  const form = event.target;
  const act = acts[form.dataset.tap];
  if (!act) return;
  event.preventDefault();
  // Older browsers do not say which button sent a form.
  const button = event.submitter ?? (pressed?.form === form ? pressed : null);
  const fields = Object.fromEntries(new FormData(form));
  if (button?.name) fields[button.name] = button.value;
  delete fields.account;
  delete fields.idempotency_key;
  const action = button?.getAttribute("formaction") ?? form.getAttribute("action");
  act({ form, button, fields, action, ...form.dataset });
}

/* Keep a tap and send it. `after` puts the sending off a little. */
function queue(entry, after = 0) {
  if (!keep({ key: newKey(), account, value: "", ...entry })) waiting.notKept();
  waiting.show();
  if (!after) waiting.flush();
  else {
    clearTimeout(counting);
    counting = setTimeout(() => waiting.flush(), after);
  }
}

const lastOf = field => entries(account).filter(entry => entry.field === field).pop();
const spoken = button => (button?.lastChild?.textContent ?? "").trim();

const acts = {
  presence({ fields, action, field, about, button }) {
    const before = lastOf(field);
    const isSame = before && !before.problem && before.value === fields.state
      && before.action === action;
    if (isSame) return;
    if (before) fields.was = before.value;
    queue({ kind: "presence", action, field, fields, value: fields.state, about,
      said: spoken(button) });
    goOn(fields.vendor);
  },

  release({ form, fields, action, field, about, said }) {
    const before = lastOf(field);
    if (before?.kind === "release") return;
    if (before) fields.was = before.value;
    const value = fields.was === "expected" ? "absent" : fields.was;
    const stalls = form.closest(".arrival").dataset.stalls.split(" ");
    queue({ kind: "release", action, field, fields, value, about, said, stalls });
  },

  move({ form, fields, action, field, about }) {
    const before = lastOf(field);
    if (before && !before.problem) return;
    queue({ kind: "move", action, field, fields, about, said: `${fields.no} → ${fields.stall}` });
    form.closest(".moving").remove();
  },

  give({ form, fields, action, button }) {
    const isNew = action.endsWith("/viesis");
    const { stall, diena } = fields;
    if (!stall) return say(words.choose_place, form.querySelector("input[name=stall]"));
    let given = { stall, diena };
    let name = "";
    if (isNew) {
      const { new_name: called, goods, place } = fields;
      if (![called, goods, place].every(typed => typed.trim())) {
        return say(words.fill_in, form.elements.new_name);
      }
      given = { ...given, new_name: called, goods, place };
      name = called;
    } else if (fields.vendor) {
      given.vendor = fields.vendor;
      name = button.textContent.replace(/^\d+\.\s*/, "").trim();
    } else {
      Object.assign(given, named(fields.name, "#others"));
      name = fields.name;
      if (!name.trim()) return say(words.fill_in, form.elements.name);
    }
    const needs = entries(account).find(
      one => one.kind === "release" && !one.problem && one.stalls.includes(stall))?.key;
    form.reset();
    form.querySelector("#guest").open = false;
    say("");
    queue({ kind: "give", action, field: `place-${stall}`, fields: given, needs, stall, name,
      about: fill(words.stall, { stall }), said: name });
  },

  waiting({ form, fields, action }) {
    if (!fields.name.trim()) return;
    const name = fields.name.trim();
    const found = named(name, "#askers-known");
    form.reset();
    queue({ kind: "waiting", action, field: `waiting-${found.vendor ?? name}`, name,
      fields: { diena: fields.diena, ...found }, about: name, said: words.waits_for });
  },

  "not-waiting"({ fields, action, field, about }) {
    if (lastOf(field)?.kind === "not-waiting") return;
    queue({ kind: "not-waiting", action, field, fields, about, said: words.no_longer });
  },

  count({ fields, action, field, about }) {
    const before = lastOf(field);
    const isOpen = before && !before.tried && !before.problem;
    const plus = Number(fields.plus) + (isOpen ? Number(before.fields.plus) : 0);
    const entry = { kind: "count", action, field, about, said: plus > 0 ? `+${plus}` : `${plus}`,
      fields: { ...fields, plus: String(plus) } };
    queue(isOpen ? { ...before, ...entry } : entry, COUNTED_TOGETHER_MS);
  },

  incident({ form, fields, action }) {
    if (!fields.note.trim()) return form.elements.note.focus();
    form.reset();
    form.closest("details").open = false;
    queue({ kind: "incident", action, field: `incident-${newKey()}`, fields,
      about: words.incident, said: fields.note.trim().slice(0, 60) });
  },
};

/* The vendor with exactly this name, or what was typed, for the office's list to find. */
function named(typed, list) {
  const found = [...document.querySelectorAll(`${list} option`)].find(
    one => one.value.toLowerCase() === typed.trim().toLowerCase());
  return found ? { vendor: found.dataset.vendor } : { name: typed.trim() };
}

function say(sentence, field = null) {
  const box = document.querySelector("#give-said");
  box.textContent = sentence;
  box.hidden = !sentence;
  field?.focus();
}

/* Among those who are not here yet a row goes away when it is tapped; the next one is ready. */
function goOn(slug) {
  const row = rowOf(slug);
  if (!page().classList.contains("only-missing") || !row) return;
  let next = row.nextElementSibling;
  while (next && getComputedStyle(next).display === "none") next = next.nextElementSibling;
  next?.querySelector(".three button")?.focus({ preventScroll: true });
}

/* Moving: the free places, below the vendor, without asking the network. */

function openMoving(event) {
  const link = event.target.closest("a.move");
  if (!link) return;
  event.preventDefault();
  const row = link.closest(".arrival");
  const isOpen = row.querySelector(".moving");
  page().querySelectorAll(".moving").forEach(one => one.remove());
  if (isOpen) return;
  const box = element("section", "", { className: "moving card" });
  box.append(...row.dataset.stalls.split(" ").map(stall => movingForm(row, stall)));
  row.append(box);
  box.querySelector("button")?.focus({ preventScroll: true });
}

function movingForm(row, stall) {
  const form = element("form", "", { method: "post" });
  form.setAttribute("action", page().querySelector("#give").dataset.move);
  Object.assign(form.dataset, {
    tap: "move", field: `place-${stall}`, about: row.dataset.name });
  for (const [name, value] of [
    ["diena", page().dataset.day], ["vendor", row.dataset.vendor], ["no", stall]]) {
    form.append(element("input", "", { type: "hidden", name, value }));
  }
  const title = element("p");
  title.append(element("b", fill(words.from_to, { stall })));
  const plates = element("div", "", { className: "plates" });
  for (const label of document.querySelectorAll("#give .stall:not([hidden]) input")) {
    plates.append(element("button", label.value, {
      name: "stall", value: label.value, className: "second plate-button" }));
  }
  form.append(title, plates);
  return form;
}

/* What the page shows of it: everything that waits is shown as if it were done. */

function reset() {
  page().querySelectorAll(".made").forEach(one => one.remove());
  page().querySelectorAll("[data-gone]").forEach(one => {
    one.hidden = false;
    delete one.dataset.gone;
  });
  for (const row of page().querySelectorAll(".arrival")) {
    row.dataset.kept ??= row.dataset.state;
    press(row, row.dataset.kept);
  }
  page().querySelectorAll("[data-count]").forEach(one => { one.textContent = one.dataset.count; });
  tell();
}

function gone(one) {
  if (!one || one.hidden) return;
  one.hidden = true;
  one.dataset.gone = "";
}

function press(row, state) {
  row.dataset.state = state;
  for (const button of row.querySelectorAll("button[name=state]")) {
    button.setAttribute("aria-pressed", String(button.value === state));
    button.classList.remove("waits");
  }
  const release = row.querySelector("form.release");
  if (release) release.hidden = state === ARRIVED;
}

function mark(entry, isLate) {
  marks[entry.kind]?.(entry, isLate);
  tell();
}

const marks = {
  presence(entry, isLate) {
    const row = rowOf(entry.fields.vendor);
    if (!row) return;
    press(row, entry.value);
    row.querySelector(`button[value="${entry.value}"]`)?.classList.add("waits");
    if (isLate) row.append(note(words.waits));
  },

  release(entry, isLate) {
    const row = rowOf(entry.fields.vendor);
    if (!row) return;
    press(row, "absent");
    row.querySelectorAll("form, .move, .moving").forEach(gone);
    row.append(note(isLate ? `${entry.said} – ${words.waits}` : entry.said));
    for (const stall of entry.stalls) offer(stall);
  },

  give(entry) {
    const radio = page().querySelector(`#give input[value="${CSS.escape(entry.stall)}"]`);
    gone(radio?.closest("label"));
    if (entry.fields.vendor) takeOff(entry.fields.vendor);
    const line = element("li", "", { className: "made waiting" });
    line.append(element("span", entry.stall, { className: "plate tiny" }), ` ${entry.name}`);
    page().querySelector("#placed").append(line);
  },

  move(entry, isLate) {
    const row = rowOf(entry.fields.vendor);
    if (!row) return;
    const radio = page().querySelector(`#give input[value="${CSS.escape(entry.fields.stall)}"]`);
    gone(radio?.closest("label"));
    row.append(note(isLate ? `${entry.said} – ${words.waits}` : entry.said));
  },

  waiting(entry) {
    const line = element("li", entry.name, { className: "made waiting" });
    page().querySelector("#waiting-list").append(line);
    const { vendor } = entry.fields;
    if (!vendor) return;
    const asks = element("li", "", { className: "made" });
    asks.dataset.vendor = vendor;
    asks.append(element("button", entry.name, {
      name: "vendor", value: vendor, className: "second wide" }));
    page().querySelector("#askers").append(asks);
  },

  "not-waiting"(entry) { takeOff(entry.fields.vendor); },

  count(entry) {
    const output = page().querySelector(`form[data-field="${entry.field}"] output`);
    if (output) output.textContent = Math.max(0, Number(output.textContent) + Number(entry.fields.plus));
  },
};

function note(text) {
  return element("p", text, { className: "waiting" });
}

/* A place that was released here can be given on at once. */
function offer(stall) {
  const label = element("label", "", { className: "stall made" });
  label.append(element("input", "", { type: "radio", name: "stall", value: stall }));
  label.append(element("span", stall));
  page().querySelector("#released").append(label);
}

function takeOff(slug) {
  page().querySelectorAll(
    `#askers [data-vendor="${CSS.escape(slug)}"], #guest [data-vendor="${CSS.escape(slug)}"],
     #waiting-list [data-vendor="${CSS.escape(slug)}"]`).forEach(gone);
}

function tell() {
  const rows = [...page().querySelectorAll(".arrival")].filter(row => row.dataset.state !== "absent");
  const box = page().querySelector("#progress b");
  if (!box) return;
  box.textContent = fill(words.progress, {
    arrived: rows.filter(row => row.dataset.state === ARRIVED).length, expected: rows.length });
}

/* What is open, typed and chosen stays when the page follows. */

function remember() {
  const fields = "main input[type=text], main textarea, main select";
  return {
    open: [...document.querySelectorAll("main details[open]")].map(one => one.id).filter(Boolean),
    typed: [...document.querySelectorAll(fields)].map(one => [one.id, one.value]),
    stall: document.querySelector("#give input[name=stall]:checked")?.value,
    missing: page().classList.contains("only-missing"),
    focused: document.activeElement?.closest(".arrival")?.dataset.vendor,
    value: document.activeElement?.value,
  };
}

function restore({ open, typed, stall, missing, focused, value }) {
  opened = Date.now();
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, text] of typed) {
    const field = document.getElementById(id);
    if (field && text) field.value = text;
  }
  if (stall) {
    const radio = page().querySelector(`#give input[value="${CSS.escape(stall)}"]`);
    if (radio) radio.checked = true;
  }
  if (missing) only(true);
  lookAtClock();
  if (!focused) return;
  [...(rowOf(focused)?.querySelectorAll("button") ?? [])]
    .find(one => one.value === value)?.focus({ preventScroll: true });
}

/* Only those who are not here yet. */

function filtered(event) {
  if (!event.target.closest("#only-missing")) return;
  event.preventDefault();
  only(!page().classList.contains("only-missing"));
}

function only(isOn) {
  page().classList.toggle("only-missing", isOn);
  page().querySelector("#only-missing").textContent = isOn ? words.everybody : words.missing;
}

/* The clock of the market goes on on the page, also on one that was kept on the telephone. */

function marketTime() {
  const { now, keptAt } = page().dataset;
  const since = Number(keptAt) || opened;
  return new Date(new Date(now).getTime() + Date.now() - since);
}

function lookAtClock() {
  const time = marketTime().toTimeString().slice(0, 5);
  for (const button of page().querySelectorAll("button[data-from]")) {
    if (time < button.dataset.from) continue;
    button.firstChild.textContent = button.dataset.ready;
    button.disabled = false;
    delete button.dataset.from;
  }
}

/* A kept page of another day is no help today: who comes is another matter. */
function turnDay() {
  if (!Number(page().dataset.daysOld)) return;
  document.querySelector("#no-network").append(` ${words.old_day}`);
  page().querySelectorAll("button").forEach(one => { one.disabled = true; });
}

document.addEventListener("submit", tapped);
document.addEventListener("click", openMoving);
document.addEventListener("click", filtered);
document.addEventListener("click", event => { pressed = event.target.closest("button"); }, true);
setInterval(lookAtClock, LOOK_AT_CLOCK_MS);
document.addEventListener("visibilitychange", lookAtClock);
lookAtClock();
turnDay();
waiting.start();
