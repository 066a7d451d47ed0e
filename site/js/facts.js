/* Pieces of the drawer: a list of facts, a source, a way to report an error. */
(function (WC) {
  "use strict";

  /** A `dl` of facts: pairs of a label and nodes or text; an empty second leaves the pair out. */
  WC.facts = function facts(pairs) {
    const list = WC.el("dl", { class: "facts" });
    for (const [label, ...value] of pairs) {
      const shown = value.flat().filter((part) => part !== null && part !== undefined);
      if (shown.length === 0) continue;
      list.append(WC.el("dt", null, label), WC.el("dd", null, shown));
    }
    return list;
  };

  /** A second line under a fact. */
  WC.under = function under(...parts) {
    return WC.el("small", null, parts);
  };

  const TAKEN = /^(?:index|con|prn|aux|nul|(?:com|lpt)[1-9])$/; // as mapper/website/pages/addresses.py

  /** A link to one of the site's own plain pages: `vendors`, `deployments` or `places`. */
  WC.pageLink = function pageLink(folder, id, text) {
    const name = TAKEN.test(id) ? id + "_" : id;
    const address = folder + "/" + encodeURIComponent(name) + ".html";
    return WC.el("a", { href: address }, WC.data(text));
  };

  /** A source as a line: publisher, title as a link, day, grade. */
  WC.sourceLine = function sourceLine(source) {
    const day = source.published_on ? WC.words.date(source.published_on) : WC.t("source.undated");
    const title = source.url ? WC.linkOut(source.url, source.title) : WC.data(source.title);
    return WC.el(
      "span",
      { class: "source" },
      WC.data(source.publisher),
      ": ",
      title,
      ", " + day + ", " + WC.t("source.grade", { grade: source.grade }),
      source.archive_url ? [", ", WC.linkOut(source.archive_url, WC.t("source.archived"))] : null,
    );
  };

  const EIGHTHS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];

  /** "north-east". */
  WC.headingName = function headingName(degrees) {
    return WC.t("heading." + EIGHTHS[Math.round(degrees / 45) % 8]);
  };

  /** "north-east (45 degrees)". */
  WC.headingWords = function headingWords(degrees) {
    const name = WC.headingName(degrees);
    return WC.t("heading", { name, degrees: Math.round(degrees * 10) / 10 });
  };

  /** An arrow that points in a direction, north up; a ring where there is none. */
  WC.arrow = function arrow(degrees) {
    const look = { fill: "none", stroke: "currentColor", "stroke-width": 1.6 };
    const shape =
      degrees === undefined
        ? WC.svg("circle", { cx: 9, cy: 9, r: 4, ...look })
        : WC.svg("path", { d: "M9 15V3M5 7L9 3L13 7", ...look, transform: "rotate(" + degrees + " 9 9)" });
    return WC.svg("svg", { class: "mark", viewBox: "0 0 18 18", "aria-hidden": "true" }, shape);
  };

  /** A small rose with the view drawn in it. */
  WC.compass = function compass(directions, angle, allRound) {
    const parts = [WC.svg("circle", { cx: 36, cy: 36, r: 30, fill: "none", stroke: "var(--rule-strong)" })];
    for (let k = 0; k < 4; k++) {
      const turn = "rotate(" + k * 90 + " 36 36)";
      parts.push(WC.svg("path", { d: "M36 6v5", stroke: "var(--rule-strong)", transform: turn }));
    }
    const colour = { fill: "var(--camera)", "fill-opacity": 0.16, stroke: "var(--camera)" };
    if (allRound) parts.push(WC.svg("circle", { cx: 36, cy: 36, r: 24, ...colour }));
    const half = ((angle || 60) / 2) * (Math.PI / 180);
    for (const degrees of allRound ? [] : directions) {
      const middle = ((degrees - 90) * Math.PI) / 180;
      const at = (turn, r) => 36 + r * Math.cos(turn) + " " + (36 + r * Math.sin(turn));
      const large = half * 2 > Math.PI ? 1 : 0;
      const edge = "L" + at(middle - half, 26) + "A26 26 0 " + large + " 1 " + at(middle + half, 26);
      parts.push(
        WC.svg("path", {
          d: "M36 36" + edge + "Z",
          ...colour,
          fill: angle ? "var(--camera)" : "none",
          "stroke-dasharray": angle ? null : "3 3",
        }),
        WC.svg("path", { d: "M36 36L" + at(middle, 16), stroke: "var(--camera)" }),
      );
    }
    parts.push(
      WC.svg("circle", { cx: 36, cy: 36, r: 3, fill: "var(--camera)" }),
      WC.svg(
        "text",
        { x: 36, y: 5, "text-anchor": "middle", "font-size": 8, fill: "var(--ink-2)" },
        WC.t("heading.letter"),
      ),
    );
    return WC.svg("svg", { class: "compass", viewBox: "0 -4 72 76", "aria-hidden": "true" }, parts);
  };
})(window.WC);
