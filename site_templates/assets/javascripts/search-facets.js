// Choices beside the results: years, topics, code, authors, with the number of papers that each leaves.

import { isAboutPapers } from "./search-choice.js";
import { make, thousands } from "./search-view.js";
import { fold } from "./folded-text.js";

/** @typedef {import("./search-papers.js").Facets} Counted */
/** @typedef {import("./search-index.js").Counts} Counts */
/** @typedef {import("./search-state.js").State} State */
/** @typedef {(change: Partial<State>) => void} Change is told what is chosen */

/** Topics that are shown at once, and names that are offered. */
const FEW = 7;
const WIDE = matchMedia("(min-width: 60em)");

/** All choices: a panel that is always open where there is room for it. */
export class Facets {
  /** @param {Change} change */
  constructor(change) {
    this.years = new Years(change);
    this.topics = new Topics(change);
    this.authors = new Authors(change);
    this.code = checkbox("With code");
    this.code.field.addEventListener("change", () => change({ code: this.code.field.checked }));
    const code = make("fieldset", {}, this.code.label);
    const named = { type: "button", class: "ap-facet-clear", hidden: true };
    this.clear = make("button", named, "Clear all filters");
    this.clear.addEventListener("click", () => {
      change({ from: null, to: null, subjects: [], code: false, authors: [] });
      (WIDE.matches ? this.years.from.field : this.summary).focus();
    });
    this.summary = make("summary", {}, "Filters");
    const all = make("div", {}, this.years.set, this.topics.set, code, this.authors.set, this.clear);
    this.panel = /** @type {HTMLDetailsElement} */ (
      make("details", { class: "ap-facets", open: WIDE.matches }, this.summary, all)
    );
    WIDE.addEventListener("change", () => (this.panel.open = WIDE.matches));
  }

  /** Whether papers are to be counted by author. */
  get wantsAuthors() {
    return this.authors.isWanted;
  }

  /**
   * @param {State} state
   * @param {Counted | null} counted null where nothing is counted
   * @param {string[]} years that there are
   */
  show(state, counted, years) {
    this.panel.hidden = false;
    this.years.show(state, counted?.years ?? {}, years);
    this.topics.show(state, counted?.subjects ?? {});
    this.authors.show(state, counted?.authors ?? {});
    this.authors.set.hidden = !counted;
    this.code.field.checked = state.code;
    this.code.count.textContent = counted ? thousands(counted.code) : "";
    this.clear.hidden = !isAboutPapers(state);
    const chosen = [state.from || state.to, state.code, ...state.subjects, ...state.authors];
    const count = chosen.filter(Boolean).length;
    this.summary.textContent = count ? `Filters (${count})` : "Filters";
  }
}

class Years {
  /** @param {Change} change */
  constructor(change) {
    this.from = select("From", (year) => change({ from: year }));
    this.to = select("to", (year) => change({ to: year }));
    this.set = fieldset("Years", this.from.label, this.to.label);
    this.set.className = "ap-facet-years";
    this.fill({ from: null, to: null }, {}, []);
  }

  /**
   * @param {State} state
   * @param {Counts} counts
   * @param {string[]} years
   */
  show({ from, to }, counts, years) {
    this.fill({ from, to }, counts, years);
    this.set.hidden = years.length < 2;
  }

  /**
   * @param {{ from: number | null, to: number | null }} chosen
   * @param {Counts} counts
   * @param {string[]} years
   */
  fill({ from, to }, counts, years) {
    this.from.fill(years, counts, from, "the first");
    this.to.fill(years, counts, to, "the latest");
  }
}

class Topics {
  /** @param {Change} change */
  constructor(change) {
    this.list = make("ul");
    this.toggle = make("button", { type: "button", class: "ap-facet-more", "aria-expanded": "false" });
    this.set = fieldset("Topics", this.list, this.toggle);
    /** Codes of those that are chosen. @type {string[]} */
    this.chosen = [];
    /** @type {Counts} */
    this.counts = {};
    this.isLong = false;
    this.list.addEventListener("change", () => change({ subjects: this.checked() }));
    this.toggle.addEventListener("click", () => {
      this.isLong = !this.isLong;
      this.draw();
    });
  }

  checked() {
    const boxes = this.list.querySelectorAll("input:checked");
    return [...boxes].map((box) => /** @type {HTMLInputElement} */ (box).value);
  }

  /**
   * @param {State} state
   * @param {Counts} counts
   */
  show({ subjects }, counts) {
    this.chosen = subjects;
    this.counts = counts;
    this.draw();
  }

  draw() {
    const all = this.sorted();
    const shown = this.isLong ? all : all.slice(0, Math.max(FEW, this.chosen.length));
    const focused = /** @type {HTMLInputElement | null} */ (this.list.querySelector("input:focus"));
    const items = shown.map(({ name, code, count }) => {
      const { field, label } = checkbox(name, count);
      Object.assign(field, { value: code, checked: this.chosen.includes(code) });
      label.title = code;
      if (focused?.value === code) queueMicrotask(() => field.focus());
      return make("li", {}, label);
    });
    this.list.replaceChildren(...items);
    this.toggle.hidden = all.length === shown.length && !this.isLong;
    this.toggle.setAttribute("aria-expanded", String(this.isLong));
    this.toggle.textContent = this.isLong ? "Fewer topics" : `All ${all.length} topics`;
    this.set.hidden = !all.length;
  }

  /** Those that are chosen first, then by the number of papers. */
  sorted() {
    const isChosen = (/** @type {{ code: string }} */ { code }) => Number(this.chosen.includes(code));
    const known = Object.entries(this.counts).map(([value, count]) => ({ ...topicOf(value), count }));
    const others = this.chosen.filter((code) => !known.some((topic) => topic.code === code));
    const all = [...known, ...others.map((code) => ({ name: code, code, count: 0 }))];
    return all
      .filter((topic) => topic.count || isChosen(topic))
      .sort((a, b) => isChosen(b) - isChosen(a) || b.count - a.count || a.name.localeCompare(b.name));
  }
}

class Authors {
  /** @param {Change} change */
  constructor(change) {
    this.change = change;
    this.dropped = make("ul", { class: "ap-facet-chosen" });
    this.field = /** @type {HTMLInputElement} */ (
      make("input", {
        type: "text",
        "aria-label": "Name of an author",
        autocomplete: "off",
        placeholder: "Type a name",
        spellcheck: "false",
      })
    );
    this.offers = make("ul", { class: "ap-facet-names", "aria-label": "Authors" });
    this.set = fieldset("Authors", this.dropped, this.field, this.offers);
    /** @type {string[]} */
    this.chosen = [];
    /** @type {Counts} */
    this.counts = {};
    /** There may be thousands of names, in a file of their own: somebody has to want them. */
    this.isWanted = false;
    this.field.addEventListener("focus", () => {
      if (this.isWanted) return;
      this.isWanted = true;
      change({});
    });
    this.field.addEventListener("input", () => this.offer());
    this.set.addEventListener("click", ({ target }) => this.press(/** @type {Element} */ (target)));
  }

  /**
   * @param {State} state
   * @param {Counts} counts
   */
  show({ authors }, counts) {
    this.chosen = authors;
    this.counts = counts;
    const chips = authors.map((name) => {
      const cross = make("span", { "aria-hidden": "true" }, "×");
      const facts = { type: "button", "data-drop": name, "aria-label": `Without ${name}` };
      return make("li", {}, make("button", facts, make("bdi", {}, name), cross));
    });
    this.dropped.replaceChildren(...chips);
    this.offer();
  }

  /** Offer names that have what is typed, those of most papers first. */
  offer() {
    const typed = fold(this.field.value).split(/\s+/).filter(Boolean);
    const others = Object.entries(this.counts).filter(([name, count]) => count && !this.chosen.includes(name));
    const found = others.filter(([name]) => typed.every((part) => fold(name).includes(part)));
    found.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
    const isNobody = typed.length > 0 && this.isWanted && !found.length;
    const offers = found.slice(0, FEW).map(([name, count]) => {
      const number = make("span", { class: "ap-count" }, thousands(count));
      const facts = { type: "button", "data-add": name };
      return make("li", {}, make("button", facts, make("bdi", {}, name), number));
    });
    const nobody = make("li", { class: "ap-facet-none" }, "Nobody of that name in these papers");
    this.offers.replaceChildren(...(isNobody ? [nobody] : this.isWanted ? offers : []));
  }

  /** @param {Element} target */
  press(target) {
    const { add, drop } = /** @type {HTMLElement | null} */ (target.closest("button"))?.dataset ?? {};
    if (!add && !drop) return;
    if (add) this.field.value = "";
    const kept = this.chosen.filter((name) => name !== drop);
    this.change({ authors: add ? [...kept, add] : kept });
    this.field.focus();
  }
}

/**
 * @param {string} legend
 * @param {HTMLElement[]} fields
 */
const fieldset = (legend, ...fields) => make("fieldset", {}, make("legend", {}, legend), ...fields);

/**
 * A choice of a year, which may be none.
 * @param {string} name
 * @param {(year: number | null) => void} change
 */
function select(name, change) {
  const field = /** @type {HTMLSelectElement} */ (make("select"));
  field.addEventListener("change", () => change(Number(field.value) || null));
  /**
   * @param {string[]} years
   * @param {Counts} counts
   * @param {number | null} chosen
   * @param {string} none
   */
  const fill = (years, counts, chosen, none) => {
    const all = new Set(chosen ? [...years, String(chosen)] : years);
    const options = [...all].map((year) => {
      const label = counts[year] ? `${year} (${thousands(counts[year])})` : year;
      return make("option", { value: year, selected: year === String(chosen) }, label);
    });
    field.replaceChildren(make("option", { value: "", selected: !chosen }, none), ...options);
  };
  return { field, fill, label: make("label", {}, make("span", {}, name), " ", field) };
}

/**
 * @param {string} name
 * @param {number} [papers]
 */
function checkbox(name, papers) {
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
  const count = make("span", { class: "ap-count" }, papers === undefined ? "" : thousands(papers));
  return { field, count, label: make("label", {}, field, make("span", {}, name), count) };
}

/** @param {string} value `Machine Learning (cs.LG)` */
function topicOf(value) {
  const [, name, code] = /^(.*) \(([^()]+)\)$/.exec(value) ?? [value, value, value];
  return { name, code };
}
