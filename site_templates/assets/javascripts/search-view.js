// How results look: the same in the box and on the page of the search.

import { root, SearchError } from "./search-index.js";

/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Kind} Kind */
/** @typedef {import("./search-rows.js").Row} Row */
/** @typedef {import("./search-words.js").Piece} Piece */

/** @type {Record<Kind, string>} */
export const HEADINGS = { papers: "Papers", people: "People", topics: "Topics", pages: "Pages" };

/** @type {Record<Kind, string>} */
export const SINGULAR = { papers: "paper", people: "person", topics: "topic", pages: "page" };

/**
 * An element with attributes and children. Text is never read as HTML.
 * @param {string} name
 * @param {Record<string, string | boolean>} [attributes] false ones are left out
 * @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(attribute, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** @param {Piece[]} pieces */
export const text = (pieces) =>
  pieces.filter(({ text }) => text).map(({ text, found }) => (found ? make("mark", {}, text) : text));

/** @param {string} path */
export const to = (path) => new URL(path, root).href;

/**
 * The page of the search, with all results of a query.
 * @param {string} query
 */
export const pageOf = (query) => `${to("search/")}?${new URLSearchParams({ q: query })}`;

/** @param {number} number */
export const thousands = (number) => number.toLocaleString("en");

/**
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 */
export const plural = (number, one, many = `${one}s`) =>
  `${thousands(number)} ${number === 1 ? one : many}`;

/** The ways to everything that need no search. */
export function ways() {
  const links = ["authors", "years", "topics"].map((name) => make("a", { href: to(`${name}/`) }, name));
  const line = ["Browse all ", links[0], ", ", links[1], " or ", links[2], "."];
  return make("p", { class: "ap-search-ways" }, ...line);
}

/**
 * What is said of an answer that lacks something, or null.
 * @param {Answer} answer
 */
export function remark({ total, lacking }) {
  if (!total || !lacking.length) return null;
  const words = lacking.map((word) => `“${word}”`).join(" or ");
  const line = `Nothing here has ${words}: these are results for the other words.`;
  return make("p", { class: "ap-search-remark" }, line);
}

/**
 * A question back: another query in place of one that lacks something, or "".
 * @param {Answer} answer
 * @param {(query: string) => void} ask for it, here
 */
export function question({ meant }, ask) {
  if (!meant) return "";
  const link = make("a", { href: pageOf(meant), dir: "auto" }, meant);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    ask(meant);
  });
  return make("p", { class: "ap-search-meant" }, "Did you mean ", link, "?");
}

/**
 * How many results there are, and the question back for those who listen: others see it beside this.
 * @param {string} count
 * @param {Answer} answer
 * @returns {(Node | string)[]}
 */
export const summary = (count, { meant }) =>
  meant ? [count, make("span", { class: "ap-search-heard" }, `. Did you mean ${meant}?`)] : [count];

/**
 * What is said instead of an answer. Other errors than of the index are mistakes in these scripts.
 * @param {unknown} error
 * @param {() => void} again
 */
export function trouble(error, again) {
  if (!(error instanceof SearchError)) console.error(error);
  const button = make("button", { type: "button", class: "ap-search-again" }, "Try again");
  button.addEventListener("click", again);
  const line = "The search index could not be loaded. Everything can be found without it:";
  const reason = make("p", {}, line);
  return make("div", { class: "ap-search-trouble", role: "alert" }, reason, ways(), button);
}
