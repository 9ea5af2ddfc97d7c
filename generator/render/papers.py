"""Pages of papers: one each, and the index."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.catalogue.model import Paper
from generator.catalogue.relations import Neighbouring, Neighbours, Related, RelatedPapers
from generator.documents import Document
from generator.markup import fenced_code, isolated
from generator.render.findable import EXCLUDED, findable_paper
from generator.render.lists import Lists
from generator.render.views import LinkView, RelatedView, SiblingsView, paper_view, person_link


def paper_documents(lists: Lists) -> Iterator[Document]:
    """A page for every paper, and `/papers/`."""
    related = RelatedPapers(lists.catalogue)
    neighbours = Neighbours(lists.catalogue)
    limit = lists.site.config.settings.related_papers
    for paper in lists.catalogue.papers.values():
        close = [_related(lists, found) for found in related.of(paper, limit)]
        yield _paper(lists, paper, close, neighbours.of(paper))
    yield _index(lists)


def _paper(
    lists: Lists, paper: Paper, related: list[RelatedView], neighbours: Neighbouring | None
) -> Document:
    exports = lists.site.exports
    view = paper_view(lists.catalogue, paper, lists.view(paper.id), related)
    names, ending = exports.fetched
    head = {
        "title": view.plain_title,
        "description": view.description,
        "kind": "paper",
        "date": str(paper.date) if paper.date else None,
        "head": exports.paper_head(paper),
        "hide": ["navigation", "toc"],
        "search": findable_paper(lists.catalogue, paper),
    }
    return lists.templates.page(
        f"papers/{paper.id}.md",
        "paper",
        head,
        paper=view,
        bibtex=Markup(fenced_code(exports.bibtex(paper), "text")),
        fetched=LinkView(", ".join(names), Markup(paper.id + ending)) if names else None,
        downloads=lists.downloads(paper.id),
        siblings=_siblings(lists, neighbours) if neighbours else None,
    )


def _siblings(lists: Lists, found: Neighbouring) -> SiblingsView:
    return SiblingsView(
        person_link(lists.catalogue.people[found.person]),
        lists.view(found.newer) if found.newer else None,
        lists.view(found.older) if found.older else None,
    )


def _related(lists: Lists, related: Related) -> RelatedView:
    people = [isolated(lists.catalogue.people[person].name) for person in related.shared_people]
    reasons = []
    if people:
        more = f" and {len(people) - 2} more" if len(people) > 2 else ""
        reasons.append("also by " + ", ".join(people[:2]) + more)
    if related.shared_words:
        words = ", ".join(f"“{isolated(word)}”" for word in related.shared_words[:3])
        reasons.append(f"title shares {words}")
    return RelatedView(lists.view(related.paper), Markup("; ".join(reasons)))


def _index(lists: Lists) -> Document:
    papers = list(lists.catalogue.papers)
    shown = papers[: lists.limit]
    complete = len(shown) == len(papers)
    return lists.templates.page(
        "papers/index.md",
        "papers",
        {"title": "Papers", "hide": ["navigation"], "search": EXCLUDED},
        total=len(papers),
        complete=complete,
        downloads=lists.site_downloads(),
        search=None if complete else lists.search_link(kind="papers"),
        years=lists.by_year(shown),
        year_links=lists.years(),
    )
