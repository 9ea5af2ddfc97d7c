"""COinS: Zotero finds every paper of a page, and nobody else finds them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.exports.coins import CoinsBlocks, coins
from generator.exports.csl_json import author_name
from generator.markup import clean_text
from generator.names import OrganisationNames
from generator.records import NameAsPrinted, PaperRecord, Provenance, Publication
from tests.page_html import PageHtml
from tests.test_markup import CONFIGURATIONS, render
from tests.zotero import Creator, Item, parse_context_object, save

SITE = "https://papers.example/repo/"
ORGANISATIONS = OrganisationNames.of(["DeepSeek-AI"], [])
JOURNAL = Publication(
    kind="article",
    venue="Journal of Lamps & Oil",
    doi="10.1000/lamp(1)<2>",
    arxiv="2408.01234",
    details={"volume": "3", "number": "2", "pages": "101--118", "issn": "1234-5679"},
)


def record(
    title: str = "Of Lamps", authors: tuple[str, ...] = ("Ada Quill", "Bo Peep"), **values: Any
) -> PaperRecord:
    """A record as sources hand it on: every string cleaned."""
    names = tuple(NameAsPrinted(clean_text(name)) for name in authors)
    known: dict[str, Any] = {"date": PartialDate(2024, 8, 15)} | values
    return PaperRecord(Provenance("a.txt", 1), clean_text(title), names, **known)


def catalogue_of(*records: PaperRecord) -> Catalogue:
    """The catalogue of some records."""
    return build_catalogue(Load((), records, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def text_of(found: PaperRecord, site_url: str | None = SITE) -> str:
    """The ContextObject of a single record."""
    catalogue = catalogue_of(found)
    (paper,) = catalogue.papers.values()
    return coins(paper, catalogue, site_url)


def saved(found: PaperRecord, site_url: str | None = SITE) -> Item:
    """What Zotero makes of a single record."""
    item = parse_context_object(text_of(found, site_url))
    assert item is not None
    return item


def block_of(*records: PaperRecord) -> str:
    """The block for a page that lists all papers of a catalogue."""
    catalogue = catalogue_of(*records)
    return CoinsBlocks(catalogue, SITE).block(catalogue.papers.values())


# -- what Zotero reads ----------------------------------------------------------------------------


def test_a_journal_article_is_read_with_everything_that_a_reference_needs() -> None:
    item = saved(record(publication=JOURNAL))
    assert item.type == "journalArticle"
    assert item.creators == (Creator("Quill", "Ada"), Creator("Peep", "Bo"))
    assert item.fields == {
        "title": "Of Lamps",
        "publicationTitle": "Journal of Lamps & Oil",
        "volume": "3",
        "issue": "2",
        "pages": "101-118",
        "date": "2024-08-15",
        "ISSN": "1234-5679",
        "DOI": "10.1000/lamp(1)<2>",
        "url": f"{SITE}papers/of-lamps/",
    }


@pytest.mark.parametrize(
    ("publication", "kind", "fields"),
    [
        (Publication(), "document", {}),
        (Publication(arxiv="2408.01234"), "preprint", {"publisher": "arXiv"}),
        (Publication(venue="Lamp Days"), "document", {"publicationTitle": "Lamp Days"}),
        (
            Publication(kind="inproceedings", venue="Proc. of Lamps"),
            "conferencePaper",
            {"publicationTitle": "Proc. of Lamps"},
        ),
        (
            Publication(kind="incollection", venue="Lamps", details={"publisher": "Oil"}),
            "bookSection",
            {"publicationTitle": "Lamps", "publisher": "Oil"},
        ),
        (
            Publication(kind="phdthesis", venue="Lamp Hall"),
            "thesis",
            {"publisher": "Lamp Hall", "type": "PhD thesis"},
        ),
        (Publication(kind="techreport", venue="Lamp Lab"), "report", {"publisher": "Lamp Lab"}),
        (
            Publication(kind="book", details={"series": "Lights", "isbn": "978-3-16-148410-0"}),
            "book",
            {"series": "Lights", "ISBN": "978-3-16-148410-0"},
        ),
    ],
)
def test_every_kind_of_publication_is_read_as_what_it_is(
    publication: Publication, kind: str, fields: dict[str, str]
) -> None:
    item = saved(record(publication=publication))
    assert item.type == kind
    expected = {"title": "Of Lamps", "date": "2024-08-15", "url": f"{SITE}papers/of-lamps/"}
    assert item.fields == expected | fields


@pytest.mark.parametrize(
    ("date", "read"),
    [(PartialDate(2024, 8), "2024-08"), (PartialDate(2024), "2024"), (None, "")],
)
def test_a_date_is_as_full_as_it_is_known(date: PartialDate | None, read: str) -> None:
    assert saved(record(date=date))["date"] == read


def test_without_an_address_of_the_site_the_preprint_has_the_address() -> None:
    assert saved(record(publication=JOURNAL), None)["url"] == "https://arxiv.org/abs/2408.01234"
    assert saved(record(), None)["url"] == ""


def test_a_cut_list_has_the_printed_names_and_no_others() -> None:
    assert saved(record(truncated=True)).creators == (
        Creator("Quill", "Ada"),
        Creator("Peep", "Bo"),
    )


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Jan van der Lamp", Creator("van der Lamp", "Jan")),
        ("Ada B. Quill", Creator("Quill", "Ada B.")),
        ("King, Jr., Martin Luther", Creator("King", "Martin Luther Jr")),
        ("王伟", Creator("王", "伟")),
        ("Plato", Creator("Plato")),
        ("DeepSeek-AI", Creator("DeepSeek-AI")),
        ("The Lantern Collaboration", Creator("The Lantern Collaboration")),
        ("{Keepers of Lamps}", Creator("Keepers of Lamps")),
    ],
)
@pytest.mark.parametrize("publication", [Publication(), JOURNAL], ids=["plain", "journal"])
def test_every_name_is_read_in_its_parts_and_in_its_place(
    printed: str, read: Creator, publication: Publication
) -> None:
    for names, place in (((printed, "Bo Peep"), 0), (("Bo Peep", printed), 1)):
        creators = saved(record(authors=names, publication=publication)).creators
        assert len(creators) == 2
        assert creators[place] == read


def test_the_first_author_stands_in_parts_for_link_resolvers() -> None:
    text = text_of(record(publication=JOURNAL))
    assert "&rft.aulast=Quill&rft.aufirst=Ada&rft.au=Quill,+Ada&rft.au=Peep,+Bo&" in text


GIVEN = st.text("AbcÉ.-' ’BJ", min_size=1, max_size=10).map(clean_text)
FAMILY = st.text("LmpØ.-' ", min_size=1, max_size=10).map(clean_text)
NAMES = st.builds("{}, {}".format, FAMILY, GIVEN) | st.builds("{} {}".format, GIVEN, FAMILY)


@given(name=NAMES.filter(lambda name: any(map(str.isalpha, name))))
@example(name="Quill, AB")
@example(name="Quill, F Scott")
@example(name="St.John, Ada")
@example(name="Quill, Jean-L Paul")
def test_no_author_is_read_twice(name: str) -> None:
    item = saved(record(authors=(name, "Bo Peep"), publication=JOURNAL))
    assert len(item.creators) == 2


# -- how it stands on a page ----------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
NASTY = st.sampled_from(
    """<b>x</b> &amp; &#60; **x** _x_ __x__ ~~x~~ `x` [x](y) ![x](y) {{x}} {%x%} $x$ | # --- :x:
    https://x.example/?a=b&c=d#e x@y.example --8<-- {++x++} ==x== ^x^ [^1] *[x]: </div> </span> "
    ' > <!-- --> \\x 100% a+b ... (c) :smile: @user #12 [TOC] [[x]] {: .x } <script> wzxhzdk:0 灯
    """.split()
)
TITLES = st.lists(NASTY | TEXTS, min_size=1, max_size=8).map(" ".join).filter(clean_text)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
@given(title=TITLES, name=TITLES)
def test_markdown_leaves_the_block_as_it_is(configuration: str, title: str, name: str) -> None:
    block = block_of(record(title, (name,), publication=JOURNAL))
    assert render(f"Before.\n\n{block}", configuration) == f"<p>Before.</p>\n{block}"


@given(title=TITLES)
def test_a_title_comes_out_as_it_was(title: str) -> None:
    (item,) = save(PageHtml(block_of(record(title))))
    catalogue = catalogue_of(record(title))
    (paper,) = catalogue.papers.values()
    # Zotero reads an encoded plus sign as a space.
    assert item["title"] == paper.plain_title.replace("+", " ")


def test_an_ampersand_between_pairs_is_an_entity() -> None:
    assert set(re.findall("&(?:#38;)?", block_of(record(publication=JOURNAL)))) == {"&#38;"}


def test_a_block_has_one_empty_element_for_each_paper_in_order() -> None:
    block = block_of(record("Of Lamps"), record("Of Oil"), record("Of Wicks"))
    page = PageHtml(block)
    assert "".join(page.all("div")[0].text).strip() == ""
    assert [item["title"] for item in save(page)] == ["Of Lamps", "Of Oil", "Of Wicks"]
    assert block_of() == ""


def test_nobody_sees_hears_or_searches_a_block() -> None:
    (around,) = PageHtml(block_of(record())).all("div")
    # What is not marked for the search is not found: see tests/site/test_page_metadata.py.
    assert around.attributes.keys() == {"hidden"}


def test_a_paper_has_the_same_bytes_on_every_page() -> None:
    catalogue = catalogue_of(record("Of Lamps"), record("Of Oil", publication=JOURNAL))
    blocks = CoinsBlocks(catalogue, SITE)
    papers = list(catalogue.papers.values())
    assert blocks.block(papers).splitlines()[1] == blocks.block(papers[:1]).splitlines()[1]
    assert blocks.block(papers) == CoinsBlocks(catalogue, SITE).block(papers)


def test_values_are_percent_encoded_utf8() -> None:
    text = text_of(record("灯 & =+%<>\"' _~", ("Łucja Żółć",)))
    assert re.fullmatch(r"[A-Za-z0-9%&=+._~:/,-]+", text)
    assert "rft.title=%E7%81%AF+%26+%3D%2B%25%3C%3E%22%27+_~&" in text


def test_an_entry_is_short() -> None:
    assert len(block_of(record())) < 400


def test_names_are_those_of_other_citations() -> None:
    catalogue = catalogue_of(record(authors=("Jan van der Lamp",)))
    (paper,) = catalogue.papers.values()
    name = author_name(paper.authors[0], catalogue.people)
    assert saved(record(authors=("Jan van der Lamp",))).creators == (
        Creator(name.family, name.given),
    )


def test_of_thousands_of_authors_the_first_hundred_are_named() -> None:
    letters = "abcdefghijklmnopqrst"
    authors = tuple(f"Ada Qu{a}{b}" for a in letters for b in letters)
    text = text_of(record(authors=authors, publication=JOURNAL))
    assert text.count("rft.au=") == 100
    assert "rft.au=Quaa,+Ada&" in text
