// What scripts tell the reader, on the screen and to a screen reader.

/** @type {HTMLElement | undefined} */
let box;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

/**
 * Show a message at the lower edge. It goes away by itself unless it is to stay.
 * @param {string} message
 * @param {boolean} [stay]
 */
export function say(message, stay = false) {
  const place = prepare();
  /** @type {HTMLElement} */ (place.firstElementChild).textContent = message;
  place.classList.add("ap-shown");
  clearTimeout(fading);
  if (!stay) fading = setTimeout(hide, 6000);
}

function hide() {
  box?.classList.remove("ap-shown");
}

/**
 * The place of messages. It has to stand in the page before the first one, which screen readers
 * pass over otherwise.
 * @returns {HTMLElement}
 */
export function prepare() {
  if (box?.isConnected) return box;
  box = document.createElement("div");
  box.className = "ap-status";
  box.innerHTML =
    '<span role="status"></span><button type="button" aria-label="Dismiss the message">×</button>';
  box.lastElementChild?.addEventListener("click", hide);
  document.body.append(box);
  return box;
}
