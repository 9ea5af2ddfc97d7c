// The controls of the filter of a list: they offer what some of its papers have, and nothing that all
// or none of them have.

/** @typedef {import("./list-entries.js").Entry} Entry */

// Browsers must not fill in what was chosen before: the address alone says what is asked for.
const CONTROLS = `
<div class="ap-filter-bar">
  <label class="ap-field ap-field-text">Filter
    <input type="search" name="text" placeholder="Title, author, venue" autocomplete="off" spellcheck="false">
  </label>
  <label class="ap-field ap-select">Sort
    <select name="sort" autocomplete="off">
      <option value="">Newest first</option>
      <option value="oldest">Oldest first</option>
      <option value="title">By title</option>
    </select>
  </label>
  <button type="button" data-do="open" aria-expanded="false" aria-controls="ap-filter-panel"></button>
</div>
<div class="ap-filter-panel" id="ap-filter-panel" hidden>
  <label class="ap-field ap-select" data-for="year">From
    <select name="from" autocomplete="off"><option value="">Any year</option></select>
  </label>
  <label class="ap-field ap-select" data-for="year">To
    <select name="to" autocomplete="off"><option value="">Any year</option></select>
  </label>
  <label class="ap-field ap-select" data-for="subject">Subject
    <select name="subject" autocomplete="off"><option value="">All subjects</option></select>
  </label>
  <label class="ap-field ap-select" data-for="position">Signed as
    <select name="position" autocomplete="off">
      <option value="">Any author</option>
      <option value="first">First author</option>
      <option value="last">Last author</option>
    </select>
  </label>
  <label class="ap-check" data-for="code">
    <input type="checkbox" name="code" value="1" autocomplete="off"> Has code
  </label>
</div>
<div class="ap-filter-state">
  <span class="ap-filter-count" role="status"></span>
  <button class="ap-filter-chip" type="button" data-do="without" hidden></button>
  <button type="button" data-do="reset" hidden>Reset</button>
  <span class="ap-filter-take" hidden>Take these:
    <button type="button" data-do="add">Add to my list</button>
  </span>
</div>`;

/**
 * Fill the form of a filter.
 * @param {HTMLFormElement} form
 * @param {Entry[]} entries
 */
export function makeControls(form, entries) {
  form.innerHTML = CONTROLS;
  const years = [...new Set(entries.map(({ year }) => year))].filter(Boolean);
  for (const year of years.sort((a, b) => b - a)) {
    for (const name of ["from", "to"]) addOption(form, name, String(year), String(year));
  }
  const subjects = subjectsOf(entries);
  for (const { code, name, number } of subjects) {
    addOption(form, "subject", code, `${name || code} (${number})`);
  }
  const coded = entries.filter(({ code }) => code).length;
  const useful = {
    year: years.length > 1,
    subject: subjects.length > 1,
    position: entries.some(({ position }) => position),
    code: coded > 0 && coded < entries.length,
  };
  for (const [name, wanted] of Object.entries(useful)) {
    const fields = form.querySelectorAll(`[data-for="${name}"]`);
    if (!wanted) fields.forEach((field) => field.remove());
  }
  part(form, "[data-do=open]").hidden = !Object.values(useful).includes(true);
  document.querySelectorAll(".ap-downloads a[download]").forEach((link) => addFile(form, link));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} selector
 */
const part = (form, selector) => /** @type {HTMLElement} */ (form.querySelector(selector));

/**
 * Subject classes, those with most papers first.
 * @param {Entry[]} entries
 */
function subjectsOf(entries) {
  /** @type {Map<string, { code: string, name: string, number: number }>} */
  const found = new Map();
  for (const { item, subject: code } of entries.filter(({ subject }) => subject)) {
    const name = item.querySelector(".ap-subject")?.getAttribute("title") ?? "";
    found.set(code, { code, name, number: (found.get(code)?.number ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.number - a.number || (a.code < b.code ? -1 : 1));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 * @param {string} label
 */
function addOption(form, name, value, label) {
  part(form, `[name="${name}"]`).append(new Option(label, value));
}

/**
 * A format in which the page offers all papers is offered for those that are shown.
 * @param {HTMLFormElement} form
 * @param {Element} link
 */
function addFile(form, link) {
  const suffix = /\.(bib|ris|csl\.json)$/.exec(link.getAttribute("href") ?? "")?.[0];
  if (!suffix) return;
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.do = "download";
  button.dataset.suffix = suffix;
  button.textContent = link.textContent;
  part(form, ".ap-filter-take").append(button);
}
