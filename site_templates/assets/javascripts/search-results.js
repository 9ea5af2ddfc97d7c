// The results on the page of the search: groups, more of them, and their citations.

import { byline, MOST, MOST_CITED } from "./paper-entries.js";
import { SearchError } from "./search-index.js";
import { HEADINGS, make, plural, SINGULAR, text, thousands } from "./search-view.js";

/** @typedef {import("./search-engine.js").Group} Group */
/** @typedef {import("./search-engine.js").Kind} Kind */
/** @typedef {import("./search-parts.js").Scope} Scope */
/** @typedef {import("./search-rows.js").Row} Row */
/**
 * What results do to the page: say something, say that something failed, look for one kind alone,
 * search more of the index, keep how many results there are.
 * @typedef {object} Host
 * @property {(message: string) => void} say
 * @property {(error: unknown) => void} fail
 * @property {(kind: Kind) => void} only
 * @property {() => void} further
 * @property {(kind: Kind, count: number) => void} more so many results are shown now
 * @property {string[][]} formats of citations: name and ending of their files
 */

/** Results of the kind that is looked for, and of others beside it. */
export const PAGE = 20;
export const BESIDE = 4;

/**
 * @param {Group} group
 * @param {boolean} isPaged whether more of them are shown here, and not on a page of their own
 * @param {Host} host
 */
export function section(group, isPaged, host) {
  const { kind, total, rows } = group;
  const count = make("span", { class: "ap-count" }, thousands(total));
  const list = make("ul", {}, ...rows.map((row) => item(kind, row)));
  const made = make("section", {}, make("h2", {}, `${HEADINGS[kind]} `, count));
  if (kind === "papers") made.append(downloads(group, host));
  made.append(make("div", { class: "ap-list" }, list));
  if (total > rows.length) made.append(isPaged ? more(group, list, host) : all(group, host));
  return made;
}

/**
 * @param {Kind} kind
 * @param {Row} row
 */
function item(kind, { href, title, authors, date, subject, code, note, excerpt }) {
  const lines = [make("a", { class: "ap-title", href, dir: "auto" }, ...text(title))];
  const names = byline(authors);
  if (names.length) lines.push(make("br"), make("span", { class: "ap-authors" }, ...names));
  const facts = make("span", { class: "ap-meta" }, kind === "papers" ? dated(date) : note);
  if (subject) facts.append(date ? " · " : "", make("span", { class: "ap-subject" }, subject));
  if (code) facts.append(" ", make("span", { class: "ap-badge" }, "Code"));
  if (facts.textContent) lines.push(make("br"), facts);
  if (excerpt.length) lines.push(make("p", { class: "ap-excerpt", dir: "auto" }, ...text(excerpt)));
  return make("li", {}, ...lines);
}

/** @param {string} date */
function dated(date) {
  const title = "The year is inferred; the page of the paper says how.";
  return date.endsWith("*") ? make("span", { class: "ap-inferred", title }, date) : date;
}

/**
 * @param {string} label
 * @param {() => void} press
 */
function button(label, press) {
  const named = { type: "button", class: "md-button" };
  const made = /** @type {HTMLButtonElement} */ (make("button", named, label));
  made.addEventListener("click", press);
  return made;
}

/**
 * @param {Group} group
 * @param {Host} host
 */
const all = ({ kind, total }, host) => button(`All ${thousands(total)} ${kind}`, () => host.only(kind));

/**
 * @param {Group} group
 * @param {HTMLElement} list
 * @param {Host} host
 */
function more({ kind, total, load }, list, host) {
  const made = button(`More ${kind}`, async () => {
    const first = list.children.length;
    made.disabled = true;
    try {
      list.append(...(await load(first, first + PAGE)).map((row) => item(kind, row)));
    } catch (error) {
      return host.fail(error);
    }
    made.disabled = false;
    made.hidden = list.children.length >= total;
    list.children[first]?.querySelector("a")?.focus();
    decorate(/** @type {HTMLElement} */ (list.closest("section")));
    host.more(kind, list.children.length);
    host.say(`${thousands(list.children.length)} of ${plural(total, SINGULAR[kind], kind)} shown`);
  });
  return made;
}

/**
 * Give papers their buttons for the reader's own list.
 * @param {HTMLElement} part
 */
export async function decorate(part) {
  if (part.querySelector(".ap-list")) (await import("./basket.js")).decorate(part);
}

/**
 * @param {Group} group
 * @param {Host} host
 */
function downloads(group, { formats }) {
  const { total } = group;
  const cited = Math.min(total, MOST_CITED);
  const some = `${cited < total ? "the first" : "these"} ${thousands(cited)} papers`;
  const line = formats.length ? `Download ${total === 1 ? "this paper" : some} as` : "";
  const buttons = formats.map(([name, suffix]) => button(name, () => save(group, cited, suffix)));
  const label = `Add ${total > MOST ? `the first ${MOST}` : "all"} to my list`;
  if (total > 1) buttons.push(button(label, () => keep(group, Math.min(total, MOST))));
  return make("p", { class: "ap-downloads" }, line, ...buttons.flatMap((made) => [" ", made]));
}

/**
 * Save the citations of papers.
 * @param {Group} group
 * @param {number} count
 * @param {string} suffix
 */
async function save(group, count, suffix) {
  const rows = await readAll(group, count);
  if (!rows) return;
  const { say } = await import("./messages.js");
  const { download } = await import("./citation-files.js");
  await download(rows.map(({ id, title }) => ({ id, title: plain(title) })), suffix, "search-results", say);
}

/**
 * Add papers to the reader's own list.
 * @param {Group} group
 * @param {number} count
 */
async function keep(group, count) {
  const rows = await readAll(group, count);
  if (!rows) return;
  const { add } = await import("./basket.js");
  const year = (/** @type {string} */ date) => /\b(\d{4})\*?$/.exec(date)?.[1] ?? "";
  add(
    rows.map(({ id, title, authors: { names, rest }, date }) => {
      return { id, title: plain(title), authors: names, rest, year: year(date) };
    }),
  );
}

/** @param {Row["title"]} title */
const plain = (title) => title.map((one) => one.text).join("");

/**
 * The first papers, those that are not loaded yet included; null, and that is said, where it fails.
 * @param {Group} group
 * @param {number} count
 */
async function readAll(group, count) {
  const { say } = await import("./messages.js");
  try {
    /** @type {Row[]} */
    const rows = [];
    while (rows.length < count) {
      if (rows.length) say(`Reading results: ${rows.length} of ${count}…`);
      rows.push(...(await group.load(rows.length, Math.min(rows.length + 50, count))));
    }
    return rows;
  } catch (error) {
    if (!(error instanceof SearchError)) throw error;
    say("The results could not be read. Search once more.", true);
    return null;
  }
}

/**
 * What was not searched, and how to search it.
 * @param {Scope} scope
 * @param {Host} host
 */
export function unsearched({ searched, left, undated, people }, host) {
  const done = searched ? `Searched in papers of ${range(searched)}` : "Not everything was searched";
  const years = left ? `papers of ${range(left)}` : "";
  const parts = [years, undated && "papers without a year", people && "more people"];
  const rest = parts.filter(Boolean).join(" and ");
  const line = make("p", {}, `${done}. There may be results in ${rest}.`);
  return make("div", { class: "ap-search-scope" }, line, button(`Search ${rest}`, host.further));
}

/** @param {[number, number]} years */
const range = ([first, last]) => (first === last ? String(first) : `${first}–${last}`);
