"""What sources understood, record by record, before anything is compared or merged."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType

from generator.dates import PartialDate
from generator.errors import Problem

NameAsPrinted = NewType("NameAsPrinted", str)
"""A name exactly as one paper prints it, in the forms that `names.parse_name` reads; which person
it is, the catalogue decides."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record stands: a file as it was named, and a 1-based line."""

    origin: str
    line: int

    def __str__(self) -> str:
        return f"{self.origin}:{self.line}"


@dataclass(frozen=True, slots=True)
class Inferred:
    """A value that the source does not state: which field, and how it was found."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """The head of one retrieval of one author's profile.

    `name` is None until it is inferred; `inferred` says how. Metrics are as the source states
    them, None where it states none: `novelty` and `ai_score` are on the source's scale of 0 to
    100. `subject_overrides` are full arXiv codes by printed class, for this profile's papers.
    """

    provenance: Provenance
    name: NameAsPrinted | None = None
    subject: str | None = None
    h_index: int | None = None
    declared_papers: int | None = None
    citations: int | None = None
    novelty: float | None = None
    ai_score: float | None = None
    retrieved: datetime.date | None = None
    source: str | None = None
    listed_papers: int = 0
    """Records that stand in the profile, once it is known which do."""
    unread_papers: int = 0
    """Those of them that were quarantined."""
    inferred: tuple[Inferred, ...] = ()
    subject_overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Identifies this retrieval within one load."""
        return str(self.provenance)

    @property
    def name_inferred(self) -> bool:
        """Whether the owner's name stands nowhere in the profile itself."""
        return any(item.field == "name" for item in self.inferred)


@dataclass(frozen=True, slots=True)
class Publication:
    """Where and how a paper was published, as far as bibliographies state it.

    `kind` is the BibTeX entry type, lower-case, one of `KINDS`. `venue` is what the paper stands in
    or was given to: a journal, a book of proceedings, a school, an institution; `date` is when it
    appeared there, which may be long after the paper was first shown. `doi` and `arxiv`
    are bare and checked (`10.18653/v1/P19-1548`, `2412.19437`), `primary_class` is arXiv's.
    `details` are further BibTeX fields by name, such as volume, number, pages and publisher.
    Texts may hold TeX, as titles may; addresses and identifiers are plain.
    """

    kind: str = "misc"
    venue: str | None = None
    date: PartialDate | None = None
    doi: str | None = None
    arxiv: str | None = None
    primary_class: str | None = None
    url: str | None = None
    pdf: str | None = None
    editors: tuple[NameAsPrinted, ...] = ()
    keywords: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)


KINDS = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "inbook": "booktitle",
    "phdthesis": "school",
    "mastersthesis": "school",
    "techreport": "institution",
    "book": None,
    "proceedings": None,
    "misc": None,
}
"""Entry types that records have, each with the BibTeX field that holds its venue."""

UNPUBLISHED = Publication()
"""Of a paper of which no source says where it was published."""


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One paper as one source lists it.

    `title` and `abstract` are as printed, TeX included. `truncated` says that the source cut the
    author list ("et al."). `date` may lack its year and `subject` its archive until the whole
    load is known. A record that is `glued` has title and first author run together in `title`,
    with only the text of the author list's end in it, until it is split.
    """

    provenance: Provenance
    title: str
    authors: tuple[NameAsPrinted, ...] = ()
    truncated: bool = False
    affiliations: tuple[str, ...] = ()
    date: PartialDate | None = None
    subject: str | None = None
    code: bool = False
    score: float | None = None
    abstract: str | None = None
    abstract_is_summary: bool = False
    profile: str | None = None
    """Key of the profile that lists the paper."""
    glued: bool = False
    inferred: tuple[Inferred, ...] = ()
    publication: Publication = UNPUBLISHED
    source_key: str | None = None
    """The key under which a bibliography lists the paper."""

    def reason_inferred(self, field_name: str) -> str | None:
        """How a field was inferred, or None when the source states it."""
        return next((item.reason for item in self.inferred if item.field == field_name), None)


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What one file gave: records that were understood, and problems for all the rest."""

    profiles: tuple[ProfileRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link that a person gives, with the words to show for it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class AuthorNotes:
    """What people wrote about one author in `content/authors/<slug>.md`.

    `photo` is the path of an image within the content folder; `biography` is Markdown.
    """

    provenance: Provenance
    slug: str
    homepage: str | None = None
    orcid: str | None = None
    photo: str | None = None
    links: tuple[NamedLink, ...] = ()
    biography: str = ""


@dataclass(frozen=True, slots=True)
class PaperNotes:
    """What people wrote about one paper in `content/papers/<slug>.md`.

    `pdf` and `slides` are web addresses, or names of files beside the text; `note` is plain text,
    `body` Markdown. `doi` and `arxiv` are bare and checked.
    """

    provenance: Provenance
    slug: str
    doi: str | None = None
    arxiv: str | None = None
    venue: str | None = None
    pdf: str | None = None
    code: str | None = None
    slides: str | None = None
    video: str | None = None
    award: str | None = None
    note: str | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class HandWrittenPage:
    """A page of `content/pages/`: its `/`-separated path there, and its text after decoding.

    `front_matter` and `body` are its parts; `text` is the whole, to be published as it is.
    """

    provenance: Provenance
    path: str
    text: str
    front_matter: Mapping[str, object]
    body: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything hand-written: notes by slug, pages, and other files by their path."""

    authors: Mapping[str, AuthorNotes]
    papers: Mapping[str, PaperNotes]
    pages: tuple[HandWrittenPage, ...]
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
