"""A paper's formatted citations in a file of HTML beside its page: `papers/<paper>.cite.html`.

The citation box of the paper's page takes the style that a reader chooses from it, so that the page
does not repeat title, authors and venue for each style; without scripts it is a page to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape
from typing import Final

from generator.exports.files import Format
from generator.exports.formatted import FormattedCitation

SUFFIX: Final = ".cite.html"
"""Ending of the files."""

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="../assets/images/favicon.svg">
<title>Citations: {title}</title>
<style>
body{{background:#fff;color:#222;font:1rem/1.6 sans-serif;overflow-wrap:anywhere}}
main{{margin:2rem auto;max-width:40rem;padding:0 1rem}}
h1{{font-size:1.5rem;line-height:1.3}}
a{{color:#0a5a68}}
@media(prefers-color-scheme:dark){{html,body{{background:#14191c;color:#eee}}a{{color:#7cd0e8}}}}
</style>
<main>
<h1 dir="auto">{title}</h1>
{citations}
<h2>Files</h2>
<p>{files}</p>
<p><a href="{paper}/">About this paper</a></p>
</main>
</html>
"""
_CITATION: Final = '<h2>{label}</h2>\n<p dir="auto">{text}</p>'
_PIECE: Final = re.compile(
    r"\\(?P<literal>.)|<(?P<url>https?://[^>]*)>|(?P<star>\*)", re.IGNORECASE
)
_ENTITY: Final = re.compile("&(?:amp|lt|gt|#[0-9]+);")
"""Those of `FormattedCitation`. A browser would read `&copy` without a semicolon, too."""


def citation_page(
    paper: str, title: str, citations: Sequence[FormattedCitation], formats: Iterable[Format]
) -> str:
    """The file of the paper with this id and plain title, which names the files beside it, too."""
    shown = (_CITATION.format(label=c.label, text=citation_html(c.markdown)) for c in citations)
    files = (f'<a href="{paper}{f.suffix}" download>{f.title}</a>' for f in formats)
    return _PAGE.format(
        title=escape(title), citations="\n".join(shown), files=" · ".join(files), paper=paper
    )


def citation_html(markdown: str) -> str:
    """What a citation's Markdown says: text, `em` for italics, and links.

    The Markdown is that of `FormattedCitation`: backslashes before what is meant literally, `*` for
    italics, addresses in angle brackets. It is written for other readers of Markdown, and not
    trusted here: whatever else stands in it is text.
    """
    parts: list[str] = []
    last = 0
    italic = False
    for piece in _PIECE.finditer(markdown):
        parts.append(_text(markdown[last : piece.start()]))
        last = piece.end()
        if piece["literal"]:
            parts.append(escape(piece["literal"]))
        elif piece["url"]:
            url = escape(piece["url"])
            parts.append(f'<a href="{url}">{url}</a>')
        else:
            italic = not italic
            parts.append("<em>" if italic else "</em>")
    parts.append(_text(markdown[last:]))
    return "".join(parts) + ("</em>" if italic else "")


def _text(markdown: str) -> str:
    """Markdown that has entities, but no other markup, as HTML."""
    return escape(_ENTITY.sub(lambda entity: unescape(entity[0]), markdown))
