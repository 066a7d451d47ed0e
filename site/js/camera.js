/* The drawer of one camera: what is known, how, and what is not known. */
(function (WC) {
  "use strict";

  function headline(record) {
    if (record.device_type !== "camera") return WC.words.of("kind", record.device_type);
    if (record.camera_type) return WC.words.of("camera_type", record.camera_type);
    return WC.words.of("kind", "camera");
  }

  function place(record) {
    const parts = [];
    if (record.nearest_place) {
      const distance = record.nearest_place_km;
      parts.push(
        WC.t("camera.near", { km: Math.round(distance * 10) / 10 }) + " ",
        WC.data(record.nearest_place),
      );
    }
    if (record.country_code) {
      const code = record.country_code;
      parts.push(parts.length ? ", " : "", WC.pageLink("places", code.toLowerCase(), code));
    }
    return parts.length ? parts : [WC.t("camera.no_place")];
  }

  /** The two questions of this map are answered for every camera, if only so. */
  function unknown() {
    return [WC.el("span", { class: "missing" }, WC.t("value.unknown"))];
  }

  function maker(record) {
    if (record.vendor_name) {
      const written = record.vendor_as_written;
      return [
        WC.pageLink("vendors", record.vendor_id, record.vendor_name),
        WC.rungBox(record.vendor_rung),
        WC.under(WC.t("rung." + record.vendor_rung)),
        written && written !== record.vendor_name
          ? WC.under(WC.t("camera.written") + " ", WC.data(written))
          : null,
      ];
    }
    if (!record.vendor_as_written) return unknown();
    return [
      WC.data(record.vendor_as_written),
      WC.rungBox("unknown"),
      WC.under(WC.t("camera.unresolved")),
    ];
  }

  function operator(record) {
    if (record.operator_withheld) return [WC.t("camera.withheld")];
    if (!record.operator_name) return unknown();
    const registered = record.operator_org_name;
    return [
      WC.data(record.operator_name),
      registered && registered !== record.operator_name
        ? WC.under(WC.t("camera.registered_as") + " ", WC.data(registered))
        : null,
    ];
  }

  function view(record) {
    const allRound = record.flags.includes("all_round");
    const angle = record.view_angle_deg;
    const rose = WC.compass(record.directions_deg, angle, allRound);
    if (allRound) return [rose, WC.t("camera.all_round")];
    if (record.directions_deg.length) {
      return [
        rose,
        record.directions_deg.map(WC.headingWords).join("; "),
        WC.under(angle ? WC.t("camera.angle", { n: Math.round(angle) }) : WC.t("camera.angle_unknown")),
      ];
    }
    if (!record.directions_as_written) return [];
    return [
      WC.data(record.directions_as_written),
      WC.under(WC.t("camera.direction_unread")),
    ];
  }

  function word(list, value) {
    return value ? [WC.data(WC.words.of(list, value))] : [];
  }

  /** The facts with a label each; an empty value is not known. */
  function known(record) {
    return [
      [WC.t("fact.maker"), maker(record)],
      [WC.t("fact.operator"), operator(record)],
      [WC.t("fact.kind"), [WC.words.of("kind", record.device_type)]],
      [WC.t("fact.faces"), view(record)],
      [WC.t("fact.type"), word("camera_type", record.camera_type)],
      [WC.t("fact.mount"), word("mount", record.mount)],
      [WC.t("fact.visibility"), word("visibility", record.visibility)],
      [WC.t("fact.zone"), word("zone", record.zone)],
      [WC.t("fact.installed"), record.installed_on ? [WC.words.date(record.installed_on)] : []],
      [WC.t("fact.checked"), record.last_checked_on ? [WC.words.date(record.last_checked_on)] : []],
    ];
  }

  function firstMapped(record) {
    if (!record.first_mapped_on) {
      return [WC.el("span", { class: "missing" }, WC.t("mapped." + record.first_mapped_method))];
    }
    return [
      WC.words.date(record.first_mapped_on),
      WC.under(WC.t("mapped." + record.first_mapped_method)),
    ];
  }

  function sourceFact(record) {
    const shown = record.source_url
      ? WC.linkOut(record.source_url, record.source_ref)
      : WC.data(record.source_ref);
    return [WC.data(WC.words.of("source", record.source_id)), " ", shown];
  }

  /** The same camera, probably, in other lists of this map. */
  function links(record) {
    return (record.links || []).map((link) => [
      WC.data(WC.words.of("source", link.source_id)),
      " ",
      WC.data(link.source_ref),
      WC.under(
        WC.t(link.certainty === "sure" ? "camera.link_sure" : "camera.link_several", {
          m: link.distance_m,
        }),
      ),
    ]);
  }

  function evidence(record, meta, latlng) {
    const precision = record.location_precision_m;
    const area = record.geometry_kind === "area" ? WC.under(WC.t("camera.area")) : null;
    return WC.facts([
      [WC.t("fact.source"), sourceFact(record)],
      [WC.t("fact.links"), links(record).flat()],
      [WC.t("fact.method"), record.vendor_method ? [WC.data(record.vendor_method)] : []],
      [WC.t("fact.mapped"), firstMapped(record)],
      [WC.t("fact.data"), [WC.words.date(meta.data_on)]],
      [
        WC.t("fact.position"),
        [
          WC.el("span", { class: "id" }, latlng.lat.toFixed(5) + ", " + latlng.lng.toFixed(5)),
          precision ? WC.under(WC.t("camera.precision", { n: precision })) : null,
          area,
        ],
      ],
      [WC.t("fact.licence"), [WC.data(record.license_id)]],
    ]);
  }

  function remarks(record) {
    const said = new Set(["all_round", "area_centre"]);
    return record.flags
      .filter((flag) => !said.has(flag))
      .map((flag) => WC.el("li", null, WC.words.of("flag", flag)));
  }

  /** Buttons to the cameras of one pole, each with an arrow the way it looks. */
  function poleButtons(rows, row, store) {
    if (rows.length < 2) return null;
    const button = (other, i) => {
      const [degrees] = WC.directionsOf(store, other);
      const way = degrees === undefined ? WC.t("camera.no_way") : WC.headingName(degrees);
      return WC.el(
        "button",
        {
          type: "button",
          "aria-pressed": String(other === row),
          "aria-label": WC.t("camera.of_pole", { i: i + 1, n: rows.length, way }),
          onclick: () => WC.selection.camera(other),
        },
        WC.arrow(degrees),
      );
    };
    return WC.el(
      "div",
      { class: "pole", role: "group", "aria-label": WC.t("camera.pole", { n: rows.length }) },
      rows.map(button),
    );
  }

  /** The drawer's content of a released row: `{title, under, body}`. */
  WC.cameraPage = function cameraPage(meta, store, row, record) {
    const facts = known(record);
    const missing = facts.filter(([, value]) => value.length === 0);
    const notes = remarks(record);
    const pole = WC.polesRows(store, row);
    return {
      title: headline(record),
      under: place(record),
      body: [
        poleButtons(pole, row, store),
        WC.el("h3", null, WC.t("camera.known")),
        WC.facts(facts),
        missing.length ? WC.el("h3", null, WC.t("camera.unknown")) : null,
        missing.length
          ? WC.el("ul", { class: "missing-list" }, missing.map(([label]) => WC.el("li", null, label)))
          : null,
        WC.el("h3", null, WC.t("camera.how")),
        evidence(record, meta, WC.latlngOf(store, row)),
        notes.length ? WC.el("h3", null, WC.t("camera.remarks")) : null,
        notes.length ? WC.el("ul", { class: "remarks" }, notes) : null,
        WC.el("p", { class: "id quiet" }, WC.data(record.camera_id)),
        WC.el(
          "p",
          { class: "actions" },
          WC.el("a", { href: "method.html#report" }, WC.t("report")),
          WC.el("a", { href: "method.html#ladder" }, WC.t("camera.method")),
        ),
      ],
    };
  };

  /** The rows that stand on the same pole as a row. */
  WC.polesRows = function polesRows(store, row) {
    const pole = store.poleOf[row];
    const rows = [];
    for (let i = 0; i < store.n; i++) if (store.poleOf[i] === pole) rows.push(i);
    return rows;
  };
})(window.WC);
