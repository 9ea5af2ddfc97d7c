"""RIS: every entry is read back whole, by its tags, whatever its texts hold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import rispy
from hypothesis import example, given
from hypothesis import strategies as st

from generator.catalogue.model import Catalogue
from generator.dates import PartialDate
from generator.exports.csl_json import TYPES
from generator.exports.ris import RisExporter, ris_entry
from generator.markup import clean_text
from generator.records import (
    KINDS,
    UNPUBLISHED,
    Inferred,
    NameAsPrinted,
    PaperNotes,
    PaperRecord,
    Provenance,
    Publication,
)
from tests.exports.test_csl_json import (
    HOSTILE,
    SITE,
    catalogue_of,
    only_paper,
    paper,
    published,
)

LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")
"""A line as Zotero tells tags from continued values."""


def entry_of(record: PaperRecord, site_url: str | None = None) -> str:
    """The entry of a single record, abstract included."""
    found, catalogue = only_paper(record)
    return ris_entry(found, catalogue, site_url, abstract=True)


def tags_of(entry: str) -> dict[str, list[str]]:
    """The values of an entry's lines by their tags."""
    tags: dict[str, list[str]] = {}
    for line in entry.splitlines():
        assert LINE.fullmatch(line), line
        tags.setdefault(line[:2], []).append(line[6:])
    return tags


def tags_in(publication: Publication, site_url: str | None = None) -> dict[str, list[str]]:
    """The tags of a paper that was published so."""
    return tags_of(entry_of(paper(publication=publication), site_url))


# -- read back ------------------------------------------------------------------------------------

HOSTILE_PARTS = (
    "ER  - ", "TY  - JOUR", "\nER  - \n", "\r\nAU  - A, B.", "\x85AB  - ", "\u2028T2  - x", ";",
    "\x00", "\x1b[31m", "\ufeff", "\u202e", "  ", "\t", "$x^2$", "\\textbf{", "{}", "%", "A  - ",
)  # fmt: skip
NASTY = st.sampled_from(HOSTILE_PARTS)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(NASTY | WORDS, max_size=8).map("".join)
TITLES = TEXTS.filter(clean_text)
NAMES = st.lists(
    NASTY | WORDS | st.sampled_from([" ", ", ", "van ", "Jr.", "Lamp", "灯", "et al."]),
    min_size=1,
    max_size=5,
)
PRINTED_NAMES = NAMES.map("".join).map(clean_text).filter(lambda name: name.strip(" ,{}"))
PUBLICATIONS = st.builds(
    lambda kind, venue, text: replace(
        published(kind, venue, pages=text, note=text, publisher=text, number=text),
        keywords=(text,),
        url=text,
        pdf=f"https://a.example/{text}",
    ),
    st.sampled_from(list(KINDS)),
    st.none() | TEXTS,
    TEXTS,
)


def assert_read_back(catalogue: Catalogue, text: str, listed: list[str]) -> None:
    """Assert that rispy reads the papers of these ids, each with its key, title and authors."""
    entries = rispy.loads(text)
    assert len(entries) == len(listed)
    for entry, slug in zip(entries, listed, strict=True):
        found = catalogue.papers[slug]
        assert entry["id"] == found.citation_key
        assert entry.get("title", "") == clean_text(found.plain_title)
        assert len(entry.get("authors", [])) == len(found.authors)
        assert "unknown_tag" not in entry


@given(
    title=TITLES,
    names=st.lists(PRINTED_NAMES, max_size=4, unique=True),
    abstract=TEXTS,
    truncated=st.booleans(),
    publication=PUBLICATIONS,
)
@example("ER  -", ["TY  - JOUR", ", A, B,"], "\nER  - \n", True, UNPUBLISHED)
@example("a" * 300, ["{A, B and C}"], "x\x85y\u2028z", False, UNPUBLISHED)
def test_what_is_written_is_read_back_whole(
    title: str, names: list[str], abstract: str, truncated: bool, publication: Publication
) -> None:
    record = paper(title, names, truncated=truncated, publication=publication, abstract=abstract)
    found, catalogue = only_paper(record)
    text = RisExporter(catalogue, SITE).paper(found)
    assert text.endswith("\nER  - \n")
    tags = tags_of(text)
    assert [len(tags[tag]) for tag in ("TY", "ID", "ER")] == [1, 1, 1]
    assert_read_back(catalogue, text, [found.id])


def test_a_list_is_read_back_in_its_order() -> None:
    catalogue = catalogue_of(*(paper(title, (title.strip()[:60],)) for title in HOSTILE))
    papers = list(catalogue.papers.values())
    exporter = RisExporter(catalogue, None)
    for listed in (papers, papers[::-1], []):
        assert_read_back(catalogue, exporter.papers(listed), [one.id for one in listed])


def test_an_entry_is_the_same_in_every_list_and_has_its_abstract_in_its_own_file() -> None:
    catalogue = catalogue_of(
        paper("Of Lamps", abstract="Of $x^2$."), paper("Of Wicks", abstract="B\nC")
    )
    first, second = catalogue.papers.values()
    exporter = RisExporter(catalogue, SITE)
    short = [ris_entry(one, catalogue, SITE, abstract=False) for one in (first, second)]
    assert exporter.papers([first, second]) == "\n".join(short)
    assert exporter.papers([second]) == short[1]
    assert exporter.paper(first) == ris_entry(first, catalogue, SITE, abstract=True)
    assert tags_of(exporter.paper(first)) == tags_of(short[0]) | {"AB": ["Of x²."]}
    assert tags_of(exporter.paper(second))["AB"] == ["B C"]


def test_a_summary_by_somebody_else_is_no_abstract() -> None:
    assert "AB" not in tags_of(entry_of(paper(abstract="Mine.", abstract_is_summary=True)))


def test_an_entry_is_laid_out_as_promised() -> None:
    publication = replace(
        published("article", "Journal of Lamps", volume="3", number="4", pages="1--13"),
        doi="10.1000/lamp",
        pdf="https://a.example/lamp.pdf",
        keywords=("lamps", "oil"),
    )
    record = paper(
        "ReLU$^2$ & Lamps",
        ("DeepSeek-AI", "Jan van der Lamp"),
        date=PartialDate(2024, 8, 15),
        publication=publication,
        abstract="All of 5% light.",
        truncated=True,
    )
    assert entry_of(record) == (
        "TY  - JOUR\n"
        "ID  - deepseek-ai2024relu2\n"
        "TI  - ReLU² & Lamps\n"
        "AU  - DeepSeek-AI\n"
        "AU  - van der Lamp, Jan\n"
        "PY  - 2024\n"
        "DA  - 2024/08/15/\n"
        "T2  - Journal of Lamps\n"
        "VL  - 3\n"
        "SP  - 1\n"
        "EP  - 13\n"
        "IS  - 4\n"
        "DO  - 10.1000/lamp\n"
        "L1  - https://a.example/lamp.pdf\n"
        "KW  - lamps\n"
        "KW  - oil\n"
        "N1  - The author list is cut: the paper has more authors than are named.\n"
        "AB  - All of 5% light.\n"
        "ER  - \n"
    )


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ada B. Quill", "Quill, Ada B."),
        ("Jan van der Lamp", "van der Lamp, Jan"),
        ("Otto Finch Jr.", "Finch, Otto, Jr."),
        ("Finch, Jr., Otto, A.", "Finch, Otto A., Jr."),
        ("韩雪梅", "韩, 雪梅"),
        ("Jan Maly 0001", "Maly, Jan"),
        ("Plato", "Plato"),
        ("Plato Jr.", "Plato Jr.,"),
        ("DeepSeek-AI", "DeepSeek-AI"),
        ("The Lantern Collaboration", "The Lantern Collaboration,"),
        ("{Wick, Oil & Co}", "Wick Oil & Co,"),
    ],
)
def test_names_are_written_family_first_and_organisations_cannot_be_taken_apart(
    printed: str, expected: str
) -> None:
    assert tags_of(entry_of(paper(authors=(printed,))))["AU"] == [expected]


def test_a_cut_list_names_nobody_who_is_not_printed() -> None:
    tags = tags_of(entry_of(paper(authors=("Ada Quill", "Otto Finch"), truncated=True)))
    assert tags["AU"] == ["Quill, Ada", "Finch, Otto"]
    assert ["author list is cut" in note for note in tags["N1"]] == [True]
    assert "N1" not in tags_of(entry_of(paper()))


def test_a_paper_without_authors_has_no_author_tag() -> None:
    assert "AU" not in tags_of(entry_of(paper(authors=())))


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("inproceedings", "A2"), ("inbook", "A2"), ("book", "A3"), ("proceedings", "A3")],
)
def test_editors_have_the_tag_of_the_type(kind: str, tag: str) -> None:
    publication = replace(published(kind, "Lamps"), editors=(NameAsPrinted("Jan van der Lamp"),))
    tags = tags_in(publication)
    assert tags[tag] == ["van der Lamp, Jan"]
    assert len({"A2", "A3"} & tags.keys()) == 1


# -- what, when and where -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (PartialDate(2024, 8, 15), {"PY": ["2024"], "DA": ["2024/08/15/"]}),
        (PartialDate(2024, 8), {"PY": ["2024"], "DA": ["2024/08//"]}),
        (PartialDate(2024), {"PY": ["2024"]}),
        (PartialDate(None, 8, 15), {}),
        (None, {}),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(
    date: PartialDate | None, expected: dict[str, list[str]]
) -> None:
    tags = tags_of(entry_of(paper(date=date)))
    assert {tag: tags[tag] for tag in ("PY", "DA") if tag in tags} == expected


def test_an_inferred_year_says_so() -> None:
    reason = Inferred("date", "the source leaves out its current year")
    tags = tags_of(entry_of(paper(inferred=(reason,))))
    assert tags["N1"] == ["The year is inferred: the source leaves out its current year."]


@pytest.mark.parametrize(
    ("kind", "expected", "venue_tags"),
    [
        ("article", "JOUR", ["T2"]),
        ("inproceedings", "CONF", ["T2", "C3"]),
        ("incollection", "CHAP", ["T2"]),
        ("inbook", "CHAP", ["T2"]),
        ("phdthesis", "THES", ["PB"]),
        ("mastersthesis", "THES", ["PB"]),
        ("techreport", "RPRT", ["PB"]),
        ("book", "BOOK", ["T2"]),
        ("proceedings", "BOOK", ["T2"]),
        ("misc", "GEN", ["T2"]),
    ],
)
def test_a_venue_has_the_tags_of_the_type(kind: str, expected: str, venue_tags: list[str]) -> None:
    tags = tags_in(published(kind, "Hall of Lamps"))
    assert tags["TY"] == [expected]
    assert [tag for tag, values in tags.items() if values == ["Hall of Lamps"]] == venue_tags


def test_every_kind_of_publication_has_a_type() -> None:
    for kind in TYPES:
        assert tags_in(published(kind))["TY"] != [""]


def test_a_preprint_is_unpublished_work_of_arxiv() -> None:
    tags = tags_in(Publication(arxiv="2412.19437"), SITE)
    assert tags["TY"] == ["UNPB"]
    assert (tags["PB"], tags["DB"], tags["AN"]) == (["arXiv"], ["arXiv"], ["arXiv:2412.19437"])
    assert tags["UR"] == ["https://arxiv.org/abs/2412.19437"]


def test_our_page_is_the_address_of_what_has_no_better_place() -> None:
    assert tags_in(UNPUBLISHED, SITE)["UR"] == [f"{SITE}papers/of-lamps/"]
    assert "UR" not in tags_in(UNPUBLISHED)
    assert tags_in(Publication(url="https://a.example/x;y"), SITE)["UR"] == [
        "https://a.example/x;y"
    ]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1--13", {"SP": ["1"], "EP": ["13"]}),
        ("12:1–12:20", {"SP": ["12:1"], "EP": ["12:20"]}),
        ("e12", {"SP": ["e12"]}),
        ("1--3, 7", {"SP": ["1-3, 7"]}),
    ],
)
def test_a_page_range_has_a_start_and_an_end(pages: str, expected: dict[str, list[str]]) -> None:
    tags = tags_in(published("article", "Lamps", pages=pages))
    assert {tag: tags[tag] for tag in ("SP", "EP") if tag in tags} == expected


@pytest.mark.parametrize(
    ("kind", "tag"),
    [("article", "IS"), ("inproceedings", "IS"), ("techreport", "SN"), ("book", "M1")],
)
def test_a_number_has_the_tag_of_the_type(kind: str, tag: str) -> None:
    tags = tags_in(published(kind, "Lamps", number="4"))
    assert [name for name, values in tags.items() if values == ["4"]] == [tag]


def test_the_number_of_a_chapters_series_is_not_written_as_a_number_of_volumes() -> None:
    assert ["4"] not in tags_in(published("inbook", "Lamps", number="4")).values()


@pytest.mark.parametrize(("kind", "serial"), [("article", "0000-0000"), ("book", "978-0")])
def test_a_journal_has_its_issn_and_a_book_its_isbn(kind: str, serial: str) -> None:
    assert tags_in(published(kind, "Lamps", isbn="978-0", issn="0000-0000"))["SN"] == [serial]


def test_other_details_have_their_tags() -> None:
    publication = published(
        "incollection",
        "\\emph{Lamps}",
        series="Wicks",
        edition="Second",
        chapter="7",
        publisher="Wick Press",
        address="Glow, Hills",
        language="german",
    )
    tags = tags_in(publication)
    expected = {"T2": "Lamps", "T3": "Wicks", "ET": "Second", "SE": "7", "PB": "Wick Press"}
    expected |= {"CY": "Glow, Hills", "LA": "de"}
    assert {tag: tags[tag] for tag in expected} == {tag: [text] for tag, text in expected.items()}
    assert tags_in(published("book", series="Wicks"))["T2"] == ["Wicks"]
    assert tags_in(published("phdthesis", "School"))["M3"] == ["PhD thesis"]
    assert tags_in(published("mastersthesis", "School", type="mathesis"))["M3"] == [
        "Master’s thesis"
    ]


def test_a_pdf_is_named_where_it_is_on_the_web() -> None:
    found, catalogue = only_paper(paper())
    notes = PaperNotes(Provenance("n.md", 1), found.id, pdf="https://a.example/x.pdf")
    on_the_web = replace(found, notes=notes)
    beside = replace(found, notes=replace(notes, pdf="x.pdf"))
    entries = [ris_entry(one, catalogue, SITE, abstract=False) for one in (on_the_web, beside)]
    assert [tags_of(entry).get("L1") for entry in entries] == [["https://a.example/x.pdf"], None]
