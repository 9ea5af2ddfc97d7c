// What is shown of a page that was found, as text in pieces.

import { root } from "./search-index.js";
import { fold } from "./folded-text.js";
import { shorten } from "./paper-entries.js";
import { marked, pieces } from "./search-words.js";

/** @typedef {import("./search-index.js").Page} Page */
/** @typedef {import("./search-words.js").Piece} Piece */
/**
 * @typedef {object} Row
 * @property {string} href
 * @property {string} id the folder of its page: of a paper, its id
 * @property {Piece[]} title
 * @property {import("./paper-entries.js").Authors} authors the first ones
 * @property {string} date in words, with an asterisk where its year is inferred
 * @property {string} subject the code of a paper's class
 * @property {boolean} code whether a paper has code
 * @property {string} note what is on the page of a person or a topic
 * @property {Piece[]} excerpt the text around what matches below the title; empty when nothing does
 */

const WORDS = 30;
/** Words of an excerpt before the first that matches. */
const BEFORE = 5;
const MONTHS =
  "January February March April May June July August September October November December".split(" ");

/**
 * @param {Page} page
 * @param {string[]} words of the query
 * @returns {Row}
 */
export function rowOf(page, words) {
  const { meta, filters } = page;
  const { pathname } = new URL(page.url, root);
  return {
    href: pathname,
    id: pathname.split("/").at(-2) ?? "",
    title: marked(meta.title || pathname, words),
    authors: authorsOf(meta.authors ?? "", filters.author ?? []),
    date: inWords(meta.date ?? ""),
    subject: /\(([^()]+)\)$/.exec(filters.subject?.[0] ?? "")?.[1] ?? "",
    code: filters.code?.[0] === "yes",
    note: meta.note ?? "",
    excerpt: excerpt(page),
  };
}

/**
 * The first names of a byline. Pagefind ends a text of a page with a full stop, wanted or not.
 * @param {string} text
 * @param {string[]} known names of which some may have a comma
 */
function authorsOf(text, known) {
  const line = text.replace(/\s+/g, " ").trim().replace(/(?<!\b(?:Jr|Sr|al|\p{Lu}))\.$/u, "");
  const [, named, cut = ""] = /^(.*?)(?: (et al\.(?: with .+)?))?$/.exec(line) ?? ["", line];
  const { names, rest } = shorten(apart(named, known));
  return { names, rest: [rest, cut].filter(Boolean).join(" ") };
}

/**
 * Names that stand behind one another.
 * @param {string} line
 * @param {string[]} known
 */
function apart(line, known) {
  const names = [];
  for (const part of line.split(", ").filter(Boolean)) {
    const longer = `${names.at(-1)}, ${part}`;
    const goesOn = known.some((name) => name === longer || name.startsWith(`${longer}, `));
    if (goesOn) names.pop();
    names.push(goesOn ? longer : part);
  }
  return names;
}

/** @param {string} date `2024-02-03`, `2024-02`, `2024` or `2024*`; anything else stays */
function inWords(date) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?\*?$/.exec(date) ?? [];
  if (!year) return date;
  const words = [day && Number(day), month && MONTHS[Number(month) - 1], year];
  return words.filter(Boolean).join(" ") + (date.endsWith("*") ? "*" : "");
}

/**
 * @param {Page} page
 * @returns {Piece[]}
 */
function excerpt({ content, meta, locations }) {
  const words = content.split(/\s+/);
  const start = afterTitle(words, meta.title ?? "");
  const found = new Set(locations.filter((place) => place >= start && place < words.length));
  if (!found.size) return [];
  const from = Math.max(start, Math.min(densest(found) - BEFORE, words.length - WORDS));
  const to = from + WORDS;
  const spaced = words.slice(from, to).flatMap((word) => [word, " "]);
  const inner = pieces(spaced, (_, place) => found.has(from + place / 2));
  const between = (/** @type {boolean} */ cut) => ({ text: cut ? "…" : "", found: false });
  return [between(from > start), ...inner, between(to < words.length)];
}

/**
 * The place of the first word behind the title, with which the text of a page begins.
 * @param {string[]} words
 * @param {string} title
 */
function afterTitle(words, title) {
  const whole = letters(title);
  let known = "";
  let place = 0;
  while (place < words.length && whole.startsWith(known + letters(words[place]))) {
    known += letters(words[place++]);
  }
  return place;
}

/** @param {string} text */
const letters = (text) => fold(text).replace(/[^\p{L}\p{N}]/gu, "");

/**
 * The place from which on an excerpt holds most of these places.
 * @param {Set<number>} places
 */
function densest(places) {
  const sorted = [...places].sort((a, b) => a - b);
  const isNear = (/** @type {number} */ first) => (/** @type {number} */ place) =>
    place >= first && place < first + WORDS - BEFORE;
  const held = sorted.map((first) => sorted.filter(isNear(first)).length);
  return sorted[held.indexOf(Math.max(...held))];
}
