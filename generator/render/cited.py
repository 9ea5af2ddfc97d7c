"""Formatted citations on a page: their Markdown, which is made to be copied, as safe Markup."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from markupsafe import Markup

from generator.markup import escape_address, escape_markdown

_PIECE: Final = re.compile(
    r"\\(?P<literal>.)|<(?P<url>https?://[^>]*)>|(?P<star>\*)", re.IGNORECASE
)
_ENTITY: Final = re.compile("&(?:amp|lt|gt|#[0-9]+);")
"""Those of `FormattedCitation`. A browser would read `&copy` without a semicolon, too."""


def citation_markup(markdown: str) -> Markup:
    """What a citation's Markdown says, escaped for our pages: italics are elements, addresses
    text, for the page has its links above.

    The Markdown is that of `FormattedCitation`: backslashes before what is meant literally, `*` for
    italics, addresses in angle brackets. It is written for other readers of Markdown, and not
    trusted here: whatever else stands in it is text.
    """
    parts: list[str] = []
    last = 0
    text = ""
    italic = False
    for piece in _PIECE.finditer(markdown):
        text += _read(markdown[last : piece.start()])
        last = piece.end()
        if piece["literal"]:
            text += piece["literal"]
            continue
        parts.append(_text(text))
        text = ""
        if piece["url"]:
            parts.append(escape_address(piece["url"]))
        else:
            italic = not italic
            parts.append("<em>" if italic else "</em>")
    parts.append(_text(text + _read(markdown[last:])))
    return Markup("".join(parts) + ("</em>" if italic else ""))


def _read(markdown: str) -> str:
    """Markdown that has entities, but no other markup, as text."""
    return _ENTITY.sub(lambda entity: unescape(entity[0]), markdown)


def _text(text: str) -> str:
    """Escaped, with the spaces at either end that part it from its neighbours."""
    if not text.strip():
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}{escape_markdown(text)}{after}"
