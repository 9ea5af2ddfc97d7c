// Words that no page has: what Pagefind finds in their place was not searched for.

import { beginnings, lacking } from "./search-words.js";

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Page} Page */
/** @typedef {import("./search-parts.js").Parts} Parts */

/**
 * Those of some words that no page has. In place of such a word Pagefind takes the longest beginning
 * of it that there is (an `x` for `xylophone`), or does without it; but not in quotation marks,
 * between which it finds all forms of a word, and not what begins with it.
 * @param {Index} index
 * @param {Parts} parts
 * @param {string[]} words
 */
export async function absent(index, parts, words) {
  const are = await Promise.all(words.map((word) => isAbsent(index, parts, word)));
  return words.filter((_, place) => are[place]);
}

/**
 * @param {Index} index
 * @param {Parts} parts
 * @param {string} word
 */
async function isAbsent(index, parts, word) {
  if (await parts.mayHold(beginnings(word))) return false;
  if ((await index.ask(`"${word}"`, {})).results.length) return false;
  const { results } = await index.ask(word, {});
  const pages = await index.read(results.slice(0, 1));
  return !pages.length || lacking([word], matching(pages[0])).length > 0;
}

/**
 * The texts of a page that may have matched: Pagefind does not say where in them.
 * @param {Page} page
 */
export function matching({ meta, content, locations }) {
  const words = content.split(/\s+/);
  return [...Object.values(meta), ...locations.map((place) => words[place] ?? "")];
}
