/* The drawer of one deployment: its counts and who supplies it, every line with its source. */

import { dataText, el, englishText } from "./dom.js";
import { factList, pageLink, sourceLine, underLine } from "./facts.js";
import { selectDeployment } from "./select_event.js";
import { plainPage } from "./site_ways.js";
import { formatList, t, wordFor } from "./words.js";

/**
 * @param {Count} count
 * @param {SourceOfClaim[]} sources
 */
function figure(count, sources) {
  return el(
    "div",
    { class: "figure" },
    el("b", null, dataText(count.figure)),
    dataText(count.what + ", " + count.state + ", " + count.when),
    count.scope ? underLine(englishText(count.scope)) : null,
    count.sources.map((number) => sourceLine(sources[number])),
  );
}

/**
 * @param {Claim} claim
 * @param {SourceOfClaim[]} sources
 */
function claimLine(claim, sources) {
  return el(
    "li",
    { class: "claim" },
    dataText(claim.byline),
    claim.says ? ["; ", el("span", { class: "says" }, dataText(claim.says))] : null,
    // What a source says stays as it was put down, in English; that it names and no more is our word.
    el("p", claim.is_bare ? null : { lang: "en", dir: "ltr" }, dataText(claim.text)),
    claim.sources.map((number) => sourceLine(sources[number])),
  );
}

/**
 * @param {Supplier} relation
 * @param {Claim[]} claims
 * @param {SourceOfClaim[]} sources
 */
function supplier(relation, claims, sources) {
  return el(
    "details",
    { class: "supplier status-" + relation.status },
    el(
      "summary",
      null,
      el("b", null, dataText(relation.supplier)),
      el("small", null, dataText(relation.headline)),
    ),
    el(
      "p",
      { class: "actions" },
      pageLink("vendors", relation.supplier_id, t("deployment.supplier_page")),
    ),
    el("ul", null, claims.map((claim) => claimLine(claim, sources))),
  );
}

/**
 * A supplier's own suppliers, each below whom it supplies: down to the chip.
 *
 * @param {Part[]} parts
 * @param {SourceOfClaim[]} sources
 * @returns {Child}
 */
function partList(parts, sources) {
  if (parts.length === 0) return null;
  return el(
    "ul",
    { class: "parts" },
    parts.map((part) => el("li", null, supplier(part, part.claims, sources), partList(part.parts, sources))),
  );
}

/**
 * Who runs it, and below, each on its own line, who supplies it: the chain as far as a drawer
 * has room for it.
 *
 * @param {Deployment} deployment
 * @param {Evidence} said
 */
function chainPart(deployment, { sources, supplier_claims: claims, supplier_parts: parts }) {
  const { suppliers } = deployment;
  const supplies = suppliers.filter((relation) => relation.supplies);
  const named = suppliers.filter((relation) => !relation.supplies);
  const hang = (/** @type {Supplier} */ relation) => {
    const i = suppliers.indexOf(relation);
    return el("li", null, supplier(relation, claims[i], sources), partList(parts[i], sources));
  };
  return [
    el("h3", null, t("deployment.who")),
    el(
      "div",
      { class: "mini-chain" },
      el(
        "p",
        { class: "runs" },
        el("small", null, t("fact.operator")),
        deployment.operator
          ? el("b", null, dataText(deployment.operator))
          : el("b", { class: "missing" }, t("value.unknown")),
      ),
      supplies.length
        ? el("ul", null, supplies.map(hang))
        : el("p", { class: "missing" }, t("deployment.no_suppliers")),
    ),
    named.length ? el("h3", null, t("deployment.named")) : null,
    named.length ? el("ul", null, named.map(hang)) : null,
    el(
      "p",
      { class: "actions" },
      pageLink("deployments", deployment.id, t("deployment.page")),
    ),
  ];
}

/**
 * One headline, and every count with its source behind it.
 *
 * @param {Deployment} deployment
 * @param {Evidence} said
 */
function countPart({ headline }, { counts, sources }) {
  const heading = el("h3", null, t("deployment.counts"));
  if (!counts.length) return [heading, el("p", { class: "missing" }, t("deployment.no_counts"))];
  if (counts.length === 1) return [heading, figure(counts[0], sources)];
  const all = el(
    "details",
    { class: "figures" },
    el("summary", null, t("deployment.figures", { n: counts.length })),
    counts.map((count) => figure(count, sources)),
  );
  return [heading, headline ? el("p", { class: "headline" }, dataText(headline.line)) : null, all];
}

/**
 * The drawer's content: `{title, under, body}`.
 *
 * @param {Deployment} deployment
 * @param {Evidence} said
 * @param {Deployment[]} beside
 */
export function deploymentPage(deployment, said, beside) {
  const { claims, sources } = said;
  return {
    title: englishText(deployment.name),
    under: [t("deployment.kind"), " \u00b7 ", dataText(deployment.where)],
    body: [
      chainPart(deployment, said),
      countPart(deployment, said),
      el("p", { class: "list-note" }, t("deployment.apart")),
      el("h3", null, t("camera.known")),
      factList([
        [t("fact.technologies"), formatList(deployment.technology_ids.map((id) => wordFor("technology", id)))],
        [t("fact.period"), deployment.period ? dataText(deployment.period) : null],
      ]),
      claims.length ? el("h3", null, t("deployment.claims")) : null,
      claims.length
        ? el("ul", null, claims.map((claim) => claimLine(claim, sources)))
        : null,
      others(deployment, beside),
      el("p", { class: "actions" }, el("a", { href: plainPage("method.html#report") }, t("report"))),
    ],
  };
}

/**
 * Buttons to the other deployments at the same place.
 *
 * @param {Deployment} deployment
 * @param {Deployment[]} beside
 */
function others(deployment, beside) {
  if (beside.length < 2) return null;
  return [
    el("h3", null, t("deployment.beside")),
    el(
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
        englishText(other.name),
      ),
    ),
  ),
  ];
}
