r"""Text of BibTeX fields: from LaTeX with grouping braces to the running text that `tex` reads.

Accents and letters become Unicode, braces that only group are taken off, and math stays as it is.
What braces protect from being lower-cased is marked word by word, where the form of the word does
not say it anyway: ``{E}nglish {BERT}`` becomes ``\nocase{English} BERT``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from generator.casing import WORD, needs_protection
from generator.markup import clean_text
from generator.tex import ACCENTS, CHARACTERS, LETTERS, NOCASE, STYLES, plain_text

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_ACCENTED = (
    r"""\\(["'`^~=.]|(?:[bcdHkruv]|textcommabelow)(?=[\s{\\]))\s*"""
    rf"(\{{\s*(?:\\[ij](?:\{{\}})?|{_LETTER})\s*\}}|\\[ij](?![A-Za-z])(?:\{{\}})?|{_LETTER})"
)
_ACCENT = re.compile(_ACCENTED)
_ACCENT_IN_BRACES = re.compile(rf"\{{\s*{_ACCENTED}\s*\}}")
_MARKS = ACCENTS | {"textcommabelow": "\u0326"}
_MOST_ACCENTS = 3
r"""Accents on one letter, each in a command of its own: ``\'{\^{e}}``."""
_WITH_DOT = frozenset("ij")
_NAMES = "|".join(name for name in LETTERS if name not in _WITH_DOT)
_NAMED = re.compile(rf"\{{\\({_NAMES})(?:\{{\}}|\s*)\}}|\\({_NAMES})(?![A-Za-z])(?:\{{\}}|\s+)?")
_DOTLESS = re.compile(r"\{\\([ij])\}|\\([ij])(?![A-Za-z])(?:\{\}|\s+)?")
_MATH = re.compile(r"(?<!\\)(\$(?=\S)(?:[^$\\]|\\.)+(?<!\s)\$)", re.DOTALL)

_TOKEN = re.compile(
    r"""
      (?P<math>\$\$(?:[^$\\]|\\.)*\$\$|\$(?=\S)(?:[^$\\]|\\.)+(?<!\s)\$|\\\((?:[^\\]|\\[^()])*\\\))
    | (?P<command>\\[A-Za-z]+)(?:\s+(?=\{))?
    | (?P<escape>\\.)
    | (?P<brace>[{}])
    | (?P<text>[^\\${}]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_WITH_ARGUMENT = frozenset(f"\\{name}" for name in (*(STYLES - {NOCASE}), "footnote"))
_ADDRESSES = frozenset([r"\url", r"\href"])
_DECLARATION = re.compile(
    r"\\(?:em|bf|it|tt|sc|sf|sl|rm|bfseries|itshape|scshape|ttfamily)(?![A-Za-z])"
)
_ESCAPES = {
    r"\,": " ", r"\;": " ", r"\:": " ", r"\ ": " ", "\\\\": " ", r"\!": "", r"\-": "", r"\/": "",
    r"\@": "", r'\"': '"', r"\'": "'", r"\`": "`",
}  # fmt: skip
"""Spacing, and accents over nothing; every other escape is one that `tex` reads."""
_NO_EFFECT = re.compile(r"\\(?:relax|protect|noopsort\{[^{}]*\})(?![A-Za-z])\s*")
_CODE_POINT = re.compile(r"\\unicode(?:\[[^\]]{0,40}\])?\{x([0-9A-Fa-f]{1,5})\}")
_ENSURED_MATH = re.compile(r"\\ensuremath\s*\{([^{}$]*)\}|(\\math[a-z]+\{[^{}$]*\})")


@lru_cache(maxsize=65_536)
def read_text(value: str) -> str:
    """The text of a field, in which words that must keep their case are marked; on one line."""
    return _read(value, protect=True)


def read_long_text(value: str) -> str:
    """The text of an abstract or a note: nobody changes its case."""
    return _read(value, protect=False)


@lru_cache(maxsize=65_536)
def read_plain(value: str) -> str:
    """The text of a field as plain Unicode, TeX gone."""
    return clean_text(plain_text(read_long_text(value)))


def _read(value: str, *, protect: bool) -> str:
    text = clean_text(value)
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    if "\\" in text:
        text = _decode_letters(text)
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    return clean_text(_ungroup(text, protect))


def _decode_letters(text: str) -> str:
    """Accented and foreign letters outside math as Unicode."""
    if "$" not in text:
        return _decode(text)
    return "".join(
        piece if index % 2 else _decode(piece) for index, piece in enumerate(_MATH.split(text))
    )


def _decode(text: str) -> str:
    text = _NO_EFFECT.sub("", text)
    text = _CODE_POINT.sub(lambda found: chr(int(found[1], 16)), text)
    text = _ENSURED_MATH.sub(lambda found: f"${found[1] or found[2]}$", text)
    text = _NAMED.sub(_named_letter, text)
    for _ in range(_MOST_ACCENTS):
        before = text
        text = _ACCENT.sub(_accented, _ACCENT_IN_BRACES.sub(_accented, text))
        if text == before:
            break
    return _DOTLESS.sub(_named_letter, text)


def _named_letter(found: re.Match[str]) -> str:
    return LETTERS[found[1] or found[2]]


def _accented(found: re.Match[str]) -> str:
    base = found[2].strip("{} ")
    letter = base[1] if base[0] == "\\" else base[0]
    # The accent that is written outermost stands outermost.
    marks = "" if base[0] == "\\" else base[1:]
    return unicodedata.normalize("NFC", letter + marks + _MARKS[found[1]])


@dataclass(slots=True)
class _Output:
    """What is written so far, and which parts of it are protected from a change of case."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    protected: list[tuple[int, int]] = field(default_factory=list)

    def write(self, text: str, *, protected: bool = False) -> None:
        if protected and text:
            self.protected.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)


def _ungroup(text: str, protect: bool) -> str:
    """Text without braces that only group, in linear time; what has no partner is text."""
    reader = _Groups(text)
    position = 0
    while token := _TOKEN.match(text, position):
        position = reader.read(token)
    return _mark_words(reader.output) if protect else reader.output.text


class _Groups:
    """Copies the tokens of a text, and leaves out the braces that only group."""

    def __init__(self, text: str) -> None:
        self.output = _Output()
        self._text = text
        self._closing = brace_pairs(text)
        self._kept: set[int] = set()
        """Where arguments of commands end."""
        self._depth = 0

    def read(self, token: re.Match[str]) -> int:
        """Copy a token; returns where the next one begins."""
        piece = token[0]
        match token.lastgroup:
            case "command":
                return self._command(token)
            case "brace":
                self._brace(piece, token.start())
            case "escape":
                self.output.write(_ESCAPES.get(piece, piece))
            case "math":
                self.output.write(piece)
            case _:
                self.output.write(piece, protected=self._depth > 0)
        return token.end()

    def _command(self, token: re.Match[str]) -> int:
        name, end = token["command"], token.end()
        close = self._closing.get(end)
        if close is None:
            # Where the braces around a command are left out, an empty group ends its name.
            self.output.write(f"{name}{{}}" if self._text[end : end + 1] == "}" else token[0])
        elif name in _ADDRESSES:
            self.output.write(name + self._text[end : close + 1])
            end = close + 1
            if name == r"\href" and end in self._closing:
                return self._open_argument(end)
        elif name == f"\\{NOCASE}":
            return end
        elif name in _WITH_ARGUMENT:
            self.output.write(name)
            return self._open_argument(end)
        else:
            # The empty group ends the name of a command that nobody here knows.
            self.output.write(name + "{}" + token[0][len(name) :])
        return end

    def _open_argument(self, start: int) -> int:
        self._kept.add(self._closing[start])
        self.output.write("{")
        return start + 1

    def _brace(self, brace: str, start: int) -> None:
        if brace == "{" and start in self._closing:
            if _DECLARATION.match(self._text, start + 1):
                self._open_argument(start)
            else:
                self._depth += 1
        elif start in self._kept:
            self.output.write("}")
        elif brace == "}" and self._depth:
            self._depth -= 1
        else:
            self.output.write(f"\\{brace}")


def brace_pairs(text: str) -> dict[int, int]:
    """Where each opening brace closes, as BibTeX counts; an escaped brace is text."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            closing[opened.pop()] = brace.start()
    return closing


_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def _mark_words(output: _Output) -> str:
    """The text, with those protected words marked that do not show by their form what they are."""
    text, spans = output.text, _merged(output.protected)
    if not spans or (spans == [(0, len(text))] and " " in text):
        # A title that is protected as a whole says nothing of its words.
        return text
    pieces = []
    last = 0
    remaining = iter(spans)
    span = next(remaining, None)
    for word in WORD.finditer(text):
        while span is not None and span[1] <= word.start():
            span = next(remaining, None)
        if span is None:
            break
        shared = text[max(span[0], word.start()) : min(span[1], word.end())]
        if shared == shared.lower() or needs_protection(word[0]):
            continue
        if not _touches_command(text, *word.span()):
            pieces += [text[last : word.start()], f"\\{NOCASE}{{{word[0]}}}"]
            last = word.end()
    return "".join((*pieces, text[last:]))


_COMMAND = re.compile(r"\\([A-Za-z]+)")
_COMMAND_BEFORE = re.compile(r"\\([A-Za-z]+)\{\}\Z")
_LONGEST_COMMAND = 40


def _touches_command(text: str, start: int, end: int) -> bool:
    """Whether the word is the name of a command, or one word with what an unknown command sets."""
    if text.startswith("\\", max(start - 1, 0)):
        return True
    before = _COMMAND_BEFORE.search(text[max(start - _LONGEST_COMMAND, 0) : start])
    after = _COMMAND.match(text, end)
    return any(command and command[1] not in CHARACTERS for command in (before, after))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
