// People who are found: their order.

import { within } from "./search-parts.js";

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Page} Page */
/** @typedef {import("./search-index.js").Result} Result */
/** @typedef {import("./search-parts.js").Parts} Parts */

/** Those whose pages are of people. */
export const PEOPLE = { kind: { any: ["author", "organisation"] } };

/**
 * People whose names have all words as they are typed, then those whose names begin so or who go by
 * other names; of each, those with most papers first. Relevance does not tell people of one name.
 * @param {Index} index
 * @param {Parts} parts
 * @param {Result[]} people
 * @param {string} text
 * @param {number[]} numbers of the parts that are searched
 */
export async function ranked(index, parts, people, text, numbers) {
  if (people.length < 2) return people;
  // Each part has an order of its own; those with most papers are in the first one.
  const able = numbers.filter((part) => !parts.isPaper(part)).sort((a, b) => a - b);
  const asked = able.length < 2 ? [able] : able.map((part) => [part]);
  const words = text.replaceAll('"', "").split(/\s+/).filter(Boolean);
  const [orders, whole] = await Promise.all([
    Promise.all(asked.map((some) => index.ask(text, within(some, PEOPLE), { papers: "desc" }))),
    // In quotation marks a word does not stand for what begins with it.
    Promise.all(words.map((word) => index.ask(`"${word}"`, within(able, PEOPLE)))),
  ]);
  const sorted = orders.flatMap(({ results }) => results.map(({ id }) => id));
  const place = new Map(sorted.map((id, at) => [id, at]));
  const named = whole.map(({ results }) => new Set(results.filter(byTitle).map(({ id }) => id)));
  const rank = (/** @type {Result} */ { id }) =>
    (named.every((ids) => ids.has(id)) ? 0 : people.length) + (place.get(id) ?? sorted.length);
  return people.toSorted((a, b) => rank(a) - rank(b));
}

/** @param {Result} result */
const byTitle = ({ matchedMetaFields: fields }) => !fields || fields.includes("title");

/**
 * What somebody is called, other spellings included.
 * @param {Page} page
 */
export const nameOf = ({ meta }) => `${meta.title} ${meta.also ?? ""}`;
