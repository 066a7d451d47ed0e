/* Letters as people type them in a hurry. */

/** @type {Record<string, string>} */
const NOT_FOLDED = { ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", æ: "ae", œ: "oe", þ: "th", ð: "d" };

/**
 * Letters without their accents and case, so that a reader need not write them.
 *
 * @param {string} text
 */
export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøđłıæœþð]/g, (letter) => NOT_FOLDED[letter])
    .trim();
}
