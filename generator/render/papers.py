"""Pages of papers: one each, and the index."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.catalogue.model import Paper
from generator.catalogue.relations import Related, RelatedPapers
from generator.documents import Document
from generator.markup import fenced_code
from generator.render.lists import Lists
from generator.render.views import RelatedView, paper_view


def paper_documents(lists: Lists) -> Iterator[Document]:
    """A page for every paper, and `/papers/`."""
    related = RelatedPapers(lists.catalogue)
    limit = lists.site.config.settings.related_papers
    for paper in lists.catalogue.papers.values():
        close = [_related(lists, found) for found in related.of(paper, limit)]
        yield _paper(lists, paper, close)
    yield _index(lists)


def _paper(lists: Lists, paper: Paper, related: list[RelatedView]) -> Document:
    exports = lists.site.exports
    view = paper_view(lists.catalogue, paper, lists.view(paper.id), related)
    head = {
        "title": view.plain_title,
        "description": view.description,
        "kind": "paper",
        "date": str(paper.date) if paper.date else None,
        "head": exports.paper_head(paper),
        "hide": ["navigation"],
    }
    return lists.templates.page(
        f"papers/{paper.id}.md",
        "paper",
        head,
        paper=view,
        bibtex=Markup(fenced_code(exports.bibtex(paper), "bibtex")),
        citations=exports.citations(paper),
        downloads=lists.downloads(paper.id),
    )


def _related(lists: Lists, related: Related) -> RelatedView:
    people = [lists.catalogue.people[person].name for person in related.shared_people]
    reasons = []
    if people:
        more = f" and {len(people) - 2} more" if len(people) > 2 else ""
        reasons.append("also by " + ", ".join(people[:2]) + more)
    if related.shared_words:
        words = ", ".join(f"“{word}”" for word in related.shared_words[:3])
        reasons.append(f"title shares {words}")
    return RelatedView(lists.view(related.paper), "; ".join(reasons))


def _index(lists: Lists) -> Document:
    papers = list(lists.catalogue.papers)
    shown = papers[: lists.limit]
    return lists.templates.page(
        "papers/index.md",
        "papers",
        {"title": "Papers", "hide": ["navigation"], "search": {"exclude": True}},
        total=len(papers),
        complete=len(shown) == len(papers),
        years=lists.by_year(shown),
        year_links=lists.years(),
    )
