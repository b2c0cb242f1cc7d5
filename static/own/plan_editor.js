/* The plan editor: zooming, and moving stalls by finger, mouse, keys and buttons. What is moved is
   collected in one form and saved together; without this script the same is done in numbers. */
function begin(editor, svg) {
  const words = JSON.parse(editor.dataset.words);
  const view = editor.querySelector(".plan-view");
  const said = editor.querySelector("#plan-said");
  const form = editor.querySelector(".save-moves");
  const may = Boolean(editor.dataset.act);
  const things = readThings(editor, svg);
  const look = new Look(svg, view, () => say(words.zoom, { metres: Math.round(look.box.w) }));
  const taken = new Set();
  let carrying = false, here = things[0];
  const language = document.documentElement.lang;
  const shown = (value) => (Math.round(value * 100) / 100).toLocaleString(language);

  function say(sentence, values = {}) {
    said.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }
  function placeOf(thing) {
    const [sentence, right, down] = thing.stall ? [words.place, thing.x, thing.y] : [words.shifted, thing.x, thing.y];
    return sentence.replace(/\{(\w+)\}/g, (_, name) => ({ right: shown(right), down: shown(down), angle: shown(thing.angle) })[name]);
  }

  // What is taken.
  function take(thing, more = false) {
    if (!more) for (const one of [...taken]) drop(one);
    taken.add(thing);
    thing.node.classList.add("held");
    thing.node.setAttribute("aria-pressed", "true");
    stand(thing);
    tell();
  }
  function drop(thing) {
    taken.delete(thing);
    thing.node.classList.remove("held");
    thing.node.removeAttribute("aria-pressed");
  }
  function dropAll() { for (const one of [...taken]) drop(one); carrying = false; tell(); }
  function tell() {
    const tools = editor.querySelector("[data-taken]");
    tools?.classList.toggle("ready", taken.size > 0);
    for (const button of tools?.querySelectorAll("button") ?? []) button.setAttribute("aria-disabled", String(!taken.size));
    const link = tools?.querySelector("[data-form]");
    if (link) link.href = taken.size ? pageOf([...taken][0]) : "#plan-said";
    if (!taken.size) return say(words.none);
    if (taken.size > 1) return say(words.many, { count: taken.size });
    const [one] = taken;
    say(words.taken, { name: `${one.name} (${placeOf(one)})` });
  }
  function pageOf(thing) {
    const page = thing.stall ? editor.dataset.stallPage : editor.dataset.amenityPage;
    return page.replace(/\/0(?=\?|$)/, `/${thing.id}`);
  }

  // Moving: metres to a tenth, so that rows stay straight.
  const tenth = (value) => Math.round(value * 10) / 10;
  const hundredth = (value) => Math.round(value * 100) / 100;
  function shift(right, down, round = hundredth) {
    if (!may) return;
    for (const one of taken) put(one, round(one.x + right), round(one.y + down), one.angle);
    after();
  }
  function turn(degrees) {
    if (!may) return;
    const stalls = [...taken].filter((one) => one.stall);
    const middle = ["x", "y"].map((axis) => stalls.reduce((sum, one) => sum + one[axis], 0) / (stalls.length || 1));
    const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
    for (const one of stalls) {
      const [dx, dy] = [one.x - middle[0], one.y - middle[1]];
      const x = stalls.length > 1 ? hundredth(middle[0] + dx * c - dy * s) : one.x;
      const y = stalls.length > 1 ? hundredth(middle[1] + dx * s + dy * c) : one.y;
      put(one, x, y, (one.angle + degrees + 360) % 360);
    }
    after();
  }
  function put(thing, x, y, angle) {
    Object.assign(thing, { x, y, angle });
    const turned = thing.stall && angle ? ` rotate(${angle})` : "";
    thing.node.setAttribute("transform", `translate(${x} ${y})${turned}`);
    thing.mark?.setAttribute("transform", `translate(${x} ${y})`);
    const moved = x !== thing.was.x || y !== thing.was.y || angle !== thing.was.angle;
    thing.node.classList.toggle("shifted", moved);
  }
  function after() {
    const [one] = taken;
    if (one) {
      const other = taken.size === 1 ? standsOn(one) : null;
      say(words.put, { name: one.name, place: placeOf(one) });
      if (other) said.textContent += ` ${words.overlaps.replace("{other}", other.name)}`;
    }
    collect();
  }
  function standsOn(one) {
    return one.stall && things.find((other) => other.stall && other !== one && overlap(one, other));
  }
  function moved() {
    return things.filter((one) => one.node.classList.contains("shifted"));
  }
  function collect() {
    if (!form) return;
    const those = moved();
    form.hidden = !those.length;
    form.querySelector("[data-unsaved]").textContent = words.unsaved.replace("{count}", those.length);
  }
  form?.addEventListener("submit", () => {
    for (const old of form.querySelectorAll("input[name^=moved]")) old.remove();
    for (const one of moved()) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = `moved-${one.stall ? "s" : "a"}${one.key}`;
      field.value = one.stall ? `s ${one.key} ${one.version} ${one.x} ${one.y} ${one.angle}` : `a ${one.key} ${one.version} ${one.x} ${one.y}`;
      form.append(field);
    }
    saving = true;
  });
  let saving = false;
  addEventListener("beforeunload", (event) => { if (!saving && moved().length) event.preventDefault(); });

  // The keyboard: one stop for Tab, arrows from one to the next.
  function stand(thing, focus = false) {
    here?.node.setAttribute("tabindex", "-1");
    here = thing;
    thing.node.setAttribute("tabindex", "0");
    if (focus) {
      thing.node.focus({ preventScroll: true });
      look.show(thing.x0 + thing.x, thing.y0 + thing.y);
      view.scrollIntoView({ block: "nearest" });
      say(words.focused, { name: thing.name });
    }
  }
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = ARROWS[event.key];
    if (way && carrying) shift(way[0] * (event.shiftKey ? 1 : 0.1), way[1] * (event.shiftKey ? 1 : 0.1));
    else if (way) { const next = neighbour(things, here, way); if (next) stand(next, true); }
    else if (event.key === "Enter" || event.key === " ") hold();
    else if (event.key === "Escape") { for (const one of taken) put(one, one.was.x, one.was.y, one.was.angle); dropAll(); collect(); }
    else if (event.key.toLowerCase() === "r" && taken.size) turn(event.shiftKey ? 90 : 5);
    else if (event.key.toLowerCase() === "f" && here) location.assign(pageOf(here));
    else if (event.key === "+" || event.key === "=") look.zoom(1 / 1.4);
    else if (event.key === "-") look.zoom(1.4);
    else if (event.key === "0") look.whole();
    else return;
    event.preventDefault();
  });
  function hold() {
    if (carrying && taken.has(here)) {
      const name = here.name, place = placeOf(here), changed = here.node.classList.contains("shifted");
      dropAll();
      if (changed) say(words.put, { name, place });
    } else { take(here); carrying = true; }
  }
  view.addEventListener("focusin", (event) => {
    const thing = things.find((one) => one.node === event.target);
    if (thing && thing !== here) stand(thing);
    if (thing && !taken.size) say(words.focused, { name: thing.name });
  });

  // Buttons.
  editor.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { move, turn: by, do: act } = button.dataset;
    if (move) shift(...move.split(" ").map(Number));
    if (by) turn(Number(by));
    if (act === "in") look.zoom(1 / 1.4);
    if (act === "out") look.zoom(1.4);
    if (act === "whole") look.whole();
    if (act === "row") for (const one of [...taken]) if (one.stall) for (const other of things) if (other.row === one.row) take(other, true);
  });

  // Mouse and fingers: the plan glides under them; what is taken goes along.
  const fingers = new Map();
  let drag = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const node = event.target.closest(".stall, .amenity[data-amenity]");
    const thing = node && things.find((one) => one.node === node);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    view.setPointerCapture(event.pointerId);
    if (fingers.size === 2) { drag = null; look.pinchFrom([...fingers.values()]); return; }
    const movable = thing && may && (event.pointerType === "mouse" || taken.has(thing));
    if (movable && !taken.has(thing)) take(thing, event.shiftKey);
    drag = { thing, movable, x: event.clientX, y: event.clientY, right: 0, down: 0, far: false, more: event.shiftKey };
    if (movable) drag.starts = [...taken].map((one) => [one, one.x, one.y, one.angle]);
    else look.glideFrom();
  });
  view.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) return look.pinch([...fingers.values()]);
    if (!drag) return;
    const [right, down] = [event.clientX - drag.x, event.clientY - drag.y];
    drag.far ||= Math.hypot(right, down) > 6;
    if (!drag.far) return;
    if (drag.movable) {
      for (const [one, x, y, angle] of drag.starts) put(one, tenth(x + right / look.scale), tenth(y + down / look.scale), angle);
    } else look.glide(right, down);
  });
  function up(event) {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return;
    look.settle();
    if (drag?.far && drag.movable) after();
    else if (drag && !drag.far && event.type === "pointerup") {
      if (drag.thing) { drag.movable && !drag.more ? take(drag.thing) : take(drag.thing, drag.more); carrying = true; drag.thing.node.focus({ preventScroll: true }); }
      else dropAll();
    }
    drag = null;
  }
  view.addEventListener("pointerup", up);
  view.addEventListener("pointercancel", up);
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !view.contains(document.activeElement)) return;
    event.preventDefault();
    look.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, event);
  }, { passive: false });

  svg.setAttribute("role", "group");
  for (const one of things) {
    one.node.setAttribute("role", "button");
    one.node.setAttribute("tabindex", one === here ? "0" : "-1");
    one.node.setAttribute("aria-label", one.name);
  }
  editor.classList.add("alive");
  for (const part of editor.querySelectorAll(".plan-tools")) part.hidden = false;
  look.whole();
  tell();
}

/* The stalls and amenities of the drawing, with what the form must know of them. */
function readThings(editor, svg) {
  const things = [];
  const marks = new Map([...svg.querySelectorAll("[data-mark]")].map((one) => [one.dataset.mark, one]));
  const stalls = new Map(editor.dataset.stalls.split(" ").filter(Boolean).map((text) => { const [id, ...rest] = text.split(":"); return [id, rest]; }));
  for (const node of svg.querySelectorAll("[data-stall]")) {
    const [key, version, row] = stalls.get(node.dataset.stall) ?? [];
    if (!key) continue;
    const [x, y] = node.getAttribute("transform").match(/translate\(([-\d.e]+) ([-\d.e]+)\)/).slice(1).map(Number);
    const angle = Number(node.getAttribute("transform").match(/rotate\(([-\d.e]+)\)/)?.[1] ?? 0);
    const box = node.querySelector("rect");
    const title = node.querySelector("title");
    things.push({ node, stall: true, id: node.dataset.stall, key, version, row, x, y, angle, x0: 0, y0: 0, was: { x, y, angle },
      wide: Number(box.getAttribute("width")), deep: Number(box.getAttribute("height")), mark: marks.get(node.dataset.stall),
      name: title?.textContent || node.textContent });
  }
  const versions = new Map(editor.dataset.amenities.split(" ").filter(Boolean).map((text) => text.split(":")));
  for (const node of svg.querySelectorAll("[data-amenity]")) {
    const version = versions.get(node.dataset.amenity);
    if (!version) continue;
    const box = node.getBBox();
    things.push({ node, stall: false, id: node.dataset.amenity, key: node.dataset.amenity, version, x: 0, y: 0, angle: 0,
      x0: box.x + box.width / 2, y0: box.y + box.height / 2, was: { x: 0, y: 0, angle: 0 },
      name: node.querySelector("text")?.textContent || node.classList[1].replace("_", " ") });
  }
  return things;
}

/* The nearest one in a direction; what lies aside counts twice. */
function neighbour(things, here, [right, down]) {
  let best = null, least = Infinity;
  const [x, y] = [here.x0 + here.x, here.y0 + here.y];
  for (const one of things) {
    const [dx, dy] = [one.x0 + one.x - x, one.y0 + one.y - y];
    const ahead = dx * right + dy * down, aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (one === here || ahead <= 0.05 || aside > ahead * 3) continue;
    if (ahead + 2 * aside < least) { least = ahead + 2 * aside; best = one; }
  }
  return best;
}

/* Whether two stalls stand on one another: no side of either parts them. */
function overlap(one, other) {
  const reach = (one.wide + one.deep + other.wide + other.deep) / 2;
  if (Math.abs(one.x - other.x) > reach || Math.abs(one.y - other.y) > reach) return false;
  const corners = (of) => {
    const [c, s] = [Math.cos(of.angle * Math.PI / 180), Math.sin(of.angle * Math.PI / 180)];
    return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [of.x + a * of.wide / 2 * c - b * of.deep / 2 * s, of.y + a * of.wide / 2 * s + b * of.deep / 2 * c]);
  };
  const [mine, theirs] = [corners(one), corners(other)];
  for (const angle of [one.angle, one.angle + 90, other.angle, other.angle + 90]) {
    const [c, s] = [Math.cos(angle * Math.PI / 180), Math.sin(angle * Math.PI / 180)];
    const along = (points) => points.map(([x, y]) => x * c + y * s);
    const [a, b] = [along(mine), along(theirs)];
    if (Math.min(...b) - Math.max(...a) > -0.02 || Math.min(...a) - Math.max(...b) > -0.02) return false;
  }
  return true;
}

/* What part of the plan is seen. While a finger moves it the drawn picture is moved as it is; it is
   drawn anew when the finger is lifted: so 2,000 stalls glide on a telephone too. */
class Look {
  constructor(svg, view, changed) {
    Object.assign(this, { svg, view, changed });
    const [x, y, w, h] = svg.getAttribute("viewBox").split(/[ ,]+/).map(Number);
    this.all = { x, y, w, h };
    this.box = { ...this.all };
    this.moved = { right: 0, down: 0, size: 1 };
    this.shape();
    addEventListener("resize", () => { this.shape(); this.fit(this.box); });
  }
  get scale() { return this.view.clientWidth / this.box.w; }
  /* As high as the plan needs, and never more than most of the screen. */
  shape() {
    const high = this.view.clientWidth * this.all.h / this.all.w;
    this.view.style.height = `${Math.round(Math.max(240, Math.min(high, innerHeight * 0.72)))}px`;
  }
  /* Take the view's own shape, so that metres and pixels go together. */
  fit(box) {
    const { clientWidth: wide, clientHeight: high } = this.view;
    const [cx, cy] = [box.x + box.w / 2, box.y + box.h / 2];
    let w = Math.max(box.w, box.h * wide / (high || 1));
    w = Math.min(Math.max(w, 4), Math.max(this.all.w, this.all.h * wide / (high || 1)) * 1.5);
    const h = w * high / wide;
    this.box = { x: cx - w / 2, y: cy - h / 2, w, h };
    this.svg.setAttribute("viewBox", [this.box.x, this.box.y, w, h].map((one) => one.toFixed(3)).join(" "));
    this.svg.classList.toggle("far", wide / w < 4);
  }
  whole() { this.fit({ ...this.all }); this.changed(); }
  zoom(factor, at = null) {
    const frame = this.view.getBoundingClientRect();
    const px = at ? (at.clientX - frame.left) / frame.width : 0.5, py = at ? (at.clientY - frame.top) / frame.height : 0.5;
    const { x, y, w, h } = this.box;
    const size = Math.min(Math.max(w * factor, 4), this.all.w * 3) / w;
    this.fit({ x: x + w * px * (1 - size), y: y + h * py * (1 - size), w: w * size, h: h * size });
    this.changed();
  }
  show(x, y) {
    const { box } = this, edge = Math.min(box.w, box.h) * 0.08;
    const inside = x > box.x + edge && x < box.x + box.w - edge && y > box.y + edge && y < box.y + box.h - edge;
    if (!inside) this.fit({ ...box, x: x - box.w / 2, y: y - box.h / 2 });
  }
  glideFrom() { this.view.classList.add("gliding"); this.moved = { right: 0, down: 0, size: 1 }; }
  glide(right, down, size = 1) {
    this.moved = { right, down, size };
    if (this.waits) return;
    this.waits = requestAnimationFrame(() => {
      this.waits = 0;
      this.svg.style.transform = `translate(${this.moved.right}px, ${this.moved.down}px) scale(${this.moved.size})`;
    });
  }
  pinchFrom([one, other]) {
    this.glideFrom();
    const frame = this.view.getBoundingClientRect();
    this.start = { x: (one.x + other.x) / 2 - frame.left, y: (one.y + other.y) / 2 - frame.top, far: Math.hypot(one.x - other.x, one.y - other.y) || 1 };
  }
  pinch([one, other]) {
    if (!this.start) return;
    const frame = this.view.getBoundingClientRect();
    const size = Math.hypot(one.x - other.x, one.y - other.y) / this.start.far;
    const [x, y] = [(one.x + other.x) / 2 - frame.left, (one.y + other.y) / 2 - frame.top];
    this.glide(x - this.start.x * size, y - this.start.y * size, size);
  }
  settle() {
    cancelAnimationFrame(this.waits);
    this.waits = 0;
    this.start = null;
    const { right, down, size } = this.moved;
    const scale = this.scale;
    this.svg.style.transform = "";
    this.view.classList.remove("gliding");
    if (right || down || size !== 1) {
      const { x, y, w, h } = this.box;
      this.fit({ x: x - right / scale / size, y: y - down / scale / size, w: w / size, h: h / size });
    }
    this.moved = { right: 0, down: 0, size: 1 };
  }
}

const editor = document.querySelector("#plan-editor");
const svg = editor?.querySelector(".plan-view svg");
if (svg) begin(editor, svg);
