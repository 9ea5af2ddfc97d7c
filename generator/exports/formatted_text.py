"""The text of a citation: its punctuation put in order, plain and as Markdown.

While a citation is made, characters that no text has (noncharacters, which `clean_text` removes)
mark where italics, quotation marks and values begin and end, and stand for addresses. So what is
done to the citation spares what it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ITALIC_START: Final = "\ufdd0"
ITALIC_END: Final = "\ufdd1"
OPEN_QUOTE: Final = "\ufdd2"
CLOSE_QUOTE: Final = "\ufdd3"
VALUE_END: Final = "\ufdd4"
"""Stands behind every value; what follows it is the style's."""
URL: Final = "\ufdd5"
DOI: Final = "\ufdd6"

_ENDS: Final = f"[{VALUE_END}{ITALIC_END}{CLOSE_QUOTE}]"
_OWN_MARK: Final = '[.?!…]["”’]?'
_TIDY: Final = (
    # Behind a value that ends in a mark of its own the style's full stop is one too many ...
    (re.compile(rf"({_OWN_MARK}{_ENDS}+)\."), r"\1"),
    # ... and where the value stands in quotation marks, its comma too.
    (re.compile(rf"({_OWN_MARK}{_ENDS}*{CLOSE_QUOTE}{_ENDS}*),"), r"\1"),
    # The locale's option punctuation-in-quote: “Lamps.”, not “Lamps”.
    (re.compile(rf"((?:{CLOSE_QUOTE}|”{VALUE_END}){_ENDS}*)([.,])"), r"\2\1"),
    (re.compile(r" {2,}"), " "),
    # IEEE ends a series in a full stop, and then goes on with what follows it by a comma.
    (re.compile(r"\. ,"), ".,"),
)
"""What CSL leaves to a processor, and citeproc-py 0.11 does only where no format ends between."""
_QUOTED: Final = re.compile(f"{OPEN_QUOTE}([^{CLOSE_QUOTE}]*){CLOSE_QUOTE}")
_INNER_QUOTES: Final = re.compile('[“"]([^“”"]*)[”"]')

_ITALICS: Final = re.compile(f"[{ITALIC_START}{ITALIC_END}]")
_DOI_PREFIX: Final = "https://doi.org/"
_INLINE: Final = re.compile(f"[{ITALIC_START}{ITALIC_END}{URL}{DOI}]|{re.escape(_DOI_PREFIX)}{DOI}")
_LINKED: Final = re.compile(r"https?://", re.IGNORECASE)
_NOT_IN_ADDRESS: Final = re.compile(r'[\s<>"\\^`{|}\[\]]|(?<=&)#?\w+;')
"""What ends an address between angle brackets, or would be an entity in it."""

_BACKSLASHED: Final = re.compile(r"[\\`*_{]|\](?=[(\[:{])")
_NAMED: Final = re.compile(r"[<>~$^@]|&(?=#?\w+;)")
"""Starts of markup that only some readers of Markdown can escape by a backslash."""
_NAMES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BLOCK_START: Final = re.compile(r"\A(\d*)(#|[+\-.)](?=\s))")


def tidy(marked: str) -> str:
    """A citation as citeproc-py joined it, with its punctuation in American order.

    Quotation marks within a title become single where the style puts double ones around it.
    """
    for pattern, replacement in _TIDY:
        marked = pattern.sub(replacement, marked)
    return _QUOTED.sub(_quoted, marked).replace(VALUE_END, "").strip()


def _quoted(match: re.Match[str]) -> str:
    inner = _INNER_QUOTES.sub(r"‘\1’", match[1])
    return f"“{inner}”"


def plain_text(tidied: str, url: str, doi: str) -> str:
    """The citation without italics, its addresses written out."""
    text = _ITALICS.sub("", tidied).replace(_DOI_PREFIX + DOI, _address(_DOI_PREFIX + doi))
    return text.replace(DOI, doi).replace(URL, _address(url))


def markdown(tidied: str, url: str, doi: str) -> str:
    """The citation as Markdown that reads as its plain text, with italics and links."""
    text = "".join(_inlines(tidied, url, doi))
    return _BLOCK_START.sub(r"\1\\\2", text)


def _inlines(tidied: str, url: str, doi: str) -> Iterator[str]:
    """Within italics there are no others: `*a *b* c*` would be none at all."""
    depth = last = 0
    written = {
        URL: _link(url),
        DOI: escape_inline(doi),
        _DOI_PREFIX + DOI: _link(_DOI_PREFIX + doi),
    }
    for found in _INLINE.finditer(tidied):
        yield escape_inline(tidied[last : found.start()])
        last = found.end()
        depth -= found[0] == ITALIC_END
        yield written.get(found[0], "" if depth else "*")
        depth += found[0] == ITALIC_START
    yield escape_inline(tidied[last:])


def escape_inline(text: str) -> str:
    r"""Text as Markdown that CommonMark, GitHub, pandoc and Python-Markdown read alike.

    Readable where it can be: a backslash where all of them know it, else an entity.
    """
    text = _NAMED.sub(lambda found: _NAMES.get(found[0]) or f"&#{ord(found[0])};", text)
    return _BACKSLASHED.sub(r"\\\g<0>", text)


def _link(url: str) -> str:
    address = _address(url)
    return f"<{address}>" if _LINKED.match(address) else escape_inline(address)


def _address(url: str) -> str:
    return _NOT_IN_ADDRESS.sub(lambda found: f"{found[0][:-1]}%{ord(found[0][-1]):02X}", url)
