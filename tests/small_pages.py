"""Pages of a small catalogue that is made in a test, without files and without MkDocs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.config import Settings, SiteConfig, package_templates
from generator.dates import PartialDate
from generator.documents import Document
from generator.exports.formatted import CitationFormatter
from generator.exports.site_exports import SiteExports
from generator.names import OrganisationNames
from generator.records import Content, NameAsPrinted, PaperRecord, ProfileRecord, Provenance
from generator.render.authors import author_documents
from generator.render.lists import Lists, Site
from generator.render.papers import paper_documents
from generator.render.templates import Templates
from tests.page_html import PageHtml
from tests.test_markup import render

ORGANISATIONS = OrganisationNames.of(["Aurora-9"], [])
TOTALS = dict.fromkeys(("parsed", "quarantined", "merged", "published"), 0)
SITE = "https://papers.example/repo/"


def record(title: str, year: int | None, *authors: str, line: int = 1, **more: Any) -> PaperRecord:
    """A record of a bibliography, with the year where there is one."""
    known: dict[str, Any] = {"date": PartialDate(year) if year else None} | more
    names = tuple(map(NameAsPrinted, authors))
    return PaperRecord(Provenance("a.bib", line), title, names, **known)


def profile(name: str) -> ProfileRecord:
    """The head of somebody's profile."""
    return ProfileRecord(Provenance(f"{name}.txt", 1), NameAsPrinted(name))


def catalogue_of(
    records: Iterable[PaperRecord], profiles: Iterable[ProfileRecord] = ()
) -> Catalogue:
    """The catalogue of some records and profiles."""
    load = Load(tuple(profiles), tuple(records), ())
    return build_catalogue(load, EMPTY_LOCK, ORGANISATIONS).catalogue


@cache
def _templates() -> Templates:
    return Templates([package_templates() / "pages"])


def lists_of(catalogue: Catalogue, site_url: str | None = SITE, **settings: Any) -> Lists:
    """The lists of a site that has this catalogue, with some settings of ours."""
    chosen = Settings.model_validate(settings)
    config = SiteConfig(Path("mkdocs.yml"), "Lamps & Oil", site_url, Path("site"), chosen)
    exports = SiteExports(catalogue, {}, config, CitationFormatter(chosen.citation_styles).format)
    site = Site(catalogue, Content({}, {}, (), {}, ()), config, exports, TOTALS)
    return Lists(site, _templates())


def text_of(documents: Iterable[Document], path: str) -> str:
    """The Markdown of a page, without its front matter."""
    (found,) = (document for document in documents if document.path == path)
    return found.data.decode().split("\n---\n", 1)[1]


def paper_page(catalogue: Catalogue, paper: str, **settings: Any) -> str:
    """The Markdown of a paper's page."""
    return text_of(paper_documents(lists_of(catalogue, **settings)), f"papers/{paper}.md")


def person_page(catalogue: Catalogue, person: str, **settings: Any) -> str:
    """The Markdown of somebody's page."""
    return text_of(author_documents(lists_of(catalogue, **settings)), f"authors/{person}.md")


def own_scripts() -> set[str]:
    """The scripts that our templates put among the text of pages."""
    folder = package_templates() / "pages"
    texts = (path.read_text(encoding="utf-8") for path in folder.glob("*.j2"))
    return {script for text in texts for script in re.findall("<script>(.*?)</script>", text)}


def html(markdown: str, configuration: str = "site") -> PageHtml:
    """Markdown as a page, rendered with the extensions of a site."""
    return PageHtml(f'<div class="md-content">{render(markdown, configuration)}</div>')
