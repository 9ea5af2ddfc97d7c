// The search as a box over any page: results as one types.

import { byline } from "./paper-entries.js";
import {
  HEADINGS,
  make,
  pageOf,
  plural,
  question,
  remark,
  summary,
  text,
  thousands,
  trouble,
  ways,
} from "./search-view.js";

/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Group} Group */
/** @typedef {import("./search-engine.js").Kind} Kind */
/** @typedef {import("./search-rows.js").Row} Row */

/** Results that are shown: each is a file to load. */
const ROWS = 8;
const PAUSE = 80;
/** Time after which a reader is told to wait. */
const SLOW = 300;

/** @type {Box | null} */
let box = null;

/**
 * Open the box; on the page of the search, go to its field.
 * @param {string} [typed] already
 */
export function open(typed = "") {
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-ap-search] input"));
  box ??= field ? null : new Box();
  box?.open();
  enter(box?.field ?? /** @type {HTMLInputElement} */ (field), typed);
  prepare();
}

/**
 * @param {HTMLInputElement} field
 * @param {string} typed
 */
function enter(field, typed) {
  field.focus();
  field.select();
  if (!typed) return;
  field.value = typed;
  field.dispatchEvent(new Event("input"));
}

/** Load what the first query needs; that it fails is said when somebody searches. */
export function prepare() {
  engine().catch(() => {});
}

const engine = async () => (await import("./search-engine.js")).openEngine();

class Box {
  constructor() {
    this.field = /** @type {HTMLInputElement} */ (
      make("input", {
        type: "text",
        role: "combobox",
        "aria-label": "Search papers, people and topics",
        "aria-autocomplete": "list",
        "aria-controls": "ap-search-list",
        "aria-expanded": "false",
        autocomplete: "off",
        autocapitalize: "off",
        enterkeyhint: "search",
        maxlength: "300",
        placeholder: "Search papers and people",
        spellcheck: "false",
      })
    );
    this.list = make("div", { id: "ap-search-list", role: "listbox", "aria-label": "Results" });
    this.beside = make("div", { class: "ap-search-beside" });
    this.status = make("p", { class: "ap-search-status", role: "status" });
    const named = { type: "button", class: "ap-search-close", "aria-label": "Esc: close the search" };
    const close = make("button", named, "Esc");
    this.dialog = /** @type {HTMLDialogElement} */ (
      make(
        "dialog",
        { class: "ap-search", "aria-label": "Search" },
        make("div", { class: "ap-search-head" }, ICON.content.cloneNode(true), this.field, close),
        make("div", { class: "ap-search-body" }, this.beside, this.list),
        make("div", { class: "ap-search-foot" }, this.status, keys()),
      )
    );
    /** What the list is the answer to. */
    this.shown = "";
    this.asked = 0;
    close.addEventListener("click", () => this.dialog.close());
    this.field.addEventListener("input", () => this.ask());
    this.dialog.addEventListener("keydown", (event) => this.press(event));
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
    // The focus stays in the field, from where arrows reach all results.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("pointermove", ({ target }) => {
      const option = /** @type {Element} */ (target).closest("[role=option]");
      if (option) this.mark(/** @type {HTMLElement} */ (option), false);
    });
    document.body.append(this.dialog);
    this.begin();
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** Nothing is searched for. */
  begin() {
    this.asked++;
    this.shown = "";
    this.show([], ways());
    this.say("");
  }

  async ask(wait = PAUSE) {
    const query = this.field.value.trim();
    this.mark(null);
    if (!query) return this.begin();
    const mine = ++this.asked;
    if (query === this.shown) return;
    await pause(wait);
    if (mine !== this.asked) return;
    const slow = setTimeout(() => mine === this.asked && this.say("Searching…"), SLOW);
    try {
      const answer = await (await engine()).search(query, {}, { rows: share });
      if (mine === this.asked) this.answer(query, answer);
    } catch (error) {
      if (mine === this.asked) this.fail(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /**
   * @param {string} query
   * @param {Answer} answer
   */
  answer(query, answer) {
    this.shown = query;
    this.list.dataset.query = query;
    const { groups, total } = answer;
    const meant = question(answer, (other) => this.replace(other));
    if (!total) {
      this.show([], make("p", {}, `Nothing was found for “${query}”.`), meant, ways());
      return this.say(...summary("No results", answer));
    }
    const all = make("a", { ...OPTION, class: "ap-search-all", href: pageOf(query) }, allOf(total));
    this.show([...groups.filter(({ rows }) => rows.length).map(grouped), all], remark(answer) ?? "", meant);
    this.say(...summary(plural(total, "result"), answer));
  }

  /**
   * Search for something else.
   * @param {string} query
   */
  replace(query) {
    this.field.value = query;
    this.field.focus();
    this.ask(0);
  }

  /** @param {unknown} error */
  fail(error) {
    this.shown = "";
    this.show([], trouble(error, () => (this.field.focus(), this.ask(0))));
    this.say("");
  }

  /**
   * @param {HTMLElement[]} parts of the list
   * @param {(HTMLElement | string)[]} beside what stands above the list and is no result
   */
  show(parts, ...beside) {
    this.list.replaceChildren(...parts);
    this.list.hidden = !parts.length;
    this.beside.replaceChildren(...beside);
    this.field.setAttribute("aria-expanded", String(parts.length > 0));
    this.options().forEach((option, place) => (option.id = `ap-search-option-${place}`));
    this.mark(null);
    this.list.parentElement?.scrollTo(0, 0);
  }

  /** @param {(Node | string)[]} message */
  say(...message) {
    this.status.replaceChildren(...message);
  }

  options() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
  }

  /**
   * Mark an option as the one that Enter follows.
   * @param {HTMLElement | null} option
   * @param {boolean} [scroll]
   */
  mark(option, scroll = true) {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    // Material has keys of its own, for letters and arrows.
    event.stopPropagation();
    if (event.isComposing || event.target !== this.field) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Enter") this.follow(event);
    else return;
    event.preventDefault();
  }

  /** @param {number} step */
  move(step) {
    const options = this.options();
    const place = options.findIndex((option) => option.ariaSelected === "true");
    // Before the first and after the last one is the field itself.
    const next = place < 0 && step < 0 ? options.length - 1 : place + step;
    this.mark(options[next] ?? null);
  }

  /** @param {KeyboardEvent} event */
  follow({ metaKey, ctrlKey }) {
    const query = this.field.value.trim();
    const marked = this.options().find((option) => option.ariaSelected === "true");
    const href = marked?.getAttribute("href") ?? (query && pageOf(query));
    if (!href) return;
    if (metaKey || ctrlKey) window.open(href, "_blank");
    else location.assign(href);
  }
}

const ICON = document.createElement("template");
ICON.innerHTML =
  '<svg class="ap-search-icon" viewBox="0 0 24 24" aria-hidden="true">' +
  '<circle cx="10" cy="10" r="6.5"/><path d="m15 15 5.5 5.5"/></svg>';

const OPTION = { role: "option", tabindex: "-1", "aria-selected": "false" };

/** @param {number} total */
const allOf = (total) => (total === 1 ? "Open the search page" : `All ${thousands(total)} results`);

/**
 * How many rows each kind gets: some for people and one for topics, what is left for papers.
 * @param {Record<Kind, number>} kinds
 */
function share(kinds) {
  const people = Math.min(kinds.people, kinds.papers ? 3 : ROWS - 2);
  const topics = Math.min(kinds.topics, 1);
  const pages = Math.min(kinds.pages, 1);
  return { people, topics, pages, papers: ROWS - people - topics - pages };
}

/** @param {Group} group */
function grouped({ kind, rows }) {
  const id = `ap-search-${kind}`;
  const heading = make("div", { class: "ap-search-kind", id, role: "presentation" }, HEADINGS[kind]);
  return make("div", { role: "group", "aria-labelledby": id }, heading, ...rows.map(option));
}

/** @param {Row} row */
function option({ href, title, authors, date, note }) {
  const facts = make("span", { class: "ap-search-facts" });
  const names = byline(authors);
  if (names.length) facts.append(make("span", {}, ...names));
  else if (note) facts.append(make("span", { dir: "auto" }, note));
  if (date) facts.append(make("span", {}, names.length ? ` · ${date}` : date));
  const name = make("span", { class: "ap-search-title", dir: "auto" }, ...text(title));
  return make("a", { ...OPTION, href }, name, " ", facts);
}

/** The keys, for those who see them. */
function keys() {
  const key = (/** @type {string} */ name) => make("kbd", {}, name);
  const all = [key("↑"), key("↓"), " choose ", key("↵"), " open"];
  return make("p", { class: "ap-search-keys", "aria-hidden": "true" }, ...all);
}

/** @param {number} time in ms */
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
