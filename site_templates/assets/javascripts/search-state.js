// What is searched for, as the address of the page says it.

/** @typedef {import("./search-choice.js").Choice} Choice */
/** @typedef {Required<Choice> & { query: string }} State */

const KINDS = ["papers", "people", "topics", "pages"];
const SORTS = ["relevance", "newest", "oldest"];

/**
 * @param {string} search the part of an address from `?` on
 * @returns {State}
 */
export function readState(search) {
  const given = new URLSearchParams(search);
  return inOrder({
    query: (given.get("q") ?? "").slice(0, 300),
    kind: /** @type {State["kind"]} */ (oneOf(KINDS, given.get("kind"))),
    from: year(given.get("from")),
    to: year(given.get("to")),
    subjects: given.getAll("subject").filter(Boolean),
    code: given.get("code") === "1",
    authors: given.getAll("author").filter(Boolean),
    sort: /** @type {State["sort"]} */ (oneOf(SORTS, given.get("sort"))),
  });
}

/**
 * The part of an address from `?` on, or "".
 * @param {State} state
 */
export function writeState({ query, kind, from, to, subjects, code, authors, sort }) {
  const pairs = [
    ["q", query.trim()],
    ["kind", kind],
    ["from", String(from || "")],
    ["to", String(to || "")],
    ...subjects.map((subject) => ["subject", subject]),
    ["code", code ? "1" : ""],
    ...authors.map((author) => ["author", author]),
    ["sort", sort],
  ];
  const written = new URLSearchParams(pairs.filter(([, value]) => value)).toString();
  return written && `?${written}`;
}

/** @param {string | null} text */
const year = (text) => (/^\d{4}$/.test(text ?? "") ? Number(text) : null);

/**
 * The same with the earlier of two years first.
 * @param {State} state
 * @returns {State}
 */
export const inOrder = (state) =>
  state.from && state.to && state.from > state.to ? { ...state, from: state.to, to: state.from } : state;

/**
 * @param {string[]} values
 * @param {string | null} value
 */
const oneOf = (values, value) => (value && values.includes(value) ? value : "");
