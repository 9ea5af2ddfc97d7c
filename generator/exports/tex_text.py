"""Text as TeX source, for the fields of BibTeX: it reads the same, and its braces balance."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from generator.casing import WORD, needs_protection
from generator.exports.tex_ascii import math_to_ascii, text_to_ascii
from generator.markup import clean_text
from generator.names import is_literal, parse_name
from generator.tex import NOCASE, Footnote, Link, Macro, Math, Span, Styled, Text, parse_tex

_SPECIAL = re.compile(r"[&%#_$~^\\{}\u00a0]")
_ESCAPES = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    # A brace in text is never written bare: BibTeX counts it, with a backslash before it or not.
    # pandoc 2.17 drops \textbraceleft, and pybtex takes it for a brace of its own.
    "{": r"$\lbrace$",
    "}": r"$\rbrace$",
    "\u00a0": "~",
}
_READ_BY_ALL = {"mbox": "textnormal", "text": "textnormal"}
"""Commands that pandoc 2.17 drops with their argument, and what it reads in their place."""
_JOINER_OR_COMMA = re.compile(r"(?:^|\s)and(?:\s|$)|,", re.IGNORECASE)
_ESCAPED_BRACE = re.compile(r"\\([{}])(?=([A-Za-z])?)")
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=[?!])(?=`)")
"""Where TeX and its readers would make two characters one: `--`, `,,`, `<<`, ``?` ``."""
_JOINED = re.compile(r"--|,,|<<|>>|[?!]`")
_ESCAPED = re.compile(rf"{_SPECIAL.pattern}|{_JOINED.pattern}")
"""What most texts have nothing of."""
_XDATA = re.compile(r"\A(xdata)=", re.IGNORECASE)
"""What biber takes for a reference to another entry, when it opens a field."""
_COMMENT = re.compile(r"[%#]")
_NOT_IN_ADDRESS = re.compile(r"[{}\\\s]")


def is_balanced(value: str) -> bool:
    """Whether every brace has its partner, in order, as BibTeX counts: backslash or not."""
    depth = 0
    for brace in re.findall(r"[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def encode_address(url: str) -> str:
    """An address or an identifier, which TeX reads as it stands."""
    return _NOT_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", url)


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


@dataclass(frozen=True, slots=True)
class TexEncoder:
    """Writes text as TeX source: in UTF-8, or with `ascii_only` for a BibTeX of before 2010."""

    ascii_only: bool = False

    def escape(self, text: str) -> str:
        """Text outside math."""
        if not _ESCAPED.search(text):
            return text_to_ascii(text) if self.ascii_only and not text.isascii() else text
        parts = _LIGATURE.split(text) if _JOINED.search(text) else (text,)
        escaped = "{}".join(map(_escape, parts))
        return text_to_ascii(escaped) if self.ascii_only and not escaped.isascii() else escaped

    def encode(self, text: str, *, protect: bool = False) -> str:
        """A title or an abstract, TeX included, as the value of a field, without its braces.

        Math stays as it is; macros that are defined nowhere lose their backslash. With `protect`,
        words that must keep their case are put in braces of their own.
        """
        return _XDATA.sub(r"\1{=}", self._spans(parse_tex(clean_text(text)), protect))

    def encode_repeated(self, text: str, *, protect: bool) -> str:
        """The same for a text that many papers share, such as the name of a journal."""
        return _encode_repeated(self, text, protect)

    def address(self, url: str) -> str:
        """An address or an identifier; in ASCII, all else is percent-encoded."""
        address = encode_address(url)
        return quote(address, safe=string.punctuation) if self.ascii_only else address

    def person(self, printed: str) -> str:
        """A person's name as `Family, Given`; one that cannot be taken apart stands in braces."""
        return _encode_person(self, printed)

    def literal(self, name: str) -> str:
        """A name that must not be taken apart, such as an organisation's."""
        return f"{{{self.name_part(name)}}}"

    def name_part(self, text: str) -> str:
        """A part of a name; biber takes `=` for a key, and `others` in braces for "et al."."""
        escaped = self.escape(text).replace("=", "{=}")
        return f"{escaped}{{}}" if escaped.lower() == "others" else escaped

    def _spans(self, spans: Iterable[Span], protect: bool) -> str:
        return "".join(self._span(span, protect) for span in _with_joined_text(spans))

    def _span(self, span: Span, protect: bool) -> str:
        match span:
            case Text(text):
                return self._protect_words(text) if protect else self.escape(text)
            case Math(source, display):
                return self._math(source, display)
            case Styled(command, children):
                return self._styled(command, children, protect)
            case Link(url, _):
                # What TeX would take for a comment: the text may be an argument of a command.
                address = _COMMENT.sub(r"\\\g<0>", self.address(url))
                return f"\\url{{{address}}}"
            case Footnote(children):
                return self._styled("footnote", children, protect)
            case Macro(name):
                return self.escape(name)

    def _styled(self, command: str, children: Iterable[Span], protect: bool) -> str:
        if command == NOCASE:
            inner = self._spans(children, protect=False)
            return f"{{{inner}}}" if protect else inner
        command = _READ_BY_ALL.get(command, command)
        return f"\\{command}{{{self._spans(children, protect)}}}"

    def _protect_words(self, text: str) -> str:
        pieces = []
        last = 0
        for word in WORD.finditer(text):
            if needs_protection(word[0]):
                before = self.escape(text[last : word.start()])
                pieces += [before, f"{{{self.escape(word[0])}}}"]
                last = word.end()
        return "".join((*pieces, self.escape(text[last:])))

    def _math(self, source: str, display: bool) -> str:
        fence = "$$" if display else "$"
        if not _is_balanced_for_all(source):
            source = _ESCAPED_BRACE.sub(_brace_command, source)
        if not is_balanced(source):
            return self.escape(f"{fence}{source}{fence}")
        if self.ascii_only:
            source = math_to_ascii(source)
        return f"{fence}{source}{fence}"


def _is_balanced_for_all(source: str) -> bool:
    """Whether braces balance for readers that count escaped ones, and for those that do not."""
    return is_balanced(source) and is_balanced(_ESCAPED_BRACE.sub("", source))


def _brace_command(escaped: re.Match[str]) -> str:
    name = r"\lbrace" if escaped[1] == "{" else r"\rbrace"
    return f"{name} " if escaped[2] else name


def _with_joined_text(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, in which a macro's name and the text beside it are one text: they are one word."""
    text = ""
    for span in spans:
        if isinstance(span, Text):
            text += span.text
        elif isinstance(span, Macro):
            text += span.name
        else:
            if text:
                yield Text(text)
            text = ""
            yield span
    if text:
        yield Text(text)


@lru_cache(maxsize=16_384)
def _encode_repeated(encoder: TexEncoder, text: str, protect: bool) -> str:
    return encoder.encode(text, protect=protect)


@lru_cache(maxsize=262_144)
def _encode_person(encoder: TexEncoder, printed: str) -> str:
    name = parse_name(printed)
    if not name.given or is_literal(printed) or _JOINER_OR_COMMA.search(name.displayed):
        return encoder.literal(name.displayed)
    family = encoder.name_part(name.family)
    if name.family.split()[-1][0].islower():
        # Else biber takes `quill, ada` for a name without family.
        family = f"{{{family}}}"
    rest = (encoder.name_part(part) for part in (name.suffix, name.given) if part)
    return ", ".join((family, *rest))
