"""Every page of a site, from the catalogue and from what people wrote, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from generator.documents import Document
from generator.render.authors import author_documents
from generator.render.findable import EXCLUDED
from generator.render.lists import Lists, Site
from generator.render.overview import overview_documents
from generator.render.papers import paper_documents
from generator.render.templates import Templates

_MERGED = frozenset({"index.md", "about.md"})
"""Hand-written pages that are merged into generated ones."""


def page_documents(site: Site, template_folders: Sequence[Path]) -> Iterator[Document]:
    """All Markdown pages, generated ones first, and the files that people put beside theirs."""
    lists = Lists(site, Templates(template_folders))
    yield from overview_documents(lists)
    yield from paper_documents(lists)
    yield from author_documents(lists)
    yield from _redirects(lists)
    for page in site.content.pages:
        if page.path not in _MERGED:
            yield Document(page.path, page.text)
    for path, data in site.content.files.items():
        yield Document(path, data)


def _redirects(lists: Lists) -> Iterator[Document]:
    """A page at each former address that leads to the present one."""
    for old, new in sorted(lists.catalogue.redirects.items()):
        folder, _, slug = new.partition("/")
        known = lists.catalogue.papers if folder == "papers" else lists.catalogue.people
        if slug in known:
            head = {
                "title": "Moved",
                "template": "moved.html",
                "moved_to": f"{new}/",
                "search": EXCLUDED,
            }
            yield lists.templates.page(f"{old}.md", "moved", head, target=Markup(f"../{new}.md"))
