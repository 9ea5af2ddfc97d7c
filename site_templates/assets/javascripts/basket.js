// "My list": papers that the reader keeps, in this browser alone, and the buttons that add them.

import { prepare, say } from "./messages.js";
import {
  isId, items, listed, MOST, paperId, paperOf, paperOfPage, plain, readPaper, root,
} from "./paper-entries.js";

/** @typedef {import("./paper-entries.js").Paper} Paper */

export const FORBIDDEN =
  "This browser does not let the site keep anything, so there is no list. " +
  "Allow it to store data for this site, and load the page again.";

const FULL = "Nothing was changed: the browser has no room left for your list.";

// Sites below paths of one host share what a browser keeps for it.
const KEY = root.pathname === "/" ? "ap-list" : `ap-list ${root.pathname}`;

/** @param {number} number */
export const count = (number) => (number === 1 ? "1 paper" : `${number} papers`);

// -- what is kept -----------------------------------------------------------------------------

/**
 * The list, in the order of adding. Whatever else may stand in its place is passed over.
 * @returns {Paper[]}
 */
export function papers() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
  const found = (Array.isArray(kept) ? kept : []).filter((paper) => isId(paper?.id));
  return unique(found).map(({ id, title, authors, rest, year }) => ({
    id,
    title: text(title) || id,
    // Lists that were kept before have names as one text.
    authors: (Array.isArray(authors) ? authors : [authors]).map(text).filter(Boolean),
    rest: text(rest),
    year: text(year),
  }));
}

/**
 * Keep another list. Where the browser does not, says why and changes nothing.
 * @param {Paper[]} list
 * @returns {boolean} whether it is kept
 */
export function keep(list) {
  try {
    if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
    else localStorage.removeItem(KEY);
  } catch {
    say(isAllowed() ? FULL : FORBIDDEN, true);
    return false;
  }
  changed();
  return true;
}

/** Whether the browser lets the site keep anything. */
export function isAllowed() {
  try {
    return Boolean(localStorage);
  } catch {
    return false;
  }
}

/**
 * Add papers at the end of the list, and say so.
 * @param {Paper[]} found
 */
export function add(found) {
  const list = papers();
  const known = new Set(list.map((paper) => paper.id));
  const fresh = unique(found).filter((paper) => !known.has(paper.id));
  const added = fresh.slice(0, Math.max(MOST - list.length, 0));
  if (!fresh.length) return say("Nothing to add: your list has all of them.");
  if (!added.length) return say(`Nothing was added: a list holds at most ${count(MOST)}.`, true);
  if (!keep([...list, ...added])) return;
  const left = fresh.length - added.length;
  const what = found.length === 1 ? "Added." : `Added ${count(added.length)}.`;
  const rest = left ? ` ${count(left)} had no room: a list holds at most ${MOST}.` : "";
  say(`${what} ${count(list.length + added.length)} in your list.${rest}`, left > 0);
}

/** @param {string} id */
export function remove(id) {
  const left = papers().filter((paper) => paper.id !== id);
  const rest = left.length ? count(left.length) : "Nothing is left";
  if (keep(left)) say(`Removed. ${rest} in your list.`);
}

/** @param {Paper[]} list */
const unique = (list) => [...new Map(list.map((paper) => [paper.id, paper])).values()];

/** @param {unknown} value */
const text = (value) => (typeof value === "string" ? value.slice(0, 1000) : "");

// -- buttons ----------------------------------------------------------------------------------

const ICON = document.createElement("template");
ICON.innerHTML =
  '<button class="ap-add ap-add-icon" type="button"><svg viewBox="0 0 24 24" aria-hidden="true">' +
  '<path d="M6.75 3.75h10.5v16L12 16.5l-5.25 3.25z"/></svg></button>';

/**
 * Give each paper of the lists in a part of the page its button, where it has none.
 * @param {ParentNode} part
 */
export function decorate(part) {
  for (const item of items(part)) {
    const link = /** @type {HTMLAnchorElement | null} */ (item.querySelector("a.ap-title"));
    const id = link ? paperId(link.href) : "";
    if (!link || !id || item.querySelector(".ap-add")) continue;
    const made = /** @type {Element} */ (ICON.content.firstElementChild).cloneNode(true);
    const button = /** @type {HTMLElement} */ (made);
    button.dataset.apPaper = id;
    button.setAttribute("aria-label", `Add “${plain(link)}” to my list`);
    link.after(button);
  }
  show();
}

/** Show what is in the list: at its link in the header, and on each button. */
function show() {
  const ids = new Set(papers().map((paper) => paper.id));
  for (const button of all("[data-ap-paper]")) {
    const kept = ids.has(button.dataset.apPaper ?? "");
    const label = kept ? "In my list" : "Add to my list";
    button.setAttribute("aria-pressed", String(kept));
    if (button.classList.contains("ap-add-icon")) button.title = label;
    else button.textContent = label;
  }
  for (const button of all("[data-ap-add-all]")) button.classList.add("ap-ready");
  for (const badge of all(".ap-basket-count")) {
    badge.textContent = String(ids.size);
    badge.hidden = ids.size === 0;
    const name = ids.size ? `My list, ${count(ids.size)}` : "My list";
    badge.closest("a")?.setAttribute("aria-label", name);
  }
}

/**
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
const all = (selector) => document.querySelectorAll(selector);

function changed() {
  show();
  document.dispatchEvent(new Event("ap-list"));
}

/** @param {Event} event */
function onClick(event) {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest("[data-ap-paper], [data-ap-add-all]");
  if (!button) return;
  const id = /** @type {HTMLElement} */ (button).dataset.apPaper;
  if (!id) add(listed(document));
  else if (papers().some((paper) => paper.id === id)) remove(id);
  else addOne(button.closest("li"), id);
}

/**
 * @param {Element | null} item the entry of a list; null on the paper's own page
 * @param {string} id
 */
function addOne(item, id) {
  const paper = item ? paperOf(item) : paperOfPage(document, id);
  add([paper ?? { id, title: id, authors: [], rest: "", year: "" }]);
  if (!paper?.authors.length) complete(id);
}

/**
 * What a short entry does not tell, such as names, the paper's own page does.
 * @param {string} id
 */
async function complete(id) {
  const found = await readPaper(id).catch(() => null);
  const list = papers();
  if (found?.authors.length && list.some((paper) => paper.id === id)) {
    keep(list.map((paper) => (paper.id === id ? { ...found, id } : paper)));
  }
}

let listening = false;

/** Begin: what is new in the page gets its buttons, however often this is called. */
export function start() {
  prepare();
  for (const button of all(".ap-links > .ap-add")) button.dataset.apPaper = paperId(location.href);
  decorate(document);
  if (listening) return;
  listening = true;
  document.addEventListener("click", onClick);
  // Other tabs change the list too, and a page that is gone back to has missed what they did.
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && changed());
  addEventListener("pageshow", ({ persisted }) => persisted && changed());
}
