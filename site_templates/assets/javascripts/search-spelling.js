// The word that a reader meant who typed one that nothing has: the nearest of those that begin alike.

import { fold } from "./folded-text.js";
import { matching } from "./search-absence.js";
import { PEOPLE } from "./search-people.js";

/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Page} Page */
/** @typedef {import("./search-index.js").Result} Result */

/** Pages of people, and as many others, in which a beginning is looked for. */
const LOOKED_AT = 6;
/** Pages that are read for a word at most: each is a file of 1 kB. */
const MOST_READ = 24;

/**
 * The word nearest to one that nothing has, as it is printed but in small letters; "" where none is
 * near. Throws a SearchError.
 * @param {Index} index
 * @param {string} word folded
 * @param {string} others words of the query beside it: pages that have them, too, come first
 */
export async function nearest(index, word, others) {
  const most = mistakes(word);
  if (!most) return "";
  for (const beside of new Set([others, ""])) {
    const near = await new Spelling(index, word, beside).find(most);
    if (near) return near;
  }
  return "";
}

class Spelling {
  /**
   * @param {Index} index
   * @param {string} word
   * @param {string} beside
   */
  constructor(index, word, beside) {
    this.index = index;
    this.word = word;
    this.beside = beside;
    /** Ids of pages that were read. @type {Set<string>} */
    this.read = new Set();
    /** Words of these pages as they are printed, by what they are when folded. @type {Map<string, string>} */
    this.words = new Map();
  }

  /**
   * Look for shorter and shorter beginnings until one leads to a word that is near.
   * @param {number} most mistakes
   */
  async find(most) {
    for (const start of beginningsOf(this.word)) {
      const near = await this.beginningWith(start, most);
      if (near) return near;
    }
    return "";
  }

  /**
   * @param {string} start
   * @param {number} most
   */
  async beginningWith(start, most) {
    const text = `${this.beside} ${start}`.trim();
    const found = await Promise.all([
      this.index.ask(text, PEOPLE, { papers: "desc" }),
      this.index.ask(text, {}),
    ]);
    /** @type {[number, string][]} */
    let near = [];
    // Pagefind finds something else where no word begins so: one page each shows that.
    for (const count of [1, LOOKED_AT]) {
      await this.learn(found.flatMap(({ results }) => results.slice(0, count)));
      const known = [...this.words.keys()].filter((word) => word.startsWith(start));
      if (!known.length) return "";
      near = known.map((word) => [distance(this.word, word), word]);
    }
    const [best] = near.filter(([far]) => far <= most).sort(byDistance);
    return best ? (this.words.get(best[1]) ?? "") : "";
  }

  /** @param {Result[]} results */
  async learn(results) {
    const fresh = new Map(results.filter(({ id }) => !this.read.has(id)).map((one) => [one.id, one]));
    const some = [...fresh.values()].slice(0, MOST_READ - this.read.size);
    for (const { id } of some) this.read.add(id);
    for (const page of await this.index.read(some)) {
      for (const word of printed(page)) {
        if (!this.words.has(fold(word))) this.words.set(fold(word), word);
      }
    }
  }
}

/**
 * Shorter and shorter beginnings; before the shortest, those with two of the first letters exchanged.
 * @param {string} word
 */
function beginningsOf(word) {
  const [first, second, third] = word;
  const longer = Array.from({ length: word.length - 4 }, (_, place) => word.slice(0, -place - 1));
  return [...longer, first + third + second, second + first + third, word.slice(0, 3), word.slice(0, 2)];
}

/**
 * Words of a page, those of its title first: other spellings have no marks.
 * @param {Page} page
 */
const printed = (page) =>
  [page.meta.title, ...matching(page)].flatMap((text) => text.normalize("NFC").toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []);

/**
 * How many letters of a word may be wrong: none of a short one, of one with digits, or where each
 * character is a word.
 * @param {string} word
 */
const mistakes = (word) =>
  word.length < 4 || !/^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u.test(word)
    ? 0
    : word.length < 6 ? 1 : 2;

/**
 * @param {[number, string]} one
 * @param {[number, string]} other
 */
const byDistance = ([near, one], [far, other]) => near - far || (one < other ? -1 : 1);

/**
 * Letters to add, to leave out, to exchange for another or for the next one, to make one word of
 * another (Damerau and Levenshtein).
 * @param {string} one
 * @param {string} other
 */
export function distance(one, other) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const isOther = one[i - 1] !== other[j - 1];
      const isTurned = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + Number(isOther),
        isTurned ? rows[i - 2][j - 2] + 1 : Infinity,
      );
    }
  }
  return rows[one.length][other.length];
}
