// The page of the search until somebody searches: the rest is loaded when the address asks for
// something, or when there is a sign of a reader who may want to.

const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "input"];
/** With a keyboard of its own, most likely. */
const FINE = matchMedia("(pointer: fine)");

/**
 * Begin, in the place that the page has for the search.
 * @param {HTMLElement} place
 * @returns {Promise<void>} when the search is there, or waits for a sign
 */
export async function start(place) {
  const field = /** @type {HTMLInputElement} */ (place.querySelector("input"));
  const notice = /** @type {HTMLElement} */ (place.querySelector(".ap-search-noscript"));
  const fail = () => void (notice.hidden = false);
  const open = () => import("./search-page.js").then((page) => page.start(place), fail);
  const wake = () => {
    for (const sign of SIGNS) removeEventListener(sign, wake);
    open();
  };
  notice.hidden = true;
  if (FINE.matches && !new URLSearchParams(location.search).get("q")) field.focus({ preventScroll: true });
  if (location.search || field.value) return open();
  for (const sign of SIGNS) addEventListener(sign, wake, { passive: true });
}
