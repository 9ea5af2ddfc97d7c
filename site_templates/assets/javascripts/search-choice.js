// What a reader chose beside words.

import { span } from "./search-parts.js";

/** @typedef {import("./search-engine.js").Kind} Kind */
/**
 * What a reader chose. All but the kind is a property of papers, so it leaves papers alone.
 * @typedef {object} Choice
 * @property {Kind | ""} [kind]
 * @property {number | null} [from] first year
 * @property {number | null} [to] last year
 * @property {string[]} [subjects] codes of subject classes, any of them
 * @property {boolean} [code] only papers with code
 * @property {string[]} [authors] names, all of them
 * @property {"" | "relevance" | "newest" | "oldest"} [sort] of papers; without words by date
 */

/** Years that papers may be of. */
const FIRST = 1500;
const LAST = 2200;

/** @param {Choice} choice */
export const isAboutPapers = ({ from, to, subjects, code, authors }) =>
  Boolean(from || to || subjects?.length || code || authors?.length);

/**
 * The years that were chosen, open ends included; none where all are wanted.
 * @param {Choice} choice
 */
export const yearsOf = ({ from, to }) => (from || to ? span(from || FIRST, to || LAST) : []);

/**
 * The parts of an index that the choice leaves.
 * @param {Choice} choice
 * @returns {import("./search-parts.js").Wanted}
 */
export function wanted(choice) {
  const papers = !choice.kind || choice.kind === "papers";
  const people = !choice.kind || choice.kind === "people";
  return {
    papers,
    people: people && !isAboutPapers(choice),
    from: choice.from || 0,
    to: choice.to || LAST,
    oldest: choice.sort === "oldest",
  };
}
