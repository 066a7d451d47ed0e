/* Systems as the filter sees them: each with its values, and how many there are of each. */

import { filter, SYSTEM_FACETS } from "./filter.js";

/** How sure a supply is, in the order of the filter. */
export const STATUSES = [{ id: "confirmed" }, { id: "reported" }, { id: "disputed" }, { id: "ended" }];
/** Whether a legal or official list names the supplier. */
export const LISTED = [{ id: "listed" }, { id: "not_listed" }];

const NOBODY = { vendor: 0, status: -1, listed: -1 };

/**
 * The number of an id; -1 where the page has none, which no facet counts.
 *
 * @param {Map<string | null, number>} numbers
 * @param {string} id
 */
function numberIn(numbers, id) {
  const number = numbers.get(id);
  return number === undefined ? -1 : number;
}

/**
 * Give every deployment its `values`, as numbers of the page's lists.
 *
 * Who pays for a system or runs it supplies nothing, and neither does one whose supply was
 * retracted; a system without a supplier counts as one of a supplier not known.
 *
 * @param {Deployment[]} deployments
 * @param {Meta} meta
 * @param {Maker[]} makers
 */
export function giveValues(deployments, meta, makers) {
  const numbersOf = (/** @type {any[]} */ list) => new Map(list.map(({ id }, number) => [id, number]));
  const maker = numbersOf(makers);
  const country = numbersOf(meta.countries);
  const technology = numbersOf(meta.technologies);
  const status = numbersOf(STATUSES);
  for (const deployment of deployments) {
    const supplies = deployment.suppliers
      .filter((relation) => relation.supplies)
      .map((relation) => ({
        vendor: numberIn(maker, relation.supplier_id),
        status: numberIn(status, relation.status),
        listed: relation.is_listed ? 0 : 1,
      }));
    deployment.values = {
      country: numberIn(country, deployment.country_code),
      technologies: deployment.technology_ids.map((id) => numberIn(technology, id)),
      years: deployment.years,
      supplies: supplies.length ? supplies : [NOBODY],
    };
  }
}

/**
 * Count systems: `total` those that pass, and for each facet an array, index = value.
 *
 * A facet's own counts leave its own choice aside: they say how many there would be.
 *
 * @param {Deployment[]} deployments
 */
export function tallySystems(deployments) {
  /** @type {SystemTally} */
  const out = { total: 0, before: deployments.length };
  for (const facet of SYSTEM_FACETS) out[facet] = [];
  const count = (/** @type {string} */ facet, /** @type {number[]} */ values) => {
    for (const value of new Set(values)) if (value >= 0) out[facet][value] = (out[facet][value] || 0) + 1;
  };
  for (const { values } of deployments) {
    if (filter.letsSystem(values)) out.total++;
    for (const facet of ["vendor", "status", "listed"]) {
      count(facet, filter.fitting(values, facet).map((/** @type {any} */ supply) => supply[facet]));
    }
    if (filter.fitting(values, "country").length) count("country", [values.country]);
    if (filter.fitting(values, "technology").length) count("technology", values.technologies);
  }
  return out;
}
