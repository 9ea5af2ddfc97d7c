"""Feeds: any reader accepts them, and a paper stays the same entry whatever comes after it."""

from __future__ import annotations

import datetime
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.exports.feeds import (
    MOST_AUTHORS,
    NEWEST,
    SITE_FEED,
    UNDATED,
    FeedExporter,
    author_feed,
    topic_feed,
)
from generator.markup import clean_text
from generator.names import OrganisationNames
from generator.records import (
    Inferred,
    NameAsPrinted,
    PaperNotes,
    PaperRecord,
    ProfileRecord,
    Provenance,
    Publication,
)
from tests.academy import copy_academy, understand

SITE = "https://papers.example/repo/"
ATOM = "{http://www.w3.org/2005/Atom}"
JUNE = PartialDate(2024, 6, 1)
ORGANISATIONS = OrganisationNames.of(["Aurora-9"], [])


def paper(
    title: str = "Of Lamps",
    authors: tuple[str, ...] = ("Ada Quill",),
    *,
    date: PartialDate | None = JUNE,
    line: int = 1,
    subject: str | None = None,
    abstract: str | None = None,
    summary: bool = False,
    truncated: bool = False,
    profile: str | None = None,
    inferred: tuple[Inferred, ...] = (),
    publication: Publication | None = None,
) -> PaperRecord:
    """A record as sources hand it on."""
    return PaperRecord(
        Provenance("a.txt", line),
        title,
        tuple(map(NameAsPrinted, authors)),
        date=date,
        subject=subject,
        abstract=abstract,
        abstract_is_summary=summary,
        truncated=truncated,
        profile=profile,
        inferred=inferred,
        publication=publication or Publication(),
    )


def catalogue_of(*records: PaperRecord, profiles: tuple[ProfileRecord, ...] = ()) -> Catalogue:
    """The catalogue of some records."""
    return build_catalogue(Load(profiles, records, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def feeds_of(catalogue: Catalogue, site_url: str = SITE, name: str = "Lamps") -> dict[str, bytes]:
    """All feeds by path."""
    return {d.path: d.data for d in FeedExporter(catalogue, name, site_url).documents()}


def feed_of(*records: PaperRecord) -> ET.Element:
    """The site's feed of some records."""
    return ET.fromstring(feeds_of(catalogue_of(*records))[SITE_FEED])


def entry_of(record: PaperRecord) -> ET.Element:
    """The entry of a single record."""
    (entry,) = feed_of(record).findall(f"{ATOM}entry")
    return entry


def texts(element: ET.Element, path: str) -> list[str | None]:
    """The texts of the elements at a path such as `author/name`."""
    return [
        found.text for found in element.findall("/".join(ATOM + tag for tag in path.split("/")))
    ]


def links(entry: ET.Element, rel: str) -> dict[str | None, str | None]:
    """The addresses of an entry's links of a relation, by title."""
    found = entry.findall(f"{ATOM}link[@rel='{rel}']")
    return {link.get("title"): link.get("href") for link in found}


# -- rules of RFC 4287 ----------------------------------------------------------------------------

IN_BOTH = ("id", "title", "updated")
TAGS = {
    "feed": {*IN_BOTH, "link", "author", "entry"},
    "entry": {*IN_BOTH, "published", "link", "author", "category", "summary"},
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def check_feed(path: str, data: bytes, site_url: str = SITE) -> None:
    """Everything that RFC 4287 asks of a feed of ours."""
    assert data.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    feed = ET.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    check_common(feed, "feed")
    (own,) = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == site_url + path
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check_common(entry, "entry")
        assert len(texts(entry, "published")) <= 1
        assert len(texts(entry, "summary")) <= 1
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
    ids = [*texts(feed, "id"), *texts(feed, "entry/id")]
    assert len(set(ids)) == len(ids) == len(entries) + 1
    assert texts(feed, "author/name") or all(texts(entry, "author/name") for entry in entries)
    moments = texts(feed, "entry/updated") or [UNDATED]
    assert texts(feed, "updated") == [max(moment or "" for moment in moments)]


def check_common(element: ET.Element, kind: str) -> None:
    """What the RFC asks of feeds and entries alike (sections 4.1.1, 4.1.2 and 3)."""
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert set(counts) <= TAGS[kind]
    assert [counts[tag] for tag in IN_BOTH] == [1, 1, 1]
    assert all(text and text.strip() for tag in IN_BOTH for text in texts(element, tag))
    (alternate,) = element.findall(f"{ATOM}link[@rel='alternate']")
    assert alternate.get("type") == "text/html"
    hrefs = [link.get("href") for link in element.findall(f"{ATOM}link")]
    for address in (*texts(element, "id"), *hrefs, *texts(element, "author/uri")):
        assert address is not None
        assert urlsplit(address).scheme in {"http", "https"}
        assert urlsplit(address).netloc
        assert not re.search(r"[\s<>\"{}|\\^`]", address)  # RFC 3987 has no place for them
    for moment in (*texts(element, "updated"), *texts(element, "published")):
        assert MOMENT.fullmatch(moment or "")
        datetime.datetime.fromisoformat(moment or "")  # it is in the calendar
    for author in element.findall(f"{ATOM}author"):
        (name,) = texts(author, "name")
        assert name
        assert len(texts(author, "uri")) == 1


def check_all(feeds: Mapping[str, bytes], site_url: str = SITE) -> None:
    """Check every feed by the rules and by a reader that is not ours."""
    for path, data in feeds.items():
        check_feed(path, data, site_url)
        found = feedparser.parse(data)
        assert found.bozo is False, found.get("bozo_exception")
        assert found.version == "atom10"
        assert len(found.entries) == len(ET.fromstring(data).findall(f"{ATOM}entry"))


RECORDS = (
    paper(
        "ReLU$^2$ & <Lamps>", ("Jan van der Lamp", "Aurora-9"), subject="cs.CL", abstract="A $x$"
    ),
    paper("Glow", ("Jan van der Lamp",), line=2, date=PartialDate(2023, 4), subject="cs.CL"),
    paper("Dim", ("Mei Lin 0002",), line=3, date=PartialDate(2022), subject="none.XX"),
    paper("Dark", (), line=4, date=None),
    paper("Within Some Year", line=5, date=PartialDate(None, 5, 2)),
)


@pytest.mark.parametrize(
    "site_url",
    [SITE, "https://papers.example/", "http://localhost:8000/a&b/", "https://灯.example/"],
)
def test_feeds_keep_the_rules_wherever_the_site_is(site_url: str) -> None:
    check_all(feeds_of(catalogue_of(*RECORDS), site_url), site_url)


def test_the_feeds_of_the_academy_keep_the_rules(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    known = understand(copy_academy(tmp_path_factory.mktemp("feeds") / "academy"))
    feeds = feeds_of(known.built.catalogue)
    check_all(feeds)
    assert len(feeds) == 1 + len(known.built.catalogue.people) + len(known.built.catalogue.subjects)


NASTY = st.sampled_from(
    [
        "]]>",
        "</feed>",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "$x<y$",
        "\\textbf{b}",
        '"',
        "'",
        "et al.",
        "灯",
    ]
)
TEXTS = (
    st.lists(NASTY | st.text(max_size=9), min_size=1, max_size=6)
    .map(lambda parts: clean_text(" ".join(parts)))
    .filter(bool)
)
RAW = st.lists(NASTY | st.text(max_size=9), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=100)
@given(
    title=TEXTS,
    abstract=RAW,
    names=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    address=RAW,
    site_name=RAW.filter(clean_text),
    subject=TEXTS,
)
@example(
    title="{}",
    abstract="\0\x1b\ud800\ufffe\uffff",
    names=("A",),
    address="https://a.example/\ud800",
    site_name="\x08Lamps\udfff",
    subject="&",
)
def test_no_character_breaks_a_feed(
    *,
    title: str,
    abstract: str,
    names: tuple[str, ...],
    address: str,
    site_name: str,
    subject: str,
) -> None:
    publication = Publication(
        pdf=f"https://a.example/{address}", doi=f"10.1000/{clean_text(address)}"
    )
    record = paper(
        title, names, abstract=abstract, subject=subject, publication=publication, truncated=True
    )
    catalogue = catalogue_of(record)
    feeds = feeds_of(catalogue, name=site_name)
    check_all(feeds)
    (entry,) = ET.fromstring(feeds[SITE_FEED]).findall(f"{ATOM}entry")
    (found,) = catalogue.papers.values()
    assert texts(entry, "title") == [clean_text(found.plain_title)]
    assert len(texts(entry, "author/name")) == len(names)


# -- what stands in a feed ------------------------------------------------------------------------


def test_no_feeds_are_written_while_the_sites_address_is_not_known() -> None:
    exporter = FeedExporter(catalogue_of(*RECORDS), "Lamps", None)
    assert list(exporter.documents()) == []


def test_the_site_every_author_and_every_subject_have_a_feed() -> None:
    feeds = feeds_of(catalogue_of(*RECORDS))
    authors = ["ada-quill", "aurora-9", "jan-van-der-lamp", "mei-lin-0002"]
    assert set(feeds) == {
        SITE_FEED,
        *map(author_feed, authors),
        topic_feed("cs.CL"),
        topic_feed("none.XX"),
    }
    shown = {path: texts(ET.fromstring(data), "entry/title") for path, data in feeds.items()}
    assert shown[SITE_FEED] == ["ReLU² & <Lamps>", "Glow", "Dim", "Within Some Year", "Dark"]
    assert shown["authors/jan-van-der-lamp.xml"] == ["ReLU² & <Lamps>", "Glow"]
    assert shown["topics/cs-cl.xml"] == ["ReLU² & <Lamps>", "Glow"]
    titles = {path: texts(ET.fromstring(data), "title")[0] for path, data in feeds.items()}
    assert titles[SITE_FEED] == "Lamps"
    assert titles["authors/jan-van-der-lamp.xml"] == "Jan van der Lamp – Lamps"
    assert titles["topics/cs-cl.xml"] == "Computation and Language – Lamps"


def test_a_feed_belongs_to_its_page() -> None:
    feeds = feeds_of(catalogue_of(*RECORDS))
    pages = {
        SITE_FEED: SITE,
        "authors/ada-quill.xml": f"{SITE}authors/ada-quill/",
        "topics/cs-cl.xml": f"{SITE}topics/cs-cl/",
    }
    for path, page in pages.items():
        assert links(ET.fromstring(feeds[path]), "alternate") == {None: page}


def test_a_feed_holds_the_newest_papers_and_no_more() -> None:
    days = [PartialDate(2000 + n // 12, n % 12 + 1, 1) for n in range(NEWEST + 10)]
    records = [paper(f"Lamp {n}", line=n, date=day) for n, day in enumerate(days, start=1)]
    newest = [f"Lamp {n}" for n in range(NEWEST + 10, 10, -1)]
    for path in (SITE_FEED, "authors/ada-quill.xml"):
        feed = ET.fromstring(feeds_of(catalogue_of(*records))[path])
        assert texts(feed, "entry/title") == newest


def test_someone_without_papers_has_a_feed_without_entries() -> None:
    profile = ProfileRecord(Provenance("a.txt", 1), NameAsPrinted("Ada Quill"))
    feeds = feeds_of(catalogue_of(profiles=(profile,)))
    assert set(feeds) == {SITE_FEED, "authors/ada-quill.xml"}
    check_all(feeds)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (PartialDate(2024, 8, 15), "2024-08-15T00:00:00Z"),
        (PartialDate(2024, 8), "2024-08-01T00:00:00Z"),
        (PartialDate(2024), "2024-01-01T00:00:00Z"),
    ],
)
def test_a_date_begins_with_the_first_day_of_what_is_known(date: PartialDate, moment: str) -> None:
    entry = entry_of(paper(date=date))
    assert texts(entry, "published") == texts(entry, "updated") == [moment]


@pytest.mark.parametrize("date", [None, PartialDate(None, 5, 2)])
def test_a_paper_without_a_year_is_no_news(date: PartialDate | None) -> None:
    entry = entry_of(paper(date=date))
    assert texts(entry, "published") == []
    assert texts(entry, "updated") == [UNDATED]


def test_an_inferred_date_is_not_told_as_that_of_publication() -> None:
    entry = entry_of(paper(inferred=(Inferred("date", "the source leaves its year out"),)))
    assert texts(entry, "published") == []
    assert texts(entry, "updated") == ["2024-06-01T00:00:00Z"]


def test_every_known_author_signs_and_a_cut_list_names_nobody_else() -> None:
    profile = ProfileRecord(Provenance("a.txt", 1), NameAsPrinted("Ada Quill"))
    record = paper(authors=("Lamp, Jan", "Aurora-9"), truncated=True, profile=profile.key)
    feeds = feeds_of(catalogue_of(record, profiles=(profile,)))
    (entry,) = ET.fromstring(feeds[SITE_FEED]).findall(f"{ATOM}entry")
    assert texts(entry, "author/name") == ["Jan Lamp", "Aurora-9", "Ada Quill"]
    assert texts(entry, "author/uri") == [
        f"{SITE}authors/jan-lamp/",
        f"{SITE}authors/aurora-9/",
        f"{SITE}authors/ada-quill/",
    ]


def test_an_abstract_is_plain_text_and_what_others_wrote_says_so() -> None:
    theirs = entry_of(paper(abstract="Saves $63.5\\%$ of \\textbf{oil} <b>."))
    assert texts(theirs, "summary") == ["Saves 63.5% of oil <b>."]
    ours = entry_of(paper(abstract="Somebody says.", summary=True))
    assert texts(ours, "summary") == ["Summary, not the authors’ abstract: Somebody says."]
    assert texts(entry_of(paper()), "summary") == []


def test_a_title_that_shows_nothing_is_told_by_the_papers_id() -> None:
    (found,) = catalogue_of(paper("\\textbf{}")).papers.values()
    assert found.plain_title == ""
    assert texts(entry_of(paper("\\textbf{}")), "title") == [found.id]


def test_a_subject_class_is_a_category_of_arxiv_where_arxiv_has_it() -> None:
    (category,) = entry_of(paper(subject="cs.CL")).findall(f"{ATOM}category")
    assert category.attrib == {
        "term": "cs.CL",
        "label": "Computation and Language",
        "scheme": "http://arxiv.org/schemas/atom",
    }
    (unknown,) = entry_of(paper(subject="none.XX")).findall(f"{ATOM}category")
    assert unknown.attrib == {"term": "none.XX", "label": "none.XX"}


def test_links_lead_to_the_paper_elsewhere() -> None:
    publication = Publication(
        doi="10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#?%/a_b",
        arxiv="math/0309136",
        pdf="https://lamps.example/a b?x=1&y=“2”".replace(" ", "%20"),
    )
    entry = entry_of(paper(publication=publication))
    assert links(entry, "related") == {
        "DOI": "https://doi.org/10.1002/(SICI)1097%3C1::AID-X%3E3.0.CO;2-%23%3F%25/a_b",
        "arXiv": "https://arxiv.org/abs/math/0309136",
        "PDF": "https://lamps.example/a%20b?x=1&y=%E2%80%9C2%E2%80%9D",
    }
    assert links(entry, "alternate") == {None: f"{SITE}papers/of-lamps/"}


def test_an_address_that_is_none_gives_no_link() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "x.pdf"):
        assert links(entry_of(paper(publication=Publication(pdf=address))), "related") == {}


def test_a_pdf_that_people_add_comes_first_and_is_a_file_of_the_site() -> None:
    catalogue = catalogue_of(paper(publication=Publication(pdf="https://lamps.example/1.pdf")))
    (found,) = catalogue.papers.values()
    notes = PaperNotes(Provenance("x.md", 1), "of-old-lamps", pdf="My Paper.PDF")
    added = replace(catalogue, papers={found.id: replace(found, notes=notes)})
    (entry,) = ET.fromstring(feeds_of(added)[SITE_FEED]).findall(f"{ATOM}entry")
    assert links(entry, "related") == {"PDF": f"{SITE}papers/of-lamps/my-paper.pdf"}


# -- stability ------------------------------------------------------------------------------------


def entries_of(data: bytes) -> dict[str, bytes]:
    """The lines of a feed that are entries, by the id in them."""
    lines = [line for line in data.splitlines() if line.startswith(b"<entry>")]
    return {line.split(b"<id>")[1].split(b"</id>")[0].decode(): line for line in lines}


def test_the_same_records_in_any_order_give_the_same_bytes() -> None:
    assert feeds_of(catalogue_of(*RECORDS)) == feeds_of(catalogue_of(*reversed(RECORDS)))


def test_a_new_paper_changes_no_entry_and_no_id() -> None:
    before = feeds_of(catalogue_of(*RECORDS))
    new = paper(
        "Newer", ("Jan van der Lamp",), line=9, date=PartialDate(2025, 1, 1), subject="cs.CL"
    )
    after = feeds_of(catalogue_of(*RECORDS, new))
    for path, data in before.items():
        assert texts(ET.fromstring(after[path]), "id") == texts(ET.fromstring(data), "id")
        assert entries_of(data).items() <= entries_of(after[path]).items()
    assert len(entries_of(after[SITE_FEED])) == len(RECORDS) + 1


def test_a_corrected_paper_stays_the_same_entry() -> None:
    first = build_catalogue(Load((), (paper("Of Lamps"),), ()), EMPTY_LOCK, ORGANISATIONS)
    corrected = paper("Of Lanterns", abstract="Now with an abstract.")
    second = build_catalogue(Load((), (corrected,), ()), first.lock, ORGANISATIONS)
    before = entries_of(feeds_of(first.catalogue)[SITE_FEED])
    after = entries_of(feeds_of(second.catalogue)[SITE_FEED])
    assert list(before) == list(after) == [f"{SITE}papers/of-lamps/"]
    assert before != after


def test_an_entry_is_the_same_in_every_feed() -> None:
    feeds = feeds_of(catalogue_of(*RECORDS))
    site = entries_of(feeds[SITE_FEED])
    assert len(site) == len(RECORDS)
    for data in feeds.values():
        assert entries_of(data).items() <= site.items()


def test_an_entry_names_the_first_of_a_crowd() -> None:
    names = tuple(f"Keeper Number{n:04}" for n in range(MOST_AUTHORS + 1))
    entry = entry_of(paper(authors=names))
    assert texts(entry, "author/name") == list(names[:MOST_AUTHORS])
