// Kinds of results: how many there are of each, and which of them a reader chose to see.

import { HEADINGS, make, plural, SINGULAR, thousands } from "./search-view.js";

/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Kind} Kind */

/** What the kind of people is called where organisations can be among them. */
const BOTH = "People and organisations";

export class Kinds {
  /** @param {(kind: Kind | "") => void} choose */
  constructor(choose) {
    this.legend = make("legend", {}, "Kind of result");
    this.panel = make("fieldset", { class: "ap-search-kinds" }, this.legend);
    this.panel.addEventListener("change", ({ target }) => {
      choose(/** @type {Kind | ""} */ (/** @type {HTMLInputElement} */ (target).value));
    });
  }

  focus() {
    this.panel.querySelector("input")?.focus();
  }

  /**
   * @param {Answer} answer
   * @param {Kind | ""} chosen
   * @param {boolean} isAsked
   */
  show({ kinds, organisations }, chosen, isAsked) {
    const isFocused = this.panel.contains(document.activeElement);
    const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
    const all = { name: "", label: isAsked ? "All" : "Everything", count: total };
    const names = /** @type {Kind[]} */ (Object.keys(HEADINGS));
    const label = (/** @type {Kind} */ name) =>
      name === "people" && organisations ? BOTH : HEADINGS[name];
    const each = names.map((name) => ({ name, label: label(name), count: kinds[name] }));
    const choices = [all, ...each].filter(({ name, count }) => count || name === chosen);
    this.panel.replaceChildren(this.legend, ...choices.map((one) => radio(one, one.name === chosen)));
    this.panel.hidden = !isAsked && !total;
    if (isFocused) /** @type {HTMLElement | null} */ (this.panel.querySelector("input:checked"))?.focus();
  }
}

/**
 * @param {{ name: string, label: string, count: number }} choice
 * @param {boolean} checked
 */
function radio({ name, label, count }, checked) {
  const shown = make("span", {}, `${label} `, make("span", { class: "ap-count" }, thousands(count)));
  return make("label", {}, make("input", { type: "radio", name: "kind", value: name, checked }), shown);
}

/**
 * How many results there are, in words.
 * @param {Answer} answer
 */
export function counted({ total, groups, organisations }) {
  if (!total) return "No results";
  const each = groups.map(({ kind, total }) =>
    kind === "people" && organisations
      ? plural(total, "person or organisation", BOTH.toLowerCase())
      : plural(total, SINGULAR[kind], kind),
  );
  return groups.length > 1 ? `${plural(total, "result")}: ${each.join(", ")}` : each[0];
}
