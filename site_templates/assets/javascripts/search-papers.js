// Papers that are found: their order, and how many of them each choice would leave.

import { yearsOf } from "./search-choice.js";
import { EVERYTHING } from "./search-index.js";
import { within } from "./search-parts.js";

/** @typedef {import("./search-choice.js").Choice} Choice */
/** @typedef {import("./search-engine.js").Hits} Hits */
/** @typedef {import("./search-index.js").Counts} Counts */
/** @typedef {import("./search-index.js").Index} Index */
/** @typedef {{ years: Counts, subjects: Counts, code: number, authors: Counts }} Facets */
/** @typedef {{ text: string, choice: Choice, parts: number[], facets: boolean | "authors" }} Job */

export class Papers {
  /** @param {Index} index */
  constructor(index) {
    this.index = index;
  }

  /** Years that papers of open parts are of. */
  async years() {
    const everything = { text: EVERYTHING, choice: {}, parts: [], facets: true };
    if (!this.index.known.year) await this.index.ask(EVERYTHING, this.filters(everything));
    return Object.keys(this.index.known.year ?? {});
  }

  /**
   * @param {Job} job
   * @returns {Promise<Hits>}
   */
  async find(job) {
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
    const filters = this.filters(job);
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
    const filters = this.filters({ ...job, choice: { ...job.choice, ...other } });
    return (await this.index.ask(job.text, filters)).filters;
  }

  /** @param {Job} job */
  filters({ choice, parts, facets }) {
    const { from, to, subjects = [], code, authors = [] } = choice;
    /** @type {Record<string, unknown>} */
    const filters = { kind: "paper" };
    if (from || to) filters.year = { any: yearsOf(choice) };
    if (subjects.length) filters.subject = { any: subjects.map((subject) => this.value(subject)) };
    if (code) filters.code = "yes";
    if (authors.length) filters.author = { all: authors };
    // Pagefind counts by the filters that it has loaded, and it loads those that are asked for, be it
    // by a value that no page has.
    const counted = ["year", "subject", "code", ...(facets === "authors" ? ["author"] : [])];
    if (facets) filters.none = counted.map((name) => ({ [name]: "-" }));
    return within(parts, filters);
  }

  /**
   * The filter's value of a class: `Machine Learning (cs.LG)` for `cs.LG`.
   * @param {string} subject
   */
  value(subject) {
    const values = Object.keys(this.index.known.subject ?? {});
    return values.find((value) => value.endsWith(`(${subject})`)) ?? subject;
  }
}
