// The box of citations on a paper's page: what is chosen beside BibTeX is fetched, and what is shown
// can be copied, a citation in a style as text or as Markdown.

import { say } from "./messages.js";

const BIBTEX = "BibTeX";
const RIS = "RIS";

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
    bibtex.hidden = name !== BIBTEX;
    panel.hidden = name === BIBTEX;
    if (panel.hidden) return;
    // A link to the file stands there until the citation does, and where that cannot be had.
    const instead = document.createElement("p");
    instead.append(link);
    panel.replaceChildren(instead);
    const shown = name === RIS ? await ris(link.href) : await styled(link.href, name);
    if (name !== chosen) return;
    if (shown) panel.replaceChildren(...shown);
    else say("The citation could not be fetched. The link in its place leads to it.");
  };
  link.parentElement?.replaceWith(tabs([BIBTEX, ...(link.textContent ?? "").split(", ")], choose));
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

/** @type {Map<string, Promise<string>>} */
const files = new Map();

/**
 * The text of a file, fetched once; null where that fails, and the next choice tries again.
 * @param {string} address
 * @returns {Promise<string | null>}
 */
async function read(address) {
  const file = files.get(address) ?? fetched(address);
  files.set(address, file);
  try {
    return await file;
  } catch {
    files.delete(address);
    return null;
  }
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** @param {string} address of the page of citations beside the paper, or of its RIS */
async function ris(address) {
  const text = await read(address.replace(/\.cite\.html$/, ".ris"));
  if (!text) return null;
  const pre = document.createElement("pre");
  const code = document.createElement("code");
  code.textContent = text;
  pre.append(code);
  return [pre, buttons(["Copy", text])];
}

/**
 * @param {string} address of the page of citations beside the paper
 * @param {string} style the name above the citation there
 */
async function styled(address, style) {
  // A font that comes after the text it is for would be left for the next page.
  const italics = document.fonts.load('italic 1em "AP Sans"').catch(() => []);
  const [html] = await Promise.all([read(address), italics]);
  const page = new DOMParser().parseFromString(html ?? "", "text/html");
  const heading = [...page.querySelectorAll("h2")].find((h) => h.textContent === style);
  const citation = /** @type {HTMLElement | null | undefined} */ (heading?.nextElementSibling);
  if (!citation) return null;
  citation.className = "ap-styled";
  const text = (citation.textContent ?? "").trim();
  return [citation, buttons(["Copy", text], ["Copy as Markdown", asMarkdown(citation)])];
}

/** @param {[string, string][]} offers what a button says, and what it copies */
function buttons(...offers) {
  const row = document.createElement("span");
  row.className = "ap-copy";
  for (const [label, text] of offers) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => void copy(text));
    row.append(button);
  }
  return row;
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied to the clipboard.");
  } catch {
    say("The browser does not allow copying: select the text and copy it yourself.");
  }
}

/**
 * The citation as Markdown: italics, and addresses as links. What it escapes is what
 * `generator/exports/formatted_text.py` escapes.
 *
 * @param {Element} citation
 */
function asMarkdown(citation) {
  let written = "";
  for (const { nodeName, textContent } of citation.childNodes) {
    const text = textContent ?? "";
    if (nodeName === "A") written += `<${text}>`;
    else written += nodeName === "EM" ? `*${escapedText(text)}*` : escapedText(text);
  }
  return written.trim().replace(/^(\d*)(#|[+\-.)](?=\s))/, "$1\\$2");
}

/** @param {string} text */
function escapedText(text) {
  const names = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
  return text
    .replace(/[<>~$^@]|&(?=#?\w+;)/g, (c) => names[c] ?? `&#${c.charCodeAt(0)};`)
    .replace(/[\\`*_{]|\](?=[([:{])/g, "\\$&");
}
