/* My stall today: taps are kept on the telephone first, then sent; the page follows in place. */

import { entries, keep, newKey } from "./queue.js";
import { element, watch } from "./waiting.js";

let pressed = null;

const waiting = watch({ mark, remember, restore });
const { account, words } = waiting;

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
  if (!isKept) waiting.notKept();
  form.closest("details.cost")?.removeAttribute("open");
  waiting.show();
  waiting.flush();
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

const steps = waiting.page().dataset.steps.trim().split(" ").map(one => one.split(":").map(Number));
const step = price => (steps.find(([below]) => price < below) ?? steps[steps.length - 1])[1];

function raised(price) {
  return Math.min(steps[steps.length - 1][0], (Math.floor(price / step(price)) + 1) * step(price));
}

function lowered(price) {
  const by = step(Math.max(0, price - 1));
  return Math.max(0, Math.ceil(price / by) * by - by);
}

/* What the page shows of it. */

function mark(entry, isLate) {
  const forms = [...waiting.page().querySelectorAll("form[data-field]")]
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
    waiting.page().querySelector("form[data-value] button")?.removeAttribute("aria-pressed");
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

/* What is open and typed stays when the page follows. */
function remember() {
  return {
    open: [...document.querySelectorAll("main details[open]")].map(
      one => [one.id, one.querySelector("input[name=price]")?.value]),
    focused: document.activeElement?.closest("form[data-field]")?.dataset.field,
    value: document.activeElement?.value,
  };
}

function restore({ open, focused, value }) {
  for (const [id, typed] of open) reopen(document.getElementById(id), typed);
  [...waiting.page().querySelectorAll(`form[data-field="${focused}"] button`)]
    .find(one => one.value === value)?.focus({ preventScroll: true });
}

function reopen(details, typed) {
  if (!details) return;
  details.open = true;
  const field = details.querySelector(":scope > form input[name=price]");
  if (field && typed !== undefined) field.value = typed;
}

/* A kept page of another day: a day begins with nothing said, and taps count for today. */
function turnDay() {
  const page = waiting.page();
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
turnDay();
waiting.start();
