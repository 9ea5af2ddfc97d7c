// Many files of citations as one: those that stand beside papers, fetched, joined and saved.

import { MOST_CITED, readPaper, root } from "./paper-entries.js";

const AT_ONCE = 8;
const PATIENCE = 30_000;

/** @type {Record<string, string>} */
const TYPES = {
  ".bib": "application/x-bibtex",
  ".ris": "application/x-research-info-systems",
  ".csl.json": "application/vnd.citationstyles.csl+json",
};

/**
 * What `job` makes of each item, in their order; at most eight jobs run at a time.
 * @template Item, Made
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<Made>} job
 * @returns {Promise<Made[]>}
 */
export async function inTurn(items, job) {
  /** @type {Made[]} */
  const made = new Array(items.length);
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const place = next++;
      made[place] = await job(items[place]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

/**
 * The citations of papers in one text, in the order of `ids`, how many they are, the ids of those
 * whose file could not be had, and present ids by the former ones. A paper that is named by both is
 * cited once. Throws a RangeError for more than `MOST_CITED`.
 * @param {readonly string[]} ids
 * @param {string} suffix the ending of the files: `.bib`, `.ris` or `.csl.json`
 * @param {(done: number, total: number) => void} [onProgress]
 * @returns {Promise<{ text: string, count: number, failed: string[], moved: Record<string, string> }>}
 */
export async function collect(ids, suffix, onProgress = () => {}) {
  if (ids.length > MOST_CITED) {
    throw new RangeError(`At most ${MOST_CITED} papers are put into one file: these are ${ids.length}.`);
  }
  let done = 0;
  const files = await inTurn(ids, async (id) => {
    const file = await read(id, suffix).catch(() => null);
    onProgress(++done, ids.length);
    return file;
  });
  /** @type {Map<string, string>} */
  const texts = new Map();
  /** @type {Record<string, string>} */
  const moved = {};
  for (const [place, file] of files.entries()) {
    if (!file) continue;
    texts.set(file.id, file.text);
    if (file.id !== ids[place]) moved[ids[place]] = file.id;
  }
  const failed = ids.filter((_, place) => files[place] === null);
  return { text: join([...texts.values()], suffix), count: texts.size, failed, moved };
}

/**
 * The file of a paper, and the id that the paper has now.
 * @param {string} id
 * @param {string} suffix
 * @param {boolean} [moved] whether the paper had another id
 * @returns {Promise<{ id: string, text: string }>}
 */
async function read(id, suffix, moved = false) {
  const address = new URL(`papers/${id}${suffix}`, root);
  const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 404 && !moved) {
    // The page of a former id leads to the paper; files of citations cannot.
    const paper = await readPaper(id);
    if (paper && paper.id !== id) return read(paper.id, suffix, true);
  }
  // A server that answers with a page for whatever is missing has no such file either.
  if (!answer.ok || answer.headers.get("content-type")?.includes("html")) {
    throw new Error(`${answer.status}`);
  }
  const text = await answer.text();
  if (suffix.endsWith("json")) JSON.parse(text);
  return { id, text };
}

/**
 * Files in one, as the lists of the site are written: entries with an empty line between them.
 * @param {string[]} files
 * @param {string} suffix
 */
function join(files, suffix) {
  if (!suffix.endsWith("json")) return files.join("\n");
  // Each file is a list; what stands between its brackets is kept as it is written.
  const items = files.map((text) => text.trim().slice(1, -1).trim()).filter(Boolean);
  return items.length ? `[\n  ${items.join(",\n  ")}\n]\n` : "[]\n";
}

/**
 * Hand the reader a text as a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type its media type
 */
export function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  // A browser that asks where to save reads the text only then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

let busy = false;

/**
 * Collect the citations of papers and save them, and say how that goes, with the titles of papers
 * that are missing from the file.
 * @param {readonly { id: string, title: string }[]} papers
 * @param {string} suffix
 * @param {string} stem the name of the file without its ending
 * @param {(message: string, stay?: boolean) => void} say shows a message, a failure to stay
 * @returns {Promise<Record<string, string>>} present ids of papers by the former ones
 */
export async function download(papers, suffix, stem, say) {
  if (busy) {
    say("Still fetching…");
    return {};
  }
  busy = true;
  try {
    const ids = papers.map((paper) => paper.id);
    const step = Math.max(20, Math.ceil(ids.length / 10));
    const { text, count, failed, moved } = await collect(ids, suffix, (done, total) => {
      if (done % step === 0 && done < total) say(`Fetching citations: ${done} of ${total}…`);
    });
    if (count) save(`${stem}${suffix}`, text, TYPES[suffix] ?? "text/plain");
    const result = count === 1 ? "1 citation saved." : `${count} citations saved.`;
    if (!failed.length) say(result);
    else say(`${count ? result : "Nothing was saved."} ${missing(papers, failed)}`, true);
    return moved;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    say(`${error.message} Narrow them down first.`, true);
    return {};
  } finally {
    busy = false;
  }
}

/**
 * @param {readonly { id: string, title: string }[]} papers
 * @param {string[]} failed
 */
function missing(papers, failed) {
  const found = papers.filter((paper) => failed.includes(paper.id));
  const titles = found.map((paper) => `“${paper.title}”`);
  const more = titles.length > 3 ? ` and ${titles.length - 3} more` : "";
  return `No citation could be fetched of ${titles.slice(0, 3).join(", ")}${more}.`;
}
