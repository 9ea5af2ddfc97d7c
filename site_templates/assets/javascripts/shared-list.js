// A list that somebody shared: the papers that an address names, beside the reader's own list.

import { add, count, decorate, papers } from "./basket.js";
import { download, inTurn } from "./citation-files.js";
import { fill, frame, itemOf, part, put } from "./list-views.js";
import { say } from "./messages.js";
import { MOST, readPaper } from "./paper-entries.js";

/** @typedef {import("./paper-entries.js").Paper} Paper */

const VIEW = frame(`
<div>
<p class="ap-lead" data-part="lead"></p>
<p class="ap-downloads">
  <button class="md-button md-button--primary" type="button" data-do="add">Add all to my list</button>
  <a class="md-button" data-to="list/">Show my own list</a>
</p>
<p class="ap-downloads" data-part="files"><span data-part="count"></span></p>
<div class="ap-list" data-part="list"><ul></ul></div>
</div>`);

const GONE = frame('<li class="ap-gone"><code></code><br><span class="ap-meta"></span></li>');

/**
 * Show papers, all at once when all are known: nothing moves before the reader's eyes.
 * @param {HTMLElement} place
 * @param {string[]} asked ids
 * @param {() => boolean} isWanted whether the address still asks for them
 */
export async function showShared(place, asked, isWanted) {
  const ids = asked.slice(0, MOST);
  place.textContent = `Reading ${count(ids.length)}…`;
  const known = new Map(papers().map((paper) => [paper.id, paper]));
  const results = await inTurn(
    ids,
    async (id) => known.get(id) ?? readPaper(id).catch(() => undefined),
  );
  if (!isWanted()) return;
  const found = [...present(results).values()];
  const view = VIEW();
  fill(place, view, ({ dataset }) => {
    if (dataset.do === "add") add(found);
    else download(found, dataset.suffix ?? "", "shared-list", say);
  });
  part(view, "count").textContent = `Download ${count(found.length)} as`;
  for (const element of [part(view, "files"), view.querySelector("button")]) {
    /** @type {HTMLElement} */ (element).hidden = !found.length;
  }
  const items = results.map((paper, at) => (paper ? itemOf(paper) : gone(ids[at], paper)));
  const shown = items.filter((_, at) => !results[at] || found.includes(results[at]));
  part(view, "list").firstElementChild?.append(...shown);
  part(view, "lead").textContent = lead(shown.length, ids.length < asked.length ? asked.length : 0);
  put(place, view, "A shared list");
  decorate(view);
}

/**
 * The papers that there are, by their present ids: an address may name one by a former id too.
 * @param {(Paper | null | undefined)[]} results
 */
function present(results) {
  /** @type {Map<string, Paper>} */
  const found = new Map();
  for (const paper of results) if (paper && !found.has(paper.id)) found.set(paper.id, paper);
  return found;
}

/**
 * @param {number} shown
 * @param {number} asked where these are not all
 */
function lead(shown, asked) {
  if (!shown) return "The address names no papers.";
  const more = asked ? ` These are the first of ${asked} that the address names.` : "";
  const what = shown === 1 ? "this paper" : `these ${count(shown)}`;
  return `Somebody put ${what} together. Your own list is as it was.${more}`;
}

/**
 * @param {string} id
 * @param {null | undefined} paper null when there is none, undefined when that is not known
 */
function gone(id, paper) {
  const item = GONE();
  const [name, , note] = item.children;
  name.textContent = id;
  note.textContent =
    paper === null
      ? "There is no such paper on this site, or not any more."
      : "This paper could not be read now.";
  return item;
}
