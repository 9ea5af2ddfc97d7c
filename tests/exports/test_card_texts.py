"""What social cards tell of papers, people and the site."""

from __future__ import annotations

from dataclasses import replace

from generator.dates import PartialDate
from generator.exports.card_texts import (
    CoverTexts,
    PaperTexts,
    paper_texts,
    person_texts,
    site_texts,
)
from generator.records import (
    Inferred,
    NameAsPrinted,
    PaperRecord,
    ProfileRecord,
    Provenance,
    Publication,
)
from tests.exports.cards import catalogue_of, record


def texts_of(item: PaperRecord) -> PaperTexts:
    """What the card of a single record tells."""
    (paper,) = catalogue_of(item).papers.values()
    return paper_texts(paper)


def test_a_papers_card_tells_title_authors_year_venue_and_subject() -> None:
    texts = texts_of(
        record(
            r"Lamps in $\mathcal{O}(n^2)$",
            ("Quill, Ada", "Wim Toorop"),
            subject="cs.CL",
            publication=Publication("article", r"Lamp \& Wick"),
        )
    )
    assert texts.title == "Lamps in O(n²)"
    assert texts.names == ("Ada Quill", "Wim Toorop")
    assert (texts.year, texts.venue, texts.subject) == (
        "2024",
        "Lamp & Wick",
        "Computation and Language",
    )


def test_an_inferred_year_has_the_asterisk_of_the_pages() -> None:
    inferred = (Inferred("date", "the newest of the profile"),)
    assert texts_of(record(inferred=inferred)).year == "2024*"
    published = Publication("article", date=PartialDate(2023))
    assert texts_of(record(inferred=inferred, publication=published)).year == "2023"
    assert texts_of(record(date=None)).year == ""


def test_a_persons_card_tells_subject_papers_years_and_co_authors() -> None:
    profiles = tuple(
        ProfileRecord(Provenance(f"{n}.txt", 1), NameAsPrinted("Ada Quill"), subject=subject)
        for n, subject in enumerate(("cs.CL",))
    )
    catalogue = catalogue_of(
        record(authors=("Ada Quill", "Wim Toorop", "Aurora-9"), profile=profiles[0].key),
        record("Of Keys", ("Ada Quill",), date=PartialDate(2019), line=2),
        record("Of Wicks", ("Ada Quill",), date=None, line=3),
        profiles=profiles,
    )
    assert person_texts(catalogue, catalogue.people["ada-quill"]) == CoverTexts(
        "Ada Quill",
        "Computation and Language",
        (("3", "papers"), ("2019–2024", "years"), ("1", "co-author")),
    )
    assert person_texts(catalogue, catalogue.people["aurora-9"]) == CoverTexts(
        "Aurora-9", "Organisation", (("1", "paper"), ("2024", "year"))
    )
    assert site_texts(catalogue, "Lamps").figures == (("3", "papers"), ("2", "authors"))


def test_a_name_in_another_script_gives_way_to_a_latin_spelling_of_it_that_is_known() -> None:
    catalogue = catalogue_of(record(authors=("李明",)))
    (person,) = catalogue.people.values()
    assert person_texts(catalogue, person).name == "李明"
    known = replace(person, other_names=("Ли Мин", "Ming Li"))
    assert person_texts(catalogue, known).name == "Ming Li"
    latin = replace(person, name="Kaʻula Óg", other_names=("Kaula Og",))
    assert person_texts(catalogue, latin).name == "Kaʻula Óg"
