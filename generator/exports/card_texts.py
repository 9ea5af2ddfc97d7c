"""What social cards tell: the texts of a paper, of a person or an organisation, and of the site."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.relations import co_authors
from generator.exports.csl_json import plain_line
from generator.subjects import subject_name

LONGEST_TEXT: Final = 600
"""Characters of a text that are looked at: more than there is room for, be they all an l."""
_MOST_NAMES: Final = 12
"""Names of authors that could ever stand on one line."""


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """What a paper's card tells. `names` are the first of `authors`; `truncated` says "et al."."""

    title: str
    names: tuple[str, ...]
    authors: int
    truncated: bool
    year: str
    venue: str
    subject: str


@dataclass(frozen=True, slots=True)
class CoverTexts:
    """What the card of a person or of the site tells; figures are numbers with their nouns."""

    name: str
    about: str
    figures: tuple[tuple[str, str], ...]
    is_site: bool = False
    """Whether it is the site's own card, whose name is that of the site."""


Texts = PaperTexts | CoverTexts


def paper_texts(paper: Paper) -> PaperTexts:
    """The texts of a paper's card. A year that is inferred has the asterisk of the pages."""
    date = paper.publication_date
    year = str(date.year) if date and date.year else ""
    is_inferred = not paper.publication.date and paper.reason_inferred("date")
    return PaperTexts(
        paper.plain_title[:LONGEST_TEXT],
        tuple(author.shown[:LONGEST_TEXT] for author in paper.authors[:_MOST_NAMES]),
        len(paper.authors),
        paper.truncated,
        f"{year}*" if year and is_inferred else year,
        plain_line(paper.publication.venue or "")[:LONGEST_TEXT],
        subject_name(paper.subject) if paper.subject else "",
    )


def person_texts(catalogue: Catalogue, person: Person) -> CoverTexts:
    """The texts of the card of somebody; a name in Latin letters is preferred where one is known.

    No figure is told that is nothing: who has no co-authors, or papers without a year.
    """
    papers = [catalogue.papers[paper] for paper in person.papers]
    years = sorted({paper.year for paper in papers if paper.year})
    others = 0 if person.is_organisation else co_authors(catalogue, person.id).total
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))
    subject = next((profile.subject for profile in person.profiles if profile.subject), None)
    about = "Organisation" if person.is_organisation else subject_name(subject) if subject else ""
    names = (person.name, *person.other_names)
    figures = (
        _figure(len(papers), "paper", "papers"),
        (span, "year" if len(years) == 1 else "years"),
        _figure(others, "co-author", "co-authors"),
    )
    return CoverTexts(
        next(filter(_is_latin, names), person.name)[:LONGEST_TEXT],
        about,
        tuple(figure for figure in figures if figure[0]),
    )


def site_texts(catalogue: Catalogue, site_name: str) -> CoverTexts:
    """The texts of the card of all other pages."""
    figures = (
        _figure(len(catalogue.papers), "paper", "papers"),
        _figure(len(catalogue.persons), "author", "authors"),
        _figure(len(catalogue.subjects), "topic", "topics"),
    )
    told = tuple(figure for figure in figures if figure[0])
    return CoverTexts(site_name[:LONGEST_TEXT], "", told, is_site=True)


def _figure(count: int, one: str, many: str) -> tuple[str, str]:
    return (f"{count:,}" if count else "", one if count == 1 else many)


def _is_latin(name: str) -> bool:
    """Whether all letters of a name are Latin; an okina (`Lm`) is as good as an apostrophe."""
    letters = [c for c in name if c.isalpha() and unicodedata.category(c) != "Lm"]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)
