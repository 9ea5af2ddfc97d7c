// A citation that is chosen in the box of a paper's page: RIS from its file, a style from the page of
// all of them. What is shown can be copied, a style as text or as Markdown.

import { say } from "./messages.js";

const RIS = "RIS";

/**
 * What is shown of a citation, or said where it cannot be had.
 * @param {string} name of the tab
 * @param {string} address of the page of citations beside the paper, or of its RIS
 * @param {() => void} again chooses it once more
 * @returns {Promise<Node[]>}
 */
export async function citation(name, address, again) {
  const shown = name === RIS ? await ris(address) : await styled(address, name);
  return shown ?? failure(name, address, again);
}

/**
 * @param {string} name
 * @param {string} address
 * @param {() => void} again
 */
function failure(name, address, again) {
  files.clear();
  say(`${name} could not be fetched.`);
  const link = document.createElement("a");
  link.href = name === RIS ? risBeside(address) : address;
  link.textContent = name === RIS ? "its file" : "the page of all citations";
  const line = document.createElement("p");
  line.append(`${name} could not be fetched. Try again, or open `, link, ".");
  return [line, buttons(["Try again", again])];
}

/** @type {Map<string, Promise<string>>} */
const files = new Map();

/**
 * The text of a file, fetched once; null where that fails.
 * @param {string} address
 * @returns {Promise<string | null>}
 */
async function read(address) {
  const file = files.get(address) ?? fetched(address);
  files.set(address, file);
  return file.catch(() => null);
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** @param {string} address */
const risBeside = (address) => address.replace(/\.cite\.html$/, ".ris");

/** @param {string} address of the page of citations beside the paper, or of its RIS */
async function ris(address) {
  const text = await read(risBeside(address));
  // A server may answer with a page of its own.
  if (!text?.startsWith("TY  - ")) return null;
  const pre = document.createElement("pre");
  const code = document.createElement("code");
  code.textContent = text;
  pre.append(code);
  return [pre, buttons(["Copy", () => copy(text)])];
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
  const markdown = asMarkdown(citation);
  return [citation, buttons(["Copy", () => copy(text)], ["Copy as Markdown", () => copy(markdown)])];
}

/** @param {[string, () => void][]} offers what a button says, and what it does */
function buttons(...offers) {
  const row = document.createElement("span");
  row.className = "ap-copy";
  for (const [label, act] of offers) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", act);
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
