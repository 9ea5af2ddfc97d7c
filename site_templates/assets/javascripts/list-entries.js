// The papers of a page as they stand in it: read, matched against a wish, and put in an order.

import { fold, spellings } from "./folded-text.js";
import { items, plain, yearOf } from "./paper-entries.js";

/**
 * What is asked for; "" asks for nothing.
 * @typedef {{ text: string, from: string, to: string, subject: string, code: string,
 *   position: string, with: string, sort: string }} Wish
 *
 * An item of a list, and what can be asked for of it.
 * @typedef {{ item: HTMLElement, text: string, title: string, year: number, subject: string,
 *   code: boolean, position: string, people: Set<string>, shown: boolean }} Entry
 *
 * A heading, and the list below it.
 * @typedef {{ heading: HTMLElement | null, list: HTMLElement, entries: Entry[] }} Group
 */

/** @type {Readonly<Wish>} */
export const NOTHING = {
  text: "", from: "", to: "", subject: "", code: "", position: "", with: "", sort: "",
};

/**
 * The lists that follow an element within the same parent, each with its heading.
 * @param {Element} element
 * @returns {Group[]}
 */
export function readGroups(element) {
  const lists = element.parentElement?.querySelectorAll(":scope > .ap-list") ?? [];
  const following = [...lists].filter(
    (list) => element.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return following.map((list) => {
    const before = list.previousElementSibling;
    const isHeading = /^H[23]$/.test(before?.tagName ?? "");
    const heading = isHeading ? /** @type {HTMLElement} */ (before) : null;
    const year = Number(/^\d{4}/.exec(heading?.textContent ?? "")?.[0]);
    const entries = items(list).map((item) => readEntry(/** @type {HTMLElement} */ (item), year));
    return { heading, list: /** @type {HTMLElement} */ (list), entries };
  });
}

/**
 * @param {HTMLElement} item
 * @param {number} year that of the heading, which may be none
 * @returns {Entry}
 */
function readEntry(item, year) {
  const subject = item.querySelector(".ap-subject");
  const said = item.querySelectorAll(".ap-title, .ap-authors, cite, .ap-subject, .ap-award");
  const words = [...said].map(plain).concat(subject?.getAttribute("title") ?? "");
  return {
    item,
    text: spellings(words.join(" ")).join(" "),
    title: fold(plain(said[0] ?? item)),
    year: year || Number(yearOf(item)),
    subject: subject?.textContent?.trim() ?? "",
    code: item.querySelector(".ap-badge:not(.ap-award, .ap-position)") !== null,
    position: item.querySelector(".ap-position")?.textContent ?? "",
    people: new Set(authorLinks(item).map(({ href }) => personId(href))),
    shown: true,
  };
}

/**
 * @param {Element} item
 * @returns {HTMLAnchorElement[]}
 */
const authorLinks = (item) => [...item.querySelectorAll(".ap-authors a")].map(asLink);

/** @param {Element} element */
const asLink = (element) => /** @type {HTMLAnchorElement} */ (element);

/** @param {string} address */
function personId(address) {
  return /\/authors\/([a-z0-9-]+)\/$/.exec(new URL(address).pathname)?.[1] ?? "";
}

/**
 * The name of somebody as the first of the entries prints it.
 * @param {Entry[]} entries
 * @param {string} person
 */
export function nameOf(entries, person) {
  const entry = entries.find(({ people }) => people.has(person));
  const link = entry && authorLinks(entry.item).find(({ href }) => personId(href) === person);
  return link ? plain(link) : person;
}

/** Of a paper with one author, that one is the first and the last. @type {Record<string, RegExp>} */
const POSITIONS = { first: /first|only/, last: /last|only/ };

/**
 * Whether an entry is what is asked for.
 * @param {Wish} wish
 * @returns {(entry: Entry) => boolean}
 */
export function matcher(wish) {
  const words = wish.text.split(/\s+/).filter(Boolean).map(spellings);
  return ({ text, year, subject, code, position, people }) =>
    (!wish.with || people.has(wish.with)) &&
    (!wish.subject || subject === wish.subject) &&
    (!wish.code || code) &&
    (!wish.position || POSITIONS[wish.position].test(position)) &&
    (!wish.from || year >= Number(wish.from)) &&
    (!wish.to || (year > 0 && year <= Number(wish.to))) &&
    words.every((spelled) => spelled.some((word) => text.includes(word)));
}

const TITLES = new Intl.Collator("en", { numeric: true });

/**
 * Put entries in an order: by date in their own lists, by title all in the first. The first
 * element of the groups comes to stand after `start`.
 * @param {Group[]} groups as they stand by date, newest first
 * @param {ChildNode} start
 * @param {string} sort "", "oldest" or "title"
 */
export function arrange(groups, start, sort) {
  const order = sort === "oldest" ? reversed(groups) : groups;
  start.after(...order.flatMap(({ heading, list }) => (heading ? [heading, list] : [list])));
  for (const { list, entries } of groups) {
    place(list, sort === "oldest" ? [...entries].reverse() : entries);
  }
  if (sort !== "title") return;
  const entries = groups.flatMap((group) => group.entries);
  place(groups[0].list, entries.sort((a, b) => TITLES.compare(a.title, b.title)));
}

/**
 * @param {Element} list
 * @param {Entry[]} entries
 */
function place(list, entries) {
  list.querySelector("ul")?.append(...entries.map(({ item }) => item));
}

/**
 * Oldest first; what has no date stays last.
 * @param {Group[]} groups
 */
function reversed(groups) {
  /** @param {Group} group */
  const dated = ({ heading }) => !/unknown/i.test(heading?.textContent ?? "");
  return [...groups.filter(dated).reverse(), ...groups.filter((group) => !dated(group))];
}
