/* The drawer of one camera: what is known, how, and what is not known. */

import { dataText, el, linkOut } from "./dom.js";
import {
  arrowPicture,
  compassPicture,
  factList,
  headingName,
  headingWords,
  pageLink,
  underLine,
} from "./facts.js";
import { rungBox } from "./marks.js";
import { editObject } from "./osm_edit.js";
import { selectCamera } from "./select_event.js";
import { plainPage } from "./site_ways.js";
import { directionsOf, latlngOf, rowsOfPole } from "./store.js";
import { countryName, formatDate, t, wordFor } from "./words.js";

/** @param {CameraRecord} record */
function headline(record) {
  if (record.device_type !== "camera") return wordFor("kind", record.device_type);
  if (record.camera_type) return wordFor("camera_type", record.camera_type);
  return wordFor("kind", "camera");
}

/**
 * @param {CameraRecord} record
 * @returns {Child[]}
 */
function place(record) {
  /** @type {Child[]} */
  const parts = [];
  if (record.nearest_place) {
    const distance = record.nearest_place_km;
    parts.push(
      t("camera.near", { km: Math.round(distance * 10) / 10 }) + " ",
      dataText(record.nearest_place),
    );
  }
  if (record.country_code) {
    const code = record.country_code;
    parts.push(parts.length ? ", " : "", pageLink("places", code.toLowerCase(), countryName(code)));
  }
  return parts.length ? parts : [t("camera.no_place")];
}

/** The two questions of this map are answered for every camera, if only so. */
function unknown() {
  return [el("span", { class: "missing" }, t("value.unknown"))];
}

/**
 * Links to the pages of several rows, one a line.
 *
 * @param {string} folder
 * @param {string[]} ids
 * @param {string[]} names of the same, in the same order
 */
function pageLinks(folder, ids, names) {
  return ids.map((id, i) => el("span", { class: "line" }, pageLink(folder, id, names[i])));
}

/**
 * @param {CameraRecord} record
 * @param {string[]} ids
 */
function severalMakers(record, ids) {
  return [
    pageLinks("vendors", ids, record.vendor_names),
    rungBox("unknown"),
    underLine(t("camera.several")),
    underLine(t("camera.written") + " ", dataText(record.vendor_as_written)),
  ];
}

/** @param {CameraRecord} record */
function maker(record) {
  if (!record.vendor_name && record.vendor_ids) return severalMakers(record, record.vendor_ids);
  if (record.vendor_name) {
    const written = record.vendor_as_written;
    return [
      pageLink("vendors", record.vendor_id, record.vendor_name),
      rungBox(record.vendor_rung),
      underLine(t("rung." + record.vendor_rung)),
      written && written !== record.vendor_name
        ? underLine(t("camera.written") + " ", dataText(written))
        : null,
    ];
  }
  if (!record.vendor_as_written) return unknown();
  return [
    dataText(record.vendor_as_written),
    rungBox("unknown"),
    underLine(t("camera.unresolved")),
  ];
}

/** @param {CameraRecord} record */
function operator(record) {
  if (record.operator_withheld) return [t("camera.withheld")];
  if (!record.operator_name) return unknown();
  const registered = record.operator_org_name;
  return [
    dataText(record.operator_name),
    registered && registered !== record.operator_name
      ? underLine(t("camera.registered_as") + " ", dataText(registered))
      : null,
  ];
}

/** @param {CameraRecord} record */
function view(record) {
  const allRound = record.flags.includes("all_round");
  const angle = record.view_angle_deg;
  const rose = compassPicture(record.directions_deg, angle, allRound);
  if (allRound) return [rose, t("camera.all_round")];
  if (record.directions_deg.length) {
    return [
      rose,
      record.directions_deg.map(headingWords).join("; "),
      underLine(angle ? t("camera.angle", { n: Math.round(angle) }) : t("camera.angle_unknown")),
    ];
  }
  if (!record.directions_as_written) return [];
  return [
    dataText(record.directions_as_written),
    underLine(t("camera.direction_unread")),
  ];
}

/**
 * By the source's own word; a day beside `in_use` is one that is to come.
 *
 * @param {CameraRecord} record
 */
function lifecycle(record) {
  if (record.lifecycle === "unknown") return [];
  const day = record.ended_on;
  const key = record.lifecycle === "ended" ? "camera.ended_on" : "camera.ends_on";
  return [
    wordFor("lifecycle", record.lifecycle),
    day ? underLine(t(key, { date: formatDate(day) })) : null,
  ];
}

/**
 * @param {string} list
 * @param {string | null} value
 */
function word(list, value) {
  return value ? [dataText(wordFor(list, value))] : [];
}

/**
 * The facts with a label each; an empty value is not known.
 *
 * @param {CameraRecord} record
 * @returns {Fact[]}
 */
function known(record) {
  return [
    [t("fact.kind"), [wordFor("kind", record.device_type)]],
    [t("fact.faces"), view(record)],
    [t("fact.type"), word("camera_type", record.camera_type)],
    [t("fact.mount"), word("mount", record.mount)],
    [t("fact.visibility"), word("visibility", record.visibility)],
    [t("fact.zone"), word("zone", record.zone)],
    [t("fact.lifecycle"), lifecycle(record)],
    [t("fact.installed"), record.installed_on ? [formatDate(record.installed_on)] : []],
    [t("fact.checked"), record.last_checked_on ? [formatDate(record.last_checked_on)] : []],
  ];
}

/**
 * The three answers to whose it is, never mixed: its own maker, who supplies its operator, and
 * which systems its place has. The second and third say nothing of this camera.
 *
 * @param {CameraRecord} record
 */
function whose(record) {
  const isOperated = record.operator_name || record.operator_withheld;
  const suppliers = record.operator_supplier_ids;
  const systems = record.place_deployment_ids;
  const none = () => [el("span", { class: "missing" }, t("camera.none_documented"))];
  return factList([
    [t("fact.maker"), maker(record)],
    [t("fact.operator"), operator(record)],
    [
      t("fact.suppliers"),
      suppliers
        ? [
            pageLinks("vendors", suppliers, record.operator_supplier_names),
            underLine(t("camera.of_operator")),
          ]
        : isOperated
          ? none()
          : unknown(), // nobody was looked up: that none stands in the registry would say more
    ],
    [
      t("fact.systems"),
      systems
        ? [
            pageLinks("deployments", systems, record.place_deployment_names),
            underLine(t("camera.of_place")),
          ]
        : none(),
    ],
  ]);
}

/**
 * Whoever knows the maker can say so, where nobody has.
 *
 * @param {CameraRecord} record
 * @param {{lat: number, lng: number}} latlng
 */
function ask(record, latlng) {
  const isSaid = record.vendor_name || record.vendor_as_written;
  return isSaid || record.source_id !== "osm" ? null : editObject(record.source_ref, latlng);
}

/** @param {CameraRecord} record */
function firstMapped(record) {
  if (!record.first_mapped_on) {
    return [el("span", { class: "missing" }, t("mapped." + record.first_mapped_method))];
  }
  return [
    formatDate(record.first_mapped_on),
    underLine(t("mapped." + record.first_mapped_method)),
  ];
}

/** @param {CameraRecord} record */
function sourceFact(record) {
  const shown = record.source_url
    ? linkOut(record.source_url, record.source_ref)
    : dataText(record.source_ref);
  return [dataText(wordFor("source", record.source_id)), " ", shown];
}

/**
 * The same camera, probably, in other lists of this map.
 *
 * @param {CameraRecord} record
 */
function links(record) {
  return (record.links || []).map((link) => [
    dataText(wordFor("source", link.source_id)),
    " ",
    dataText(link.source_ref),
    underLine(
      t(link.certainty === "sure" ? "camera.link_sure" : "camera.link_several", {
        m: link.distance_m,
      }),
    ),
  ]);
}

/**
 * @param {CameraRecord} record
 * @param {Meta} meta
 * @param {{lat: number, lng: number}} latlng
 */
function evidence(record, meta, latlng) {
  const precision = record.location_precision_m;
  const area = record.geometry_kind === "area" ? underLine(t("camera.area")) : null;
  return factList([
    [t("fact.source"), sourceFact(record)],
    [t("fact.links"), links(record).flat()],
    [t("fact.method"), record.vendor_method ? [dataText(record.vendor_method)] : []],
    [t("fact.mapped"), firstMapped(record)],
    [t("fact.data"), [formatDate(meta.data_on)]],
    [
      t("fact.position"),
      [
        el("span", { class: "id" }, latlng.lat.toFixed(5) + ", " + latlng.lng.toFixed(5)),
        precision ? underLine(t("camera.precision", { n: precision })) : null,
        area,
      ],
    ],
    [t("fact.licence"), [dataText(record.license_id)]],
  ]);
}

/** @param {CameraRecord} record */
function remarks(record) {
  const said = new Set(["all_round", "area_centre"]);
  return record.flags
    .filter((flag) => !said.has(flag))
    .map((flag) => el("li", null, wordFor("flag", flag)));
}

/**
 * Buttons to the cameras of one pole, each with an arrow the way it looks.
 *
 * @param {number[]} rows
 * @param {number} row
 * @param {Store} store
 */
function poleButtons(rows, row, store) {
  if (rows.length < 2) return null;
  const button = (/** @type {number} */ other, /** @type {number} */ i) => {
    const [degrees] = directionsOf(store, other);
    const way = degrees === undefined ? t("camera.no_way") : headingName(degrees);
    return el(
      "button",
      {
        type: "button",
        "aria-pressed": String(other === row),
        "aria-label": t("camera.of_pole", { i: i + 1, n: rows.length, way }),
        onclick: () => selectCamera(other),
      },
      arrowPicture(degrees),
    );
  };
  return el(
    "div",
    { class: "pole", role: "group", "aria-label": t("camera.pole", { n: rows.length }) },
    rows.map(button),
  );
}

/**
 * The drawer's content of a released row: `{title, under, body}`.
 *
 * @param {Meta} meta
 * @param {Store} store
 * @param {number} row
 * @param {CameraRecord} record
 */
export function cameraPage(meta, store, row, record) {
  const facts = known(record);
  const missing = facts.filter(([, value]) => value.length === 0);
  const notes = remarks(record);
  const pole = rowsOfPole(store, row);
  const latlng = latlngOf(store, row);
  return {
    title: headline(record),
    under: place(record),
    body: [
      poleButtons(pole, row, store),
      el("h3", null, t("camera.whose")),
      whose(record),
      ask(record, latlng),
      el("h3", null, t("camera.known")),
      factList(facts),
      missing.length ? el("h3", null, t("camera.unknown")) : null,
      missing.length
        ? el("ul", { class: "missing-list" }, missing.map(([label]) => el("li", null, label)))
        : null,
      el("h3", null, t("camera.how")),
      evidence(record, meta, latlng),
      notes.length ? el("h3", null, t("camera.remarks")) : null,
      notes.length ? el("ul", { class: "remarks" }, notes) : null,
      el("p", { class: "id quiet" }, dataText(record.camera_id)),
      el(
        "p",
        { class: "actions" },
        el("a", { href: plainPage("method.html#report") }, t("report")),
        el("a", { href: plainPage("method.html#ladder") }, t("camera.method")),
      ),
    ],
  };
}
