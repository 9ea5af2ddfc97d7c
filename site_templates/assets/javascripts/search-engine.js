// The search: people before papers for a name, choices and what they would leave, by Pagefind.

import { absent, matching } from "./search-absence.js";
import { identifierOf } from "./search-identifiers.js";
import { EVERYTHING, openIndex } from "./search-index.js";
import { Parts, span } from "./search-parts.js";
import { rowOf } from "./search-rows.js";
import { nearest } from "./search-spelling.js";
import { beginnings, exchange, hasAll, lacking, queryOf, takenApart, without } from "./search-words.js";

/** @typedef {import("./search-index.js").Counts} Counts */
/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {import("./search-index.js").Page} Page */
/** @typedef {import("./search-index.js").Result} Result */
/** @typedef {import("./search-parts.js").Scope} Scope */
/** @typedef {import("./search-rows.js").Row} Row */
/** @typedef {"people" | "papers" | "topics" | "pages"} Kind */
/**
 * What a reader chose. All but the kind is a property of papers, so it leaves papers alone.
 * @typedef {object} Choice
 * @property {Kind | ""} [kind]
 * @property {number | null} [from] first year
 * @property {number | null} [to] last year
 * @property {string[]} [subjects] codes of subject classes, any of them
 * @property {boolean} [code] only papers with code
 * @property {string[]} [authors] names, all of them
 * @property {"" | "relevance" | "newest" | "oldest"} [sort] of papers; without words by date
 */
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
/** @typedef {{ years: Counts, subjects: Counts, code: number, authors: Counts }} Facets */
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
/** @typedef {{ text: string, choice: Choice, parts: number[], facets: boolean | "authors" }} Job */

/** Pagefind's filter `kind` for each kind, in the order of groups. @type {Record<Kind, string[]>} */
const FILTERS = {
  papers: ["paper"],
  people: ["author", "organisation"],
  topics: ["topic"],
  pages: ["page"],
};
const KINDS = /** @type {Kind[]} */ (Object.keys(FILTERS));
/** Years that papers may be of. */
const FIRST = 1500;
const LAST = 2200;

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

/**
 * A function whose answers are null when it was called again meanwhile.
 * @template {unknown[]} Asked
 * @template Given
 * @param {(...asked: Asked) => Promise<Given>} ask
 * @returns {(...asked: Asked) => Promise<Given | null>}
 */
export function latest(ask) {
  let last = 0;
  return async (...asked) => {
    const mine = ++last;
    try {
      const given = await ask(...asked);
      return mine === last ? given : null;
    } catch (error) {
      if (mine !== last) return null;
      throw error;
    }
  };
}

/** @param {Choice} choice */
export const isAboutPapers = ({ from, to, subjects, code, authors }) =>
  Boolean(from || to || subjects?.length || code || authors?.length);

export class Engine {
  /**
   * @param {Index} index
   * @param {Parts} parts
   */
  constructor(index, parts) {
    this.index = index;
    this.parts = parts;
  }

  /** Years that papers are of, the latest first. */
  async years() {
    const everything = { text: EVERYTHING, choice: {}, parts: [], facets: true };
    if (!this.index.known.year) await this.index.ask(EVERYTHING, this.paperFilters(everything));
    const years = new Set([...Object.keys(this.index.known.year ?? {}), ...this.parts.span()]);
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
    const others = gone.length ? queryOf(without(typed, gone)).words.join(" ") : "";
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
      kind === "papers" ? this.papers(job) : this.others(kind, job);
    return Promise.all(kinds.map(find));
  }

  /**
   * @param {Kind} kind
   * @param {Job} job
   * @returns {Promise<Hits>}
   */
  async others(kind, { text, parts }) {
    const { results } = await this.index.ask(text, this.within(parts, { kind: { any: FILTERS[kind] } }));
    // Not those found only through the line below their name: by the name of somebody else.
    const own = results.filter(
      ({ words, matchedMetaFields: fields }) =>
        words.length || !fields || fields.includes("title") || fields.includes("also"),
    );
    return { kind, results: kind === "people" ? await this.ranked(own, text, parts) : own };
  }

  /**
   * People whose names have all words as they are typed, then those whose names begin so or who go by
   * other names; of each, those with most papers first. Relevance does not tell people of one name.
   * @param {Result[]} people
   * @param {string} text
   * @param {number[]} parts
   */
  async ranked(people, text, parts) {
    if (people.length < 2) return people;
    const filters = { kind: { any: FILTERS.people } };
    // Each part has an order of its own; those with most papers are in the first one.
    const able = parts.filter((part) => !this.parts.isPaper(part)).sort((a, b) => a - b);
    const asked = able.length < 2 ? [able] : able.map((part) => [part]);
    const words = text.replaceAll('"', "").split(/\s+/).filter(Boolean);
    const [orders, whole] = await Promise.all([
      Promise.all(
        asked.map((some) => this.index.ask(text, this.within(some, filters), { papers: "desc" })),
      ),
      // In quotation marks a word does not stand for what begins with it.
      Promise.all(words.map((word) => this.index.ask(`"${word}"`, this.within(able, filters)))),
    ]);
    const sorted = orders.flatMap(({ results }) => results.map(({ id }) => id));
    const place = new Map(sorted.map((id, at) => [id, at]));
    const named = whole.map(({ results }) => new Set(results.filter(byTitle).map(({ id }) => id)));
    const rank = (/** @type {Result} */ { id }) =>
      (named.every((ids) => ids.has(id)) ? 0 : people.length) + (place.get(id) ?? sorted.length);
    return people.toSorted((a, b) => rank(a) - rank(b));
  }

  /**
   * @param {Job} job
   * @returns {Promise<Hits>}
   */
  async papers(job) {
    const { choice } = job;
    // Codes are turned into values of the filter, which have to be known for that.
    const isUnknown = (/** @type {string} */ subject) => this.value(subject) === subject;
    if (choice.subjects?.some(isUnknown)) await this.index.ask(job.text, { kind: "-", subject: "-" });
    const [{ results, filters }, years, subjects] = await Promise.all([
      this.sorted(job),
      // A choice does not hide its own alternatives.
      job.facets && (choice.from || choice.to) ? this.leaving(job, { from: null, to: null }) : null,
      job.facets && choice.subjects?.length ? this.leaving(job, { subjects: [] }) : null,
    ]);
    if (!job.facets) return { kind: "papers", results };
    const facets = {
      years: (years ?? filters).year ?? {},
      subjects: (subjects ?? filters).subject ?? {},
      code: filters.code?.yes ?? 0,
      authors: filters.author ?? {},
    };
    return { kind: "papers", results, facets };
  }

  /**
   * Pagefind orders each part by itself. So by date the parts, which follow one another in time, are
   * asked one by one. It leaves out what has no date, which then comes last.
   * @param {Job} job
   */
  async sorted(job) {
    const { text, choice, parts } = job;
    const sort = choice.sort || (text === EVERYTHING ? "newest" : "relevance");
    const filters = this.paperFilters(job);
    const whole = this.index.ask(text, filters);
    if (sort === "relevance") return whole;
    const order = { date: sort === "oldest" ? "asc" : "desc" };
    const each = parts.map((part) => ({ ...filters, part: String(part) }));
    if (sort === "oldest") each.reverse();
    const asked = (each.length ? each : [filters]).map((some) => this.index.ask(text, some, order));
    const [{ results, filters: counts }, ...found] = await Promise.all([whole, ...asked]);
    const dated = found.flatMap(({ results }) => results);
    const known = new Set(dated.map(({ id }) => id));
    return { results: [...dated, ...results.filter(({ id }) => !known.has(id))], filters: counts };
  }

  /**
   * How many papers other choices would leave.
   * @param {Job} job
   * @param {Choice} other
   */
  async leaving(job, other) {
    const filters = this.paperFilters({ ...job, choice: { ...job.choice, ...other } });
    return (await this.index.ask(job.text, filters)).filters;
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

  /** @param {Job} job */
  paperFilters({ choice, parts, facets }) {
    const { from, to, subjects = [], code, authors = [] } = choice;
    /** @type {Record<string, unknown>} */
    const filters = { kind: "paper" };
    if (from || to) filters.year = { any: span(from || FIRST, to || LAST) };
    if (subjects.length) filters.subject = { any: subjects.map((subject) => this.value(subject)) };
    if (code) filters.code = "yes";
    if (authors.length) filters.author = { all: authors };
    // Pagefind counts by the filters that it has loaded, and it loads those that are asked for, be it
    // by a value that no page has.
    const counted = ["year", "subject", "code", ...(facets === "authors" ? ["author"] : [])];
    if (facets) filters.none = counted.map((name) => ({ [name]: "-" }));
    return this.within(parts, filters);
  }

  /**
   * The filter's value of a class: `Machine Learning (cs.LG)` for `cs.LG`.
   * @param {string} subject
   */
  value(subject) {
    const values = Object.keys(this.index.known.subject ?? {});
    return values.find((value) => value.endsWith(`(${subject})`)) ?? subject;
  }

  /**
   * @param {number[]} parts
   * @param {Record<string, unknown>} filters
   */
  within(parts, filters) {
    return parts.length ? { ...filters, part: { any: parts.map(String) } } : filters;
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

/** @param {Result} result */
const byTitle = ({ matchedMetaFields: fields }) => !fields || fields.includes("title");

/** @param {Page} page */
const nameOf = ({ meta }) => `${meta.title} ${meta.also ?? ""}`;

/** @param {Choice} choice */
function wanted(choice) {
  const papers = !choice.kind || choice.kind === "papers";
  const people = !choice.kind || choice.kind === "people";
  return {
    papers,
    people: people && !isAboutPapers(choice),
    from: choice.from || 0,
    to: choice.to || LAST,
    oldest: choice.sort === "oldest",
  };
}

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
