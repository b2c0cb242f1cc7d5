// Numbers on the plan appear when the plan is near enough to read and tap them.
const FARTHER_PIXELS_PER_METRE = 4.2;
const FAR_PIXELS_PER_METRE = 9;
const NEAR_PIXELS_PER_METRE = 18;

// Who wants no motion sees the plan change at once.
const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
L.Map.mergeOptions({ zoomAnimation: moves, fadeAnimation: moves, inertia: moves });

L.Map.addInitHook(function () {
  const map = this;
  const adapt = () => {
    const centre = map.getCenter();
    const one = map.latLngToContainerPoint(centre);
    const other = map.latLngToContainerPoint([centre.lat, centre.lng + 0.001]);
    const metres = 0.001 * 111320 * Math.cos((centre.lat * Math.PI) / 180);
    const scale = (other.x - one.x) / metres;
    map.getContainer().classList.toggle("farther", scale < FARTHER_PIXELS_PER_METRE);
    map.getContainer().classList.toggle("far", scale < FAR_PIXELS_PER_METRE);
    map.getContainer().classList.toggle("near", scale > NEAR_PIXELS_PER_METRE);
  };
  map.on("zoomend viewreset", adapt);
  map.whenReady(() => setTimeout(adapt, 0));
});
