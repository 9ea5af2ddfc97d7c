// The parts of a large index: tables tell which of them can hold a query, and only those are opened.

import { readJson } from "./search-index.js";

/** @typedef {import("./search-index.js").Index} Index */
/**
 * `kind` is "paper", or "author" for people and, in the first part, everything else.
 * @typedef {{ path: string, kind: string, pages: number, years?: Span }} Part
 */
/**
 * What is searched: papers from a year to another one, the oldest first or the newest, and people.
 * @typedef {{ papers: boolean, people: boolean, from: number, to: number, oldest: boolean }} Wanted
 */
/**
 * Years of papers that were searched, and what was not: papers of these years, papers without a year,
 * people.
 * @typedef {{ searched: Span | null, left: Span | null, undated: boolean, people: boolean }} Scope
 */
/** @typedef {[first: number, last: number]} Span */

/**
 * What a query opens by itself: parts with so many papers, and so many of people, who stand by name.
 * For 1,000 papers 8 kB are loaded, and up to 10 kB for each word; for people less.
 */
const PAPERS = 1500;
const PEOPLE = 1;
/** Parts that are opened at once when a reader asks for more; with each time more. */
const FURTHER = 4;

/** The parts of an index, of which the first is open. There are none where there is one index. */
export class Parts {
  /**
   * @param {Index} index
   * @param {Part[]} parts people first, then papers, the newest first
   * @param {{ path: string, files?: string[] }} tables of terms; `files` names those there are
   */
  constructor(index, parts, tables) {
    this.index = index;
    this.parts = parts;
    this.tables = tables;
    this.open = new Set([0]);
    /** Those that could not be opened: a reader may ask for them again. @type {Set<number>} */
    this.missing = new Set();
    /** @type {Map<string, Promise<Record<string, string>>>} */
    this.loaded = new Map();
  }

  /** @param {Index} index */
  static async of(index) {
    const { parts = [], terms = "", files } = await readJson("search/parts.json");
    return new Parts(index, parts, { path: terms, files });
  }

  /**
   * Open some of the parts that can hold a query.
   * @param {string[]} starts beginnings of its terms
   * @param {Wanted} wanted
   * @param {boolean} further whether to open parts beyond those of the last time
   * @returns {Promise<{ numbers: number[], scope: Scope | null }>} the parts that can hold it and are
   *   open, and what that leaves out
   */
  async choose(starts, wanted, further) {
    if (!this.parts.length) return { numbers: [], scope: null };
    const holds = await this.holders(starts);
    const able = [...this.parts.keys()].filter((number) => holds(number) && this.fits(number, wanted));
    const next = further ? this.further(able, wanted) : this.first(able, wanted);
    await Promise.all(next.map((number) => this.add(number)));
    return { numbers: able.filter((number) => this.open.has(number)), scope: this.scope(able) };
  }

  /**
   * @param {number} number
   * @param {Wanted} wanted
   */
  fits(number, wanted) {
    // Papers without a year stand in parts without years.
    const [first, last] = this.parts[number].years ?? [0, 0];
    if (this.isPaper(number)) return wanted.papers && first <= wanted.to && last >= wanted.from;
    return wanted.people || number === 0;
  }

  /** @param {number} number */
  isPaper(number) {
    return this.parts[number].kind === "paper";
  }

  /**
   * @param {number[]} able
   * @param {Wanted} wanted
   */
  first(able, { oldest }) {
    const papers = able.filter((number) => this.isPaper(number));
    const people = able.filter((number) => number && !this.isPaper(number));
    let sum = 0;
    const some = (oldest ? papers.reverse() : papers).filter((number) => {
      const isNeeded = sum < PAPERS;
      sum += this.parts[number].pages;
      return isNeeded;
    });
    return [...some, ...people.slice(0, PEOPLE)].filter((number) => !this.missing.has(number));
  }

  /**
   * @param {number[]} able
   * @param {Wanted} wanted
   */
  further(able, { oldest }) {
    const closed = able.filter((number) => !this.open.has(number));
    if (oldest) closed.reverse();
    return closed.slice(0, Math.max(FURTHER, this.open.size));
  }

  /**
   * Open a part, or leave it out where it cannot be had. Throws a SearchError where nothing can.
   * @param {number} number
   */
  async add(number) {
    if (this.open.has(number)) return;
    this.open.add(number);
    const { path } = this.parts[number];
    try {
      // Once Pagefind was given a part that is not there, it finds nothing any more.
      await readJson(`${path}pagefind-entry.json`);
    } catch {
      this.open.delete(number);
      this.missing.add(number);
      return this.index.check();
    }
    this.missing.delete(number);
    await this.index.add(path, String(number));
  }

  /**
   * @param {number[]} able
   * @returns {Scope | null}
   */
  scope(able) {
    const left = able.filter((number) => !this.open.has(number));
    if (!left.length) return null;
    const papers = [...this.parts.keys()].filter((number) => this.isPaper(number));
    return {
      searched: this.years(papers.filter((number) => !left.includes(number))),
      left: this.years(left),
      undated: left.some((number) => this.isPaper(number) && !this.parts[number].years),
      people: left.some((number) => !this.isPaper(number)),
    };
  }

  /** The years of all papers, closed parts included. */
  span() {
    const all = this.years([...this.parts.keys()]);
    return all ? span(...all) : [];
  }

  /**
   * @param {number[]} numbers
   * @returns {Span | null}
   */
  years(numbers) {
    const all = numbers.flatMap((number) => this.parts[number].years ?? []);
    return all.length ? [Math.min(...all), Math.max(...all)] : null;
  }

  /**
   * Tells which parts hold terms with all of these beginnings.
   * @param {string[]} starts
   * @returns {Promise<(number: number) => boolean>}
   */
  async holders(starts) {
    const maps = await Promise.all(starts.map((start) => this.bitmap(start)));
    return (number) => maps.every((map) => map === null || ((map >> BigInt(number)) & 1n) === 1n);
  }

  /**
   * Whether a part that is not open can hold terms with all of these beginnings.
   * @param {string[]} starts
   */
  async mayHold(starts) {
    const closed = [...this.parts.keys()].filter((number) => !this.open.has(number));
    if (!closed.length) return false;
    const maps = await Promise.all(starts.map((start) => this.bitmap(start)));
    return closed.some((number) => maps.every((map) => map && (map >> BigInt(number)) & 1n));
  }

  /**
   * The parts that hold a term with this beginning, as bits; null when none does, for then Pagefind
   * does without the word.
   * @param {string} start of two characters at least
   */
  async bitmap(start) {
    let bits = 0n;
    for (const [term, map] of Object.entries(await this.table(start))) {
      if (term.startsWith(start)) bits |= BigInt(`0x${map}`);
    }
    return bits || null;
  }

  /**
   * The table that has the terms with this beginning.
   * @param {string} start
   * @returns {Promise<Record<string, string>>}
   */
  table(start) {
    const name = hex([...start].slice(0, 2).join(""));
    const { path, files } = this.tables;
    if (files && !files.includes(name)) return Promise.resolve({});
    const table = this.loaded.get(name) ?? readJson(`${path}${name}.json`).catch(() => ({}));
    this.loaded.set(name, table);
    return table;
  }
}

/**
 * Filters for pages of some parts; for all pages where there are no parts.
 * @param {number[]} parts
 * @param {Record<string, unknown>} filters
 */
export const within = (parts, filters) =>
  parts.length ? { ...filters, part: { any: parts.map(String) } } : filters;

/**
 * All years from the first to the last.
 * @param {number} first
 * @param {number} last
 */
export const span = (first, last) =>
  Array.from({ length: Math.max(last - first + 1, 0) }, (_, place) => String(first + place));

/** @param {string} text */
const hex = (text) =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
