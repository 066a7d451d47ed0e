/* The map of a notebook: land, cameras, and a card of one's values. Values become text alone. */
"use strict";

(() => {
  const given = JSON.parse(document.getElementById("cameras").textContent);
  const map = L.map("map", { preferCanvas: true, attributionControl: false, minZoom: 1, maxZoom: 19 });
  const side = 2 ** given.land.q;

  /** Undo the differences of a ring, and turn grid corners into degrees. */
  const ringOf = (steps) => {
    const ring = [];
    let x = 0;
    let y = 0;
    for (let at = 0; at < steps.length; at += 2) {
      x += steps[at];
      y += steps[at + 1];
      ring.push(L.CRS.EPSG3857.pointToLatLng(L.point((x / side) * 256, (y / side) * 256), 0));
    }
    return ring;
  };
  for (const steps of given.land.rings) {
    L.polygon(ringOf(steps), {
      stroke: false,
      fillColor: "#d9d4c7",
      fillOpacity: 1,
      interactive: false,
    }).addTo(map);
  }

  /** The values of a row as a list of terms; a missing one has no line. */
  const cardOf = (row) => {
    const card = document.createElement("dl");
    given.columns.forEach((name, at) => {
      if (row[at] === null) return;
      const term = document.createElement("dt");
      term.textContent = name;
      const value = document.createElement("dd");
      value.dir = "auto";
      value.textContent = row[at];
      card.append(term, value);
    });
    return card;
  };
  const places = given.rows.map((row, at) => {
    const place = [given.lat_deg[at], given.lon_deg[at]];
    L.circleMarker(place, { radius: 5, weight: 1, color: "#ffffff", fillColor: "#1a5f78", fillOpacity: 0.9 })
      .bindPopup(() => cardOf(row))
      .addTo(map);
    return place;
  });
  if (places.length) map.fitBounds(places, { maxZoom: 15, padding: [20, 20] });
  else map.setView([20, 0], 2);
})();
