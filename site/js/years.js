/* The strip of years: when cameras in view came into the source. Never when they were put up. */

import { byId, el, fillNode, svgEl } from "./dom.js";
import { filter } from "./filter.js";
import { narrowScreen } from "./sheet.js";
import { t } from "./words.js";

const HEIGHT = 34;
const FOOT = 1;

/**
 * Fill the strip; the function that is returned shows other counts in it.
 *
 * @param {Meta} meta
 * @param {HTMLElement} into
 * @param {{first: number, last: number} | null} span
 * @returns {(counts: number[]) => void}
 */
export function yearStrip(meta, into, span) {
  if (!span) {
    fillNode(into, el("p", null, el("b", null, t("years.title")), ": ", t("years.none")));
    return () => {};
  }
  const { first, last } = span;
  const n = last - first + 1;
  const width = Math.max(220, Math.min(560, n * 30));
  const step = width / n;
  /** @type {SVGElement[]} */
  const bars = [];
  const drawing = svgEl("svg", {
    class: "bars",
    viewBox: "0 0 " + width + " " + HEIGHT,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  drawing.append(
    svgEl("line", { x1: 0, x2: width, y1: HEIGHT - FOOT + 0.5, y2: HEIGHT - FOOT + 0.5 }),
  );
  for (let i = 0; i < n; i++) {
    const bar = svgEl("rect", { x: i * step + 0.75, width: step - 1.5, y: 0, height: 0 });
    bars.push(bar);
    drawing.append(bar);
  }
  const labels = el("div", { class: "bar-labels", "aria-hidden": "true" });
  const every = n > 16 ? 5 : n > 8 ? 2 : 1;
  for (let i = 0; i < n; i++) {
    const year = first + i + meta.year_base;
    const isEnd = i === 0 || i === n - 1;
    if (!isEnd && (year % every !== 0 || Math.min(i, n - 1 - i) * step < 34)) continue;
    const label = el("span", null, String(year));
    label.style.insetInlineStart = ((i + 0.5) / n) * 100 + "%";
    labels.append(label);
  }

  const pick = (/** @type {string} */ label, /** @type {number} */ initial) => {
    const select = el("select", { "aria-label": t(label), onchange: () => choose() });
    for (let i = 0; i < n; i++) {
      select.append(el("option", { value: first + i }, String(first + i + meta.year_base)));
    }
    select.value = String(initial);
    return select;
  };
  const from = pick("years.from", first);
  const to = pick("years.to", last);
  const unknownBox = el("input", { type: "checkbox", onchange: () => choose() });
  const unknownCount = el("span", { class: "tabular" });
  unknownBox.checked = true;

  function choose() {
    const a = Math.min(Number(from.value), Number(to.value));
    const b = Math.max(Number(from.value), Number(to.value));
    if (a === first && b === last && unknownBox.checked) filter.clear("year");
    else filter.setYears(a, b, unknownBox.checked);
  }

  /** @param {MouseEvent} event */
  function yearAt(event) {
    const box = drawing.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return first + Math.max(0, Math.min(n - 1, Math.floor(share * n)));
  }

  /** @type {number | null} */
  let anchor = null;
  drawing.addEventListener("pointerdown", (event) => {
    anchor = yearAt(event);
    drawing.setPointerCapture(event.pointerId);
    const { from: a, to: b } = filter.years;
    if (a === anchor && b === anchor) {
      anchor = null;
      filter.clear("year");
    } else filter.setYears(anchor, anchor, false);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (anchor === null) return;
    const other = yearAt(event);
    filter.setYears(Math.min(anchor, other), Math.max(anchor, other), false);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    drawing.addEventListener(end, () => {
      anchor = null;
    });
  }

  fillNode(
    into,
    el(
      "h2",
      null,
      t("years.title"),
      el("small", null, t(meta.years_by_history ? "years.by_history" : "years.under")),
    ),
    el("div", { class: "bar-box" }, drawing, labels),
    el(
      "div",
      { class: "span" },
      from,
      "\u2013",
      to,
      el("label", null, unknownBox, unknownCount),
    ),
  );

  return function show(counts) {
    let top = 1;
    for (let i = 0; i < n; i++) top = Math.max(top, counts[first + i] || 0);
    const { from: a, to: b, unknown } = filter.years;
    for (let i = 0; i < n; i++) {
      const value = counts[first + i] || 0;
      const tall = value ? Math.max(1.5, ((HEIGHT - FOOT - 2) * value) / top) : 0;
      bars[i].setAttribute("y", String(HEIGHT - FOOT - tall));
      bars[i].setAttribute("height", String(tall));
      const off = a !== null && b !== null && (first + i < a || first + i > b);
      bars[i].setAttribute("class", off ? "off" : "");
    }
    from.value = String(a === null ? first : Math.max(first, a));
    to.value = String(b === null ? last : Math.min(last, b));
    unknownBox.checked = unknown;
    unknownCount.textContent = t("years.unknown", { n: counts[0] || 0 });
  };
}

/** On a narrow screen the years are in the sheet, with the other filters; else at the foot. */
export function keepYearsAtHand() {
  const years = byId("years");
  const foot = /** @type {HTMLElement} */ (years.parentElement);
  const place = () => {
    if (narrowScreen.matches) byId("pane-filter").append(years);
    else foot.prepend(years);
  };
  narrowScreen.addEventListener("change", place);
  place();
  return place;
}

/**
 * The first and last year that occurs, as numbers of the column; null where none does.
 *
 * @param {Store} store
 */
export function yearSpan(store) {
  let first = 256;
  let last = 0;
  for (const year of store.groups.year) {
    if (year === 0) continue;
    first = Math.min(first, year);
    last = Math.max(last, year);
  }
  return last ? { first, last } : null;
}
