// What pages say of papers: the entries of their lists, and the pages of papers themselves.

/**
 * Some names of a list of authors, and what says that there are more: "and 6 more", "et al.".
 * @typedef {{ names: string[], rest: string }} Authors
 *
 * A paper: its id, and what is shown of it, as text.
 * @typedef {{ id: string, title: string, authors: string[], rest: string, year: string }} Paper
 */

/** Where the site begins: this file stands two folders below. */
export const root = new URL("../../", import.meta.url);

/** Papers that a list holds at most. */
export const MOST = 500;
/** Papers of which citations are put into one file at most: each is two requests to the server. */
export const MOST_CITED = 2000;

const ID = /^[a-z0-9-]{1,100}$/;
/** Names that are kept of a long list of authors. */
const NAMES = 6;

/**
 * Whether a value can be the id of a paper.
 * @param {unknown} value
 * @returns {value is string}
 */
export const isId = (value) => typeof value === "string" && ID.test(value);

/**
 * The id of the paper whose page an address is, or "".
 * @param {string} address
 * @param {string | URL} [base]
 */
export function paperId(address, base = document.baseURI) {
  const path = new URL(address, base).pathname;
  const start = `${root.pathname}papers/`;
  const id = path.startsWith(start) ? path.slice(start.length).replace(/\/(index\.html)?$/, "") : "";
  return isId(id) ? id : "";
}

/**
 * The items of the lists of papers in a part of a page, the reader's own list excepted.
 * @param {ParentNode} part
 */
export const items = (part) => [...part.querySelectorAll(".ap-list:not(.ap-my-papers) li")];

/**
 * The papers that the lists in a part of a page show.
 * @param {ParentNode} part
 * @returns {Paper[]}
 */
export function listed(part) {
  return items(part).map(paperOf).filter((paper) => paper !== null);
}

/**
 * The paper of an item of a list, which holds `.ap-title` and may hold `.ap-authors`, `.ap-meta`.
 * @param {Element} item
 * @returns {Paper | null}
 */
export function paperOf(item) {
  const link = /** @type {HTMLAnchorElement | null} */ (item.querySelector("a.ap-title"));
  const id = link ? paperId(link.href) : "";
  if (!link || !id) return null;
  const { names, rest } = printed(item.querySelector(".ap-authors"));
  return { id, title: plain(link), authors: names, rest, year: yearOf(item) };
}

/**
 * The year with which the facts of an item begin, or "".
 * @param {Element} item
 */
export function yearOf(item) {
  const facts = item.querySelector(".ap-meta")?.textContent?.trim() ?? "";
  return /^(?:\d{1,2} )?(?:[A-Z][a-z]+ )?(\d{4})(?=\*| ·|$)/.exec(facts)?.[1] ?? "";
}

/**
 * Read the page of a paper; null when there is none at its address, nor where that leads.
 * @param {string} id
 * @param {boolean} [moved] whether another address led here
 * @returns {Promise<Paper | null>}
 */
export async function readPaper(id, moved = false) {
  const address = new URL(`papers/${id}/`, root);
  const answer = await fetch(address);
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const refresh = page.querySelector('meta[http-equiv="refresh"]')?.getAttribute("content") ?? "";
  const target = /url=(.+)/i.exec(refresh)?.[1];
  const present = target ? paperId(target, address) : "";
  return present && !moved ? readPaper(present, true) : paperOfPage(page, id);
}

/**
 * The paper whose page a document is, or null.
 * @param {Document} page
 * @param {string} id
 * @returns {Paper | null}
 */
export function paperOfPage(page, id) {
  /** @param {string} name */
  const stated = (name) => {
    const tags = [...page.querySelectorAll(`meta[name="${name}"]`)];
    return tags.map((tag) => tag.getAttribute("content") ?? "");
  };
  const [title] = stated("citation_title");
  if (!title) return null;
  // Names as they are printed say that a list is cut, which those of the tags do not.
  const byline = printed(page.querySelector(".ap-byline"));
  const { names, rest } =
    byline.names.length || byline.rest ? byline : shorten(stated("citation_author").map(upright));
  const year = stated("citation_publication_date")[0]?.slice(0, 4) ?? "";
  return { id, title, authors: names, rest, year };
}

/**
 * Names as they are printed, with what says that some are left out.
 * @param {Element | null} element
 * @returns {Authors}
 */
function printed(element) {
  const links = [...(element?.querySelectorAll("a") ?? [])];
  const people = links.filter((link) => !link.closest(".ap-hidden, [hidden]") && !paperId(link.href));
  const more = links.find((link) => paperId(link.href))?.textContent?.replace(/\D/g, "");
  const { names, rest } = shorten(people.map(plain), Number(more ?? 0));
  const cut = element?.querySelector(".ap-etal") ? "et al." : "";
  return { names, rest: [rest, cut].filter(Boolean).join(" ") };
}

/**
 * The first names, and how many follow.
 * @param {string[]} list
 * @param {number} [more] names that are not in the list
 * @returns {Authors}
 */
export function shorten(list, more = 0) {
  const rest = list.length + more - NAMES;
  if (rest < 2) return { names: list, rest: "" };
  return { names: list.slice(0, NAMES), rest: `and ${rest} more` };
}

/**
 * Names for a page, each by itself: one that runs from right to left turns no other around.
 * @param {Authors} authors
 * @returns {(Node | string)[]}
 */
export function byline({ names, rest }) {
  const apart = names.flatMap((name, place) => {
    const element = document.createElement("bdi");
    element.textContent = name;
    return place ? [", ", element] : [element];
  });
  return rest ? [...apart, ` ${rest}`] : apart;
}

/** @param {string} name `Family, Given, Jr.` */
function upright(name) {
  const [family, given, ...rest] = name.split(", ");
  return [given, family, ...rest].filter(Boolean).join(" ");
}

/**
 * The text of an element; a number that a formula raises stays raised.
 * @param {Element} element
 */
export function plain(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const raised of copy.querySelectorAll("msup > :last-child, sup")) {
    const digits = raised.textContent ?? "";
    raised.textContent = digits.replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  }
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}
