/* Which entries a text means: names that begin with it first, then names that hold it, then names
   one letter away. */

const AT_MOST = 10;
const FORGIVING_FROM = 4; // letters: shorter texts are one letter away from too much

/**
 * 0 where the name is the text, 1 where it begins so, 2 where a word does, 3 where it holds it.
 *
 * @param {Entry} entry
 * @param {string} text
 * @param {string[]} words
 */
function closeness(entry, text, words) {
  if (entry.key === text) return 0;
  if (entry.key.startsWith(text)) return 1;
  if ((" " + entry.key).includes(" " + text)) return 2;
  return words.every((word) => entry.wide.includes(word)) ? 3 : -1;
}

/**
 * Whether a word becomes another's beginning by one letter put in, left out, changed or swapped.
 *
 * @param {string} word
 * @param {string} name
 */
export function isNearly(word, name) {
  let i = 0;
  while (i < word.length && word[i] === name[i]) i++;
  if (i === word.length) return true;
  const rest = word.slice(i);
  return (
    name.startsWith(rest.slice(1), i + 1) || // changed
    name.startsWith(rest.slice(1), i) || // one too many
    name.startsWith(rest, i + 1) || // one left out
    (rest.length > 1 && name.startsWith(rest[1] + rest[0] + rest.slice(2), i)) // swapped
  );
}

/**
 * Whether a name is spelled as it was typed, accents and all.
 *
 * @param {Entry} entry
 * @param {string} typed
 */
function isSpelled(entry, typed) {
  return entry.name.toLowerCase().startsWith(typed.trim().toLowerCase());
}

/**
 * The entries that a text means, the closest first.
 *
 * @param {Entry[]} entries
 * @param {string} text already plain
 * @param {string} typed as it was typed: of two spellings that differ by accents it chooses
 */
export function closest(entries, text, typed = text) {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  /** @type {{entry: Entry, grade: number, order: number}[]} */
  const found = [];
  entries.forEach((entry, order) => {
    const grade = closeness(entry, text, words);
    // A system's own name, typed whole, means the system; its beginning may as well mean a place.
    const rank = grade === 0 && entry.isSystem ? 0 : entry.rank || 0;
    if (grade >= 0) found.push({ entry, grade: grade * 2 + rank, order });
  });
  if (found.length === 0 && text.length >= FORGIVING_FROM) {
    entries.forEach((entry, order) => {
      if (isNearly(text, entry.key)) {
        const apart = Math.abs(entry.key.length - text.length);
        found.push({ entry, grade: apart + (entry.rank || 0), order });
      }
    });
  }
  found.sort((a, b) => a.grade - b.grade || a.order - b.order);
  // A place has dozens of names, and stands in the list once, by the closest.
  /** @type {Map<object, {entry: Entry, grade: number}>} */
  const things = new Map();
  for (const { entry, grade } of found) {
    const thing = entry.of || entry;
    const before = things.get(thing);
    if (!before) {
      if (things.size < AT_MOST) things.set(thing, { entry, grade });
    } else if (before.grade === grade && !isSpelled(before.entry, typed) && isSpelled(entry, typed)) {
      before.entry = entry;
    }
  }
  return [...things.values()].map(({ entry }) => entry);
}
