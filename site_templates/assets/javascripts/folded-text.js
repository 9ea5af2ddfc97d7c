// Text as readers type it: without accents, and however letters are spelled out.

/** Letters that Unicode does not take apart. @type {Record<string, string>} */
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Letters with a second spelling. @type {Record<string, string>} */
const SPELLED = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/**
 * Lower-case letters without marks, compatibility characters (`²`, `ﬁ`) as plain ones.
 * @param {string} text
 */
export function fold(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return plainLetters(bare.normalize("NFC").toLowerCase());
}

/**
 * Lower-case text with plain letters for those that are no letter with a mark.
 * @param {string} text
 */
export const plainLetters = (text) => text.replace(/[łøđðþßæœı]/g, (letter) => LETTERS[letter]);

/**
 * A folded text, and how else it is spelled: `Müller` is both `muller` and `mueller`. Quotation
 * marks, hyphens and spaces are those of a keyboard.
 * @param {string} text
 * @returns {string[]}
 */
export function spellings(text) {
  const typed = text.toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/[‐-―]/g, "-");
  const letters = typed.normalize("NFC").replace(/\s+/g, " ").trim();
  const spelled = letters.replace(/[äöüøå]/g, (letter) => SPELLED[letter]);
  return spelled === letters ? [fold(letters)] : [fold(letters), fold(spelled)];
}
