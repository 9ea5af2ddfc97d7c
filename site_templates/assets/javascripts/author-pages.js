// Loaded by every page: finds what the page holds, and fetches a script only for that. What listens to
// keys comes along, or a key that is pressed at once would be lost.

import { start as startScheme } from "./color-scheme.js";
import { start as startSearch } from "./search-open.js";

/**
 * @param {string} selector what a script is for
 * @param {() => Promise<{ start: (found: HTMLElement) => void }>} load the script
 */
function when(selector, load) {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (found) load().then((script) => script.start(found));
}

const scheme = /** @type {HTMLElement | null} */ (document.querySelector(".ap-scheme"));
if (scheme) startScheme(scheme);
const search = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".ap-search-open"));
if (search) startSearch(search);
when(".ap-basket-link, .ap-list, [data-ap-paper]", () => import("./basket.js"));
when(".ap-cite", () => import("./cite.js"));
when("[data-ap-filter]", () => import("./list-filter.js"));
when("[data-ap-my-list]", () => import("./my-list.js"));
when("[data-ap-search]", () => import("./search-wait.js"));
