"""Everything that leaves a catalogue beside its pages, and what pages show of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from generator.catalogue.model import Catalogue, Paper, Person
from generator.config import SiteConfig
from generator.documents import Document
from generator.exports.bibtex import BibtexExporter
from generator.exports.coins import CoinsBlocks
from generator.exports.csl_json import CslJsonExporter, csl_item
from generator.exports.feeds import FeedExporter, topic_feed
from generator.exports.files import Exporter, Format, Offer, citation_documents
from generator.exports.formatted import STYLES, FormattedCitation
from generator.exports.formatted_page import SUFFIX, citation_page
from generator.exports.metadata import Head, PageMetadata, alternates, home_head
from generator.exports.ris import RisExporter
from generator.exports.site_json import SiteJson
from generator.exports.social_cards import SITE_CARD, SocialCards
from generator.identifiers import subject_slug
from generator.markup import clean_text
from generator.records import AuthorNotes

Formatter = Callable[[Mapping[str, object]], Sequence[FormattedCitation]]
"""Makes the citations of a CSL-JSON item."""


class SiteExports:
    """The exports of one site, in the formats that its settings ask for.

    `former` is the folder of documents of an earlier build, from which pictures are taken that have
    not changed; without it none is drawn, and only their paths are known.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        notes: Mapping[str, AuthorNotes],
        config: SiteConfig,
        formatter: Formatter,
        former: Path | None = None,
    ) -> None:
        settings, url = config.settings, config.site_url
        offer = Offer.of(settings.formats, url)
        self._catalogue = catalogue
        self._config = config
        self._formatter = formatter
        self._former = former
        self._bibtex = BibtexExporter(catalogue, url, ascii_only=settings.ascii_bibtex)
        self._coins = CoinsBlocks(catalogue, url)
        self._metadata = PageMetadata(catalogue, notes, url, offer, settings.social_cards)
        self._json = SiteJson(catalogue, notes, url, offer)
        self._feeds = FeedExporter(catalogue, config.site_name, url)
        self.offer = offer

    def documents(self) -> Iterator[Document]:
        """All files beside the pages."""
        catalogue, url = self._catalogue, self._config.site_url
        exporters: list[Exporter] = [
            self._bibtex,
            RisExporter(catalogue, url),
            CslJsonExporter(catalogue, url),
        ]
        wanted = {offered.suffix for offered in self.offer.citations}
        return chain(
            *(citation_documents(catalogue, e) for e in exporters if e.suffix in wanted),
            self._formatted_documents() if self._config.settings.citation_styles else (),
            self._json.documents() if self.offer.data else (),
            self._feeds.documents() if self.offer.feeds else (),
            self._card_documents(),
        )

    def _formatted_documents(self) -> Iterator[Document]:
        """The citations of each paper in the styles that the settings ask for."""
        for paper in self._catalogue.papers.values():
            item = csl_item(paper, self._catalogue, self._config.site_url, abstract=False)
            title = clean_text(paper.plain_title)
            page = citation_page(paper.id, title, self._formatter(item), self.offer.citations)
            yield Document(f"papers/{paper.id}{SUFFIX}", page)

    def _card_documents(self) -> Iterator[Document]:
        """Pictures for previews of links, which nobody asks for without the site's address."""
        wanted = self._config.settings.social_cards
        if wanted == "none" or self._config.site_url is None:
            return
        templates = self._config.template_folders[-1]
        cards = SocialCards(self._catalogue, self._config.site_name, templates, self._former)
        yield from cards.documents(papers=wanted == "all", draw=self._former is not None)

    @property
    def downloads(self) -> Sequence[Format]:
        """The formats of citations."""
        return self.offer.citations

    @property
    def site_downloads(self) -> Sequence[Format]:
        """Those, and that of the data."""
        return self.offer.beside_papers

    @property
    def fetched(self) -> tuple[Sequence[str], str]:
        """What a paper's citation box fetches: RIS, then styles; and the ending of their file."""
        ris = [offered.title for offered in self.offer.citations if offered.name == "ris"]
        styles = [STYLES[style] for style in self._config.settings.citation_styles]
        return [*ris, *styles], SUFFIX if styles else ".ris"

    @property
    def has_feeds(self) -> bool:
        """Whether the site has feeds."""
        return self.offer.feeds

    # -- what pages show ---------------------------------------------------------------------------

    def bibtex(self, paper: Paper) -> str:
        """The BibTeX entry of a paper, without the abstract: its page has that above."""
        return self._bibtex.entry(paper)

    def coins(self, papers: Iterable[str]) -> str:
        """A block of raw HTML from which Zotero reads the papers of a page."""
        return self._coins.block(self._catalogue.papers[paper] for paper in papers)

    # -- what pages tell machines: values of the front matter key `head` ---------------------------

    def home_head(self) -> Head:
        """That of the home page."""
        return home_head(
            self._config.site_name,
            self._config.site_url,
            offer=self.offer,
            cards=self._config.settings.social_cards,
        )

    def paper_head(self, paper: Paper) -> Head:
        """That of a paper's page."""
        return self._metadata.paper(paper)

    def person_head(self, person: Person) -> Head:
        """That of somebody's page."""
        return self._metadata.person(person)

    def topic_head(self, subject: str) -> Head:
        """That of a subject class."""
        feed = topic_feed(subject) if self.offer.feeds else None
        path = f"topics/{subject_slug(subject)}"
        return self._shared_card() | {"links": alternates(path, (), feed)}

    def year_head(self) -> Head:
        """That of any year."""
        return self._shared_card()

    def _shared_card(self) -> Head:
        """The picture of pages that have none of their own."""
        offered = self._config.settings.social_cards != "none" and self._config.site_url
        return {"image": SITE_CARD} if offered else {}
