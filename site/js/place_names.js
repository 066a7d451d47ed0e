/* The names of large places in other languages. Each alphabet has a file of its own, which comes
   when somebody types in it: a reader needs one or two of the four. */

import { t } from "./words.js";

/** @type {[string, RegExp][]} */
const ALPHABETS = [
  ["cyrl", /\p{Script=Cyrillic}/u],
  ["arab", /\p{Script=Arabic}/u],
  ["hani", /\p{Script=Han}/u],
];

/**
 * The alphabet of a text, as the files of names are called.
 *
 * @param {string} text
 */
export function alphabetOf(text) {
  const named = ALPHABETS.find(([, letters]) => letters.test(text));
  return named ? named[0] : "latn";
}

/**
 * An entry for every other name of a place; choosing one is choosing the place.
 *
 * @param {any} file
 * @param {Found[]} places in the order of their own file
 * @returns {Found[]}
 */
export function otherNames(file, places) {
  return file.rows.flatMap((/** @type {[number, ...string[]]} */ [row, ...names]) => {
    const place = places[row];
    return names.map((name) => ({
      name,
      also: "",
      of: place,
      go: place.go,
      rank: place.rank,
      get what() {
        return place.name + t("comma") + place.what;
      },
    }));
  });
}
