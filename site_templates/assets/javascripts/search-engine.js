// The search: people before papers for a name, choices and what they would leave, by Pagefind.

import { absent, matching } from "./search-absence.js";
import { isAboutPapers, wanted } from "./search-choice.js";
import { identifierOf } from "./search-identifiers.js";
import { EVERYTHING, openIndex } from "./search-index.js";
import { Papers } from "./search-papers.js";
import { Parts, within } from "./search-parts.js";
import { nameOf, PEOPLE, ranked } from "./search-people.js";
import { rowOf } from "./search-rows.js";
import { beginnings, exchange, hasAll, lacking, queryOf, takenApart, without } from "./search-words.js";

/** @typedef {import("./search-choice.js").Choice} Choice */
/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Result} Result */
/** @typedef {import("./search-papers.js").Facets} Facets */
/** @typedef {import("./search-papers.js").Job} Job */
/** @typedef {import("./search-parts.js").Scope} Scope */
/** @typedef {import("./search-rows.js").Row} Row */
/** @typedef {"people" | "papers" | "topics" | "pages"} Kind */
/**
 * @typedef {object} Options
 * @property {(kinds: Record<Kind, number>) => Partial<Record<Kind, number>>} [rows] how many results
 *   of each kind to load, of those that there are
 * @property {boolean | "authors"} [facets] whether to count what choices would leave, by author too
 * @property {boolean} [further] whether to search parts of the index that the last query left out
 */
/**
 * Results of a kind: how many there are, the first ones, and how to load more of them.
 * @typedef {{ kind: Kind, total: number, rows: Row[], load: Load }} Group
 */
/** @typedef {(from: number, to: number) => Promise<Row[]>} Load */
/**
 * @typedef {object} Answer
 * @property {Group[]} groups those of the kind that was chosen, in the order in which they are shown
 * @property {number} total of their results
 * @property {Record<Kind, number>} kinds how many results there are of every kind
 * @property {boolean} organisations whether organisations can be among the people
 * @property {string[]} lacking words of the query that nothing has
 * @property {string} meant the query as it was meant, most likely, where words are lacking; or ""
 * @property {Facets | null} facets
 * @property {Scope | null} scope what was searched, where that is not everything
 */
/** @typedef {{ kind: Kind, results: Result[], facets?: Facets }} Hits */

/** Pagefind's filter `kind` for each kind, in the order of groups. @type {Record<Kind, string[]>} */
const FILTERS = {
  papers: ["paper"],
  people: PEOPLE.kind.any,
  topics: ["topic"],
  pages: ["page"],
};
const KINDS = /** @type {Kind[]} */ (Object.keys(FILTERS));

/** @type {{ index: Index, engine: Engine } | null} */
let current = null;

/**
 * The search of this site. Throws a SearchError.
 * @returns {Promise<Engine>}
 */
export async function openEngine() {
  const index = await openIndex();
  if (current?.index !== index) current = { index, engine: new Engine(index, await Parts.of(index)) };
  return current.engine;
}

class Engine {
  /**
   * @param {Index} index
   * @param {Parts} parts
   */
  constructor(index, parts) {
    this.index = index;
    this.parts = parts;
    this.papers = new Papers(index);
  }

  /** Years that papers are of, the latest first. */
  async years() {
    const years = new Set([...(await this.papers.years()), ...this.parts.span()]);
    return [...years].sort().reverse();
  }

  /**
   * Search. Without words, whatever the choice leaves; without a choice either, nothing, but what
   * there is to choose is counted. An identifier finds its paper, or else the pages that name it.
   * Throws a SearchError.
   * @param {string} typed
   * @param {Choice} [choice]
   * @param {Options} [options]
   * @returns {Promise<Answer>}
   */
  async search(typed, choice = {}, options = {}) {
    const identifier = identifierOf(typed);
    if (identifier) return this.identified(identifier, typed, choice, options);
    const answer = await this.words(typed, choice, options);
    return { ...answer, meant: await this.meant(typed, answer.lacking) };
  }

  /**
   * @param {import("./search-identifiers.js").Identifier} identifier
   * @param {string} typed
   * @param {Choice} choice
   * @param {Options} options
   */
  async identified(identifier, typed, choice, options) {
    const answer = await this.words(phrase(identifier.word), choice, options);
    if (answer.total) return answer;
    return this.words(identifier.isCertain ? phrase(typed) : typed, choice, options);
  }

  /**
   * Search for words. Those that nothing has are left out.
   * @param {string} typed
   * @param {Choice} choice
   * @param {Options} options
   * @returns {Promise<Answer>}
   */
  async words(typed, choice, { rows = () => ({}), facets = false, further = false } = {}) {
    const query = queryOf(typed);
    if (!query.text && !choice.kind && !isAboutPapers(choice)) return this.count(facets);
    const { numbers, scope } = await this.parts.choose(beginnings(typed), wanted(choice), further);
    const job = { text: query.text || EVERYTHING, choice, parts: numbers, facets };
    let hits = await this.find(job);
    if (query.other) {
      const others = await this.find({ ...job, text: query.other });
      if (size(others) > size(hits)) hits = others;
    }
    const answer = await this.answer(hits, query.words, choice.kind ?? "", rows);
    const gone = answer.total ? answer.lacking : await absent(this.index, this.parts, query.words);
    const apart = gone.length ? takenApart(typed, gone) : "";
    if (apart) return this.words(apart, choice, { rows, facets, further });
    const rest = gone.length ? without(typed, gone) : "";
    if (!rest) return { ...answer, lacking: gone, organisations: this.hasOrganisations(), scope };
    const other = await this.words(rest, choice, { rows, facets, further });
    return { ...other, lacking: [...gone, ...other.lacking] };
  }

  /**
   * What a reader typed with what was meant by words that nothing has, or "" where that is unknown.
   * @param {string} typed
   * @param {string[]} gone
   */
  async meant(typed, gone) {
    if (!gone.length) return "";
    const { nearest } = await import("./search-spelling.js");
    const others = queryOf(without(typed, gone)).words.join(" ");
    const near = await Promise.all(gone.map((word) => nearest(this.index, word, others)));
    const words = new Map(gone.map((word, place) => [word, near[place] || word]));
    return near.some(Boolean) ? exchange(typed, words) : "";
  }

  /**
   * @param {Job} job
   * @returns {Promise<Hits[]>}
   */
  find(job) {
    const kinds = isAboutPapers(job.choice) ? KINDS.slice(0, 1) : KINDS;
    const find = (/** @type {Kind} */ kind) =>
      kind === "papers" ? this.papers.find(job) : this.others(kind, job);
    return Promise.all(kinds.map(find));
  }

  /**
   * @param {Kind} kind
   * @param {Job} job
   * @returns {Promise<Hits>}
   */
  async others(kind, { text, parts }) {
    const { results } = await this.index.ask(text, within(parts, { kind: { any: FILTERS[kind] } }));
    // Not those found only through the line below their name: by the name of somebody else.
    const own = results.filter(
      ({ words, matchedMetaFields: fields }) =>
        words.length || !fields || fields.includes("title") || fields.includes("also"),
    );
    return { kind, results: kind === "people" ? await ranked(this.index, this.parts, own, text, parts) : own };
  }

  /**
   * What the whole site has, where its index is in one part.
   * @param {boolean | "authors"} facets
   * @returns {Promise<Answer>}
   */
  async count(facets) {
    if (!facets || this.parts.parts.length) return nothing();
    const hits = await this.find({ text: EVERYTHING, choice: {}, parts: [], facets });
    const organisations = this.hasOrganisations();
    const facetCounts = hits[0].facets ?? null;
    return { ...nothing(), kinds: counts(hits), organisations, facets: facetCounts };
  }

  /** Known once something was asked: each question names kinds. */
  hasOrganisations() {
    return "organisation" in (this.index.known.kind ?? {});
  }

  /**
   * @param {Hits[]} hits
   * @param {string[]} words
   * @param {Kind | ""} only
   * @param {NonNullable<Options["rows"]>} rows
   */
  async answer(hits, words, only, rows) {
    const kinds = counts(hits);
    const shown = hits.filter(({ kind, results }) => results.length && (!only || only === kind));
    const wanted = rows(kinds);
    const groups = await Promise.all(
      shown.map((found) => this.group(found, words, wanted[found.kind] ?? 0)),
    );
    const missing = await absent(this.index, this.parts, groups[0]?.lacking ?? []);
    if (missing.length || !groups.length) await this.index.check();
    const facets = hits.find((found) => found.facets)?.facets ?? null;
    // Pagefind falls back to whatever begins alike: that is not what was searched for.
    if (words.length && missing.length === words.length) return { ...nothing(), lacking: missing };
    const total = groups.reduce((sum, group) => sum + group.total, 0);
    return { ...nothing(), groups: inOrder(groups), total, kinds, lacking: missing, facets };
  }

  /**
   * @param {Hits} hits
   * @param {string[]} words
   * @param {number} count
   */
  async group({ kind, results }, words, count) {
    const pages = await this.index.read(results.slice(0, Math.max(count, 1)));
    /** @type {Load} */
    const load = async (from, to) =>
      (await this.index.read(results.slice(from, to))).map((page) => rowOf(page, words));
    return {
      kind,
      total: results.length,
      rows: pages.slice(0, count).map((page) => rowOf(page, words)),
      load,
      isNamed: kind === "people" && words.length > 0 && hasAll(words, nameOf(pages[0])),
      lacking: lacking(words, matching(pages[0])),
    };
  }
}

/**
 * People stand first when the query is a name, and below the papers otherwise.
 * @template {{ kind: Kind, isNamed: boolean }} Some
 * @param {Some[]} groups
 */
function inOrder(groups) {
  /** @param {Some} group */
  const rank = ({ kind, isNamed }) => (isNamed ? -1 : KINDS.indexOf(kind));
  return groups.toSorted((a, b) => rank(a) - rank(b));
}

/** @param {string} text */
const phrase = (text) => `"${text.replaceAll('"', "").trim()}"`;

/** @param {Hits[]} hits */
function counts(hits) {
  const found = { papers: 0, people: 0, topics: 0, pages: 0 };
  for (const { kind, results } of hits) found[kind] = results.length;
  return found;
}

/** @param {Hits[]} hits */
const size = (hits) => hits.reduce((sum, { results }) => sum + results.length, 0);

/** @returns {Answer} */
const nothing = () => ({
  groups: [],
  total: 0,
  kinds: counts([]),
  organisations: false,
  lacking: [],
  meant: "",
  facets: null,
  scope: null,
});
