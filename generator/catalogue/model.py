"""The catalogue: papers and people by permanent id, immutable, related by ids alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.dates import PartialDate
from generator.names import PersonName, display_name
from generator.records import (
    UNPUBLISHED,
    Inferred,
    NameAsPrinted,
    PaperNotes,
    PaperRecord,
    ProfileRecord,
    Publication,
)


@dataclass(frozen=True, slots=True)
class Authorship:
    """One name on one paper: as it is printed there, and whose it is."""

    person: str
    printed: NameAsPrinted

    @property
    def shown(self) -> str:
        """The printed name in reading order, `Given Family`."""
        return display_name(self.printed)


@dataclass(frozen=True, slots=True)
class Listing:
    """One record that lists a paper, whole as its source has it; and whose profile that is."""

    record: PaperRecord
    owner: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, with everything that the records about it say.

    `authors` are those that some record prints, in order; `truncated` says that more exist.
    `hidden` are owners of profiles that list the paper while "et al." hides their names: authors
    of it, at a place in the list that nobody knows. `merge_reason` says why several records are
    taken to be one paper.
    """

    id: str
    citation_key: str
    title: str
    plain_title: str
    authors: tuple[Authorship, ...]
    truncated: bool
    hidden: tuple[str, ...]
    date: PartialDate | None
    subject: str | None
    code: bool
    affiliations: tuple[str, ...]
    abstract: str | None
    abstract_is_summary: bool
    listings: tuple[Listing, ...]
    inferred: tuple[Inferred, ...]
    merge_reason: str | None
    publication: Publication = UNPUBLISHED
    notes: PaperNotes | None = None
    """What people wrote about it; identifiers and venue among it stand in `publication` too."""

    @property
    def year(self) -> int | None:
        """The year of publication, which may be inferred."""
        return self.date.year if self.date else None

    @property
    def publication_date(self) -> PartialDate | None:
        """The date to cite: that of the publication in a venue, where a bibliography states it.

        `date` may be more precise, but that is when the paper was first seen somewhere.
        """
        return self.publication.date or self.date

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of all known authors: printed ones in order, then hidden ones."""
        return tuple(dict.fromkeys((*(a.person for a in self.authors), *self.hidden)))

    def reason_inferred(self, field: str) -> str | None:
        """How a field was inferred, or None when a source states it."""
        return next((item.reason for item in self.inferred if item.field == field), None)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an organisation, whose name stands on a paper or a profile.

    `name` is in reading order, `parts` are those of it. `number` is DBLP's where several people
    have the name, else "". `profiles` are newest first; the metrics of the first one hold. `papers`
    are ids, newest first.
    """

    id: str
    name: str
    parts: PersonName
    number: str
    is_organisation: bool
    other_names: tuple[str, ...]
    profiles: tuple[ProfileRecord, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is published. The mappings are in reading order: papers newest first,
    people by name, subjects by code, years newest first; `redirects` maps former addresses
    (`papers/old-id`) to present ones.
    """

    papers: Mapping[str, Paper]
    people: Mapping[str, Person]
    subjects: Mapping[str, Sequence[str]]
    years: Mapping[int, Sequence[str]]
    redirects: Mapping[str, str]

    @property
    def undated(self) -> tuple[str, ...]:
        """Papers without a year."""
        return tuple(paper.id for paper in self.papers.values() if not paper.year)

    @property
    def persons(self) -> tuple[Person, ...]:
        """People that are persons, not organisations."""
        return tuple(person for person in self.people.values() if not person.is_organisation)

    @property
    def profiled(self) -> tuple[Person, ...]:
        """People whose profile was read."""
        return tuple(person for person in self.people.values() if person.profiles)
