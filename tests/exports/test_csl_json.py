"""CSL-JSON: says what is known and no more, and is read back whole by pandoc."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.exports.csl_json import TYPES, CslJsonExporter, csl_item
from generator.markup import clean_text
from generator.names import OrganisationNames
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

ORGANISATIONS = OrganisationNames.of(["DeepSeek-AI", "Aurora-9", "Wick, Oil & Co"], [])
SITE = "https://papers.example/"
JUNE = PartialDate(2024, 6, 1)
SCHEMA_VARIABLES = frozenset(
    """id type title author editor issued container-title collection-title collection-number volume
    issue number page chapter-number edition genre publisher publisher-place ISBN ISSN DOI URL
    language keyword note custom abstract""".split()
)
"""Of csl-data.json, which allows no others, those that a paper can have."""


def paper(
    title: str = "Of Lamps",
    authors: Iterable[str] = ("Ada Quill",),
    *,
    date: PartialDate | None = JUNE,
    publication: Publication = UNPUBLISHED,
    **values: object,
) -> PaperRecord:
    """A record as sources hand it on: every string cleaned."""
    record = PaperRecord(
        Provenance("a.bib", 1),
        clean_text(title),
        tuple(NameAsPrinted(clean_text(name)) for name in authors),
        date=date,
        publication=publication,
    )
    return replace(record, **values)  # type: ignore[arg-type]  # whatever a record has


def published(kind: str, venue: str | None = None, **details: str) -> Publication:
    """A publication with details by their BibTeX names."""
    return Publication(kind, venue, details=MappingProxyType(details))


def catalogue_of(*records: PaperRecord) -> Catalogue:
    """The catalogue of some records, each on a line of its own."""
    placed = [replace(r, provenance=Provenance("a.bib", n)) for n, r in enumerate(records, 1)]
    return build_catalogue(Load((), tuple(placed), ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def only_paper(record: PaperRecord) -> tuple[Paper, Catalogue]:
    """The paper that a single record makes, and its catalogue."""
    catalogue = catalogue_of(record)
    (found,) = catalogue.papers.values()
    return found, catalogue


def item_of(record: PaperRecord, site_url: str | None = None) -> dict[str, object]:
    """The item of a single record, abstract included."""
    found, catalogue = only_paper(record)
    return csl_item(found, catalogue, site_url, abstract=True)


def authors_of(*names: str) -> object:
    """The names of an item's author list."""
    return item_of(paper(authors=names))["author"]


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ada B. Quill", {"family": "Quill", "given": "Ada B."}),
        ("Jan van der Lamp", {"family": "van der Lamp", "given": "Jan"}),
        ("Otto Finch Jr.", {"family": "Finch", "given": "Otto", "suffix": "Jr."}),
        ("Peña Ruiz, María-José", {"family": "Peña Ruiz", "given": "María-José"}),
        ("Plato Jr.", {"family": "Plato", "suffix": "Jr."}),
        ("韩雪梅", {"family": "韩", "given": "雪梅"}),
        ("Jan Maly 0001", {"family": "Maly", "given": "Jan"}),
        ("Plato", {"literal": "Plato"}),
        ("DeepSeek-AI", {"literal": "DeepSeek-AI"}),
        ("The Lantern Collaboration", {"literal": "The Lantern Collaboration"}),
        ("{Wick, Oil & Co}", {"literal": "Wick, Oil & Co"}),
    ],
)
def test_a_name_is_taken_apart_and_what_has_no_parts_is_literal(
    printed: str, expected: dict[str, str]
) -> None:
    assert authors_of(printed) == [expected]


def test_a_cut_list_names_nobody_who_is_not_printed() -> None:
    item = item_of(paper(authors=("Ada Quill", "Otto Finch"), truncated=True))
    assert item["author"] == [
        {"family": "Quill", "given": "Ada"},
        {"family": "Finch", "given": "Otto"},
    ]
    assert item["custom"] == {"truncated": True}
    assert "author list is cut" in str(item["note"])


def test_a_whole_list_is_not_marked() -> None:
    assert {"custom", "note"}.isdisjoint(item_of(paper()))


def test_a_paper_without_authors_has_no_author_list() -> None:
    assert "author" not in item_of(paper(authors=()))


def test_a_family_name_stated_by_one_source_holds_where_another_prints_the_same_name() -> None:
    catalogue = catalogue_of(
        paper("Of Lamps", ("Luz García Mora",)), paper("Of Wicks", ("García Mora, Luz",))
    )
    lists = [
        csl_item(p, catalogue, None, abstract=False)["author"] for p in catalogue.papers.values()
    ]
    assert lists == [[{"family": "García Mora", "given": "Luz"}]] * 2


def test_editors_are_named_like_authors() -> None:
    editors = (NameAsPrinted("van der Lamp, Jan"), NameAsPrinted("{Wick Press}"))
    publication = replace(published("inproceedings", "Wicks"), editors=editors)
    assert item_of(paper(publication=publication))["editor"] == [
        {"family": "van der Lamp", "given": "Jan"},
        {"literal": "Wick Press"},
    ]


# -- what and when --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ReLU$^2$ Wins", "ReLU² Wins"),
        ("\\emph{Lamps} at 5\\% \\& More", "Lamps at 5% & More"),
        ("灯笼 at Night", "灯笼 at Night"),
    ],
)
def test_a_title_is_plain_text(title: str, expected: str) -> None:
    assert item_of(paper(title))["title"] == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (PartialDate(2024, 6, 1), [2024, 6, 1]),
        (PartialDate(2024, 6), [2024, 6]),
        (PartialDate(2024), [2024]),
    ],
)
def test_a_date_has_the_parts_that_are_known(date: PartialDate, expected: list[int]) -> None:
    assert item_of(paper(date=date))["issued"] == {"date-parts": [expected]}


@pytest.mark.parametrize("date", [None, PartialDate(None, 6, 1)])
def test_a_date_without_a_year_is_left_out(date: PartialDate | None) -> None:
    assert "issued" not in item_of(paper(date=date))


def test_an_inferred_year_says_so() -> None:
    reason = Inferred("date", "the source leaves out its current year")
    note = item_of(paper(inferred=(reason,)))["note"]
    assert note == "The year is inferred: the source leaves out its current year."


def test_notes_of_bibliographies_and_people_stand_as_sentences() -> None:
    found, catalogue = only_paper(paper(publication=published("misc", note="\\emph{To appear}")))
    notes = PaperNotes(Provenance("n.md", 1), found.id, award="Best paper!", note="Costs $5 or $6")
    item = csl_item(replace(found, notes=notes), catalogue, None, abstract=False)
    assert item["note"] == "To appear. Best paper! Costs $5 or $6."


def test_only_the_authors_own_abstract_is_exported_and_as_plain_text() -> None:
    theirs = paper(abstract="Of $x^2$\n lamps.")
    assert item_of(theirs)["abstract"] == "Of x² lamps."
    assert "abstract" not in item_of(replace(theirs, abstract_is_summary=True))
    found, catalogue = only_paper(theirs)
    assert "abstract" not in csl_item(found, catalogue, None, abstract=False)


# -- where ----------------------------------------------------------------------------------------


def test_every_kind_of_publication_has_a_type() -> None:
    assert TYPES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_venue_is_the_container_or_else_the_institution(kind: str) -> None:
    item = item_of(paper(publication=published(kind, "Hall of Lamps")))
    assert item["type"] == TYPES[kind]
    of_institution = kind in ("phdthesis", "mastersthesis", "techreport")
    assert item["publisher" if of_institution else "container-title"] == "Hall of Lamps"
    assert item.keys() <= SCHEMA_VARIABLES


@pytest.mark.parametrize("kind", ["article", "misc"])
def test_a_preprint_is_arxivs_and_has_its_number_and_address(kind: str) -> None:
    item = item_of(paper(publication=Publication(kind, arxiv="2412.19437")))
    assert item["type"] == "article"
    assert (item["publisher"], item["number"]) == ("arXiv", "arXiv:2412.19437")
    assert item["URL"] == "https://arxiv.org/abs/2412.19437"


def test_a_published_paper_is_no_preprint_though_it_has_one() -> None:
    publication = replace(published("article", "Lamps", number="4"), arxiv="2412.19437")
    item = item_of(paper(publication=publication))
    assert item["type"] == "article-journal"
    assert item["issue"] == "4"
    assert {"publisher", "number"}.isdisjoint(item)


@pytest.mark.parametrize("kind", ["article", "misc"])
def test_what_stands_nowhere_is_a_document(kind: str) -> None:
    assert item_of(paper(publication=published(kind)))["type"] == "document"


@pytest.mark.parametrize(
    ("publication", "variable"),
    [
        (published("article", "Lamps", number="4"), "issue"),
        (published("inproceedings", "Lamps", number="4"), "issue"),
        (published("inproceedings", "Lamps", number="4", series="Wicks"), "collection-number"),
        (published("book", number="4", series="Wicks"), "collection-number"),
        (published("techreport", "Lamps", number="4"), "number"),
    ],
)
def test_a_number_is_that_of_an_issue_a_series_or_a_report(
    publication: Publication, variable: str
) -> None:
    item = item_of(paper(publication=publication))
    found = {name for name in ("issue", "collection-number", "number") if name in item}
    assert found == {variable}
    assert item[variable] == "4"


@pytest.mark.parametrize(
    ("pages", "expected"), [("1--13", "1-13"), ("1–3, 7", "1-3, 7"), ("e12", "e12")]
)
def test_page_ranges_have_hyphens(pages: str, expected: str) -> None:
    item = item_of(paper(publication=published("article", "Lamps", pages=pages)))
    assert item["page"] == expected


def test_every_detail_has_its_variable() -> None:
    publication = replace(
        published(
            "incollection",
            "\\emph{Lamps} \\& Oil",
            volume="3",
            series="Wicks",
            edition="Second",
            chapter="7",
            publisher="Wick Press",
            address="Glow, Hills",
            isbn="978-0-00-000000-2",
            issn="0000-0000",
            language="german",
        ),
        doi="10.1000/lamp",
        keywords=("lamps", "oil"),
    )
    item = item_of(paper(publication=publication))
    assert {variable: item[variable] for variable in list(item)[5:]} == {
        "container-title": "Lamps & Oil",
        "collection-title": "Wicks",
        "volume": "3",
        "chapter-number": "7",
        "edition": "Second",
        "publisher": "Wick Press",
        "publisher-place": "Glow, Hills",
        "ISBN": "978-0-00-000000-2",
        "ISSN": "0000-0000",
        "DOI": "10.1000/lamp",
        "language": "de",
        "keyword": "lamps, oil",
    }


@pytest.mark.parametrize(
    ("kind", "details", "genre"),
    [
        ("phdthesis", {}, "PhD thesis"),
        ("mastersthesis", {}, "Master’s thesis"),
        ("phdthesis", {"type": "Habilitation"}, "Habilitation"),
    ],
)
def test_a_thesis_says_which_kind_it_is(kind: str, details: dict[str, str], genre: str) -> None:
    item = item_of(paper(publication=published(kind, "School", **details)))
    assert (item["type"], item["genre"], item["publisher"]) == ("thesis", genre, "School")


@pytest.mark.parametrize(
    ("stated", "genre"),
    [
        ("phdthesis", "PhD thesis"),
        ("mathesis", "Master’s thesis"),
        ("MastersThesis", "Master’s thesis"),
        ("candthesis", "Candidate thesis"),
        ("techreport", "Technical report"),
        ("resreport", "Research report"),
        ("software", "Computer software"),
        ("datacd", "CD-ROM"),
        ("patentde", None),
        ("patent", None),
        ("patreqeu", None),
        ("Patent pools", "Patent pools"),
    ],
)
def test_what_biblatex_has_a_key_for_stands_in_words(stated: str, genre: str | None) -> None:
    item = item_of(paper(publication=published("techreport", "School", type=stated)))
    assert item.get("genre") == genre


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("ngerman", "de"),
        ("English", "en"),
        ("american", "en-US"),
        ("langfrench", "fr"),
        ("français", "fr"),
        ("en", "en"),
        ("en-US", "en-US"),
        ("en_US", "en-US"),
        ("zh-Hans", "zh-Hans"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("German and Latin", None),
        ("Klingonese", None),
        ("1", None),
    ],
)
def test_a_language_is_a_tag_that_programs_know_or_is_left_out(
    stated: str, tag: str | None
) -> None:
    item = item_of(paper(publication=published("book", language=stated)))
    assert item.get("language") == tag


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"organization": "Lamp Society"}, "Lamp Society"),
        ({"howpublished": "Pamphlet"}, "Pamphlet"),
        ({"howpublished": "https://a.example/x"}, None),
    ],
)
def test_who_brought_it_out_stands_for_a_publisher(
    details: dict[str, str], expected: str | None
) -> None:
    assert item_of(paper(publication=published("misc", **details))).get("publisher") == expected


@pytest.mark.parametrize(
    ("publication", "expected"),
    [
        (Publication(url="https://a.example/\x00x\n", arxiv="2412.19437"), "https://a.example/x"),
        (Publication(doi="10.1000/lamp"), None),
        (published("article", "Lamps"), None),
        (UNPUBLISHED, f"{SITE}papers/of-lamps/"),
    ],
)
def test_our_page_is_the_address_of_what_has_no_better_place(
    publication: Publication, expected: str | None
) -> None:
    assert item_of(paper(publication=publication), SITE).get("URL") == expected


def test_an_unknown_site_address_gives_no_url() -> None:
    assert "URL" not in item_of(paper())


# -- files ----------------------------------------------------------------------------------------


def test_an_item_is_laid_out_a_variable_a_line() -> None:
    found, catalogue = only_paper(paper(authors=("Ada Quill", "Ōmi"), abstract="All of 5% light."))
    assert CslJsonExporter(catalogue, None).paper(found) == (
        "[\n"
        "  {\n"
        '    "id": "quill2024lamps",\n'
        '    "type": "document",\n'
        '    "title": "Of Lamps",\n'
        '    "author": [{"family": "Quill", "given": "Ada"}, {"literal": "Ōmi"}],\n'
        '    "issued": {"date-parts": [[2024, 6, 1]]},\n'
        '    "abstract": "All of 5% light."\n'
        "  }\n"
        "]\n"
    )


def test_lists_hold_the_same_items_in_their_order_without_abstracts() -> None:
    catalogue = catalogue_of(
        paper("Of Lamps", abstract="Bright."), paper("Of Wicks", abstract="\\textbf{Long}.")
    )
    exporter = CslJsonExporter(catalogue, SITE)
    papers = list(catalogue.papers.values())
    for listed in (papers, papers[::-1], []):
        found = json.loads(exporter.papers(listed))
        assert found == [csl_item(p, catalogue, SITE, abstract=False) for p in listed]
    for one in papers:
        whole = json.loads(exporter.paper(one))
        assert whole == [csl_item(one, catalogue, SITE, abstract=True)]
        assert "abstract" in whole[0]


# -- pandoc ---------------------------------------------------------------------------------------

HOSTILE = (
    "ReLU$^2$ Wins",
    "Line\nbreak\r\x0b\u2028 and \x00\x1b control",
    '"], "id": "x" \\',
    "<script>alert(1)</script> & </title>",
    "a < b > c &amp; d",
    "{Braces} \\undefined $x_{1}$ $ 100% #1 ~ ^",
    "\u202egnol \ufeff \U000e0041",
    "-- --- * _ ` [l](u) ![i](u) @x",
    "TY  - JOUR",
    "ER  -",
    "灯笼 🏮",
    "Lamp " * 60,
)


def letters(text: str) -> str:
    """What stays of a text when a reader sets its quotes, its spaces, and `²` as a superscript."""
    text = unicodedata.normalize("NFKC", text.replace("<sup>", "").replace("</sup>", ""))
    return "".join(filter(str.isalnum, text))


def through_pandoc(text: str) -> list[dict[str, object]]:
    """The items of a document as pandoc reads and writes them."""
    command = ["pandoc", "-f", "csljson", "-t", "csljson"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def assert_read_whole(catalogue: Catalogue) -> None:
    """Assert that pandoc reads the same papers, titles and numbers of names."""
    papers = list(catalogue.papers.values())
    found = {
        item["id"]: item for item in through_pandoc(CslJsonExporter(catalogue, SITE).papers(papers))
    }
    assert found.keys() == {one.citation_key for one in papers}
    for one in papers:
        item = found[one.citation_key]
        names = item.get("author", [])
        assert isinstance(names, list)
        assert len(names) == len(one.authors)
        assert letters(str(item.get("title", ""))) == letters(one.plain_title)


def test_pandoc_reads_every_kind_and_hostile_titles_and_names() -> None:
    kinds = [
        paper(f"Of {kind}", publication=published(kind, "Hall", pages="1--3", number="4"))
        for kind in KINDS
    ]
    hostile = [paper(title, ("Ada Quill", title.strip()[:60])) for title in HOSTILE]
    cut = paper("Of Many", ("Plato", "DeepSeek-AI", "Otto Finch Jr."), truncated=True)
    assert_read_whole(catalogue_of(*kinds, *hostile, cut, paper("Of None", (), date=None)))


PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<&"), max_size=30)
NAMES = st.sampled_from(
    ["van", "der", "Jr.", "de", "Lamp", "Ada", "灯", "others", "O'Neil", "J.-P."]
)
PRINTED_NAMES = (
    st.lists(NAMES | PLAIN_TEXT.filter(letters), min_size=1, max_size=4)
    .map(" ".join)
    .map(clean_text)
)
RECORDS = st.builds(
    paper,
    PLAIN_TEXT.filter(letters),
    st.lists(PRINTED_NAMES.filter(letters), max_size=4, unique=True),
    truncated=st.booleans(),
    abstract=PLAIN_TEXT,
    publication=st.builds(
        published,
        st.sampled_from(list(KINDS)),
        st.none() | PLAIN_TEXT,
        pages=PLAIN_TEXT,
        note=PLAIN_TEXT,
    ),
)


# To shrink a failure would take minutes: each example is a run of pandoc.
@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(RECORDS, min_size=8, max_size=24))
def test_pandoc_reads_as_many_papers_and_names_as_were_written(records: list[PaperRecord]) -> None:
    assert_read_whole(catalogue_of(*records))
