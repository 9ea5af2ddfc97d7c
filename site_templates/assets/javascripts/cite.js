// The box of citations on a paper's page: tabs, of which BibTeX is there, and the others come when
// they are chosen.

const BIBTEX = "BibTeX";

/** @param {HTMLElement} box the first `.ap-cite` of the page */
export function start(box) {
  const link = /** @type {HTMLAnchorElement | null} */ (box.querySelector(".ap-tabs a"));
  const bibtex = /** @type {HTMLElement | null} */ (box.lastElementChild);
  if (!link || !bibtex) return;
  const panel = document.createElement("div");
  panel.hidden = true;
  box.append(panel);
  let chosen = "";
  /** @param {string} name */
  const choose = async (name) => {
    chosen = name;
    // What was shown stays until the citation is there.
    box.setAttribute("aria-busy", "true");
    const shown = name === BIBTEX ? [] : await citation(name, link, again);
    if (name !== chosen) return;
    box.removeAttribute("aria-busy");
    bibtex.hidden = name !== BIBTEX;
    panel.hidden = name === BIBTEX;
    panel.replaceChildren(...shown);
  };
  const again = () => {
    choose(chosen);
    /** @type {HTMLElement | null} */ (row.querySelector(":checked"))?.focus();
  };
  const row = tabs([BIBTEX, ...(link.textContent ?? "").split(", ")], choose);
  const isFocused = document.activeElement === link;
  link.parentElement?.replaceWith(row);
  if (isFocused) row.querySelector("input")?.focus();
}

/**
 * @param {string} name
 * @param {HTMLAnchorElement} link to all of them
 * @param {() => void} again
 * @returns {Promise<Node[]>}
 */
async function citation(name, link, again) {
  try {
    return await (await import("./citation.js")).citation(name, link.href, again);
  } catch {
    return [link];
  }
}

/**
 * @param {string[]} names the first of which is chosen
 * @param {(name: string) => void} choose
 */
function tabs(names, choose) {
  const row = document.createElement("p");
  row.className = "ap-tabs";
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", "Format of the citation");
  for (const name of names) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "cite";
    radio.checked = name === names[0];
    radio.addEventListener("change", () => choose(name));
    label.append(radio, name);
    row.append(label);
  }
  return row;
}
