// Opens the search from the header and from the keyboard; it is loaded when somebody is about to.

const load = () => import("./search-box.js");

/** What is typed while the box is being loaded; null when it is not. @type {string | null} */
let early = null;

/**
 * Begin, with the link to the search page in the header.
 * @param {HTMLAnchorElement} link
 */
export function start(link) {
  link.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.href);
  });
  for (const intent of ["pointerenter", "focus", "touchstart"]) {
    const prepare = () => load().then((box) => box.prepare(), () => {});
    link.addEventListener(intent, prepare, { once: true, passive: true });
  }
  // Before Material's own keys, which know the same letters.
  addEventListener("keydown", (event) => press(event, link.href), true);
}

/** @param {string} page of the search, which also says what is the matter when nothing loads */
async function open(page) {
  if (early !== null) return;
  early = "";
  try {
    const box = await load();
    box.open(early);
  } catch {
    location.assign(page);
  } finally {
    early = null;
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {string} page
 */
function press(event, page) {
  // Browsers that fill in forms press keys without names.
  if (!event.key) return;
  const isText = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (early !== null && isText) early += event.key;
  else if (isForSearch(event)) open(page);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {KeyboardEvent} event */
function isForSearch(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  if (document.querySelector("dialog[open]:not(.ap-search)")) return false;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return key === "k" && !event.shiftKey && !event.repeat;
  if (isTyping(event.target)) return false;
  // A slash is a shifted key on some keyboards.
  return key === "/" || (!event.shiftKey && (key === "s" || key === "f"));
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("textarea, select")) return true;
  const isPressed = /^(?:button|checkbox|radio|reset|submit)$/;
  return target instanceof HTMLInputElement && !isPressed.test(target.type);
}
