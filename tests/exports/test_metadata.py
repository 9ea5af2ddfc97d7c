"""Page metadata: what search engines, reference managers and link previews read of a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.exports.files import EVERYTHING
from generator.exports.metadata import (
    Head,
    PageMetadata,
    alternates,
    home_head,
    page_range,
)
from generator.markup import clean_text, front_matter
from generator.names import OrganisationNames
from generator.records import (
    AuthorNotes,
    NameAsPrinted,
    NamedLink,
    PaperNotes,
    PaperRecord,
    Provenance,
    Publication,
)

SITE = "https://papers.example/repo/"
HERE = Provenance("a.txt", 1)
ORGANISATIONS = OrganisationNames.of(["DeepSeek-AI"], [])
ARTICLE = Publication(
    kind="article",
    venue=r"Journal of \emph{Lamps}",
    doi="10.1000/lamp<1>",
    details={
        "volume": "3",
        "number": "2",
        "pages": "101--118",
        "issn": "1234-5679",
        "publisher": "Oil & Sons",
        "language": "english",
    },
)
DAY = PartialDate(2024, 8, 15)


def record(
    title: str = "Of Lamps",
    authors: tuple[str, ...] = ("Ada Quill", "Jan van der Lamp"),
    **values: Any,
) -> PaperRecord:
    """A record as sources hand it on: every string cleaned."""
    names = tuple(NameAsPrinted(clean_text(name)) for name in authors)
    known: dict[str, Any] = {"date": DAY, "subject": "cs.CL"} | values
    return PaperRecord(HERE, clean_text(title), names, **known)


def catalogue_of(*records: PaperRecord) -> Catalogue:
    """The catalogue of some records."""
    return build_catalogue(Load((), records, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def paper_of(catalogue: Catalogue) -> Paper:
    """The only paper of a catalogue."""
    (found,) = catalogue.papers.values()
    return found


def paper_head(
    found: PaperRecord,
    site_url: str | None = SITE,
    *,
    authors: Mapping[str, AuthorNotes] | None = None,
    **notes: Any,
) -> Head:
    """The head of the page of a single record, with notes on it."""
    catalogue = catalogue_of(found)
    paper = paper_of(catalogue)
    if notes:
        paper = replace(paper, notes=PaperNotes(HERE, paper.id, **notes))
    return PageMetadata(catalogue, authors or {}, site_url).paper(paper)


def person_head(name: str, notes: AuthorNotes | None = None, site_url: str | None = SITE) -> Head:
    """The head of somebody's page."""
    catalogue = catalogue_of(record(authors=(name, "Bo Peep")))
    person = person_named(catalogue, name)
    known = {person.id: notes} if notes else {}
    return PageMetadata(catalogue, known, site_url).person(person)


def person_named(catalogue: Catalogue, name: str) -> Person:
    """The person of that name."""
    return next(person for person in catalogue.people.values() if person.name == name)


def tags(head: Head) -> dict[str, list[str]]:
    """The contents of all meta elements, by name or property."""
    found: dict[str, list[str]] = {}
    meta: Any = head["meta"]
    for tag in meta:
        (name,) = tag.keys() - {"content"}
        found.setdefault(tag[name], []).append(tag["content"])
    return found


def tag(head: Head, name: str) -> str | None:
    """The content of the only element of that name, or None where there is none."""
    contents = tags(head).get(name, [])
    assert len(contents) < 2
    return contents[0] if contents else None


def data(head: Head) -> Any:
    """The JSON-LD of a head, parsed."""
    return json.loads(str(head["jsonld"]))


# -- citation tags --------------------------------------------------------------------------------


def test_a_journal_article_has_everything_that_a_reference_to_it_needs() -> None:
    head = paper_head(record(publication=ARTICLE))
    assert {name: texts for name, texts in tags(head).items() if name.startswith("citation")} == {
        "citation_title": ["Of Lamps"],
        "citation_author": ["Quill, Ada", "van der Lamp, Jan"],
        "citation_publication_date": ["2024/8/15"],
        "citation_online_date": ["2024/8/15"],
        "citation_journal_title": ["Journal of Lamps"],
        "citation_volume": ["3"],
        "citation_issue": ["2"],
        "citation_publisher": ["Oil & Sons"],
        "citation_issn": ["1234-5679"],
        "citation_doi": ["10.1000/lamp<1>"],
        "citation_language": ["en"],
        "citation_firstpage": ["101"],
        "citation_lastpage": ["118"],
        "citation_keywords": ["Computation and Language"],
    }
    assert tag(head, "DC.type") is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("article", "citation_journal_title"),
        ("inproceedings", "citation_conference_title"),
        ("incollection", "citation_book_title"),
        ("inbook", "citation_book_title"),
        ("phdthesis", "citation_dissertation_institution"),
        ("mastersthesis", "citation_dissertation_institution"),
        ("techreport", "citation_technical_report_institution"),
    ],
)
def test_a_venue_stands_in_the_tag_of_its_kind_alone(kind: str, name: str) -> None:
    head = paper_head(record(publication=Publication(kind=kind, venue="Lamp Hall")))
    assert [key for key, texts in tags(head).items() if texts == ["Lamp Hall"]] == [name]
    assert tag(head, "DC.type") is None


@pytest.mark.parametrize(
    ("publication", "kind"),
    [
        (Publication(arxiv="2408.01234"), "preprint"),
        (Publication(), "document"),
        (Publication(kind="book"), "book"),
        (Publication(kind="inproceedings"), "conferencePaper"),
    ],
)
def test_a_type_that_no_venue_tells_is_named(publication: Publication, kind: str) -> None:
    assert tag(paper_head(record(publication=publication)), "DC.type") == kind


def test_the_number_of_a_report_is_no_issue() -> None:
    publication = Publication(kind="techreport", venue="Lamp Lab", details={"number": "TR-7"})
    found = tags(paper_head(record(publication=publication)))
    assert found["citation_technical_report_number"] == ["TR-7"]
    assert "citation_issue" not in found


def test_an_arxiv_id_is_no_number_of_a_report() -> None:
    found = tags(paper_head(record(publication=Publication(arxiv="2408.01234"))))
    assert found["citation_arxiv_id"] == ["2408.01234"]
    assert "citation_technical_report_number" not in found


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Jan van der Lamp", "van der Lamp, Jan"),
        ("King, Jr., Martin Luther", "King, Martin Luther Jr."),
        ("王伟", "王, 伟"),
        ("Plato", "Plato"),
        ("{The Lamp Keepers}", "The Lamp Keepers"),
        ("DeepSeek-AI", "DeepSeek-AI"),
        ("Jan Maly 0001", "Maly, Jan"),
    ],
)
def test_authors_are_named_family_first_and_organisations_as_they_are(
    printed: str, expected: str
) -> None:
    head = paper_head(record(authors=(printed, "Bo Peep")))
    assert tags(head)["citation_author"] == [expected, "Peep, Bo"]


def test_the_only_author_is_not_taken_for_two() -> None:
    head = paper_head(record(authors=("Lamp y Oil, Jan Bo",)))
    assert tags(head)["citation_author"] == ["Lamp y Oil, Jan\N{NO-BREAK SPACE}Bo"]


def test_a_cut_list_has_the_printed_names_and_no_others() -> None:
    head = paper_head(record(truncated=True))
    assert tags(head)["citation_author"] == ["Quill, Ada", "van der Lamp, Jan"]
    assert [author["name"] for author in data(head)["author"]] == ["Ada Quill", "Jan van der Lamp"]


@pytest.mark.parametrize(
    ("date", "slashed", "iso"),
    [
        (DAY, "2024/8/15", "2024-08-15"),
        (PartialDate(2024, 8), "2024/8", "2024-08"),
        (PartialDate(2024), "2024", "2024"),
        (None, None, None),
    ],
)
def test_a_date_is_as_full_as_it_is_known(
    date: PartialDate | None, slashed: str | None, iso: str | None
) -> None:
    head = paper_head(record(date=date))
    assert tag(head, "citation_publication_date") == slashed
    assert tag(head, "citation_online_date") == slashed
    assert data(head).get("datePublished") == iso


def test_a_paper_was_online_on_the_first_day_that_a_source_has() -> None:
    published = replace(record(publication=ARTICLE), date=PartialDate(2024))
    head = paper_head_of(record(), published)
    assert tag(head, "citation_online_date") == "2024/8/15"


def paper_head_of(*records: PaperRecord) -> Head:
    """The head of the page of a paper that several records list."""
    catalogue = catalogue_of(*records)
    return PageMetadata(catalogue, {}, SITE).paper(paper_of(catalogue))


def test_keywords_are_the_subject_and_those_of_bibliographies() -> None:
    publication = Publication(keywords=("wick", "oil, lamp"))
    head = paper_head(record(publication=publication))
    assert tag(head, "citation_keywords") == "Computation and Language; wick; oil, lamp"


@pytest.mark.parametrize(
    ("pages", "ends"),
    [
        ("101-118", ("101", "118")),
        ("e7", ("e7",)),
        ("1-5, 9-12", ("1", "12")),
        ("1:1-1:23", ("1:1", "1:23")),
        ("", ()),
    ],
)
def test_a_range_of_pages_has_a_first_and_a_last_one(pages: str, ends: tuple[str, ...]) -> None:
    assert page_range(pages) == ends


# -- files and addresses --------------------------------------------------------------------------


def test_only_a_pdf_in_the_folder_of_the_page_is_named_to_google_scholar() -> None:
    own = paper_head(record(), pdf="My Lamp.PDF")
    address = f"{SITE}papers/of-lamps/my-lamp.pdf"
    assert tag(own, "citation_pdf_url") == address
    assert data(own)["encoding"]["contentUrl"] == address
    far = paper_head(record(), pdf="https://far.example/lamp.pdf")
    assert tag(far, "citation_pdf_url") is None
    assert data(far)["encoding"]["contentUrl"] == "https://far.example/lamp.pdf"


def test_without_an_address_of_the_site_none_is_made_up() -> None:
    head = paper_head(record(publication=ARTICLE), None, pdf="lamp.pdf")
    assert not [text for texts in tags(head).values() for text in texts if "://" in text]
    found = data(head)
    assert not {"@id", "url", "encoding"} & found.keys()
    assert found["author"][0] == {"@type": "Person", "name": "Ada Quill"}
    person = person_head("Ada Quill", AuthorNotes(HERE, "ada-quill", photo="ada.png"), None)
    assert "://" not in str(person["meta"])
    assert "application/atom+xml" not in str(person["links"])
    assert set(data(person)["mainEntity"]) == {"@type", "name", "givenName", "familyName"}


def test_every_format_that_a_page_does_not_offer_is_linked_with_its_media_type() -> None:
    links: Any = person_head("Ada Quill")["links"]
    assert {link["type"]: link["href"] for link in links} == {
        "application/json": "authors/ada-quill.json",
        "application/atom+xml": "authors/ada-quill.xml",
    }


def test_no_link_is_an_alternate_and_nothing_else() -> None:
    for link in alternates("papers", EVERYTHING.beside_papers, "feed.xml"):
        tokens = link["rel"].split()
        assert tokens[0] == "alternate"
        assert len(tokens) == 2


# -- what a link preview shows --------------------------------------------------------------------


def test_a_person_has_a_profile_with_the_parts_of_the_name() -> None:
    head = person_head("Jan van der Lamp")
    assert head["type"] == "profile"
    assert tag(head, "profile:first_name") == "Jan"
    assert tag(head, "profile:last_name") == "van der Lamp"


# -- JSON-LD --------------------------------------------------------------------------------------


def test_a_paper_is_a_scholarly_article_of_people_with_pages() -> None:
    notes = AuthorNotes(
        HERE, "ada-quill", orcid="0000-0002-1825-0097", homepage="https://a.example"
    )
    authors = ("Ada Quill", "DeepSeek-AI")
    found = data(
        paper_head(record(authors=authors, publication=ARTICLE), authors={"ada-quill": notes})
    )
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ScholarlyArticle"
    assert found["@id"] == f"{SITE}papers/of-lamps/"
    assert found["headline"] == "Of Lamps"
    assert found["author"] == [
        {
            "@type": "Person",
            "name": "Ada Quill",
            "url": f"{SITE}authors/ada-quill/",
            "sameAs": "https://orcid.org/0000-0002-1825-0097",
        },
        {
            "@type": "Organization",
            "name": "DeepSeek-AI",
            "url": f"{SITE}authors/deepseek-ai/",
        },
    ]


def test_a_journal_article_is_part_of_an_issue_of_a_volume() -> None:
    found = data(paper_head(record(publication=ARTICLE)))
    assert found["isPartOf"] == {
        "@type": "PublicationIssue",
        "issueNumber": "2",
        "isPartOf": {
            "@type": "PublicationVolume",
            "volumeNumber": "3",
            "isPartOf": {
                "@type": "Periodical",
                "name": "Journal of Lamps",
                "issn": "1234-5679",
            },
        },
    }
    assert found["pagination"] == "101-118"
    assert found["publisher"] == {"@type": "Organization", "name": "Oil & Sons"}
    assert found["inLanguage"] == "en"


def test_a_conference_paper_is_part_of_a_book() -> None:
    publication = Publication(
        kind="inproceedings", venue="Proc. of Lamps", details={"isbn": "978-3-16-148410-0"}
    )
    assert data(paper_head(record(publication=publication)))["isPartOf"] == {
        "@type": "Book",
        "name": "Proc. of Lamps",
        "isbn": "978-3-16-148410-0",
    }


def test_identifiers_lead_to_what_is_the_same() -> None:
    publication = replace(ARTICLE, arxiv="2408.01234")
    found = data(paper_head(record(publication=publication)))
    assert found["sameAs"] == [
        "https://doi.org/10.1000/lamp%3C1%3E",
        "https://arxiv.org/abs/2408.01234",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("phdthesis", ["ScholarlyArticle", "Thesis"]),
        ("techreport", ["ScholarlyArticle", "Report"]),
        ("incollection", ["ScholarlyArticle", "Chapter"]),
        ("book", "Book"),
        ("misc", "ScholarlyArticle"),
    ],
)
def test_the_type_is_as_special_as_the_publication(kind: str, expected: object) -> None:
    publication = Publication(kind=kind, venue="Lamp Hall")
    assert data(paper_head(record(publication=publication)))["@type"] == expected


def test_a_profile_page_is_about_a_person_and_where_else_that_person_is() -> None:
    notes = AuthorNotes(
        HERE,
        "ada-quill",
        homepage="https://ada.example/?a=1&b=2",
        orcid="0000-0002-1825-0097",
        photo="ada quill.png",
        links=(NamedLink("Code", "https://code.example/ada"),),
    )
    head = person_head("Ada Quill", notes)
    page = f"{SITE}authors/ada-quill/"
    image = f"{SITE}assets/authors/ada%20quill.png"
    assert tag(head, "og:image") == image
    assert data(head) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": page,
        "mainEntity": {
            "@type": "Person",
            "@id": f"{page}#it",
            "name": "Ada Quill",
            "givenName": "Ada",
            "familyName": "Quill",
            "url": page,
            "sameAs": [
                "https://orcid.org/0000-0002-1825-0097",
                "https://ada.example/?a=1&b=2",
                "https://code.example/ada",
            ],
            "image": image,
        },
    }


def test_other_spellings_of_a_name_are_told() -> None:
    catalogue = catalogue_of(record(authors=("Ada B. Quill",)), record("Of Oil", ("Ada B Quill",)))
    (person,) = catalogue.people.values()
    found = data(PageMetadata(catalogue, {}, SITE).person(person))["mainEntity"]
    assert {found["name"], *found["alternateName"]} == {"Ada B. Quill", "Ada B Quill"}


def test_an_organisation_has_no_given_name_and_no_profile() -> None:
    head = person_head("DeepSeek-AI")
    assert head["type"] == "website"
    assert head["meta"] == []
    found = data(head)["mainEntity"]
    assert found["@type"] == "Organization"
    assert not {"givenName", "familyName"} & found.keys()


def test_the_home_page_is_the_web_site() -> None:
    assert data(home_head("Papers", SITE, "All of them")) == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "url": SITE,
        "name": "Papers",
        "description": "All of them",
    }
    assert "feed.xml" in str(home_head("Papers", SITE)["links"])
    assert "feed.xml" not in str(home_head("Papers", None)["links"])


# -- every text -----------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(clean_text)
SOME_TEXT = TEXTS.filter(bool)


@given(title=SOME_TEXT, abstract=TEXTS, venue=SOME_TEXT, name=SOME_TEXT)
@example("</script><!--", "]]> & \u2028", "<!-- <script>", "--> </script>")
def test_whatever_a_text_holds_it_comes_out_of_the_front_matter_and_the_script_as_it_was(
    title: str, abstract: str, venue: str, name: str
) -> None:
    publication = Publication(kind="article", venue=venue, keywords=(venue,))
    found = record(title, (name,), abstract=abstract or None, publication=publication)
    catalogue = catalogue_of(found)
    paper = paper_of(catalogue)
    head = PageMetadata(catalogue, {}, SITE).paper(paper)
    assert not set("<>&\u2028\u2029") & set(str(head["jsonld"]))
    assert data(head)["headline"] == tag(head, "citation_title") == paper.plain_title
    assert get_data(front_matter({"head": head}))[1] == {"head": head}
