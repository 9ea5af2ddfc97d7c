// What a reader pastes to find one paper: a DOI, an arXiv id, an address of either, a citation key.

/**
 * The word by which the index knows an identifier, and whether the text can be nothing else.
 * @typedef {{ word: string, isCertain: boolean }} Identifier
 */

const DOI = /(?<![\d.])10\.\d{4,9}(?:\.\d+)*\/\S+$/;
const ARXIV_DOI = /^10\.48550\/arxiv\./i;
const ARXIV =
  /^(?:https?:\S*\/|(?:\w+\.)?arxiv\.org\/[a-z]+\/|arxiv[:\s]\s*)?(\d{4}\.\d{4,5}|([a-z-]+)(?:\.[a-z-]{2,8})?\/(\d{7}))(?:v\d{1,3})?(?:\.pdf|\/)?(?:\s*\[.*)?[.,;]?$/i;
/** A name, a year and a word, mostly. */
const KEY = /^\p{L}[^\s"“”„«»]*\d{4}[^\s"“”„«»]*$/u;
/** Punctuation that may stand behind a DOI, and brackets around it. */
const ENDS = ".,;:!?'\"”’";
/** @type {Record<string, string>} */
const OPENING = { ")": "(", "]": "[", ">": "<", "}": "{" };

/**
 * The identifier that a text is, or null.
 * @param {string} typed
 * @returns {Identifier | null}
 */
export function identifierOf(typed) {
  const text = typed.normalize("NFKC").trim();
  const place = /^https?:|^[\w.]+\.org\//i.test(text) ? decoded(text.split(/[?#]/)[0]) : text;
  const doi = withoutEnd(DOI.exec(place)?.[0] ?? "");
  const [, whole, archive, number] = ARXIV.exec(doi ? doi.replace(ARXIV_DOI, "") : place) ?? [];
  if (whole) return { word: wordOf(`arxiv:${archive ? `${archive}/${number}` : whole}`), isCertain: true };
  if (doi) return { word: wordOf(`doi:${doi}`), isCertain: true };
  return KEY.test(text) ? { word: wordOf(`key:${text}`), isCertain: false } : null;
}

/**
 * The word that `generator/search_identifiers.py` makes: a letter that nobody types, and the CRC-32
 * in seven digits of five bits.
 * @param {string} named
 */
function wordOf(named) {
  let rest = -1;
  for (const byte of new TextEncoder().encode(named.toLowerCase())) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return `ʘ${((~rest >>> 0) * 8).toString(32).padStart(7, "0")}`;
}

/** @param {string} address */
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * A DOI without punctuation behind it; brackets that it opens itself stay.
 * @param {string} doi
 * @returns {string}
 */
function withoutEnd(doi) {
  const last = doi.at(-1) ?? "";
  const opening = OPENING[last];
  const count = (/** @type {string} */ sign) => doi.split(sign).length;
  const isOutside = opening ? count(last) > count(opening) : last && ENDS.includes(last);
  return isOutside ? withoutEnd(doi.slice(0, -1)) : doi;
}
