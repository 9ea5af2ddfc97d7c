// Pagefind's index of the site: opened when it is needed, asked, and looked after.

/** @typedef {Record<string, number>} Counts how many pages have a value, by value */
/**
 * A page that was found; `data` loads what is known of it.
 * @typedef {{ id: string, words: number[], matchedMetaFields?: string[], data: () => Promise<Page> }} Result
 */
/**
 * What is known of a page. `locations` are places of words in `content` that match.
 * @typedef {object} Page
 * @property {string} url
 * @property {Record<string, string>} meta
 * @property {string} content
 * @property {number[]} locations
 * @property {Record<string, string[]>} filters
 */
/** @typedef {Record<string, Counts>} Filters */
/** @typedef {{ results: Result[], filters: Filters, totalFilters: Filters }} Found */

/** Where the site begins: this file stands two folders below. */
export const root = new URL("../../", import.meta.url);

/**
 * Text that is no word: Rust takes the character for white space and JavaScript does not. So it
 * reaches Pagefind, which then filters without searching. Its own way to do that, `null`, loads the
 * whole index and not one file of it (1.5.2; tests/test_search.py has an eye on it).
 */
export const EVERYTHING = "\u0085";

/** A name or a title says what a page is about; names in the line below a person's name do not. */
const RANKING = { metaWeights: { title: 8, also: 6, authors: 3, note: 0.1, date: 0.1 } };
const PATIENCE = 30_000;

/** The index cannot be had. */
export class SearchError extends Error {}

/** @type {Promise<Index> | null} */
let opening = null;
let attempts = 0;

/**
 * The index of this site, opened once; after a failure, again. Throws a SearchError.
 * @returns {Promise<Index>}
 */
export function openIndex() {
  opening ??= Index.open(attempts++).catch((error) => {
    opening = null;
    throw failure(error);
  });
  return opening;
}

export class Index {
  /**
   * @param {any} pagefind an instance of it
   * @param {string} version
   */
  constructor(pagefind, version) {
    this.pagefind = pagefind;
    this.version = version;
    /** Values of the filters that are loaded. @type {Filters} */
    this.known = {};
  }

  /** @param {number} attempt its number: browsers do not ask again for a module that failed */
  static async open(attempt) {
    const script = `${root}pagefind/pagefind.js${attempt ? `?${attempt}` : ""}`;
    const [{ createInstance }, version] = await within(Promise.all([import(script), readVersion()]));
    // In a worker: a word that most pages have takes 0.15 s, and one letter with which many begin 2 s.
    const pagefind = createInstance({
      basePath: `${root.pathname}pagefind/`,
      baseUrl: root.pathname,
      ranking: RANKING,
      mergeFilter: { part: "0" },
    });
    // Finds nothing, but not before everything is loaded that any query needs.
    await within(pagefind.search(""));
    return new Index(pagefind, version);
  }

  /**
   * @param {string} query
   * @param {Record<string, unknown>} filters
   * @param {Record<string, string>} [sort]
   * @returns {Promise<Found>}
   */
  async ask(query, filters, sort = {}) {
    /** @type {Found} */
    const found = await this.guard(this.pagefind.search(query, { filters, sort }));
    Object.assign(this.known, found.totalFilters);
    return found;
  }

  /**
   * @param {Result[]} results
   * @returns {Promise<Page[]>}
   */
  read(results) {
    // Copies: Pagefind has one object for a page, and changes it with the next query.
    return this.guard(Promise.all(results.map(async (result) => ({ ...(await result.data()) }))));
  }

  /**
   * Add another index, whose pages get the filter `part`.
   * @param {string} path from the root of the site
   * @param {string} part
   */
  add(path, part) {
    const options = { baseUrl: root.pathname, ranking: RANKING, mergeFilter: { part } };
    return this.guard(this.pagefind.mergeIndex(root.pathname + path, options));
  }

  /**
   * Make sure that the index is still there: Pagefind is silent about files that it cannot load, and
   * a new index has none of the old one's.
   */
  async check() {
    if ((await readVersion().catch(() => "")) === this.version) return;
    opening = null;
    throw new SearchError("the search index was replaced, or cannot be reached");
  }

  /**
   * @template Given
   * @param {Promise<Given>} promise
   * @returns {Promise<Given>}
   */
  async guard(promise) {
    try {
      return await within(promise);
    } catch (error) {
      // Whoever asks next gets an index that is opened anew.
      opening = null;
      throw failure(error);
    }
  }
}

/** @param {unknown} error */
const failure = (error) =>
  error instanceof SearchError ? error : new SearchError(String(error), { cause: error });

/**
 * A JSON file of the site.
 * @param {string} path
 */
export async function readJson(path) {
  const answer = await within(fetch(new URL(path, root)));
  if (!answer.ok) throw new SearchError(`${answer.status}: ${path}`);
  return answer.json();
}

async function readVersion() {
  const answer = await fetch(new URL("pagefind/pagefind-entry.json", root), { cache: "no-cache" });
  if (!answer.ok) throw new SearchError(`${answer.status}`);
  return answer.text();
}

/**
 * Nothing is waited for without end.
 * @template Given
 * @param {Promise<Given>} promise
 * @returns {Promise<Given>}
 */
function within(promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new SearchError("it takes too long")), PATIENCE);
  });
  return Promise.race([promise, /** @type {Promise<never>} */ (late)]).finally(() => clearTimeout(timer));
}
