"""The site as data: a JSON file beside each page of a paper or an author, and a list of each kind.

The shapes are described, for those who read the files, by the JSON Schemas that every site
publishes under `assets/schema/`. They promise three things. A list is always there, though it may
be empty; a single value that nobody states is left out, and never null. A key of a list file has
the very value that it has in the paper's or the author's own file. What is inferred says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PureWindowsPath
from urllib.parse import quote

from generator.catalogue.model import Authorship, Catalogue, Listing, Paper, Person
from generator.catalogue.relations import co_authors
from generator.documents import Document
from generator.exports.feeds import author_feed, note_address
from generator.exports.files import EVERYTHING, Offer
from generator.names import PersonName, display_name, parse_name
from generator.records import (
    UNPUBLISHED,
    AuthorNotes,
    Inferred,
    PaperNotes,
    ProfileRecord,
    Publication,
)
from generator.subjects import subject_name
from generator.tex import NOCASE, plain_text

Row = dict[str, object]
"""A JSON object."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class SiteJson:
    """Describes papers and people of one catalogue.

    Addresses are absolute once the site's own is known, and until then relative to its root.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        notes: Mapping[str, AuthorNotes],
        site_url: str | None,
        offer: Offer = EVERYTHING,
    ) -> None:
        self._catalogue = catalogue
        self._notes = notes
        self._site_url = site_url
        self._offer = offer

    def paper(self, paper: Paper) -> Row:
        """Everything known about a paper: an instance of `paper.schema.json`."""
        return self._paper(paper, self._paper_summary(paper))

    def person(self, person: Person) -> Row:
        """Everything known about a person or an organisation: `author.schema.json`."""
        return self._person(person, self._person_summary(person))

    def paper_rows(self, papers: Iterable[Paper]) -> list[Row]:
        """The papers one by one, each as in the file that stands beside its page."""
        return [self.paper(paper) for paper in papers]

    def documents(self) -> Iterator[Document]:
        """A file for each paper and author, then `papers.json` and `authors.json`."""
        summaries = []
        for paper in self._catalogue.papers.values():
            summary = self._paper_summary(paper)
            summaries.append(_encode(summary))
            yield self._single("papers", "paper", self._paper(paper, summary))
        yield self._list("papers", summaries, self._addresses("papers/{id}"))
        summaries = []
        for person in self._catalogue.people.values():
            summary = self._person_summary(person)
            summaries.append(_encode(summary))
            yield self._single("authors", "author", self._person(person, summary))
        yield self._list("authors", summaries, self._author_addresses("{id}"))

    def _single(self, folder: str, kind: str, row: Row) -> Document:
        schema = self._schema(kind, "../")
        return _document(f"{folder}/{row['id']}.json", _encode({"$schema": schema, **row}))

    def _list(self, kind: str, rows: Sequence[str], addresses: Row) -> Document:
        """A list file with a row a line, so that the difference of two builds can be read."""
        head = _encode({"$schema": self._schema(kind, ""), "links": addresses, kind: []})
        return _document(f"{kind}.json", head.removesuffix("]}") + _lines(rows) + "]}")

    def _schema(self, kind: str, root: str) -> str:
        """Where a schema is; editors resolve a relative address from the file that names it."""
        return f"{self._site_url or root}assets/schema/{kind}.schema.json"

    def _addresses(self, place: str) -> Row:
        """The page at `place` and the files beside it."""
        page = f"{self._site_url or ''}{place}"
        files = {f.name.replace("-", "_"): page + f.suffix for f in self._offer.citations}
        return {"page": f"{page}/", "json": f"{page}.json", **files}

    def _author_addresses(self, person: str) -> Row:
        addresses = self._addresses(f"authors/{person}")
        if (
            self._site_url and self._offer.feeds
        ):  # without an address of the site there are no feeds
            addresses["feed"] = self._site_url + author_feed(person)
        return addresses

    # -- papers -----------------------------------------------------------------------------------

    def _paper_summary(self, paper: Paper) -> Row:
        date = paper.date
        return _known(
            id=paper.id,
            citation_key=paper.citation_key,
            title=paper.plain_title,
            title_tex=_tex(paper.title, paper.plain_title),
            title_inferred=paper.reason_inferred("title"),
            authors=[self._author(author) for author in paper.authors],
            authors_truncated=paper.truncated,
            hidden_authors=[self._hidden_author(person) for person in paper.hidden],
            date=str(date) if date else None,
            date_inferred=paper.reason_inferred("date") if date else None,
            year=paper.year,
            subject=_subject(paper.subject),
            publication=_publication(paper.publication),
            has_code=paper.code,
        )

    def _paper(self, paper: Paper, summary: Row) -> Row:
        abstract = plain_text(paper.abstract) if paper.abstract else None
        return summary | _known(
            abstract=abstract,
            abstract_tex=_tex(paper.abstract, abstract),
            abstract_is_summary=paper.abstract_is_summary if abstract else None,
            additions=self._additions(paper.id, paper.notes) if paper.notes else None,
            affiliations=list(paper.affiliations),
            scores=_scores(paper.listings),
            records=[_record(listing) for listing in paper.listings],
            merge_reason=paper.merge_reason,
            links=self._addresses(f"papers/{paper.id}"),
        )

    def _author(self, author: Authorship) -> Row:
        person = self._catalogue.people[author.person]
        parts = parse_name(author.printed)
        return {"id": author.person, **_name(author.shown, parts, person.is_organisation)}

    def _hidden_author(self, person_id: str) -> Row:
        person = self._catalogue.people[person_id]
        return {"id": person_id, **_name(person.name, person.parts, person.is_organisation)}

    def _additions(self, paper: str, notes: PaperNotes) -> Row | None:
        """What people wrote about a paper; None for nothing but text for its page."""
        added = _known(
            pdf=self._file(paper, notes.pdf),
            code=notes.code,
            slides=self._file(paper, notes.slides),
            video=notes.video,
            award=notes.award,
            note=notes.note,
        )
        return added or None

    def _file(self, paper: str, place: str | None) -> str | None:
        return note_address(paper, place, self._site_url) if place else None

    # -- people -----------------------------------------------------------------------------------

    def _person_summary(self, person: Person) -> Row:
        notes = self._notes.get(person.id)
        return _known(
            id=person.id,
            **_name(person.name, person.parts, person.is_organisation),
            other_names=list(person.other_names),
            dblp_number=person.number or None,
            orcid=notes.orcid if notes else None,
            homepage=notes.homepage if notes else None,
            paper_count=len(person.papers),
        )

    def _person(self, person: Person, summary: Row) -> Row:
        notes = self._notes.get(person.id)
        others = co_authors(self._catalogue, person.id)
        return summary | _known(
            photo=self._photo(notes.photo) if notes and notes.photo else None,
            web_links=[{"label": x.label, "url": x.url} for x in notes.links] if notes else [],
            profiles=[_profile(profile) for profile in person.profiles],
            papers=list(person.papers),
            co_authors=[self._co_author(other.person, other.papers) for other in others.shown],
            co_author_count=others.total,
            links=self._author_addresses(person.id),
        )

    def _co_author(self, person: str, papers: int) -> Row:
        return {"id": person, "name": self._catalogue.people[person].name, "papers": papers}

    def _photo(self, name: str) -> str:
        return f"{self._site_url or ''}assets/authors/{quote(name)}"


def _known(**values: object) -> Row:
    """The values that are known, in this order."""
    return {name: value for name, value in values.items() if value is not None}


def _document(path: str, text: str) -> Document:
    # A character that UTF-8 does not have would be no JSON either (RFC 8259, section 8.1).
    return Document(path, f"{text}\n".encode("utf-8", "replace"))


def _lines(rows: Sequence[str]) -> str:
    return "\n" + ",\n".join(rows) + "\n" if rows else ""


def _tex(source: str | None, plain: str | None) -> str | None:
    """The source of a text, where it says more than the plain text does."""
    return None if source is None or source == plain else _as_others_write(source)


def _as_others_write(source: str) -> str:
    """TeX without the command that is ours alone: its braces keep the case in every BibTeX."""
    return source.replace(f"\\{NOCASE}{{", "{")


def _name(name: str, parts: PersonName, is_organisation: bool) -> Row:
    """A name as it is written, and its parts; an organisation's has none."""
    if is_organisation:
        return {"name": name, "organisation": True}
    return {"name": name, **_parts(parts), "organisation": False}


def _parts(name: PersonName) -> Row:
    return _known(family=name.family, given=name.given or None, suffix=name.suffix or None)


def _subject(code: str | None) -> Row | None:
    return {"code": code, "name": subject_name(code)} if code else None


def _publication(publication: Publication) -> Row:
    details = {name: plain_text(value) for name, value in publication.details.items()}
    return _known(
        kind=publication.kind,
        venue=plain_text(publication.venue) if publication.venue else None,
        date=str(publication.date) if publication.date else None,
        doi=publication.doi,
        arxiv=publication.arxiv,
        arxiv_class=publication.primary_class,
        url=publication.url,
        pdf=publication.pdf,
        editors=[_editor(printed) for printed in publication.editors],
        keywords=[plain_text(keyword) for keyword in publication.keywords],
        details=details or None,
    )


def _editor(printed: str) -> Row:
    return {"name": display_name(printed), **_parts(parse_name(printed))}


def _scores(listings: Iterable[Listing]) -> list[Row]:
    """Every score that a profile gives the paper, each once."""
    found = {
        (listing.owner, listing.record.score): None
        for listing in listings
        if listing.record.score is not None
    }
    return [_known(author=owner, score=score) for owner, score in found]


def _record(listing: Listing) -> Row:
    """An original as its source has it."""
    record = listing.record
    stated = record.publication != UNPUBLISHED
    return _known(
        file=published_origin(record.provenance.origin),
        line=record.provenance.line,
        source_key=record.source_key,
        profile_owner=listing.owner,
        title=_as_others_write(record.title),
        authors=list(record.authors),
        authors_truncated=record.truncated,
        date=str(record.date) if record.date else None,
        publication=_publication(record.publication) if stated else None,
        inferred=_inferred(record.inferred),
    )


def _profile(profile: ProfileRecord) -> Row:
    """One retrieval of a profile, with its metrics."""
    return _known(
        file=published_origin(profile.provenance.origin),
        line=profile.provenance.line,
        source=profile.source,
        retrieved=profile.retrieved.isoformat() if profile.retrieved else None,
        subject=_subject(profile.subject),
        h_index=profile.h_index,
        citations=profile.citations,
        novelty=profile.novelty,
        ai_score=profile.ai_score,
        declared_papers=profile.declared_papers,
        listed_papers=profile.listed_papers,
        unread_papers=profile.unread_papers,
        inferred=_inferred(profile.inferred),
    )


def _inferred(items: Iterable[Inferred]) -> list[Row]:
    return [{"field": item.field, "reason": item.reason} for item in items]


@lru_cache(maxsize=4096)
def published_origin(origin: str) -> str:
    r"""The file of a record as the public may see it: its path within the site's folder.

    Of a file outside that folder only the name is told: the rest says how the builder's disk is
    laid out, and often who that is. A byte that is no text is shown as `\udcff`.
    """
    path = PureWindowsPath(origin)  # which reads the paths of every system
    is_outside = bool(path.anchor) or ".." in path.parts
    shown = path.name if is_outside else origin
    return shown.encode("utf-8", "backslashreplace").decode()
