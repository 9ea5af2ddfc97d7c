"""What the search knows of a page beside its text, and which pages it finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from mkdocs.utils.meta import get_data

from generator.catalogue.model import Catalogue
from generator.config import package_templates
from generator.dates import PartialDate
from generator.records import Inferred, PaperRecord, Publication
from generator.render.findable import (
    EXCLUDED,
    findable_paper,
    findable_person,
    findable_topic,
)
from generator.render.pages import page_documents
from generator.search_identifiers import identifier_word
from tests.small_pages import catalogue_of, lists_of, profile, record


def told_of(*records: PaperRecord, paper: str = "lamps") -> Mapping[str, object]:
    """What is told of a paper among others."""
    catalogue = catalogue_of(records)
    return findable_paper(catalogue, catalogue.papers[paper])


def words_of(*records: PaperRecord, paper: str = "lamps") -> set[str]:
    """The words by which a paper is found beside those that stand on its page."""
    return set(str(told_of(*records, paper=paper).get("also", "")).split())


# -- papers ---------------------------------------------------------------------------------------


def test_a_paper_has_what_a_reader_chooses_by() -> None:
    known: dict[str, Any] = {"date": PartialDate(2024, 8, 15), "subject": "cs.CL", "code": True}
    assert told_of(record("Lamps", None, "Ada Quill", **known)) == {
        "kind": "paper",
        "date": "2024-08-15",
        "year": 2024,
        "subject": "Computation and Language (cs.CL)",
        "code": True,
        "also": identifier_word("key", "quill2024lamps"),
    }


def test_a_date_that_is_inferred_is_told_as_one() -> None:
    inferred = (Inferred("date", "the source leaves its year out"),)
    found = told_of(record("Lamps", 2024, "Ada Quill", inferred=inferred))
    assert (found["date"], found["inferred"]) == ("2024", True)


@pytest.mark.parametrize("date", [None, PartialDate(None, 5, 17)])
def test_of_what_is_not_known_nothing_is_told(date: PartialDate | None) -> None:
    found = dict(told_of(record("Lamps", None, "Ada Quill", date=date)))
    assert found.pop("also") == identifier_word("key", "quillndlamps")
    assert found == {"kind": "paper"}


@pytest.mark.parametrize(
    ("date", "told"), [(PartialDate(2024), "2024"), (PartialDate(2024, 8), "2024-08")]
)
def test_a_date_is_told_as_far_as_it_is_known(date: PartialDate, told: str) -> None:
    found = told_of(record("Lamps", None, "Ada Quill", date=date))
    assert (found["date"], found["year"]) == (told, 2024)


def test_a_paper_is_found_by_other_spellings_of_its_title_and_its_authors() -> None:
    found = words_of(
        record("Łamps of 16×3.8B", 2024, "Jörg Müller", "韩雪梅"), paper="lamps-of-16-3-8b"
    )
    assert {"lamps", "38b", "mueller", "joerg", "hanxuemei", "xue"} <= found


def test_a_paper_is_found_by_its_authors_own_names() -> None:
    records = (
        record("Lamps", 2024, "Łukasz Wick"),
        record("Oil", 2023, "ŁUKASZ WICK", line=2),
        record("Wicks", 2022, "ŁUKASZ WICK", line=3),
    )
    for paper in ("lamps", "oil"):
        assert "lukasz" in words_of(*records, paper=paper)


def test_a_paper_is_found_by_one_whom_et_al_hides() -> None:
    owner = profile("Łukasz Wick")
    cut = record("Lamps", 2024, "Ada Quill", truncated=True, profile=owner.key)
    catalogue = catalogue_of([cut], [owner])
    assert "lukasz" in str(findable_paper(catalogue, catalogue.papers["lamps"])["also"]).split()


def test_of_an_abstract_only_what_is_written_otherwise_is_told() -> None:
    abstract = "We light GPT-4o and 深度学习 lamps with O'Neill."
    found = words_of(record("Lamps", 2024, "Ada Quill", abstract=abstract))
    assert {"gpt", "4o", "深度", "度学", "学习"} <= found
    assert not {"light", "lamps", "neill"} & found
    plain = words_of(record("Lamps", 2024, "Ada Quill", abstract="We light lamps."))
    assert plain == {identifier_word("key", "quill2024lamps")}


@pytest.mark.parametrize(
    ("doi", "arxiv", "told"),
    [
        ("10.18653/V1/P19-1548", None, {("doi", "10.18653/v1/p19-1548")}),
        (None, "2412.19437", {("arxiv", "2412.19437")}),
        ("10.1145/1.2", "cs/0112017", {("doi", "10.1145/1.2"), ("arxiv", "cs/0112017")}),
        ("10.48550/arXiv.2412.19437", None, {("arxiv", "2412.19437")}),
    ],
)
def test_a_paper_is_found_by_its_identifiers(
    doi: str | None, arxiv: str | None, told: set[tuple[str, str]]
) -> None:
    published = Publication(doi=doi, arxiv=arxiv)
    found = words_of(record("Lamps", 2024, "Ada Quill", publication=published))
    told = told | {("key", "quill2024lamps")}
    assert found == {identifier_word(kind, identifier) for kind, identifier in told}


def test_a_word_is_told_once() -> None:
    found = told_of(record("Müller über Müller", 2024, "Jörg Müller"), paper="muller-uber-muller")
    words = str(found["also"]).split()
    assert len(words) == len(set(words))
    assert "mueller" in words


def test_of_a_whole_collaboration_the_first_names_are_told() -> None:
    names = [f"Łu{a}{b} Wick" for a in "abcdefghijk" for b in "abcdefghij"]
    found = words_of(record("Lamps", 2024, *names))
    assert "luaa" in found
    assert "lukj" not in found


# -- people and topics ----------------------------------------------------------------------------


def test_a_person_is_found_by_other_spellings_and_other_names() -> None:
    records = [
        record("Lamps", 2024, "Jörg B. Müller"),
        record("Oil", 2023, "JÖRG B. MÜLLER", line=2),
        record("Wicks", 2022, "Jörg B. Müller", line=3),
    ]
    (person,) = catalogue_of(records).people.values()
    found = findable_person(person, "3 papers")
    assert (found["kind"], found["note"]) == ("author", "3 papers")
    assert {"joerg", "mueller", "JÖRG", "MÜLLER"} <= set(str(found["also"]).split())


def test_a_plain_name_needs_no_other_words() -> None:
    (person,) = catalogue_of([record("Lamps", 2024, "Ada Quill")]).people.values()
    assert findable_person(person, "1 paper") == {
        "kind": "author",
        "note": "1 paper",
        "papers": "000001",
    }


def test_an_organisation_is_no_author() -> None:
    (person,) = catalogue_of([record("Lamps", 2024, "Aurora-9")]).people.values()
    assert findable_person(person, "1 paper")["kind"] == "organisation"


def test_a_topic_is_found_by_its_code() -> None:
    found = findable_topic("cs.CL", "2 papers")
    assert (found["kind"], found["note"]) == ("topic", "2 papers")
    assert {"cs.CL", "cl"} <= set(str(found["also"]).split())


# -- which pages are found ------------------------------------------------------------------------


def pages_of(catalogue: Catalogue) -> dict[str, tuple[Mapping[str, object], str]]:
    """What is told of each page of a site, and its Markdown."""
    site = lists_of(catalogue, entries_per_page=10).site
    found = {}
    for document in page_documents(site, [package_templates() / "pages"]):
        if document.path.endswith(".md"):
            text, meta = get_data(document.data.decode())
            found[document.path] = (meta["search"], text)
    return found


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[Mapping[str, object], str]]:
    records = [
        record(f"Lamps {n}", 2024, "Ada Quill", "Aurora-9", subject="cs.CL", line=n)
        for n in range(1, 12)
    ]
    return pages_of(catalogue_of(records, [profile("Ada Quill")]))


def test_papers_people_and_topics_are_found_once_and_no_lists(
    pages: dict[str, tuple[Mapping[str, object], str]],
) -> None:
    kinds = {path: told["kind"] for path, (told, _) in pages.items() if told != EXCLUDED}
    assert kinds == {
        "topics/cs-cl.md": "topic",
        **{f"papers/lamps-{n}.md": "paper" for n in range(1, 12)},
        "authors/ada-quill.md": "author",
        "authors/aurora-9.md": "organisation",
    }
    assert {"topics/cs-cl-2.md", "years/2024-2.md", "search.md", "list.md"} <= pages.keys()


def test_a_page_has_a_text_for_the_search_exactly_if_it_is_found(
    pages: dict[str, tuple[Mapping[str, object], str]],
) -> None:
    for path, (told, text) in pages.items():
        assert ("data-pagefind-body" in text) == (told != EXCLUDED), path


def test_people_and_topics_say_how_many_papers_there_are(
    pages: dict[str, tuple[Mapping[str, object], str]],
) -> None:
    assert pages["authors/ada-quill.md"][0]["note"] == "11 papers · Computation and Language"
    assert pages["topics/cs-cl.md"][0]["note"] == "11 papers"
    alone = pages_of(catalogue_of([record("Lamps", 2024, "Ada Quill", subject="cs.CL")]))
    assert alone["authors/ada-quill.md"][0]["note"] == "1 paper · Computation and Language"
    assert alone["topics/cs-cl.md"][0]["note"] == "1 paper"
