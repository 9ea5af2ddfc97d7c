// The page "My list": the reader's own papers, to be put in order and taken away.

import { count, FORBIDDEN, isAllowed, keep, papers } from "./basket.js";
import { download } from "./citation-files.js";
import { asked, fill, frame, itemOf, linkTo, part, put } from "./list-views.js";
import { say } from "./messages.js";
import { root } from "./paper-entries.js";

/** @typedef {import("./paper-entries.js").Paper} Paper */

const VIEW = frame(`
<div>
<p class="ap-downloads" data-part="files"><span data-part="count"></span></p>
<p class="ap-empty" data-part="empty">
  Nothing is in your list. Press the bookmark beside a paper to put it here: in the lists of
  <a data-to="authors/">authors</a>, <a data-to="papers/">papers</a>,
  <a data-to="topics/">topics</a> and <a data-to="years/">years</a>, or on its own page.
</p>
<div class="ap-list ap-my-papers" data-part="list"><ul></ul></div>
<p class="ap-downloads">
  <button class="md-button" type="button" data-do="text">Copy as text</button>
  <button class="md-button" type="button" data-do="clear">Clear the list</button>
  <button class="md-button" type="button" data-do="undo">Undo</button>
</p>
<p class="ap-share" data-part="share">
  <label class="ap-field">Link to these papers, for others to see
    <input type="text" readonly spellcheck="false">
  </label>
  <button class="md-button" type="button" data-do="link">Copy the link</button>
</p>
<p class="ap-note">
  The list is kept in this browser alone. Nothing of it is sent to anybody, and others see it only
  through its link.
</p>
</div>`);

const TOOLS = frame(`
<span class="ap-moves">
  <button type="button" data-do="up" title="Move up">↑</button>
  <button type="button" data-do="down" title="Move down">↓</button>
  <button type="button" data-do="remove" title="Remove">×</button>
</span>`);
const NAMES = ["Move “…” up", "Move “…” down", "Remove “…”"];

/**
 * Begin, in the place that the page has for the list.
 * @param {HTMLElement} place
 */
export function start(place) {
  /** @type {OwnList | null} */
  let own = null;
  let shown = "";
  const show = async () => {
    const ids = asked();
    const now = JSON.stringify(ids);
    // Links within the page change the address too.
    if (now === shown) return;
    shown = now;
    if (!ids) return (own ??= new OwnList(place)).open();
    const { showShared } = await import("./shared-list.js");
    if (now === shown) await showShared(place, ids, () => now === shown);
  };
  addEventListener("hashchange", show);
  show();
}

class OwnList {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    /** @type {HTMLElement} */
    this.view = VIEW();
    /** The list as it was before papers were taken out of it. */
    this.before = /** @type {Paper[] | null} */ (null);
    fill(place, this.view, (button) => this.press(button));
    document.addEventListener("ap-list", () => this.view.isConnected && this.show());
    if (!isAllowed()) part(this.view, "empty").textContent = FORBIDDEN;
  }

  open() {
    put(this.place, this.view, "My list");
    this.show();
  }

  show() {
    const list = papers();
    const focus = this.focused();
    part(this.view, "count").textContent = `Download ${count(list.length)} as`;
    const items = list.map(withTools);
    // They keep the focus, for the next move may be the other way.
    disable(items[0], "up");
    disable(items.at(-1), "down");
    part(this.view, "list").firstElementChild?.replaceChildren(...items);
    for (const name of ["files", "list", "share"]) part(this.view, name).hidden = !list.length;
    part(this.view, "empty").hidden = list.length > 0;
    this.button("text").hidden = this.button("clear").hidden = !list.length;
    this.button("undo").hidden = this.before === null;
    this.field().value = linkTo(list);
    if (focus) this.focus(...focus);
  }

  field() {
    return /** @type {HTMLInputElement} */ (this.view.querySelector(".ap-share input"));
  }

  /** @param {string} name */
  button(name) {
    return /** @type {HTMLElement} */ (this.view.querySelector(`[data-do="${name}"]`));
  }

  /** What has the focus: the place of a paper and the button there, for items are made anew. */
  focused() {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const item = active?.closest("li");
    if (!item || !this.view.contains(item)) return null;
    return /** @type {const} */ ([item.dataset.id ?? "", active?.dataset.do ?? ""]);
  }

  /**
   * @param {string} id
   * @param {string} action
   */
  focus(id, action) {
    const item = this.view.querySelector(`li[data-id="${id}"]`);
    const target = item?.querySelector(action ? `[data-do="${action}"]` : "a");
    /** @type {HTMLElement | null | undefined} */ (target)?.focus();
  }

  /** @param {HTMLElement} button */
  press(button) {
    const list = papers();
    const at = list.findIndex(({ id }) => id === button.closest("li")?.dataset.id);
    const actions = {
      up: () => this.move(list, at, at - 1),
      down: () => this.move(list, at, at + 1),
      remove: () => this.remove(list, at),
      clear: () => this.take(list, [], "The list is empty."),
      undo: () => this.undo(),
      text: () => copy(list.map(asText).join("\n"), "Copied as text."),
      link: () => copy(linkTo(list), "The link is copied.", this.field()),
      download: () => this.download(list, button.dataset.suffix ?? ""),
    };
    actions[/** @type {keyof typeof actions} */ (button.dataset.do)]?.();
  }

  /**
   * Save citations. Papers that turn out to have another id now are kept by that one.
   * @param {Paper[]} list
   * @param {string} suffix
   */
  async download(list, suffix) {
    const moved = await download(list, suffix, "my-list", say);
    if (!Object.keys(moved).length) return;
    this.before = this.before && renamed(this.before, moved);
    keep(renamed(papers(), moved));
  }

  /**
   * @param {Paper[]} list
   * @param {number} from
   * @param {number} to
   */
  move(list, from, to) {
    if (from < 0) return;
    if (to < 0 || to >= list.length) return say(`It is the ${to < 0 ? "first" : "last"} already.`);
    const [paper] = list.splice(from, 1);
    list.splice(to, 0, paper);
    if (keep(list)) say(`“${paper.title}” is number ${to + 1} of ${list.length}.`);
  }

  /**
   * @param {Paper[]} list
   * @param {number} at
   */
  remove(list, at) {
    if (at < 0) return;
    const left = list.filter((_, place) => place !== at);
    if (!this.take(list, left, `“${list[at].title}” is removed.`)) return;
    const next = left[Math.min(at, left.length - 1)];
    if (next) this.focus(next.id, "remove");
  }

  /**
   * Keep fewer papers than before, which can be undone.
   * @param {Paper[]} list
   * @param {Paper[]} left
   * @param {string} message
   */
  take(list, left, message) {
    const former = this.before;
    this.before = list;
    if (!keep(left)) {
      this.before = former;
      return false;
    }
    say(message);
    if (!left.length) this.button("undo").focus();
    return true;
  }

  undo() {
    const list = merged(this.before ?? [], papers());
    this.before = null;
    if (!keep(list)) return;
    say(`${count(papers().length)} in your list.`);
    this.button("clear").focus();
  }
}

/**
 * A list with the papers of a former one that it lacks, each behind the one that it followed. What
 * was added or moved since, maybe in another tab, stays so.
 * @param {Paper[]} former
 * @param {Paper[]} list
 */
function merged(former, list) {
  const whole = [...list];
  const placeOf = (/** @type {Paper | undefined} */ paper) =>
    whole.findIndex(({ id }) => id === paper?.id);
  for (const [place, paper] of former.entries()) {
    if (placeOf(paper) < 0) whole.splice(placeOf(former[place - 1]) + 1, 0, paper);
  }
  return whole;
}

/**
 * Papers by their present ids, each once.
 * @param {Paper[]} list
 * @param {Record<string, string>} moved present ids by former ones
 */
function renamed(list, moved) {
  const present = list.map((paper) => ({ ...paper, id: moved[paper.id] ?? paper.id }));
  const first = (/** @type {string} */ id) => present.findIndex((paper) => paper.id === id);
  return present.filter(({ id }, place) => first(id) === place);
}

/** @param {Paper} paper */
function withTools(paper) {
  const item = itemOf(paper);
  item.dataset.id = paper.id;
  const tools = TOOLS();
  for (const [place, button] of [...tools.children].entries()) {
    button.setAttribute("aria-label", NAMES[place].replace("…", () => paper.title));
  }
  item.append(tools);
  return item;
}

/**
 * @param {HTMLElement | undefined} item
 * @param {string} action
 */
const disable = (item, action) =>
  item?.querySelector(`[data-do="${action}"]`)?.setAttribute("aria-disabled", "true");

/** @param {Paper} paper */
function asText({ id, title, authors, rest, year }) {
  const names = [authors.join(", "), rest].filter(Boolean).join(" ");
  const said = [names, title, year].filter(Boolean);
  const ended = said.map((text) => (/[.?!…]$/.test(text) ? text : `${text}.`));
  return `${ended.join(" ")} ${new URL(`papers/${id}/`, root)}`;
}

/**
 * @param {string} text
 * @param {string} message
 * @param {HTMLInputElement} [field] holds the text for those whose browser does not copy
 */
async function copy(text, message, field) {
  try {
    await navigator.clipboard.writeText(text);
    say(message);
  } catch {
    field?.select();
    say("The browser does not let the page copy. " + (field ? "Press Ctrl+C or ⌘C." : ""), true);
  }
}
