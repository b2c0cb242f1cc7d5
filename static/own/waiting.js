/* What was tapped and waits: shown on the page, sent when there is a network, and where somebody
else was quicker, both values to choose from. The page follows in place. */

import { drop, entries, insist, keep, sendAll, withdraw } from "./queue.js";

const FIRST_RETRY_MS = 4000;
const LAST_RETRY_MS = 60_000;
const SOON_MS = 1500;

const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_all, name) => values[name]);

export function element(tag, text = "", settings = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, settings);
}

function told(text) {
  return element("span", text, { className: "words" });
}

/** Watch over the taps of the page's account.
 *
 * `mark(entry, isLate)` shows on the page what waits, after `reset()` has taken away what was shown
 * before. `remember()` and `restore(it)` carry over what is open and typed when the page follows.
 * With `isFolded` a long list of what waits is folded up. */
export function watch({ mark, reset = () => {}, remember, restore, isFolded = false }) {
  let page = document.querySelector("#taps");
  const account = page.dataset.account;
  const words = JSON.parse(page.dataset.words);
  let state = "";
  let isSending = false;
  let isLate = entries(account).length > 0;
  let isOpen = false;
  let retryMs = FIRST_RETRY_MS;
  let alarm = 0;

  /* What the page shows of it. */

  function show() {
    const waiting = entries(account);
    reset();
    page.querySelectorAll(".waiting").forEach(one => one.remove());
    for (const entry of waiting) if (!entry.problem) mark(entry, isLate);
    const box = document.querySelector("#queue");
    box.className = state === "sent" && !waiting.length ? "notice" : "notice warning";
    box.replaceChildren(...lines(waiting));
    box.hidden = !box.childElementCount;
  }

  function lines(waiting) {
    const found = [];
    const count = isLate ? waiting.filter(entry => !entry.problem).length : 0;
    if (count) found.push(element("p", fill(words.waiting, { n: count })));
    if (state === "come_in") found.push(withDoor(words.come_in, words.door, page.dataset.door));
    if (state === "other") found.push(withDoor(words.other, words.anew, location.pathname));
    if (state === "not_kept" && count) found.push(element("p", words.not_kept));
    if (state === "sent" && isLate && !waiting.length) found.push(element("p", words.sent));
    const problems = waiting.filter(entry => entry.problem);
    const others = isLate ? waiting.filter(entry => !entry.problem) : [];
    if (!isFolded || others.length < 2) {
      found.push(...list(waiting.filter(entry => entry.problem || isLate)));
      return found;
    }
    return [...found, ...list(problems), folded(others)];
  }

  function list(listed) {
    if (!listed.length) return [];
    const all = element("ul");
    all.append(...listed.map(line));
    return [all];
  }

  function folded(others) {
    const details = element("details", "", { open: isOpen });
    details.append(element("summary", words.list), ...list(others));
    details.addEventListener("toggle", () => { isOpen = details.open; });
    return details;
  }

  function withDoor(sentence, name, href) {
    const found = element("p", `${sentence} `);
    found.append(element("a", name, { href }));
    return found;
  }

  function line(entry) {
    const item = element("li");
    const problem = entry.problem;
    if (problem?.options?.length) item.append(...another(entry));
    else if (problem?.reason === "changed" && problem.theirs !== undefined) {
      item.append(
        ...both(entry),
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

  function both({ about, problem }) {
    return [
      element("b", `${problem.about ?? about}: ${words.changed}`),
      told(fill(words.theirs, { words: problem.theirs })),
      told(fill(words.mine, { words: problem.mine })),
    ];
  }

  /* One's own cannot stand as it was tapped, but otherwise: on another stall, for another name. */
  function another(entry) {
    const { problem } = entry;
    const said = problem.reason === "changed" ? both(entry)
      : [element("b", `${entry.about}: ${entry.said}`), told(problem.title)];
    const choice = element("select", "", { ariaLabel: words.choose });
    choice.append(...problem.options.map(([value, text]) => element("option", text, { value })));
    const chosen = () => insist(entry, { [problem.field]: choice.value });
    return [...said, choice, buttons([words.keep, () => drop(entry)], [words.instead, chosen])];
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
    // Whoever has scrolled down the page must see that something is to be decided.
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
    return !entries(account).some(one => one.problem && one.order <= entry.order
      && (one.field === entry.field || one.key === entry.needs));
  }

  /* Two open pages of one telephone send one after the other, where the browser can arrange it. */
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
      const memory = remember();
      document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
      page = document.querySelector("#taps");
      restore(memory);
    } catch {
      /* The network has gone again; the page follows next time. */
    }
  }

  function start() {
    addEventListener("online", () => flush());
    addEventListener("pageshow", () => { show(); flush(); });
    addEventListener("storage", show);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") flush();
    });
    navigator.serviceWorker?.register(page.dataset.worker).catch(() => {});
  }

  return {
    account, words, show, flush, start,
    page: () => page,
    notKept() { state = "not_kept"; },
  };
}
