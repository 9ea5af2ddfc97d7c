"""TeX in titles and abstracts: its parse into spans, and the plain Unicode text of it.

Authors write running text with a little TeX in it. What is recognised here is that little; all
other characters, stray dollars and braces included, are text and stay as they are.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from generator.mathml import SYMBOLS, to_mathml
from generator.mathtext import lowered, math_text, raised

__all__ = [
    "ACCENTS",
    "CHARACTERS",
    "LETTERS",
    "NOCASE",
    "Footnote",
    "Link",
    "Macro",
    "Math",
    "Span",
    "Styled",
    "Text",
    "parse_tex",
    "plain_text",
    "to_mathml",
]

NOCASE = "nocase"
"""Our own command, named as in CSL: what bibliographies put in braces, that it keep its case."""
MAX_NESTING = 20
"""Deepest argument that is read; what nests deeper stays literal."""


@dataclass(frozen=True, slots=True)
class Text:
    """Ordinary characters, TeX escapes and accents decoded."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    r"""TeX between math delimiters, untouched; ``display`` for ``$$…$$`` and ``\[…\]``."""

    source: str
    display: bool


@dataclass(frozen=True, slots=True)
class Styled:
    """The argument of a style command, named without its backslash: ``textbf``, ``emph``, …."""

    command: str
    children: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: the URL is not checked here."""

    url: str
    children: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, standing where its mark would stand."""

    children: tuple["Span", ...]


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro whose definition the text does not carry, named without its backslash."""

    name: str


Span = Text | Math | Styled | Link | Footnote | Macro

# The tables are read by rows.
# fmt: off
STYLES = frozenset({
    "emph", "mbox", "nocase", "text", "textbf", "textit", "textmd", "textnormal", "textrm",
    "textsc", "textsf", "textsl", "textsubscript", "textsuperscript", "texttt", "textup", "uline",
    "underline",
})
"""Style commands; each takes one argument in braces."""

_DECLARATIONS = {
    "em": "emph", "bf": "textbf", "it": "textit", "tt": "texttt", "sc": "textsc", "sf": "textsf",
    "sl": "textsl", "rm": "textrm", "bfseries": "textbf", "itshape": "textit",
    "scshape": "textsc", "ttfamily": "texttt",
}

LETTERS: Final = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "i": "ı", "j": "ȷ", "l": "ł", "L": "Ł", "ng": "ŋ", "NG": "Ŋ", "o": "ø", "O": "Ø",
    "oe": "œ", "OE": "Œ", "ss": "ß", "th": "þ", "TH": "Þ",
}
"""Letters that have a command of their own."""

CHARACTERS: Final = {
    "LaTeX": "LaTeX", "P": "¶", "S": "§", "TeX": "TeX", "copyright": "©", "dots": "…",
    "ldots": "…", "textasciicircum": "^", "textasciitilde": "~", "textbackslash": "\\",
    "textbar": "|", "textbullet": "•", "textcopyright": "©", "textdegree": "°",
    "textellipsis": "…", "textemdash": "—", "textendash": "–", "textgreater": ">",
    "textless": "<", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
    "textquoteright": "’", "textregistered": "®", "texttrademark": "™", "textunderscore": "_",
    "textbraceleft": "{", "textbraceright": "}", "textdollar": "$", "euro": "€", "texteuro": "€",
    "textonehalf": "½", "textonequarter": "¼", "textordfeminine": "ª", "textordmasculine": "º",
    "textpm": "±", "textquotesingle": "'", "textasciigrave": "`", "textmu": "µ", "pounds": "£",
    "texttimes": "×", "textsection": "§", "textparagraph": "¶", "slash": "/",
    "guillemotleft": "«", "guillemotright": "»", "textexclamdown": "¡", "textquestiondown": "¿",
}
"""Other characters that have a command outside math."""

ACCENTS: Final = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    '"': "\u0308", "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}
"""Combining characters by accent command."""
# fmt: on

_SPECIAL = re.compile(r"\\|\$|~|``|''|---?(?!-)|\{\\")
# pandoc's tex_math_dollars: no space inside either dollar, no digit after the second; but such
# digits are common after what can only be TeX: 16$\times$3.8B, 91.7$\pm$0.1.
_MATH = re.compile(
    r"""
    \$\$(?P<display>(?:[^$\\\n\r]|\\[^\n\r])++)\$\$
  | \$(?=\S)(?P<inline>(?:[^$\\\n\r]|\\[^\n\r])++)(?<!\s)\$
  | \\\((?P<round>(?:[^\\\n\r]|\\[^()\n\r])++)\\\)
  | \\\[(?P<square>(?:[^\\\n\r]|\\[^\[\]\n\r])++)\\\]
    """,
    re.VERBOSE,
)
_SURELY_MATH = re.compile(r"[\^_]|\\[A-Za-z]")
# A single character class: five times as fast as an alternative for escapes.
_BRACE_OR_ESCAPE = re.compile(r"[\\{}]")
_PHRASE_STYLES = STYLES - {"underline", "textsuperscript", "textsubscript"}
_WITH_ARGUMENT = STYLES | {"footnote", "href", "url"}
_CONTROL_WORD = re.compile(r"\\([A-Za-z]+)(?:\{\}|\\(?= ))?")
# A letter macro swallows the spaces after it, as in TeX: K\o benhavn.
_LETTER = re.compile(rf"\\({'|'.join(LETTERS)})(?![A-Za-z])(?:\{{\}}|\\(?= )|[ ]*)")
_ARGUMENT = re.compile(r"\s*\{")
_ESCAPE = re.compile(r"\\([&%_#${}])")
_ACCENT = re.compile(
    r"""
    \\(?:([`'^"~=.])|([bcdHkruv])(?=\s*\{))
    (?:\s*\{\s*(?:\\([ij])|([^\W\d_]))\s*\} | \\([ij])(?![A-Za-z]) | ([^\W\d_]))
    """,
    re.VERBOSE,
)
_RUN = re.compile(r"(?:\\\\)+|\${3,}|~{2,}|-{2,}|.", re.DOTALL)
_TIE = re.compile(r"(?<=[^\W_]|[.)}$])~(?=[^\W\d_]|[(\\\[$])")
_DECLARATION = re.compile(rf"\{{\\({'|'.join(_DECLARATIONS)})(?:\s+|(?=\\)|\{{\}})")
_QUOTES = {"``": "“", "''": "”"}
# A dash stands between two words, or between two spaces; an option of a command (--force) is none.
_DASH = re.compile(r"(?:(?<=[^\s-])---?(?=[^\s-])|(?<=\s)---?(?=\s))")
_DASHES = {2: "–", 3: "—"}
_URL_ESCAPE = re.compile(r"\\([&%_#${}~])")


def parse_tex(text: str) -> tuple[Span, ...]:
    """Return the spans of ``text`` in order, no two Text adjacent; never raises, in linear time."""
    if _is_plain(text):
        return (Text(text),) if text else ()
    return _Parser(text).spans(0, len(text), 0)


def _is_plain(text: str) -> bool:
    # Six substring searches take a tenth of the time of one regular expression.
    return not (
        "\\" in text or "$" in text or "--" in text or "~" in text or "``" in text or "''" in text
    )


class _Parser:
    """The text and its brace pairs; each method returns a span, or characters, and where it ends.

    A method returns None when what stands at ``start`` is not its construct. ``end`` closes the
    region being read, the argument at nesting ``depth``.
    """

    __slots__ = ("_closing", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing = _brace_pairs(text) if "{" in text else {}

    def spans(self, start: int, end: int, depth: int) -> tuple[Span, ...]:
        spans: list[Span] = []
        characters: list[str] = []
        while special := _SPECIAL.search(self._text, start, end):
            characters.append(self._text[start : special.start()])
            piece, start = self._piece(special.start(), end, depth)
            if isinstance(piece, str):
                characters.append(piece)
                continue
            _flush(characters, spans)
            spans.append(piece)
        characters.append(self._text[start:end])
        _flush(characters, spans)
        return tuple(spans)

    def _piece(self, start: int, end: int, depth: int) -> tuple[Span | str, int]:
        first = self._text[start]
        if first == "\\":
            found = self._command(start, end, depth)
        elif first == "$":
            found = self._math(start, end, depth)
        elif first == "{":
            found = self._group(start, end, depth)
        elif first == "~":
            tie = _TIE.match(self._text, start, end)
            found = ("\N{NO-BREAK SPACE}", start + 1) if tie else None
        elif first == "-":
            dash = _DASH.match(self._text, start, end)
            found = (_DASHES[len(dash[0])], dash.end()) if dash else None
        else:
            found = _QUOTES[self._text[start : start + 2]], start + 2
        if found is not None:
            return found
        run = _RUN.match(self._text, start, end)
        stop = run.end() if run else end
        return self._text[start:stop], stop

    def _command(self, start: int, end: int, depth: int) -> tuple[Span | str, int] | None:
        if word := _CONTROL_WORD.match(self._text, start, end):
            name = word[1]
            if name in _WITH_ARGUMENT:
                return self._with_argument(word, end, depth)
            letter = self._character(start, end) if name in LETTERS or len(name) == 1 else None
            return letter or (_symbol(name), word.end())
        if escape := _ESCAPE.match(self._text, start, end):
            return escape[1], escape.end()
        return self._character(start, end) or self._math(start, end, depth)

    def _character(self, start: int, end: int) -> tuple[str, int] | None:
        r"""Read an accented or a foreign letter: ``\'e``, ``\c{c}``, ``\o``."""
        if letter := _LETTER.match(self._text, start, end):
            return LETTERS[letter[1]], letter.end()
        accent = _ACCENT.match(self._text, start, end)
        if accent is None:
            return None
        mark, named, *bases = accent.groups()
        base = next(filter(None, bases))
        composed = unicodedata.normalize("NFC", base + ACCENTS[mark or named])
        return (composed, accent.end()) if len(composed) == 1 else None

    def _argument(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the braced argument after ``start`` begins and ends, without its braces."""
        brace = _ARGUMENT.match(self._text, start, end)
        close = self._closing.get(brace.end() - 1) if brace else None
        return (brace.end(), close) if brace and close is not None and close < end else None

    def _with_argument(
        self, word: re.Match[str], end: int, depth: int
    ) -> tuple[Span | str, int] | None:
        argument = self._argument(word.end(1), end)
        if argument is None:
            return None
        stop = argument[1] + 1
        if depth >= MAX_NESTING:
            return self._text[word.start() : stop], stop
        if word[1] in ("url", "href"):
            return self._link(word[1], argument, end, depth)
        children = self.spans(*argument, depth + 1)
        return Footnote(children) if word[1] == "footnote" else Styled(word[1], children), stop

    def _link(
        self, name: str, argument: tuple[int, int], end: int, depth: int
    ) -> tuple[Link, int] | None:
        label = self._argument(argument[1] + 1, end) if name == "href" else None
        if name == "href" and label is None:
            return None  # before its URL is read: such commands may nest without end
        url = _URL_ESCAPE.sub(r"\1", self._text[slice(*argument)]).strip()
        if label is None:
            return Link(url, (Text(url),) if url else ()), argument[1] + 1
        return Link(url, self.spans(*label, depth + 1)), label[1] + 1

    def _math(self, start: int, end: int, depth: int) -> tuple[Span | str, int] | None:
        math = _MATH.match(self._text, start, end)
        if math is None or (group := math.lastgroup) is None:
            return None
        # What ends a region is no digit, so looking past it does no harm.
        before_digit = group == "inline" and self._text[math.end() : math.end() + 1].isdecimal()
        if before_digit and not _SURELY_MATH.search(math[group]):
            return None
        if styled := self._phrase(*math.span(group), depth):
            return styled, math.end()
        return Math(math[group], display=group in ("display", "square")), math.end()

    def _phrase(self, start: int, end: int, depth: int) -> Styled | None:
        """Return the style command that is all of this math: as math, a phrase would not wrap."""
        word = _CONTROL_WORD.match(self._text, start, end)
        if word is None or word[1] not in _PHRASE_STYLES or depth >= MAX_NESTING:
            return None
        argument = self._argument(word.end(1), end)
        if argument is None or argument[1] != end - 1:
            return None
        return Styled(word[1], self.spans(*argument, depth + 1))

    def _group(self, start: int, end: int, depth: int) -> tuple[Span | str, int] | None:
        r"""Read ``{\em phrase}``, ``{\"o}``, ``{\o}``, whose braces belong to the command."""
        close = self._closing.get(start)
        if close is None or close >= end:
            return None
        character = self._character(start + 1, close)
        if character and character[1] == close:
            return character[0], close + 1
        declaration = _DECLARATION.match(self._text, start, close)
        if declaration is None:
            return None
        if depth >= MAX_NESTING:
            return self._text[start : close + 1], close + 1
        command = _DECLARATIONS[declaration[1]]
        return Styled(command, self.spans(declaration.end(), close, depth + 1)), close + 1


def _symbol(name: str) -> Span | str:
    if name in CHARACTERS:
        return CHARACTERS[name]
    return Math("\\" + name, display=False) if name in SYMBOLS else Macro(name)


def _brace_pairs(text: str) -> dict[int, int]:
    """Return where each balanced, unescaped opening brace closes; stray ones are in no pair."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    escaped = -1
    for mark in _BRACE_OR_ESCAPE.finditer(text):
        position = mark.start()
        if position == escaped:
            continue
        if (character := text[position]) == "\\":
            escaped = position + 1
        elif character == "{":
            opened.append(position)
        elif opened:
            closing[opened.pop()] = position
    return closing


def _flush(characters: list[str], spans: list[Span]) -> None:
    if text := "".join(characters):
        spans.append(Text(text))
    characters.clear()


def plain_text(text: str) -> str:
    """Return ``text`` as plain Unicode, for titles, metadata, search and slugs; never raises.

    Math is flattened, macros lose their backslash, footnotes stand in parentheses, links are their
    labels. Text without TeX comes back the same; in other text no-break spaces become spaces.
    """
    if _is_plain(text):
        return text
    return _plain(parse_tex(text)).replace("\N{NO-BREAK SPACE}", " ")


def _plain(spans: tuple[Span, ...]) -> str:
    pieces = [""]
    for span in spans:
        piece = _plain_span(span)
        glued = isinstance(span, Footnote) and pieces[-1] and not pieces[-1][-1].isspace()
        pieces.append(" " + piece if glued else piece)
    return "".join(pieces)


def _plain_span(span: Span) -> str:
    match span:
        case Text(text) | Macro(text):
            return text
        case Math(source):
            return math_text(source)
        case Footnote(children):
            return f"({_plain(children)})"
        case Styled(command, children):
            return _SCRIPTS.get(command, str)(_plain(children))
        case Link(_, children):
            return _plain(children)


_SCRIPTS = {"textsuperscript": raised, "textsubscript": lowered}
