/* The drawer of one deployment: its counts and who supplies it, every line with its source. */

import { dataText, el } from "./dom.js";
import { factList, pageLink, sourceLine, underLine } from "./facts.js";
import { selectDeployment } from "./select_event.js";
import { formatDate, t, wordFor } from "./words.js";

function figure(count, sources) {
  return el(
    "div",
    { class: "figure" },
    el("b", null, t("bound." + count.bound, { n: count.value })),
    wordFor("counted", count.what) + ", " + wordFor("qualifier", count.qualifier),
    count.as_of ? ", " + formatDate(count.as_of) : null,
    count.scope ? underLine(dataText(count.scope)) : null,
    sourceLine(sources[count.source]),
  );
}

/** @param {Supplier | Deployment} relation */
function period(relation) {
  if (!relation.valid_from && !relation.valid_to) return "";
  const from = relation.valid_from ? formatDate(relation.valid_from) : t("period.open");
  const to = relation.valid_to ? formatDate(relation.valid_to) : t("period.open");
  return relation.valid_to ? from + " \u2013 " + to : t("period.from", { date: from });
}

/** @param {Claim} claim */
function claimLine(claim, sources) {
  const who = claim.speaker ? dataText(claim.speaker) : t("by." + claim.by);
  return el(
    "li",
    { class: "claim" },
    el("span", { class: "says says-" + claim.says }, t("says." + claim.says)),
    " ",
    who,
    claim.as_of ? ", " + formatDate(claim.as_of) : null,
    claim.statement ? el("p", null, dataText(claim.statement)) : null,
    sourceLine(sources[claim.source]),
  );
}

/** @param {Supplier} relation */
function supplier(relation, sources) {
  const product = relation.product ? [" (", dataText(relation.product), ")"] : null;
  return el(
    "details",
    { class: "supplier status-" + relation.status },
    el(
      "summary",
      null,
      el("b", null, dataText(relation.supplier)),
      product,
      el(
        "small",
        null,
        [wordFor("role", relation.role), t("status." + relation.status), period(relation)]
          .filter(Boolean)
          .join(" \u00b7 "),
      ),
    ),
    el(
      "p",
      { class: "actions" },
      pageLink("vendors", relation.supplier_id, t("deployment.supplier_page")),
    ),
    el("ul", null, relation.claims.map((claim) => claimLine(claim, sources))),
  );
}

/**
 * The drawer's content: `{title, under, body}`.
 *
 * @param {Deployment} deployment
 */
export function deploymentPage(deployment, beside) {
  const { sources } = deployment;
  const where = [deployment.place, deployment.country_code].filter(Boolean).join(", ");
  const dates = period(deployment);
  return {
    title: dataText(deployment.name),
    under: [t("deployment.kind"), where ? [" \u00b7 ", dataText(where)] : null],
    body: [
      others(deployment, beside),
      el("p", { class: "list-note" }, t("deployment.apart")),
      el("h3", null, t("deployment.counts")),
      deployment.counts.length
        ? deployment.counts.map((count) => figure(count, sources))
        : el("p", { class: "missing" }, t("deployment.no_counts")),
      el("h3", null, t("deployment.who")),
      factList([
        [
          t("fact.operator"),
          deployment.operator ? dataText(deployment.operator) : t("value.unknown"),
        ],
        [t("fact.technologies"), technologies(deployment)],
        [t("fact.period"), dates ? [dates] : []],
      ]),
      deployment.suppliers.length
        ? deployment.suppliers.map((relation) => supplier(relation, sources))
        : el("p", { class: "missing" }, t("deployment.no_suppliers")),
      deployment.claims.length ? el("h3", null, t("deployment.claims")) : null,
      deployment.claims.length
        ? el("ul", null, deployment.claims.map((claim) => claimLine(claim, sources)))
        : null,
      el(
        "p",
        { class: "actions" },
        el("a", { href: "method.html#report" }, t("report")),
        pageLink("deployments", deployment.id, t("deployment.page")),
      ),
    ],
  };
}

/**
 * Buttons to the other deployments at the same place.
 *
 * @param {Deployment} deployment
 */
function others(deployment, beside) {
  if (beside.length < 2) return null;
  return el(
    "div",
    { class: "pole", role: "group", "aria-label": t("deployment.beside") },
    beside.map((other) =>
      el(
        "button",
        {
          type: "button",
          "aria-pressed": String(other === deployment),
          onclick: () => selectDeployment(other, false),
        },
        dataText(other.name),
      ),
    ),
  );
}

/** @param {Deployment} deployment */
function technologies(deployment) {
  return deployment.technologies.length
    ? [dataText(deployment.technologies.map((id) => wordFor("technology", id)).join(", "))]
    : [];
}
