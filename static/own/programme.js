/* The timeline of the programme: events are dragged or moved with arrow keys; what is moved goes
   into the fields below and is saved with them. Without this script the fields do the same. */
function begin(view) {
  const svg = view.querySelector("svg.timeline");
  const form = document.querySelector("form.times");
  if (!svg || !form || !view.dataset.act) return;
  const words = JSON.parse(view.dataset.words);
  const said = document.querySelector("#timeline-said");
  const [first, hour, wide, axis, head] = ["first", "hour", "column", "axis", "head"].map((name) => Number(svg.dataset[name]));
  const columns = Math.round((svg.viewBox.baseVal.width - axis) / wide);
  const minute = hour / 60;
  const LATEST_START = 24 * 60, EARLIEST_START = Math.max(first * 60, 300);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  const field = (event, name) => form.elements[`${name}-${event.id}`];
  const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const shown = (minutes) => `${Math.floor(minutes / 60) % 24}${words.between}${String(minutes % 60).padStart(2, "0")}`;
  const events = [...svg.querySelectorAll("[data-event]")].map((node) => {
    const [, x, y] = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(node.getAttribute("transform"));
    const one = { node, id: node.dataset.event, title: node.dataset.title, starts: Number(node.dataset.starts), length: Number(node.dataset.length), column: Number(node.dataset.column), x: Number(x), y: Number(y) };
    one.was = { starts: one.starts, column: one.column };
    one.fields = field(one, "starts") && { starts: field(one, "starts").value, ends: field(one, "ends").value, column: field(one, "column").value };
    return one;
  }).filter((one) => one.fields);
  view.classList.add("moving");

  function put(one, starts, column) {
    one.starts = Math.min(Math.max(starts, Math.min(EARLIEST_START, one.was.starts)), LATEST_START);
    one.column = Math.min(Math.max(column, 0), columns - 1);
    const dx = (one.column - one.was.column) * wide, dy = (one.starts - one.was.starts) * minute;
    one.node.setAttribute("transform", `translate(${one.x + dx} ${one.y + dy})`);
    const moved = one.starts !== one.was.starts || one.column !== one.was.column;
    one.node.classList.toggle("moved", moved);
    const same = one.starts === one.was.starts;
    field(one, "starts").value = same ? one.fields.starts : clock(one.starts);
    field(one, "ends").value = same || !one.fields.ends ? one.fields.ends : clock(one.starts + one.length);
    const place = field(one, "column");
    if (one.column === one.was.column) place.value = one.fields.column; else place.selectedIndex = one.column;
    const hours = one.node.querySelector(".hours");
    if (hours) { hours.dataset.was ??= hours.textContent; hours.textContent = same ? hours.dataset.was : `${shown(one.starts)}–${one.fields.ends ? shown(one.starts + one.length) : ""}`; }
    return moved;
  }
  function tell(one, moved) {
    const place = field(one, "column");
    const values = { title: one.title, starts: shown(one.starts), ends: one.fields.ends ? shown(one.starts + one.length) : "", place: place.options[place.selectedIndex]?.text ?? "" };
    said.textContent = fill(moved ? words.moved : words.back, values);
  }
  function show(one) { one.node.querySelector(".body").scrollIntoView({ block: "nearest", inline: "nearest" }); }

  const byNode = new Map(events.map((one) => [one.node, one]));
  const ARROWS = { ArrowUp: [-5, 0], ArrowDown: [5, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  svg.addEventListener("keydown", (event) => {
    const one = byNode.get(event.target.closest("[data-event]"));
    if (!one || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    if (event.key === "Escape") tell(one, put(one, one.was.starts, one.was.column));
    else if (way) tell(one, put(one, one.starts + way[0] * (event.shiftKey ? 3 : 1), one.column + way[1]));
    else return;
    event.preventDefault();
    show(one);
  });

  // By mouse anywhere on an event, by finger on its corner: elsewhere a finger moves the page.
  let held = null, dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    const one = byNode.get(event.target.closest("[data-event]"));
    if (!one || event.button || (event.pointerType !== "mouse" && !event.target.closest(".grip"))) return;
    held = { one, x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, starts: one.starts, column: one.column };
    dragged = false;
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const dx = event.clientX - held.x + view.scrollLeft - held.left, dy = event.clientY - held.y + view.scrollTop - held.top;
    if (!dragged && Math.hypot(dx, dy) < 6) return;
    dragged = true;
    const starts = held.starts + Math.round(dy / minute / 5) * 5;
    tell(held.one, put(held.one, starts, held.column + Math.round(dx / wide)));
  });
  const release = () => { held = null; };
  svg.addEventListener("pointerup", (event) => {
    const one = held?.one;
    release();
    if (one && !dragged && event.pointerType === "mouse") one.node.focus({ preventScroll: true });
  });
  svg.addEventListener("pointercancel", () => { if (held) put(held.one, held.starts, held.column); release(); });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  // With the pointer captured a click falls on the drawing itself: without a drag it opens the event.
  svg.addEventListener("click", (event) => {
    if (dragged) { event.preventDefault(); dragged = false; return; }
    const under = document.elementsFromPoint(event.clientX, event.clientY).map((node) => node.closest("[data-event]")).find(Boolean);
    if (event.target === svg && under) location.assign(under.getAttribute("href"));
  });

  let saving = false;
  form.addEventListener("submit", () => { saving = true; });
  addEventListener("beforeunload", (event) => {
    if (!saving && events.some((one) => one.node.classList.contains("moved"))) event.preventDefault();
  });
}
for (const view of document.querySelectorAll(".timeline-view")) begin(view);
