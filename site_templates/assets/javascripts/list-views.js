// What the own list and a shared one have in common: frames of static text, filled with text alone.

import { byline, isId, root } from "./paper-entries.js";

/** @typedef {import("./paper-entries.js").Paper} Paper */

/**
 * What makes copies of an element that is written down here.
 * @param {string} html
 */
export function frame(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const element = /** @type {HTMLElement} */ (template.content.firstElementChild);
  return () => /** @type {HTMLElement} */ (element.cloneNode(true));
}

/**
 * @param {ParentNode} within
 * @param {string} name
 */
export const part = (within, name) =>
  /** @type {HTMLElement} */ (within.querySelector(`[data-part="${name}"]`));

const ITEM = frame(
  '<li><a class="ap-title" dir="auto"></a><br>' +
    '<span class="ap-authors"></span><br><span class="ap-meta"></span></li>',
);

/**
 * A paper as an item of a list.
 * @param {Paper} paper
 */
export function itemOf({ id, title, authors, rest, year }) {
  const item = ITEM();
  const [link, , people, , facts] = item.children;
  link.setAttribute("href", new URL(`papers/${id}/`, root).href);
  link.textContent = title;
  people.append(...byline({ names: authors, rest }));
  facts.textContent = year;
  return item;
}

/**
 * Give a view a button for each format that the site has (the place names them:
 * `BibTeX=.bib RIS=.ris`) and links from the root of the site.
 * @param {HTMLElement} place
 * @param {HTMLElement} view
 * @param {(button: HTMLElement) => void} press gets the button, which says what it does
 */
export function fill(place, view, press) {
  view.addEventListener("click", ({ target }) => {
    const button = /** @type {Element} */ (target).closest("button");
    if (button?.dataset.do) press(button);
  });
  for (const link of view.querySelectorAll("[data-to]")) {
    link.setAttribute("href", new URL(link.getAttribute("data-to") ?? "", root).href);
  }
  for (const format of (place.dataset.apFormats ?? "").split(" ").filter(Boolean)) {
    const [name, suffix] = format.split("=");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "md-button", textContent: name });
    Object.assign(button.dataset, { do: "download", suffix });
    part(view, "files").append(" ", button);
  }
}

/**
 * Show a view in its place, under a title that is that of the window too.
 * @param {HTMLElement} place
 * @param {HTMLElement} view
 * @param {string} title
 */
export function put(place, view, title) {
  const heading = document.querySelector("h1")?.firstChild;
  const former = heading?.textContent?.trim();
  if (heading) heading.textContent = title;
  // The name of the site stays behind it.
  if (former && document.title.startsWith(former)) {
    document.title = title + document.title.slice(former.length);
  }
  place.replaceChildren(view);
}

/** Servers refuse longer addresses; what stands after `#` is not sent to them. */
const LONG = 2000;

/**
 * The address under which others see these papers.
 * @param {Paper[]} list
 */
export function linkTo(list) {
  const ids = list.map(({ id }) => id).join(",");
  return `${new URL("list/", root)}${ids.length < LONG ? "?" : "#"}papers=${ids}`;
}

/** The ids that the address names, after `?papers=` or `#papers=`; null when it names none. */
export function asked() {
  const given =
    new URLSearchParams(location.search).get("papers") ??
    new URLSearchParams(location.hash.slice(1)).get("papers");
  return given === null ? null : [...new Set(given.split(",").filter(isId))];
}
