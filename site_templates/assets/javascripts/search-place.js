// How far a reader came in the results. It is kept with the entry of the history, so that Back leads
// there from a paper: results come too late for the browser to find the place by itself.

/** @typedef {import("./search-engine.js").Kind} Kind */
/** @typedef {Partial<Record<Kind, number>>} Rows how many results of a kind are shown, if more than usual */

/** Browsers refuse to write on each event of scrolling. */
const PAUSE = 150;

export class Place {
  /** @param {HTMLElement} results whose links lead away */
  constructor(results) {
    /** @type {Rows} */
    this.rows = {};
    /** How often more of the index was searched. */
    this.times = 0;
    /** Where to scroll once results are there; null is wherever the page is. @type {number | null} */
    this.top = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    history.scrollRestoration = "manual";
    addEventListener("scroll", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.write(), PAUSE);
    });
    results.addEventListener("click", () => this.write(), true);
    if (history.state?.place) this.read();
  }

  /** The place of the present entry is where the reader wants to be. */
  read() {
    clearTimeout(this.timer);
    const { rows = {}, times = 0, top = 0 } = history.state?.place ?? {};
    this.rows = rows;
    this.times = times;
    this.top = top;
  }

  /** Something else is searched for. */
  leave() {
    clearTimeout(this.timer);
    this.rows = {};
    this.times = 0;
    this.top = null;
  }

  /** The results are there. */
  arrive() {
    if (this.top !== null) scrollTo(0, this.top);
    this.top = null;
  }

  /**
   * More results of a kind are shown.
   * @param {Kind} kind
   * @param {number} count of them all
   */
  more(kind, count) {
    this.rows = { ...this.rows, [kind]: count };
    this.write();
  }

  /** More of the index is searched. */
  further() {
    this.times++;
    this.write();
  }

  /** Keep the place, unless the reader has not come back to it yet. */
  write() {
    clearTimeout(this.timer);
    if (this.top !== null) return;
    const place = { rows: this.rows, times: this.times, top: scrollY };
    history.replaceState({ ...history.state, place }, "");
  }
}
