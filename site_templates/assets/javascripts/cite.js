// The box of citations on a paper's page: RIS is fetched when it is chosen, and what is shown can be
// copied, a citation in a style as text or as Markdown.

import { say } from "./messages.js";

/** @param {HTMLElement} box the first `.ap-cite` of the page */
export function start(box) {
  const file = /** @type {HTMLAnchorElement | null} */ (box.querySelector("a.ap-file"));
  if (file) {
    const panel = /** @type {HTMLElement} */ (file.parentElement);
    const choice = [...box.querySelectorAll(".ap-tabs label")].find((l) => l.textContent === "RIS");
    choice?.addEventListener("change", () => void showFile(panel, file));
  }
  for (const panel of box.querySelectorAll(".ap-styled")) {
    const text = (panel.textContent ?? "").trim();
    const markdown = asMarkdown(panel);
    panel.append(buttons(["Copy", text], ["Copy as Markdown", markdown]));
  }
}

let busy = false;

/**
 * Show a file in place of the link to it, unless that is done or being done.
 * @param {HTMLElement} panel
 * @param {HTMLAnchorElement} file
 */
async function showFile(panel, file) {
  if (busy || !panel.isConnected) return;
  busy = true;
  try {
    const answer = await fetch(file.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const text = (await answer.text()).trim();
    const pre = document.createElement("pre");
    const code = document.createElement("code");
    code.textContent = text;
    pre.append(code);
    const shown = document.createElement("div");
    shown.append(pre, buttons(["Copy", `${text}\n`]));
    panel.replaceWith(shown);
  } catch {
    // The link to the file stays, and works where a script does not; the next choice tries again.
  } finally {
    busy = false;
  }
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
 * @param {Element} panel
 */
function asMarkdown(panel) {
  let written = "";
  for (const node of panel.childNodes) {
    const text = escaped(node.textContent ?? "");
    written += node.nodeName === "EM" ? `*${text}*` : text;
  }
  return written.trim().replace(/^(\d*)(#|[+\-.)](?=\s))/, "$1\\$2");
}

/** @param {string} text */
function escaped(text) {
  return text
    .split(/(https?:\/\/[^\s<>"\\^`{|}[\]]*[^\s<>"\\^`{|}[\].,;:)])/i)
    .map((part, i) => (i % 2 ? `<${part}>` : escapedText(part)))
    .join("");
}

/** @param {string} text */
function escapedText(text) {
  const names = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };
  return text
    .replace(/[<>~$^@]|&(?=#?\w+;)/g, (c) => names[c] ?? `&#${c.charCodeAt(0)};`)
    .replace(/[\\`*_{]|\](?=[([:{])/g, "\\$&");
}
