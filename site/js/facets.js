/* The filter panel: one group for each facet, with counts of what is in view. */
(function (WC) {
  "use strict";

  const SHOWN = 9; // makers and zones in view; the rest come by typing or by "more"
  const LISTS = [
    ["kind", "kinds"],
    ["vendor", "vendors"],
    ["rung", "rungs"],
    ["visibility", "visibilities"],
    ["zone", "zones"],
  ];

  function nameOf(facet, entry) {
    if (facet === "vendor") return entry.id === null ? WC.t("value.unknown") : entry.name;
    if (facet === "rung") return WC.t("rung.short." + entry.id);
    if (entry.id === null) return WC.t("value.unknown");
    if (entry.id === "*") return WC.t("value.rarer");
    return WC.words.of(facet, entry.id);
  }

  function markOf(facet, index, entry) {
    if (facet === "kind") return WC.marks.picture(index, 0);
    if (facet === "vendor") return WC.marks.picture(0, index);
    return facet === "rung" ? WC.rungBox(entry.id) : null;
  }

  /** A facet's row; its box tells the filter. */
  function choice(facet, index, entry) {
    const box = WC.el("input", {
      type: "checkbox",
      onchange: () => WC.filter.toggle(facet, index, box.checked),
    });
    const count = WC.el("span", { class: "n" });
    const label = WC.el(
      "label",
      null,
      box,
      markOf(facet, index, entry),
      WC.data(nameOf(facet, entry)),
      count,
    );
    return { index, entry, label, box, count, text: nameOf(facet, entry).toLowerCase() };
  }

  function butSwitch(facet) {
    const button = (but, key) =>
      WC.el("button", { type: "button", onclick: () => WC.filter.setBut(facet, but) }, WC.t(key));
    const only = button(false, "filter.only");
    const but = button(true, "filter.but");
    const group = WC.el("span", { class: "how", role: "group" }, only, but);
    group.setAttribute("aria-label", WC.t("filter.how", { facet: WC.t("facet." + facet) }));
    return {
      group,
      show() {
        const state = WC.filter.chosen[facet];
        group.hidden = state.set.size === 0;
        only.setAttribute("aria-pressed", String(!state.but));
        but.setAttribute("aria-pressed", String(state.but));
      },
    };
  }

  function foldedAway(facet, entry) {
    return {
      node: WC.el(
        "div",
        { class: "facet" },
        WC.el("div", { class: "facet-head" }, WC.el("h3", null, WC.t("facet." + facet))),
        WC.el(
          "p",
          { class: "only-one" },
          markOf(facet, entry.index, entry),
          WC.t("filter.one_value", { value: nameOf(facet, entry) }),
        ),
      ),
      show() {},
    };
  }

  /** One group; `show(counts)` puts the counts of the view in. */
  function group(facet, entries) {
    const all = entries.map((entry, index) => ({ ...entry, index }));
    const held = all.filter((entry) => entry.count > 0);
    if (held.length <= 1) return held.length ? foldedAway(facet, held[0]) : null;

    const choices = held.map((entry) => choice(facet, entry.index, entry));
    const switcher = butSwitch(facet);
    const rows = WC.el("div", { class: "choices" });
    let wanted = "";
    let open = false;
    let counts = [];
    const more = WC.el("button", {
      type: "button",
      class: "more",
      onclick() {
        open = !open;
        arrange();
      },
    });
    const narrowTo =
      choices.length > SHOWN + 6
        ? WC.el("input", {
            class: "narrow-to",
            type: "search",
            autocomplete: "off",
            "aria-label": WC.t("filter.find", { facet: WC.t("facet." + facet) }),
            placeholder: WC.t("filter.find", { facet: WC.t("facet." + facet) }),
            oninput(event) {
              wanted = event.target.value.trim().toLowerCase();
              arrange();
            },
          })
        : null;

    /* Fixed order: by count in the whole release; chosen ones always stay in sight. */
    function arrange() {
      const matching = choices.filter(({ text }) => text.includes(wanted));
      const limit = open || wanted ? 200 : SHOWN;
      const set = WC.filter.chosen[facet].set;
      const shown = matching.filter(({ index }, i) => i < limit || set.has(index));
      WC.fill(rows, shown.map(({ label }) => label));
      const rest = matching.length - shown.length;
      more.hidden = !open && rest === 0;
      more.textContent = open ? WC.t("filter.fewer") : WC.t("filter.more", { n: rest });
      if (wanted && shown.length === 0) rows.append(WC.el("p", { class: "quiet" }, WC.t("filter.none")));
    }

    function show(next) {
      counts = next;
      const { set } = WC.filter.chosen[facet];
      for (const { index, box, count } of choices) {
        const n = counts[index] || 0;
        count.textContent = WC.words.n(n);
        count.className = n ? "n" : "n none";
        box.checked = set.has(index);
      }
      switcher.show();
      if (set.size) arrange();
    }

    arrange();
    return {
      node: WC.el(
        "div",
        { class: "facet", role: "group", "aria-label": WC.t("facet." + facet) },
        WC.el(
          "div",
          { class: "facet-head" },
          WC.el("h3", null, WC.t("facet." + facet)),
          switcher.group,
        ),
        narrowTo,
        rows,
        more,
      ),
      show,
    };
  }

  /** Fill the panel; gives `show(tally)`. */
  WC.facetPanel = function facetPanel(meta, into) {
    const groups = LISTS.map(([facet, list]) => [facet, group(facet, meta[list])]);
    const there = groups.filter(([, made]) => made !== null);
    WC.fill(into, there.map(([, made]) => made.node));
    if (meta.other_devices.length) into.append(otherDevices(meta));
    return (tally) => {
      for (const [facet, made] of there) made.show(tally[facet]);
    };
  };

  function otherDevices(meta) {
    const words = meta.other_devices.map(
      ({ kind, count }) => WC.words.n(count) + " " + WC.words.of("kind", kind).toLowerCase(),
    );
    const withheld = meta.counts.withheld;
    return WC.el(
      "p",
      { class: "list-note" },
      WC.t("panel.others", { what: words.join(", ") }),
      withheld ? " " + WC.t("panel.withheld", { n: withheld }) : "",
    );
  }

  WC.facetName = nameOf;
})(window.WC);
