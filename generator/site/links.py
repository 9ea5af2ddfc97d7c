"""Links in hand-written Markdown that lead nowhere, with file and line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from generator.errors import Problem
from generator.records import Content, Provenance

_LINK = re.compile(r"!?\[[^\]\n]*\]\(\s*<?([^)\s>]+)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def check_links(content: Content, paths: Collection[str]) -> tuple[Problem, ...]:
    """A problem for every relative link of a hand-written page to which no file belongs."""
    texts = [(page.provenance, page.path, page.body) for page in content.pages]
    texts += [
        (notes.provenance, f"authors/{slug}.md", notes.biography)
        for slug, notes in content.authors.items()
    ]
    texts += [
        (notes.provenance, f"papers/{slug}.md", notes.body)
        for slug, notes in content.papers.items()
    ]
    return tuple(p for where, path, text in texts for p in _broken(where, path, text, paths))


def is_known(warning: Problem, problems: Sequence[Problem]) -> bool:
    """Whether what MkDocs warns of is a link that `check_links` reported, with its line."""
    links = (re.match(r"the link ('.*') leads to no", problem.message) for problem in problems)
    return any(link is not None and f"link {link[1]}" in warning.message for link in links)


def _broken(where: Provenance, path: str, text: str, paths: Collection[str]) -> Iterator[Problem]:
    fence = ""
    for offset, line in enumerate(text.split("\n")):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if fence:
            continue
        for link in _LINK.finditer(_CODE.sub("", line)):
            if not _leads_somewhere(link[1], path, paths):
                message = f"the link {link[1]!r} leads to no page or file of the site"
                yield Problem(where.origin, where.line + offset, message, line)


def _leads_somewhere(target: str, path: str, paths: Collection[str]) -> bool:
    if ":" in target.partition("/")[0] or target.startswith(("#", "//", "/", "{")):
        return True
    file = unquote(target.partition("#")[0].partition("?")[0])
    place = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    return place in paths or posixpath.join(place, "index.md") in paths
