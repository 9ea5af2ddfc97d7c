// The page of the search: everything that was found, choices, and the address that says it all.

import { openEngine } from "./search-engine.js";
import { Facets } from "./search-facets.js";
import { counted, Kinds } from "./search-kinds.js";
import { latest } from "./search-latest.js";
import { Place } from "./search-place.js";
import { BESIDE, decorate, PAGE, section, unsearched } from "./search-results.js";
import { inOrder, readState, writeState } from "./search-state.js";
import { make, question, remark, summary, trouble, ways } from "./search-view.js";

/** @typedef {import("./search-engine.js").Answer} Answer */
/** @typedef {import("./search-engine.js").Kind} Kind */
/** @typedef {import("./search-state.js").State} State */
/** @typedef {{ answer: Answer, state: State, years: string[] }} Found */

const PAUSE = 150;
/** Time after which a reader is told to wait. */
const SLOW = 300;
const SORTS = { relevance: "Relevance", newest: "Newest first", oldest: "Oldest first" };
/** With a keyboard of its own, most likely. */
const FINE = matchMedia("(pointer: fine)");

/**
 * Begin, in the place that the page has for the search.
 * @param {HTMLElement} place
 */
export function start(place) {
  new SearchPage(place);
}

class SearchPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.form = /** @type {HTMLFormElement} */ (place.querySelector("form"));
    this.field = /** @type {HTMLInputElement} */ (place.querySelector("input"));
    this.facets = new Facets((change) => this.choose(change));
    this.kinds = new Kinds((kind) => this.choose({ kind }));
    this.sort = /** @type {HTMLSelectElement} */ (make("select", {}));
    this.sorting = make("label", { class: "ap-search-sort", hidden: true }, "Sort by ", this.sort);
    this.status = make("p", { class: "ap-search-status", role: "status" });
    this.results = make("div", { class: "ap-search-results" });
    this.place = new Place(this.results);
    /** @type {import("./search-results.js").Host} */
    this.host = {
      say: (message) => this.say(message),
      fail: (error) => this.fail(error),
      only: (kind) => this.only(kind),
      further: () => {
        this.place.further();
        this.renew(true);
      },
      more: (kind, count) => this.place.more(kind, count),
      formats: (place.dataset.apFormats ?? "").split(" ").filter(Boolean).map((pair) => pair.split("=")),
    };
    this.title = document.title;
    this.state = readState(location.search);
    /** The address as it was read or written last. */
    this.address = location.search;
    /** Whether the address is that of a text which is still being typed. */
    this.isDraft = false;
    /** Whether there was an answer ever. */
    this.isAnswered = false;
    /** Whether the last question had none. */
    this.isFailed = false;
    /** Until a reader is told to wait. @type {ReturnType<typeof setTimeout> | undefined} */
    this.slow = undefined;
    this.search = latest((/** @type {boolean} */ further) => this.find(further));
    this.fill(place);
    this.listen();
    if (writeState(this.state)) this.look();
    else if (this.field.value) this.type();
    else this.run();
  }

  /** @param {HTMLElement} place */
  fill(place) {
    const line = make("div", { class: "ap-search-line" }, this.status, this.sorting);
    const main = make("div", { class: "ap-search-main" }, this.kinds.panel, line, this.results);
    place.querySelector(".ap-search-noscript")?.remove();
    // What can be chosen comes above the hint, so both come together.
    this.facets.panel.classList.toggle("ap-waiting", !writeState(this.state));
    place.append(make("div", { class: "ap-search-columns" }, this.facets.panel, main));
  }

  listen() {
    /** @type {ReturnType<typeof setTimeout>} */
    let timer;
    this.field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.type(), PAUSE);
    });
    this.field.addEventListener("change", () => (this.isDraft = false));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.type();
      this.isDraft = false;
      // The keyboard of a phone would hide the results.
      if (!FINE.matches) this.field.blur();
    });
    this.sort.addEventListener("change", () => {
      this.choose({ sort: /** @type {State["sort"]} */ (this.sort.value) });
    });
    // A link within the page comes here too.
    addEventListener("popstate", () => location.search !== this.address && this.read());
  }

  /** Show what another address says. */
  read() {
    this.place.read();
    this.look();
  }

  /** Show what the address says. */
  look() {
    this.address = location.search;
    this.state = readState(location.search);
    this.isDraft = false;
    this.field.value = this.state.query;
    this.run();
  }

  type() {
    if (this.field.value === this.state.query) {
      if (this.isFailed) this.run();
      return;
    }
    this.state = { ...this.state, query: this.field.value };
    // One step back leads to what was searched for before, not to each letter of this.
    this.write(this.isDraft || !writeState(readState(location.search)));
    this.isDraft = true;
    this.run();
  }

  /** @param {Partial<State>} change */
  choose(change) {
    const before = writeState(this.state);
    this.state = inOrder({ ...this.state, ...change });
    this.isDraft = false;
    if (writeState(this.state) !== before) this.write(false);
    return this.run();
  }

  /** @param {Kind} kind */
  only(kind) {
    this.choose({ kind });
    this.kinds.focus();
    this.form.scrollIntoView({ block: "nearest" });
  }

  /**
   * Search for something else, by a link that goes away with the results.
   * @param {string} query
   */
  async replace(query) {
    this.field.value = query;
    await this.choose({ query });
    if (document.activeElement !== document.body) return;
    const first = /** @type {HTMLElement | null} */ (this.results.querySelector("a.ap-title"));
    (first ?? this.field).focus();
  }

  /** @param {boolean} replace the present entry of the history */
  write(replace) {
    if (!replace) this.place.write();
    const address = location.pathname + writeState(this.state);
    if (replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.place.leave();
    this.address = location.search;
  }

  /** @param {boolean} [further] whether to search parts of the index that were left out */
  async run(further = false) {
    const query = this.state.query.trim();
    document.title = query ? `${query} · ${this.title}` : this.title;
    clearTimeout(this.slow);
    this.slow = setTimeout(() => this.say("Searching…"), SLOW);
    try {
      const found = await this.search(further);
      if (found) this.show(found);
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * Search by a button that goes away with the results: what is new gets the focus.
   * @param {boolean} [further]
   */
  async renew(further = false) {
    const links = () =>
      /** @type {HTMLAnchorElement[]} */ ([...this.results.querySelectorAll("a.ap-title")]);
    const known = new Set(links().map(({ href }) => href));
    await this.run(further);
    if (document.activeElement !== document.body) return;
    const again = /** @type {HTMLElement | null} */ (this.results.querySelector(".ap-search-again"));
    (again ?? links().find(({ href }) => !known.has(href)) ?? this.field).focus();
  }

  /**
   * @param {boolean} further
   * @returns {Promise<Found>}
   */
  async find(further) {
    const { state } = this;
    const engine = await openEngine();
    const facets = this.facets.wantsAuthors ? /** @type {const} */ ("authors") : true;
    const rows = () => ({ ...share(state.kind), ...this.place.rows });
    const search = (/** @type {boolean} */ further) =>
      engine.search(state.query, state, { rows, facets, further });
    let answer = await search(further);
    // Parts that were opened before the reader went away.
    for (let times = this.isAnswered ? 0 : this.place.times; times && answer.scope; times--) {
      answer = await search(true);
    }
    return { answer, state, years: await engine.years() };
  }

  /** @param {(Node | string)[]} message */
  say(...message) {
    clearTimeout(this.slow);
    const said = make("p", {}, ...message);
    if (this.status.textContent !== said.textContent) this.status.replaceChildren(...said.childNodes);
  }

  /** @param {unknown} error */
  fail(error) {
    this.isFailed = true;
    this.say("");
    // What was counted belongs to another question.
    this.facets.panel.hidden = this.kinds.panel.hidden = this.sorting.hidden = true;
    this.results.replaceChildren(trouble(error, () => this.renew()));
  }

  /** @param {Found} found */
  show({ answer, state, years }) {
    this.isAnswered = true;
    this.isFailed = false;
    this.facets.panel.classList.remove("ap-waiting");
    const isAsked = Boolean(writeState({ ...state, sort: "" }));
    this.facets.show(state, answer.facets, years);
    this.kinds.show(answer, state.kind, isAsked);
    this.showSorts(state, isAsked);
    this.say(...(isAsked ? summary(counted(answer), answer) : []));
    const meant = question(answer, (query) => this.replace(query));
    const found = answer.total > 0;
    const said = found ? [remark(answer) ?? "", meant] : [isAsked ? none(state, meant) : hint()];
    const groups = answer.groups.map((group) => {
      const isPaged = group.kind === state.kind || group.kind === "papers";
      return section(group, isPaged, this.host);
    });
    const rest = answer.scope ? unsearched(answer.scope, this.host) : "";
    this.results.replaceChildren(...said, ...groups, rest);
    this.place.arrive();
    decorate(this.results);
  }

  /**
   * @param {State} state
   * @param {boolean} isAsked
   */
  showSorts({ sort, query, kind }, isAsked) {
    const usual = query.trim() ? "relevance" : "newest";
    const names = Object.entries(SORTS).filter(([name]) => name !== "relevance" || query.trim());
    const options = names.map(([name, label]) => {
      const isChosen = name === (sort || usual);
      return make("option", { value: name === usual ? "" : name, selected: isChosen }, label);
    });
    this.sort.replaceChildren(...options);
    this.sorting.hidden = !isAsked || (Boolean(kind) && kind !== "papers");
  }
}

/**
 * How many results are loaded: many of what is looked for, papers where that is not said.
 * @param {Kind | ""} kind
 */
const share = (kind) =>
  kind ? { [kind]: PAGE } : { papers: PAGE, people: BESIDE, topics: BESIDE, pages: BESIDE };

/**
 * @param {State} state
 * @param {Node | string} meant
 */
function none(state, meant) {
  const query = state.query.trim();
  const what = query ? `Nothing was found for “${query}”` : "Nothing was found";
  const isFiltered = writeState({ ...state, query: "", sort: "" });
  const line = make("p", {}, `${what}${isFiltered ? " with these filters" : ""}.`);
  return make("div", { class: "ap-search-none" }, line, meant, ways());
}

function hint() {
  const words = "Type words, a name or a title, with or without accents; put a phrase in";
  const line = make("p", {}, `${words} quotation marks. Or choose years, a topic or an author.`);
  return make("div", { class: "ap-search-none" }, line, ways());
}
