/* Where the map looks when the page opens, and how far out it may go. */

/**
 * @param {LeafletMap} map
 * @param {Meta} meta
 * @param {Asked["view"]} asked
 */
export function openingView(map, meta, asked) {
  if (asked) {
    map.setView([asked.lat, asked.lng], asked.zoom, { animate: false });
  } else if (meta.opening) {
    const { south, west, north, east } = meta.opening;
    map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { animate: false, padding: [24, 24], maxZoom: 15 },
    );
  } else {
    map.setView(map.getCenter(), map.getMinZoom(), { animate: false });
  }
}

/**
 * The world is never narrower than the map, so that no camera is in view twice.
 *
 * @param {LeafletMap} map
 */
function leastZoom(map) {
  return Math.max(1, Math.ceil(Math.log2(map.getSize().x / 256)));
}

/**
 * Follow the window: a map that has grown must not show the world twice.
 *
 * @param {LeafletMap} map
 */
function keepLeastZoom(map) {
  const least = leastZoom(map);
  map.options.minZoom = least;
  if (map.getZoom() < least) map.setView(map.getCenter(), least, { animate: false });
  map.fire("zoomlevelschange");
}

/**
 * Set the map up for its window and look where the page opens.
 *
 * @param {LeafletMap} map
 * @param {Meta} meta
 * @param {Asked["view"]} view
 */
export function startView(map, meta, view) {
  map.invalidateSize({ animate: false });
  map.options.minZoom = leastZoom(map); // as an option: the method would set off a zoom of its own
  map.on("resize", () => keepLeastZoom(map));
  map.options.maxBoundsViscosity = 1;
  openingView(map, meta, view);
  // After the view: bounds set below the least zoom set off an animation that would beat it.
  map.setMaxBounds([
    [-85.06, -36000],
    [85.06, 36000],
  ]);
}
