// The plan of stalls: one picture, and over it links to those stalls that are near enough to tap.
const FAR_PIXELS_PER_METRE = 9;
const LINKS_AT_ONCE = 120;
const FINGER_PIXELS = 12;
const NUMBER = 0, LOOK = 1, TITLE = 2, X = 3, Y = 4, WIDTH = 5, DEPTH = 6, ANGLE = 7;

// Who wants no motion sees the plan change at once.
const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
L.Map.mergeOptions({ zoomAnimation: moves, fadeAnimation: moves, inertia: moves });

// Who drags moves the plan: a finger that strayed, or has just let the plan go, follows no link.
const STRAYED_PIXELS = 10;
const AFTER_DRAG_MS = 300;

// A finger that trembles less than that taps.
L.Draggable.mergeOptions({ clickTolerance: STRAYED_PIXELS });

function tellDragsFromTaps(map) {
  const container = map.getContainer();
  const begins = window.PointerEvent ? ["pointerdown"] : ["touchstart", "mousedown"];
  let down = null, dragged = -Infinity;
  for (const kind of begins) {
    container.addEventListener(kind, (event) => {
      const { clientX, clientY } = event.touches?.[0] ?? event;
      down = { x: clientX, y: clientY };
    }, { capture: true, passive: true });
  }
  map.on("dragend", () => { dragged = performance.now(); });
  container.addEventListener("click", (event) => {
    const pressed = event.detail === 0; // by the keyboard, which has no place on the plan
    if (pressed || event.target.closest(".leaflet-control")) return;
    const strayed = down && Math.hypot(event.clientX - down.x, event.clientY - down.y) > STRAYED_PIXELS;
    if (!strayed && performance.now() - dragged > AFTER_DRAG_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
}

function showStalls(map, stalls, leadsTo) {
  const links = new Map();
  const address = (stall) => leadsTo + encodeURIComponent(stall[NUMBER]) + "#" + encodeURIComponent(stall[NUMBER]);

  // The stall at a point of the plan, or the nearest one within a finger's width.
  function stallAt(point) {
    const slack = FINGER_PIXELS / 2 ** map.getZoom();
    let found = null, best = slack;
    for (const stall of stalls) {
      const dx = point.lng - stall[X], dy = -point.lat - stall[Y];
      if (Math.abs(dx) > 60 || Math.abs(dy) > 60) continue;
      const turn = (-stall[ANGLE] * Math.PI) / 180;
      const across = Math.abs(dx * Math.cos(turn) - dy * Math.sin(turn)) - stall[WIDTH] / 2;
      const over = Math.abs(dx * Math.sin(turn) + dy * Math.cos(turn)) - stall[DEPTH] / 2;
      const gap = Math.hypot(Math.max(across, 0), Math.max(over, 0));
      if (gap <= best && (found === null || gap < best)) { found = stall; best = gap; }
    }
    return found;
  }

  function linkTo(stall) {
    const link = document.createElement("a");
    link.href = address(stall);
    link.target = "_top";
    link.draggable = false; // who drags there moves the plan
    link.className = stall[LOOK];
    link.title = stall[TITLE];
    link.textContent = stall[NUMBER];
    const icon = L.divIcon({ html: link, className: "number", iconSize: null });
    return L.marker([-stall[Y], stall[X]], { icon, keyboard: false, interactive: false, stall });
  }

  // Links for the stalls in view, unless there are too many to be told apart; always the chosen.
  function adapt() {
    const far = 2 ** map.getZoom() < FAR_PIXELS_PER_METRE;
    map.getContainer().classList.toggle("far", far);
    const view = map.getBounds().pad(0.05);
    const seen = stalls.filter((stall) => view.contains([-stall[Y], stall[X]]));
    const wanted = new Set(seen.length <= LINKS_AT_ONCE ? seen : stalls.filter((one) => one[LOOK] === "chosen"));
    for (const [stall, marker] of links) {
      if (!wanted.has(stall)) { marker.remove(); links.delete(stall); }
    }
    for (const stall of wanted) {
      if (!links.has(stall)) links.set(stall, linkTo(stall).addTo(map));
    }
  }

  tellDragsFromTaps(map);
  map.on("click", (event) => {
    if (event.originalEvent.target.closest("a")) return; // a link leads there by itself, once
    const stall = stallAt(event.latlng);
    if (stall) window.open(address(stall), "_top");
  });
  if (matchMedia("(hover: hover)").matches) {
    map.on("mousemove", (event) => {
      const stall = stallAt(event.latlng);
      map.getContainer().classList.toggle("over-stall", stall !== null);
      map.getContainer().title = stall ? stall[TITLE] : "";
    });
  }
  map.on("moveend zoomend", adapt);
  map.whenReady(() => setTimeout(adapt, 0));
}
