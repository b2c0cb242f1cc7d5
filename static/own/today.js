/* My stall today: taps are kept on the telephone first, then sent; the page follows in place. */

import { drop, entries, insist, keep, newKey, sendAll, withdraw } from "./queue.js";

const FIRST_RETRY_MS = 4000;
const LAST_RETRY_MS = 60_000;
const SOON_MS = 1500;

let page = document.querySelector("#taps");
const account = page.dataset.account;
const words = JSON.parse(page.dataset.words);
let state = "";
let isSending = false;
let isLate = entries(account).length > 0;
let pressed = null;
let retryMs = FIRST_RETRY_MS;
let alarm = 0;

const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_all, name) => values[name]);

function element(tag, text = "", settings = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, settings);
}

/* What is tapped. */

function tapped(event) {
  const form = event.target;
  if (!form.dataset.field) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  // Older browsers do not say which button sent a form.
  const button = event.submitter ?? (pressed?.form === form ? pressed : null);
  if (button?.name) fields[button.name] = button.value;
  queue(form, fields, (button?.textContent ?? "").split(":").pop().trim());
}

function queue(form, fields, said) {
  const field = form.dataset.field;
  const before = entries(account).filter(entry => entry.field === field).pop();
  const value = form.dataset.value ?? fields.state ?? cents(fields.price ?? "");
  const isSame = before && !before.problem && before.value === value
    && before.action === form.getAttribute("action");
  if (isSame) return;
  if (before && before.value !== "") fields.was = before.value;
  delete fields.account;
  delete fields.idempotency_key;
  const isPrice = "price" in fields;
  const isKept = keep({
    key: newKey(), account, action: form.getAttribute("action"), field, fields, value,
    about: form.dataset.about, said: isPrice ? `${fields.price.trim()} €` : said,
  });
  if (!isKept) state = "not_kept";
  form.closest("details.cost")?.removeAttribute("open");
  show();
  flush();
}

/* A typed price in cents, as text; "" for what the server will have to explain. */
function cents(typed) {
  const plain = typed.replace(/[€\s]/g, "").replace(",", ".");
  return /^\d+(\.\d{1,2})?$/.test(plain) ? String(Math.round(Number(plain) * 100)) : "";
}

/* Minus and plus move the price in its field; it is saved by the button below. */
function stepped(event) {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  event.preventDefault();
  const field = button.parentElement.querySelector("input[name=price]");
  const before = Number(cents(field.value) || 0);
  const now = button.dataset.step === "up" ? raised(before) : lowered(before);
  field.value = (now / 100).toFixed(2).replace(".", ",");
}

const steps = page.dataset.steps.trim().split(" ").map(one => one.split(":").map(Number));
const step = price => (steps.find(([below]) => price < below) ?? steps[steps.length - 1])[1];

function raised(price) {
  return Math.min(steps[steps.length - 1][0], (Math.floor(price / step(price)) + 1) * step(price));
}

function lowered(price) {
  const by = step(Math.max(0, price - 1));
  return Math.max(0, Math.ceil(price / by) * by - by);
}

/* What the page shows of it. */

function show() {
  const waiting = entries(account);
  page.querySelectorAll(".waiting").forEach(one => one.remove());
  for (const entry of waiting) if (!entry.problem) mark(entry);
  const box = document.querySelector("#queue");
  box.className = state === "sent" && !waiting.length ? "notice" : "notice warning";
  box.replaceChildren(...lines(waiting));
  box.hidden = !box.childElementCount;
}

function mark(entry) {
  const forms = [...page.querySelectorAll("form[data-field]")]
    .filter(form => form.dataset.field === entry.field && !form.dataset.value);
  for (const form of forms) {
    const buttons = [...form.querySelectorAll("button[name=state]")];
    for (const button of buttons) {
      const isIt = button.value === entry.value;
      button.setAttribute("aria-pressed", String(isIt));
      button.classList.toggle("waits", isIt);
    }
  }
  if (entry.field === "presence" && entry.value !== "present") {
    page.querySelector("form[data-value] button")?.removeAttribute("aria-pressed");
  }
  const form = forms[0];
  const place = form?.closest("details.cost") ?? form;
  place?.parentElement.querySelectorAll(`.waiting[data-of="${entry.field}"]`)
    .forEach(one => one.remove());
  if (!place || !isLate) return;
  const text = entry.field.startsWith("price") ? `${entry.said} – ${words.waits}` : words.waits;
  const note = element("p", text, { className: "waiting" });
  note.dataset.of = entry.field;
  place.after(note);
}

function lines(waiting) {
  const found = [];
  const count = isLate ? waiting.filter(entry => !entry.problem).length : 0;
  if (count) found.push(element("p", fill(words.waiting, { n: count })));
  if (state === "come_in") found.push(withDoor(words.come_in, words.door, page.dataset.door));
  if (state === "other") found.push(withDoor(words.other, words.anew, location.pathname));
  if (state === "not_kept" && count) found.push(element("p", words.not_kept));
  if (state === "sent" && isLate && !waiting.length) found.push(element("p", words.sent));
  const listed = waiting.filter(entry => entry.problem || isLate);
  if (listed.length) {
    const list = element("ul");
    list.append(...listed.map(line));
    found.push(list);
  }
  return found;
}

function withDoor(sentence, name, href) {
  const line = element("p", `${sentence} `);
  line.append(element("a", name, { href }));
  return line;
}

function line(entry) {
  const item = element("li");
  const problem = entry.problem;
  if (problem?.reason === "changed" && problem.theirs !== undefined) {
    item.append(
      element("b", `${entry.about}: ${words.changed}`),
      told(fill(words.theirs, { words: problem.theirs })),
      told(fill(words.mine, { words: problem.mine })),
      buttons([words.keep, () => drop(entry)], [words.again, () => insist(entry)]));
  } else if (problem) {
    item.append(
      element("b", `${entry.about}: ${entry.said}`),
      told(problem.title ?? words.refused),
      buttons([words.drop, () => drop(entry)], [words.retry, () => retried(entry)]));
  } else {
    item.append(
      told(`${entry.about}: ${entry.said}`),
      buttons([words.drop, () => withdraw(entry)]));
  }
  return item;
}

function told(text) {
  return element("span", text, { className: "words" });
}

function retried(entry) {
  keep({ ...entry, problem: null });
}

function buttons(...choices) {
  const isChoice = choices.length > 1;
  const side = element("span", "", { className: isChoice ? "side of-two" : "side" });
  for (const [name, act] of choices) {
    const isMine = isChoice && act === choices[choices.length - 1][1];
    const button = element("button", name, { type: "button", className: isMine ? "" : "second" });
    button.addEventListener("click", async () => {
      act();
      state = "";
      show();
      await flush({ anyway: true });
    });
    side.append(button);
  }
  return side;
}

/* Sending. */

async function flush({ anyway = false } = {}) {
  if (isSending) return;
  if (!entries(account).some(isFree)) {
    if (anyway) await follow("");
    show();
    return;
  }
  isSending = true;
  clearTimeout(alarm);
  const soon = setTimeout(() => { isLate = true; show(); }, SOON_MS);
  const answer = await alone(() => sendAll(account));
  clearTimeout(soon);
  isSending = false;
  state = answer.kind;
  if (state !== "sent") isLate = true;
  if (answer.sent.length) await follow(answer.sent[answer.sent.length - 1].key);
  else if (answer.stuck || (anyway && answer.kind === "sent")) await follow("");
  show();
  // Whoever has scrolled down to the goods must see that something is to be decided.
  if (answer.stuck) document.querySelector("#queue").scrollIntoView({ block: "start" });
  if (answer.kind === "sent") {
    if (!entries(account).length) isLate = false;
    retryMs = FIRST_RETRY_MS;
    if (entries(account).some(isFree)) flush();
  } else if (answer.kind === "later") {
    alarm = setTimeout(flush, retryMs);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }
}

/* Whether an entry can go now: nothing before it on the same thing is stuck. */
function isFree(entry) {
  return !entries(account).some(
    one => one.problem && one.field === entry.field && one.order <= entry.order);
}

/* Two open pages of one telephone send one after the other, where the browser can arrange that. */
function alone(work) {
  return navigator.locks ? navigator.locks.request("tirgus-taps", work) : work();
}

/* Show the page as the server has it now; what is open and typed elsewhere stays. */
async function follow(key) {
  try {
    const address = key ? `${location.pathname}?sent=${key}` : location.pathname;
    const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.querySelector("#taps")?.dataset.account !== account) return;
    const open = [...document.querySelectorAll("main details[open]")].map(
      one => [one.id, one.querySelector("input[name=price]")?.value]);
    const focused = document.activeElement?.closest("form[data-field]")?.dataset.field;
    const value = document.activeElement?.value;
    document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
    page = document.querySelector("#taps");
    for (const [id, typed] of open) reopen(document.getElementById(id), typed);
    [...page.querySelectorAll(`form[data-field="${focused}"] button`)]
      .find(one => one.value === value)?.focus({ preventScroll: true });
  } catch {
    /* The network has gone again; the page follows next time. */
  }
}

function reopen(details, typed) {
  if (!details) return;
  details.open = true;
  const field = details.querySelector(":scope > form input[name=price]");
  if (field && typed !== undefined) field.value = typed;
}

/* A kept page of another day: a day begins with nothing said, and taps count for today. */
function turnDay() {
  const days = Number(page.dataset.daysOld);
  if (!days) return;
  const day = new Date(`${page.dataset.day}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  for (const form of page.querySelectorAll("form[data-field]")) {
    const [seen] = form.dataset.field.split("-");
    form.elements.diena.value = day.toISOString().slice(0, 10);
    if (seen === "presence") form.elements.was.value = "expected";
    if (seen === "state") form.elements.was.value = "available";
  }
  page.querySelectorAll("[aria-pressed]").forEach(one => one.setAttribute("aria-pressed", "false"));
  page.querySelectorAll(".reads, .when").forEach(one => one.remove());
  document.querySelector("#no-network").append(` ${words.old}`);
}

document.addEventListener("submit", tapped);
document.addEventListener("click", stepped);
document.addEventListener("click", event => { pressed = event.target.closest("button"); }, true);
addEventListener("online", () => flush());
addEventListener("pageshow", () => { show(); flush(); });
addEventListener("storage", show);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") flush();
});
turnDay();
navigator.serviceWorker?.register(page.dataset.worker).catch(() => {});
