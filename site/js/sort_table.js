/* A table of a static page that sorts by its headers and narrows as one types. It is whole in the
   page: where no script runs, it is a plain table. Its words come with it as `data-` attributes. */

import { el } from "./dom.js";
import { plain } from "./plain_text.js";

/** @typedef {{row: HTMLTableRowElement, following: HTMLTableRowElement[], text: string}} Line */

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
const FEW = 6; // lines that are seen at once, and need no tools
const narrow = globalThis.matchMedia("(max-width: 600px)");

/**
 * The lines of a table: a row with those that belong under it. Sums are none: they stay last.
 *
 * @param {HTMLTableSectionElement} body
 */
function linesOf(body) {
  /** @type {Line[]} */
  const lines = [];
  for (const row of body.rows) {
    if (row.classList.contains("sum")) continue;
    const last = lines[lines.length - 1];
    if (row.classList.contains("within") && last) last.following.push(row);
    else lines.push({ row, following: [], text: "" });
  }
  for (const line of lines) {
    line.text = plain([line.row, ...line.following].map((row) => row.textContent || "").join(" "));
  }
  return lines;
}

/**
 * What a line is sorted by: a number or a text; null for nothing, which stays last either way.
 *
 * @param {Line} line
 * @param {number} column
 * @param {boolean} isNumber
 */
function keyOf(line, column, isNumber) {
  const cell = line.row.cells[column];
  if (isNumber) return cell.dataset.n === undefined ? null : Number(cell.dataset.n);
  if (cell.querySelector(".missing")) return null;
  return cell.dataset.key || (cell.textContent || "").trim() || null;
}

/**
 * @param {number | string | null} a
 * @param {number | string | null} b
 * @param {number} way 1 or -1
 */
function compare(a, b, way) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return way * (a - b);
  return way * collator.compare(String(a), String(b));
}

/**
 * Put values into a text of the page: `{n} of {total}`.
 *
 * @param {string | undefined} text
 * @param {Record<string, number>} values
 */
function say(text, values) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  return String(text).replace(/\{(\w+)\}/g, (_, name) => number.format(values[name]));
}

/**
 * Let a table sort, narrow and, where it is long, begin with its first lines.
 *
 * @param {HTMLTableElement} table with `data-find`, `data-shown`, `data-all`, `data-sort`, and
 *   `data-first` or `data-first-narrow`: how many lines it begins with
 */
export function enhanceTable(table) {
  const body = table.tBodies[0];
  const lines = linesOf(body);
  if (lines.length < FEW) return;
  const sums = [...body.rows].filter((row) => row.classList.contains("sum"));
  const heads = [...(table.tHead ? table.tHead.rows[0].cells : [])];
  let order = lines;
  let sorted = { column: -1, way: 1 };
  let isWhole = false;
  const input = el("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const status = el("span", { class: "quiet", role: "status" });
  const chooser = el("select", null, el("option", { value: "-1" }, "\u2013"));
  const more = el("button", { type: "button", class: "more", onclick: () => showAll() });

  function limit() {
    const first = narrow.matches ? table.dataset.firstNarrow || table.dataset.first : table.dataset.first;
    return isWhole || !first ? lines.length : Number(first);
  }

  function show() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    const most = words.length ? lines.length : limit();
    let n = 0;
    for (const { row, following, text } of order) {
      const fits = words.every((word) => text.includes(word));
      if (fits) n++;
      for (const one of [row, ...following]) {
        one.hidden = !fits;
        one.classList.toggle("later", fits && n > most);
      }
    }
    for (const sum of sums) sum.hidden = words.length > 0; // it is the sum of all
    status.textContent = words.length ? say(table.dataset.shown, { n, total: lines.length }) : "";
    more.hidden = words.length > 0 || most >= lines.length;
    more.textContent = say(table.dataset.all, { n: lines.length });
    // On a narrow screen the headers are out of sight, and the list of columns does their work.
    for (const { firstElementChild: button } of heads) {
      if (button instanceof HTMLButtonElement) button.tabIndex = narrow.matches ? -1 : 0;
    }
  }

  function showAll() {
    isWhole = true;
    show();
  }

  /**
   * @param {number} column
   * @param {number} way
   */
  function sort(column, way) {
    sorted = { column, way };
    const isNumber = heads[column].classList.contains("number");
    const keyed = lines.map((line) => ({ line, key: keyOf(line, column, isNumber) }));
    order = keyed.sort((a, b) => compare(a.key, b.key, way)).map(({ line }) => line);
    body.append(...order.flatMap(({ row, following }) => [row, ...following]), ...sums);
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    chooser.value = String(column);
    show();
  }

  /** @param {number} column */
  function turn(column) {
    // Of numbers the largest are asked for first, of names the first letters.
    const first = heads[column].classList.contains("number") ? -1 : 1;
    sort(column, sorted.column === column ? -sorted.way : first);
  }

  heads.forEach((head, column) => {
    if (head.classList.contains("bar-cell")) return;
    const button = el("button", { type: "button", class: "sort", onclick: () => turn(column) });
    button.append(...head.childNodes);
    head.append(button);
    chooser.append(el("option", { value: String(column) }, button.textContent));
  });
  chooser.addEventListener("change", () => {
    if (Number(chooser.value) >= 0) turn(Number(chooser.value));
  });
  input.addEventListener("input", show);
  narrow.addEventListener("change", show);
  const tools = el(
    "div",
    { class: "table-tools" },
    el("label", null, el("span", null, table.dataset.find), input),
    el("label", { class: "sort-by" }, el("span", null, table.dataset.sort), chooser),
    status,
  );
  const box = table.closest(".table-box") || table;
  box.before(tools);
  box.after(more);
  const openTarget = () => {
    const id = globalThis.location.hash.slice(1);
    const target = id ? document.getElementById(id) : null;
    if (!target || !table.contains(target) || !target.closest(".later")) return;
    showAll();
    target.scrollIntoView();
  };
  globalThis.addEventListener("hashchange", openTarget);
  show();
  openTarget();
}
