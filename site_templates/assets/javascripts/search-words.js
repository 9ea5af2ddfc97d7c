// Words: of queries, as Pagefind has them in its index, and of texts, for the tables of terms.
// `fold` and `terms` do what `generator/search_words.py` does; tests/data/search-words.json holds
// examples for both.

import { fold, plainLetters } from "./folded-text.js";

const RUN = /[\p{L}\p{N}]+/gu;
const CJK =
  "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff" +
  "\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}";
const CJK_RUN = new RegExp(`[${CJK}]+`, "gu");
const CJK_CHARACTER = new RegExp(`[${CJK}]`, "u");
const LONGEST_TERM = 5;

/**
 * The terms of a text: runs of letters and digits, folded and cut to five characters; of Chinese,
 * Japanese and Korean, every two neighbours.
 * @param {string} text
 * @returns {Set<string>}
 */
export function terms(text) {
  return new Set(parts(text).map((word) => [...word].slice(0, LONGEST_TERM).join("")));
}

/**
 * Folded runs of letters and digits; Chinese, Japanese and Korean ones as pairs.
 * @param {string} text
 */
function parts(text) {
  return (fold(text).match(RUN) ?? []).flatMap((run) => {
    const words = run.replace(CJK_RUN, " ").split(" ").filter(Boolean);
    return [...words, ...(run.match(CJK_RUN) ?? []).flatMap(pairs)];
  });
}

/**
 * Every two neighbours; a single character by itself.
 * @param {string} run
 */
function pairs(run) {
  const all = [...run];
  if (all.length === 1) return all;
  return all.slice(1).map((character, place) => all[place] + character);
}

/**
 * The words by which a text is found: each word as a whole and in its parts.
 * @param {string} text
 * @returns {Set<string>}
 */
export function tokens(text) {
  const whole = text.split(/\s+/).map((word) => (fold(word).match(RUN) ?? []).join(""));
  return new Set([...whole.filter(Boolean), ...parts(text)]);
}

// -- queries ----------------------------------------------------------------------------------

/**
 * A query for Pagefind: its text, its words as they stand in the index, folded, and the same in
 * plain letters where it has others (`Łukasz`: the index knows both spellings of names, and the
 * printed one of anything else).
 * @typedef {{ text: string, words: string[], other: string | null }} Query
 */

const PHRASE = /^["“„«](.+)["”“»]$/su;
/** What stands between words: white space and symbols. */
const BETWEEN = /([\s,;|\p{S}\p{C}]+)/u;
/** Words that narrow nothing down. Pagefind loads a file of its index for each word. */
const IDLE = new Set(["the", "of", "and", "for", "with", "from"]);

/**
 * What a reader typed, as Pagefind finds it.
 * @param {string} typed
 * @returns {Query}
 */
export function queryOf(typed) {
  const plain = typed.normalize("NFKC").toLowerCase().trim();
  const phrase = PHRASE.exec(plain)?.[1];
  const all = split(phrase ?? plain);
  const words = phrase ? all : telling(all);
  const text = words.join(" ");
  // A lone letter would stand for every word that begins with it; in quotation marks it does not.
  const quoted = phrase || (words.length > 0 && words.every(isLetter));
  const other = plainLetters(text);
  /** @param {string} found */
  const finished = (found) => (quoted ? `"${found}"` : found);
  return {
    text: text && finished(text),
    words: [...new Set(words.map(joined))],
    other: other === text ? null : finished(other),
  };
}

/**
 * What a reader typed without some of its words; "" where it is a phrase.
 * @param {string} typed
 * @param {string[]} words as in the query
 */
export function without(typed, words) {
  const plain = typed.normalize("NFKC").toLowerCase().trim();
  if (PHRASE.test(plain)) return "";
  return split(plain).filter((word) => !words.includes(joined(word))).join(" ");
}

/**
 * What a reader typed with some of its words in their parts, as `state of the art` for
 * `state-of-the-art`; "" where none of them has parts, or it is a phrase.
 * @param {string} typed
 * @param {string[]} words as in the query
 */
export function takenApart(typed, words) {
  const plain = typed.normalize("NFKC").toLowerCase().trim();
  if (PHRASE.test(plain)) return "";
  const whole = split(plain);
  const apart = whole.map((word) => (words.includes(joined(word)) ? parts(word).join(" ") : word));
  return apart.some((word) => word.includes(" ")) ? apart.join(" ") : "";
}

/**
 * What a reader typed with other words in place of some, also in compounds; one that began
 * with a capital still does.
 * @param {string} typed
 * @param {Map<string, string>} words by those of the query
 */
export function exchange(typed, words) {
  const all = typed.normalize("NFKC").trim().split(BETWEEN);
  /** @param {string} word */
  const exchanged = (word) => {
    const other = words.get(joined(word));
    return other && /^\p{Lu}/u.test(word) ? other[0].toUpperCase() + other.slice(1) : (other ?? word);
  };
  return all.map((piece) => {
    const [before, core, after] = around(piece);
    return before + (words.has(joined(core)) ? exchanged(core) : core.replace(RUN, exchanged)) + after;
  }).join("");
}

/**
 * Words between white space and symbols. Other punctuation stays within words, where Pagefind
 * drops it from the text and the query alike: `3.8B` is `38b`.
 * @param {string} text
 */
function split(text) {
  const spaced = text.replace(CJK_RUN, (run) => ` ${pairs(run).join(" ")} `);
  const words = spaced.replaceAll("_", "").split(BETWEEN);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** @param {string} word */
const isLetter = (word) => /^\p{L}$/u.test(joined(word)) && !CJK_CHARACTER.test(word);

/**
 * The words that tell something, or all where none does.
 * @param {string[]} words
 */
function telling(words) {
  const some = words.filter((word) => !IDLE.has(word) && !isLetter(word));
  return some.length ? some : words;
}

/** @param {string} word */
const joined = (word) => (fold(word).match(RUN) ?? []).join("");

/**
 * Beginnings of terms that a text must have to be found by a query: of each word its stem, about.
 * Too short a beginning finds too much, which does no harm.
 * @param {string} typed
 * @returns {string[]}
 */
export function beginnings(typed) {
  const words = telling(split(typed.normalize("NFKC").toLowerCase()));
  const found = words.flatMap(parts).map((part) => (CJK_CHARACTER.test(part) ? part : stem(part)));
  return [...new Set(found.filter((part) => [...part].length > 1))];
}

/** @param {string} word */
function stem(word) {
  const bare = word.replace(/(?<=.{2})(?:ing|ed|e?s)$/u, "").replace(/(?<=..)(\p{L})\1$/u, "$1");
  return [...bare].slice(0, LONGEST_TERM).join("").replace(/(?<=..)[iye]$/, "");
}

// -- texts that are found ---------------------------------------------------------------------

/**
 * Whether each word of a query begins a word of the text: so a name is recognised.
 * @param {string[]} words
 * @param {string} text
 */
export function hasAll(words, text) {
  const known = [...tokens(text)];
  return words.every((word) => known.some((token) => token.startsWith(word)));
}

/**
 * The words of a query that a page has not as they are typed, although it was found: it may have
 * another form of a word (`fly` for `flies`), or something else altogether. Pagefind finds `iPhone`
 * for `phone`.
 * @param {string[]} words
 * @param {string[]} texts what matched on the page
 */
export function lacking(words, texts) {
  const known = [...tokens(texts.join(" "))];
  return words.filter((word) => !known.some((token) => token.includes(word)));
}

/**
 * A piece of a text; `found` where it matches.
 * @typedef {{ text: string, found: boolean }} Piece
 */

/**
 * A text in pieces, its words that match a query marked.
 * @param {string} text
 * @param {string[]} words of the query
 * @returns {Piece[]}
 */
export function marked(text, words) {
  return pieces(text.split(/(\s+)/), (word) => {
    const known = [...tokens(word)];
    return words.some((wanted) => known.some((token) => token.startsWith(wanted)));
  });
}

/**
 * Words and what stands between them, in pieces. Punctuation around a word is not part of it.
 * @param {string[]} words
 * @param {(word: string, place: number) => boolean} isFound
 * @returns {Piece[]}
 */
export function pieces(words, isFound) {
  return words.flatMap((word, place) => {
    if (!word.trim() || !isFound(word, place)) return [{ text: word, found: false }];
    const [before, core, after] = around(word);
    return [
      { text: before, found: false },
      { text: core, found: true },
      { text: after, found: false },
    ];
  });
}

/**
 * The punctuation before a word, the word, and what stands behind it.
 * @param {string} word
 */
const around = (word) =>
  /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word)?.slice(1) ?? ["", word, ""];
