/* The page's own words, and numbers and dates in the reader's language. */

import { have } from "./data_loader.js";

/** @type {Record<string, string>} */
let words = {};
/* Made by `setLanguage`: making one takes milliseconds, and before it there are no words. */
/** @type {Intl.PluralRules} */
let plural;
/** @type {Intl.NumberFormat} */
let number;
/** @type {Intl.NumberFormat} */
let compact;
let locale = "en-GB"; // day before month: 28 March 2023
/* Made once for each language: making one takes longer than asking it a thousand times. */
/** @type {Map<number, Intl.DateTimeFormat>} */
const dateFormats = new Map();
/** @type {Map<string, string>} */
const countryNames = new Map();
/** @type {Intl.DisplayNames | null} */
let regions = null;

const OPEN_WORD = /_/g;

/**
 * Text for a key; `{name}` takes a value, a key with `_one` beside it follows `{n}`.
 *
 * @param {string} key
 * @param {Values} [values]
 */
export function t(key, values) {
  let text = words[key];
  if (values && typeof values.n === "number") {
    const form = words[key + "_" + plural.select(values.n)];
    if (form !== undefined) text = form;
  }
  if (text === undefined) throw new Error("no words for " + key);
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = /** @type {Values} */ (values)[name];
    if (typeof value === "number") return number.format(value);
    // A Latin name in a sentence from the right would take the full stop beside it along.
    return document.dir === "rtl" ? "\u2068" + value + "\u2069" : String(value);
  });
}

/**
 * Speak a language whose words are loaded, or handed over.
 *
 * @param {string} code
 * @param {Record<string, string>} [strings]
 */
export function setLanguage(code, strings) {
  // Western digits in every language, as ids, dates of sources and the plain pages have them.
  locale = code === "en" ? "en-GB" : code + "-u-nu-latn";
  words = strings || have("i18n-" + code);
  plural = new Intl.PluralRules(code);
  number = new Intl.NumberFormat(locale);
  compact = new Intl.NumberFormat(locale, { notation: "compact" });
  dateFormats.clear();
  countryNames.clear();
  regions = null;
}

/**
 * The name of a data file of which each language has one; English stands without an ending.
 *
 * @param {string} name
 */
export function inLanguage(name) {
  const { lang } = document.documentElement;
  return lang === "en" ? name : name + "-" + lang;
}

/**
 * A number in the reader's digits and grouping.
 *
 * @param {number} value
 */
export function formatNumber(value) {
  return number.format(value);
}

/**
 * A number where there is little room, as the language shortens it: "1.9k", "1,9 тыс.", "1.2万".
 *
 * @param {number} value
 */
export function shortNumber(value) {
  return compact.format(value);
}

/**
 * Several words as a language lists them: "a, b and c".
 *
 * @param {string[]} parts
 */
export function formatList(parts) {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
}

/**
 * A noun inside a sentence: in small letters, but in German, where nouns keep their capital.
 *
 * @param {string} noun
 */
export function inSentence(noun) {
  return locale.startsWith("de") ? noun : noun.toLocaleLowerCase(locale);
}

/**
 * A word of a closed list where there is one for it, else the data's own word.
 *
 * @param {string} list
 * @param {string | null} id
 */
export function wordFor(list, id) {
  const key = list + "." + id;
  if (words[key] !== undefined) return words[key];
  return String(id).replace(OPEN_WORD, " ");
}

/**
 * A partial ISO date: `2022`, `2022-03-28`, `before:2020`, `2018/2020`; else as it stands.
 *
 * @param {string} value
 * @returns {string}
 */
export function formatDate(value) {
  if (value.startsWith("before:")) {
    return t("date.before", { date: formatDate(value.slice(7)) });
  }
  const slash = value.indexOf("/");
  if (slash > 0) {
    const from = formatDate(value.slice(0, slash));
    return t("date.between", { from, to: formatDate(value.slice(slash + 1)) });
  }
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(value);
  if (!parts) return value;
  const [, year, month, dayOfMonth] = parts;
  const day = new Date(Date.UTC(Number(year), month ? Number(month) - 1 : 0, Number(dayOfMonth || 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const shape = { year: "numeric", timeZone: "UTC" };
  if (month) shape.month = "long";
  if (dayOfMonth) shape.day = "numeric";
  const said = [month, dayOfMonth].filter(Boolean).length;
  const format = dateFormats.get(said) || new Intl.DateTimeFormat(locale, shape);
  dateFormats.set(said, format);
  return format.format(day);
}

/**
 * A country by its name in the reader's language; Kosovo's code is one of use, not of ISO.
 *
 * @param {string} code
 */
export function countryName(code) {
  // Anything but a code of two letters is an error to it: a hostile value stays the text it is.
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const kept = countryNames.get(code);
  if (kept !== undefined) return kept;
  regions ||= new Intl.DisplayNames(locale, { type: "region", fallback: "code" });
  const name = regions.of(code) || code;
  countryNames.set(code, name);
  return name;
}
