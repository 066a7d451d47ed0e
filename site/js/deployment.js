/* The drawer of one deployment: its counts and who supplies it, every line with its source. */
(function (WC) {
  "use strict";

  function figure(count, sources) {
    return WC.el(
      "div",
      { class: "figure" },
      WC.el("b", null, WC.t("bound." + count.bound, { n: count.value })),
      WC.words.of("counted", count.what) + ", " + WC.words.of("qualifier", count.qualifier),
      count.as_of ? ", " + WC.words.date(count.as_of) : null,
      count.scope ? WC.under(WC.data(count.scope)) : null,
      WC.sourceLine(sources[count.source]),
    );
  }

  function period(relation) {
    if (!relation.valid_from && !relation.valid_to) return "";
    const from = relation.valid_from ? WC.words.date(relation.valid_from) : WC.t("period.open");
    const to = relation.valid_to ? WC.words.date(relation.valid_to) : WC.t("period.open");
    return relation.valid_to ? from + " \u2013 " + to : WC.t("period.from", { date: from });
  }

  function claimLine(claim, sources) {
    const who = claim.speaker ? WC.data(claim.speaker) : WC.t("by." + claim.by);
    return WC.el(
      "li",
      { class: "claim" },
      WC.el("span", { class: "says says-" + claim.says }, WC.t("says." + claim.says)),
      " ",
      who,
      claim.as_of ? ", " + WC.words.date(claim.as_of) : null,
      claim.statement ? WC.el("p", null, WC.data(claim.statement)) : null,
      WC.sourceLine(sources[claim.source]),
    );
  }

  function supplier(relation, sources) {
    const product = relation.product ? [" (", WC.data(relation.product), ")"] : null;
    return WC.el(
      "details",
      { class: "supplier status-" + relation.status },
      WC.el(
        "summary",
        null,
        WC.el("b", null, WC.data(relation.supplier)),
        product,
        WC.el(
          "small",
          null,
          [WC.words.of("role", relation.role), WC.t("status." + relation.status), period(relation)]
            .filter(Boolean)
            .join(" \u00b7 "),
        ),
      ),
      WC.el(
        "p",
        { class: "actions" },
        WC.pageLink("vendors", relation.supplier_id, WC.t("deployment.supplier_page")),
      ),
      WC.el("ul", null, relation.claims.map((claim) => claimLine(claim, sources))),
    );
  }

  /** The drawer's content: `{title, under, body}`. */
  WC.deploymentPage = function deploymentPage(deployment, beside) {
    const { sources } = deployment;
    const where = [deployment.place, deployment.country_code].filter(Boolean).join(", ");
    const dates = period(deployment);
    return {
      title: WC.data(deployment.name),
      under: [WC.t("deployment.kind"), where ? [" \u00b7 ", WC.data(where)] : null],
      body: [
        others(deployment, beside),
        WC.el("p", { class: "list-note" }, WC.t("deployment.apart")),
        WC.el("h3", null, WC.t("deployment.counts")),
        deployment.counts.length
          ? deployment.counts.map((count) => figure(count, sources))
          : WC.el("p", { class: "missing" }, WC.t("deployment.no_counts")),
        WC.el("h3", null, WC.t("deployment.who")),
        WC.facts([
          [
            WC.t("fact.operator"),
            deployment.operator ? WC.data(deployment.operator) : WC.t("value.unknown"),
          ],
          [WC.t("fact.technologies"), technologies(deployment)],
          [WC.t("fact.period"), dates ? [dates] : []],
        ]),
        deployment.suppliers.length
          ? deployment.suppliers.map((relation) => supplier(relation, sources))
          : WC.el("p", { class: "missing" }, WC.t("deployment.no_suppliers")),
        deployment.claims.length ? WC.el("h3", null, WC.t("deployment.claims")) : null,
        deployment.claims.length
          ? WC.el("ul", null, deployment.claims.map((claim) => claimLine(claim, sources)))
          : null,
        WC.el(
          "p",
          { class: "actions" },
          WC.el("a", { href: "method.html#report" }, WC.t("report")),
          WC.pageLink("deployments", deployment.id, WC.t("deployment.page")),
        ),
      ],
    };
  };

  /** Buttons to the other deployments at the same place. */
  function others(deployment, beside) {
    if (beside.length < 2) return null;
    return WC.el(
      "div",
      { class: "pole", role: "group", "aria-label": WC.t("deployment.beside") },
      beside.map((other) =>
        WC.el(
          "button",
          {
            type: "button",
            "aria-pressed": String(other === deployment),
            onclick: () => WC.selection.deployment(other, false),
          },
          WC.data(other.name),
        ),
      ),
    );
  }

  function technologies(deployment) {
    return deployment.technologies.length
      ? [WC.data(deployment.technologies.map((id) => WC.words.of("technology", id)).join(", "))]
      : [];
  }
})(window.WC);
