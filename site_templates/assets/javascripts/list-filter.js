// Filter and sort the papers of a page where they stand. The state is in the address, so that it
// can be linked, and a step back takes back a choice.

import { add, count } from "./basket.js";
import { makeControls } from "./list-controls.js";
import { arrange, matcher, nameOf, NOTHING, readGroups } from "./list-entries.js";
import { say } from "./messages.js";
import { paperOf } from "./paper-entries.js";

/**
 * @typedef {import("./list-entries.js").Wish} Wish
 * @typedef {import("./list-entries.js").Group} Group
 */

const KEYS = /** @type {(keyof Wish)[]} */ (Object.keys(NOTHING));
/** The address follows when the writer rests: browsers refuse too many changes of it. */
const REST = 300;

/**
 * Begin, in the form that is kept free for it beside the lists.
 * @param {HTMLElement} form
 */
export function start(form) {
  const groups = readGroups(form);
  if (groups.length && !form.querySelector(".ap-filter-bar")) {
    new ListFilter(/** @type {HTMLFormElement} */ (form), groups);
  }
  document.documentElement.classList.remove("ap-filtering");
}

/**
 * Whether the reader comes by an address that names no place within the page, and does not come
 * back, for then the browser knows the place.
 */
function isFresh() {
  const [coming] = performance.getEntriesByType("navigation");
  const { type } = /** @type {PerformanceNavigationTiming} */ (coming);
  return type === "navigate" && !location.hash && scrollY === 0;
}

class ListFilter {
  /**
   * @param {HTMLFormElement} form
   * @param {Group[]} groups
   */
  constructor(form, groups) {
    this.form = form;
    /** A short list has no controls: it only shows what an address asks for. */
    this.few = form.dataset.apFilter === "few";
    this.groups = groups;
    this.entries = groups.flatMap((group) => group.entries);
    this.start = document.createComment("papers");
    (groups[0].heading ?? groups[0].list).before(this.start);
    this.sorted = "";
    this.writing = 0;
    /** The control that was used last, as long as it has the focus. @type {EventTarget | null} */
    this.chosenBy = null;
    /** What the address asked for when it was read or written last. */
    this.address = location.search;
    makeControls(form, this.entries);
    this.wish = this.readAddress();
    this.show();
    this.open(this.chosen() > 0);
    this.listen();
    form.classList.add("ap-ready");
    if (this.isAsked() && isFresh()) {
      (document.getElementById("papers") ?? form).scrollIntoView({ behavior: "instant" });
    }
  }

  /** @param {string} selector */
  part(selector) {
    return /** @type {HTMLElement} */ (this.form.querySelector(selector));
  }

  // -- what the reader does -----------------------------------------------------------------------

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", ({ target }) => {
      const isTyped = /** @type {HTMLInputElement} */ (target).name === "text";
      if (isTyped) this.type(this.readControls());
      else this.choose(this.readControls(), target);
    });
    this.form.addEventListener("focusout", () => (this.chosenBy = null));
    this.form.addEventListener("click", ({ target }) => {
      const button = /** @type {Element} */ (target).closest("button");
      if (button) this.press(button);
    });
    addEventListener("pagehide", () => this.writeAddress());
    addEventListener("popstate", () => {
      // A link to a heading comes here too, maybe before the address has caught up.
      if (location.search !== this.address) this.goTo(this.readAddress());
      this.chosenBy = null;
    });
  }

  /** @param {HTMLButtonElement} button */
  press(button) {
    const { suffix = "" } = button.dataset;
    const actions = {
      open: () => this.open(this.part(".ap-filter-panel").hidden),
      reset: () => this.leave({ ...NOTHING }),
      without: () => this.leave({ ...this.wish, with: "" }),
      add: () => add(this.shown()),
      download: () => this.download(suffix),
    };
    actions[/** @type {keyof typeof actions} */ (button.dataset.do)]?.();
  }

  /** The papers that are shown, in their order. */
  shown() {
    const items = [...document.querySelectorAll(".ap-list li:not([hidden])")];
    const shown = new Set(this.entries.filter((entry) => entry.shown).map(({ item }) => item));
    const found = items.filter((item) => shown.has(/** @type {HTMLElement} */ (item)));
    return found.map(paperOf).filter((paper) => paper !== null);
  }

  /** @param {string} suffix */
  async download(suffix) {
    const { download } = await import("./citation-files.js");
    const slug = location.pathname.replace(/\/$/, "").split("/").pop();
    download(this.shown(), suffix, `${slug || "papers"}-selection`, say);
  }

  /**
   * The button that was pressed goes away with what it ended; the focus stays near it.
   * @param {Wish} wish
   */
  leave(wish) {
    this.choose(wish);
    const title = this.entries[0].item.querySelector("a");
    (this.few && title ? title : this.part("[name=text]")).focus();
  }

  /** @param {boolean} open */
  open(open) {
    this.part(".ap-filter-panel").hidden = !open;
    this.part("[data-do=open]").setAttribute("aria-expanded", String(open));
  }

  // -- state ----------------------------------------------------------------------------------------

  /** @returns {Wish} what the address asks for, as far as there is such a thing */
  readAddress() {
    const given = new URLSearchParams(location.search);
    const wish = { ...NOTHING };
    for (const key of KEYS) wish[key] = this.valid(key, given.get(key) ?? "");
    return wish;
  }

  /**
   * @param {keyof Wish} key
   * @param {string} value
   */
  valid(key, value) {
    if (key === "text") return value.trim().slice(0, 200);
    if (key === "with") return this.entries.some(({ people }) => people.has(value)) ? value : "";
    const control = this.form.elements.namedItem(key);
    if (control instanceof HTMLInputElement) return value === control.value ? value : "";
    if (!(control instanceof HTMLSelectElement)) return "";
    return [...control.options].some((option) => option.value === value) ? value : "";
  }

  /** @returns {Wish} */
  readControls() {
    const data = new FormData(this.form);
    const wish = { ...NOTHING, with: this.wish.with };
    for (const key of KEYS) wish[key] = String(data.get(key) ?? wish[key]);
    return wish;
  }

  /**
   * A text is no step of the history with each of its letters.
   * @param {Wish} wish
   */
  type(wish) {
    this.goTo(wish);
    this.writing = setTimeout(() => this.writeAddress(), REST);
  }

  /**
   * A step back leads to what was asked for before, with the text that was typed. All that one control
   * was set to while it had the focus is one step: arrow keys pass over options.
   * @param {Wish} wish
   * @param {EventTarget | null} [by] the control
   */
  choose(wish, by = null) {
    if (this.writing) this.writeAddress();
    this.goTo(wish);
    this.writeAddress(!by || by !== this.chosenBy);
    this.chosenBy = by;
  }

  /** @param {Wish} wish */
  goTo(wish) {
    clearTimeout(this.writing);
    this.writing = 0;
    this.address = location.search;
    this.wish = wish;
    this.show();
  }

  /**
   * Put the state into the address; parameters of others stay in it.
   * @param {boolean} [isStep] whether a step back leads to the present address
   */
  writeAddress(isStep = false) {
    clearTimeout(this.writing);
    this.writing = 0;
    const address = new URL(location.href);
    const asked = address.searchParams;
    // In one order, however it came about; to delete nothing may still write the others otherwise.
    for (const key of KEYS.filter((key) => asked.has(key))) asked.delete(key);
    for (const key of KEYS.filter((key) => this.wish[key])) asked.set(key, this.wish[key]);
    if (address.href !== location.href) {
      if (isStep) history.pushState(history.state, "", address);
      else history.replaceState(history.state, "", address);
    }
    this.address = location.search;
  }

  isAsked() {
    return Object.values(this.wish).some(Boolean);
  }

  // -- what is shown --------------------------------------------------------------------------------

  show() {
    const fits = matcher(this.wish);
    for (const entry of this.entries) {
      const shown = fits(entry);
      if (shown !== entry.shown) entry.item.hidden = !shown;
      entry.shown = shown;
    }
    if (this.wish.sort !== this.sorted) arrange(this.groups, this.start, this.wish.sort);
    this.sorted = this.wish.sort;
    this.showGroups();
    this.showControls();
    this.showState();
  }

  /** Headings without a paper go; their lines in the table of contents lead nowhere. */
  showGroups() {
    const byTitle = this.sorted === "title";
    for (const { heading, list, entries } of this.groups) {
      const some = entries.some(({ shown }) => shown);
      list.hidden = byTitle ? list !== this.groups[0].list : !some;
      if (!heading) continue;
      heading.hidden = byTitle || !some;
      const link = document.querySelector(`.md-nav--secondary a[href="#${CSS.escape(heading.id)}"]`);
      link?.closest("li")?.toggleAttribute("inert", heading.hidden);
    }
  }

  showControls() {
    for (const control of this.form.elements) {
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        const value = this.wish[/** @type {keyof Wish} */ (control.name)];
        if (control.type === "checkbox") /** @type {HTMLInputElement} */ (control).checked = value !== "";
        // To set what is being written would move the cursor.
        else if (control.value !== value) control.value = value;
      }
    }
  }

  showState() {
    const total = count(this.entries.length);
    const number = this.entries.filter(({ shown }) => shown).length;
    const { sort, ...filters } = this.wish;
    const filtered = Object.values(filters).some(Boolean);
    this.part(".ap-filter-count").textContent = filtered ? `${number} of ${total}` : total;
    this.form.hidden = this.few && !filtered && !sort;
    this.part("[data-do=reset]").hidden = !filtered && !sort;
    this.part(".ap-filter-take").hidden = !filtered || number === 0;
    const chosen = this.chosen();
    this.part("[data-do=open]").textContent = chosen ? `More filters (${chosen})` : "More filters";
    const chip = this.part("[data-do=without]");
    const name = nameOf(this.entries, this.wish.with);
    chip.hidden = !this.wish.with;
    chip.textContent = `with ${name}`;
    chip.setAttribute("aria-label", `with ${name}: remove this filter`);
  }

  /** How many of the further filters are in use. */
  chosen() {
    const { from, to, subject, code, position } = this.wish;
    return [from, to, subject, code, position].filter(Boolean).length;
  }
}
