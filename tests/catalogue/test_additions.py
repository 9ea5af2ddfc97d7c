"""What people write about papers: whose paper it is on, and what holds against bibliographies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from generator.catalogue.additions import (
    add_notes,
    kind_of_venue,
    place_files,
    published_name,
)
from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.names import OrganisationNames
from generator.records import (
    UNPUBLISHED,
    NameAsPrinted,
    PaperNotes,
    PaperRecord,
    Provenance,
    Publication,
)

IN_A_JOURNAL = Publication(
    "article",
    "Journal of Lamps",
    doi="10.5555/jl.1",
    arxiv="2401.00001",
    primary_class="cs.CL",
    details=MappingProxyType({"volume": "3", "pages": "1--9", "note": "In German"}),
)


def catalogue_of(
    publication: Publication = UNPUBLISHED, redirects: Mapping[str, str] = MappingProxyType({})
) -> Catalogue:
    """One paper at `papers/of-lamps`, listed in line 7 of a bibliography."""
    record = PaperRecord(
        Provenance("refs.bib", 7),
        "Of Lamps",
        (NameAsPrinted("Ada Quill"),),
        date=PartialDate(2024),
        publication=publication,
        source_key="quill",
    )
    load = Load((), (record,), ())
    built = build_catalogue(load, EMPTY_LOCK, OrganisationNames())
    return replace(built.catalogue, redirects=redirects)


def notes(slug: str = "of-lamps", **values: str) -> PaperNotes:
    return PaperNotes(Provenance(f"content/papers/{slug}.md", 5), slug, **values)


def added(written: PaperNotes, publication: Publication = UNPUBLISHED) -> tuple[Paper, list[str]]:
    catalogue, problems = add_notes(catalogue_of(publication), {written.slug: written})
    return catalogue.papers["of-lamps"], list(map(str, problems))


def test_a_paper_gets_what_people_write_about_it() -> None:
    written = notes(
        doi="10.5555/x", arxiv="2412.19437", venue="ICLR 2025", code="https://github.com/a/b"
    )
    paper, problems = added(written)
    assert problems == []
    assert paper.publication == Publication(
        "inproceedings", "ICLR 2025", doi="10.5555/x", arxiv="2412.19437"
    )
    assert paper.notes == written
    assert paper.code


def test_notes_without_such_facts_change_nothing_else() -> None:
    before = catalogue_of(IN_A_JOURNAL).papers["of-lamps"]
    written = notes(award="Best paper", body="Text.")
    paper, problems = added(written, IN_A_JOURNAL)
    assert problems == []
    assert paper == replace(before, notes=written)
    assert not paper.code


def test_a_catalogue_without_notes_is_the_same() -> None:
    catalogue = catalogue_of(IN_A_JOURNAL)
    assert add_notes(catalogue, {}) == (catalogue, ())


def test_what_people_write_holds_and_a_contradiction_names_both_places() -> None:
    written = notes(doi="10.5555/other", arxiv="2402.00002", venue="Lamp Letters")
    paper, problems = added(written, IN_A_JOURNAL)
    found = paper.publication
    assert (found.doi, found.arxiv, found.venue) == ("10.5555/other", "2402.00002", "Lamp Letters")
    where = "content/papers/of-lamps.md"
    assert problems == [
        f"{where}: doi: '10.5555/other' is shown, while refs.bib:7 says '10.5555/jl.1'",
        f"{where}: arxiv: '2402.00002' is shown, while refs.bib:7 says '2401.00001'",
        f"{where}: venue: 'Lamp Letters' is shown, while refs.bib:7 says 'Journal of Lamps'",
    ]


def test_the_class_of_another_arxiv_paper_is_not_kept() -> None:
    paper, _ = added(notes(arxiv="2402.00002"), IN_A_JOURNAL)
    assert paper.publication.primary_class is None
    paper, _ = added(notes(arxiv="2401.00001"), IN_A_JOURNAL)
    assert paper.publication.primary_class == "cs.CL"


@pytest.mark.parametrize(
    "values",
    [
        {"doi": "10.5555/JL.1"},
        {"arxiv": "2401.00001"},
        {"venue": "journal of lamps."},
        {"venue": "The Journal of Lamps"},
    ],
)
def test_the_same_in_other_words_is_no_contradiction(values: dict[str, str]) -> None:
    paper, problems = added(notes(**values), IN_A_JOURNAL)
    assert problems == []
    assert paper.publication.details == IN_A_JOURNAL.details


def test_a_venue_of_another_kind_does_not_take_over_volume_and_pages() -> None:
    paper, problems = added(notes(venue="Proceedings of LAMP"), IN_A_JOURNAL)
    found = paper.publication
    assert (found.kind, found.venue) == ("inproceedings", "Proceedings of LAMP")
    assert found.details == {"note": "In German"}
    assert (found.doi, found.arxiv) == (IN_A_JOURNAL.doi, IN_A_JOURNAL.arxiv)
    assert [p.endswith("whose volume, pages and the like are left out") for p in problems] == [True]


@pytest.mark.parametrize(
    ("stated", "venue", "kind"),
    [
        ("misc", "ICLR 2024", "inproceedings"),
        ("misc", "Nature", "article"),
        ("techreport", "ICLR 2024", "inproceedings"),
        ("techreport", "Nature", "techreport"),
        ("incollection", "Proceedings of LAMP", "incollection"),
        ("incollection", "Lamp Letters", "article"),
        ("article", "Journal of Oil", "article"),
    ],
)
def test_a_stated_kind_stays_unless_the_venue_tells_another(
    stated: str, venue: str, kind: str
) -> None:
    paper, _ = added(notes(venue=venue), Publication(stated))
    assert (paper.publication.kind, paper.publication.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("ICLR 2024", "inproceedings"),
        ("Findings of EMNLP’23", "inproceedings"),
        ("57th Annual Meeting of the ACL", "inproceedings"),
        ("Proc. of the Lamp Workshop", "inproceedings"),
        ("Symposium on Lamps", "inproceedings"),
        ("Proceedings of the IEEE Conference on Lamps", "inproceedings"),
        ("VLDB Journal", "article"),
        ("Journal of Physics: Conference Series", "article"),
        ("Transactions of the ACL", "article"),
        ("Physical Review Letters", "article"),
        ("IEEE Trans. Lamps", "article"),
        ("Proceedings of the IEEE", "article"),
        ("Proceedings of the ACM on Lamps", "article"),
        ("Proc. Natl. Acad. Sci.", "article"),
        (r"\emph{Journal} of Lamps", "article"),
        ("Nature", None),
        ("PLOS ONE 2021", None),
        ("chi", None),
    ],
)
def test_the_kind_of_a_venue_is_told_by_its_words(venue: str, kind: str | None) -> None:
    assert kind_of_venue(venue) == kind


# -- whose notes ----------------------------------------------------------------------------------


def test_notes_on_no_paper_are_told_with_the_nearest_address() -> None:
    for slug, hint in (("of-lmaps", "; did you mean 'of-lamps'?"), ("zebra-crossing", "")):
        catalogue, problems = add_notes(catalogue_of(), {slug: notes(slug)})
        assert list(map(str, problems)) == [
            f"content/papers/{slug}.md: no paper has the address {slug!r}; not shown{hint}"
        ]
        assert catalogue == catalogue_of()


def test_notes_under_a_former_address_are_shown_and_told() -> None:
    catalogue = catalogue_of(redirects={"papers/on-lamps": "papers/of-lamps"})
    written = notes("on-lamps", award="Best paper")
    catalogue, problems = add_notes(catalogue, {"on-lamps": written})
    assert catalogue.papers["of-lamps"].notes == written
    assert list(map(str, problems)) == [
        (
            "content/papers/on-lamps.md: the paper 'on-lamps' has the address 'of-lamps' now: "
            "rename this file"
        )
    ]


def test_notes_under_the_present_address_come_before_those_under_a_former_one() -> None:
    catalogue = catalogue_of(redirects={"papers/lamps": "papers/of-lamps"})
    both = {slug: notes(slug, award=slug) for slug in ("lamps", "of-lamps")}
    catalogue, problems = add_notes(catalogue, both)
    assert catalogue.papers["of-lamps"].notes == both["of-lamps"]
    assert list(map(str, problems)) == [
        (
            "content/papers/lamps.md: content/papers/of-lamps.md holds notes on the same paper, "
            "'of-lamps'; these are not shown"
        )
    ]


# -- files ----------------------------------------------------------------------------------------


def test_files_go_to_the_page_that_shows_them_and_nowhere_else() -> None:
    catalogue = catalogue_of(redirects={"papers/on-lamps": "papers/of-lamps"})
    written = {
        "on-lamps": notes("on-lamps", pdf="My Lamps.PDF", slides="https://slides.example/a.pdf"),
        "gone": notes("gone", pdf="a.pdf"),
    }
    files = {
        "papers/on-lamps/my-lamps.pdf": b"1",
        "papers/gone/a.pdf": b"2",
        "papers/gone/picture.png": b"3",
        "guide.png": b"4",
    }
    catalogue, _ = add_notes(catalogue, written)
    assert place_files(files, written, catalogue) == {
        "papers/gone/picture.png": b"3",
        "guide.png": b"4",
        "papers/of-lamps/my-lamps.pdf": b"1",
    }


def test_an_address_is_not_published_as_a_file() -> None:
    assert published_name("https://a.example/b.pdf") is None
    assert published_name(None) is None
    assert published_name("B c.PDF") == "b-c.pdf"
