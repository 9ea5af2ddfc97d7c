"""The page of a paper: what it says, what the search takes from it, and where it leads on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.model import Catalogue
from generator.catalogue.relations import LARGEST_TEAM
from generator.dates import PartialDate
from generator.markup import clean_text
from generator.records import PaperNotes, Provenance, Publication
from generator.render.papers import paper_documents
from tests.page_html import Element, PageHtml
from tests.small_pages import (
    catalogue_of,
    html,
    lists_of,
    paper_page,
    profile,
    record,
)
from tests.test_markup import HOSTILE_TEXTS, outline, render

ADA = "Ada Quill"
HOSTILE = '"><script>alert(1)</script> {: .x } *x* [y](z) {{ 7 * 7 }} a:b, c[d]'


def page_of(catalogue: Catalogue, paper: str = "lamps", **chosen: Any) -> PageHtml:
    """The page of a paper, rendered."""
    return html(paper_page(catalogue, paper, **chosen))


def classed(page: PageHtml, name: str) -> list[Element]:
    """Elements that carry a class."""
    return [e for e in page.elements if name in e.attributes.get("class", "").split()]


def read(element: Element) -> str:
    """What an element reads, on one line."""
    return " ".join("".join(element.text).split())


def description(catalogue: Catalogue, paper: str = "lamps") -> str:
    """The front matter key `description`, which stands in the head of the page."""
    (found,) = (d for d in paper_documents(lists_of(catalogue)) if d.path == f"papers/{paper}.md")
    (line,) = re.findall(r'(?m)^description: "(.*)"$', found.data.decode())
    return str(line)


# -- what stands above the abstract ---------------------------------------------------------------


def test_the_description_is_the_abstract_of_the_authors_and_no_summary() -> None:
    abstract = r"We light \emph{all} lamps, & more."
    own = catalogue_of([record("Lamps", 2024, ADA, "Bo Peep", abstract=abstract)])
    assert description(own) == "We light all lamps, &amp; more."
    told: dict[str, Any] = {"abstract": abstract, "abstract_is_summary": True, "truncated": True}
    summary = catalogue_of([record("Lamps", 2024, ADA, "Bo Peep", **told)])
    assert description(summary) == "Paper by Ada Quill, Bo Peep et al. (2024)"
    assert description(catalogue_of([record("Lamps", None)])) == "Lamps"


def test_a_reader_who_skips_the_menu_lands_on_the_title() -> None:
    for title in ("Lamps", "Lamps of $x^2$ and \\emph{oil}"):
        catalogue = catalogue_of([record(title, 2024, ADA)])
        (paper,) = catalogue.papers
        (heading,) = page_of(catalogue, paper).all("h1")
        assert heading.attributes["id"] == "paper"


@pytest.mark.parametrize(
    ("authors", "said"),
    [((ADA,), "the first 1 author and"), ((ADA, "Bo Peep"), "the first 2 authors and")],
)
def test_a_list_that_the_source_cuts_is_explained_under_the_byline(
    authors: tuple[str, ...], said: str
) -> None:
    page = page_of(catalogue_of([record("Lamps", 2024, *authors, truncated=True)]))
    (note,) = (e for e in classed(page, "ap-note") if "et al." in read(e))
    assert read(note) == (
        f"The source names {said} cuts its list there (“et al.”); who else wrote it is not known "
        "here, and the citation says “and others”."
    )
    places = [page.elements.index(e) for e in (*classed(page, "ap-byline"), note)]
    (links,) = classed(page, "ap-links")
    assert [*places, page.elements.index(links)] == sorted([*places, page.elements.index(links)])
    whole = page_of(catalogue_of([record("Lamps", 2024, *authors)]))
    assert "et al." not in whole.content_text


def test_what_is_first_to_hand_is_the_first_button_and_the_list_the_last() -> None:
    code = "Code at https://github.com/a/b, page https://lamps.example/project."
    page = page_of(catalogue_of([record("Lamps", 2024, ADA, abstract=code)]))
    (links,) = classed(page, "ap-links")
    assert read(links) == ("Code github.com/a/b Project lamps.example/project Add to my list")
    (primary,) = classed(page, "md-button--primary")
    assert primary.attributes["href"] == "https://github.com/a/b"
    (button,) = classed(page, "ap-add")
    assert button.attributes["type"] == "button"


def looked_for(catalogue: Catalogue, paper: str) -> list[str]:
    """The addresses at which a page proposes to look for the paper."""
    links = page_of(catalogue, paper).all("a")
    return [e.attributes["href"] for e in links if ".ap-note" in e.inside]


def test_a_paper_to_which_nothing_leads_can_be_looked_for() -> None:
    title = 'Lamps & "Oil": 100 % <b>灯</b>?'
    (paper,) = (catalogue := catalogue_of([record(title, 2024, ADA)])).papers
    encoded = "Lamps%20%26%20%22Oil%22%3A%20100%20%25%20%3Cb%3E%E7%81%AF%3C%2Fb%3E%3F"
    assert looked_for(catalogue, paper) == [f"https://scholar.google.com/scholar?q=%22{encoded}%22"]
    code: dict[str, Any] = {"abstract": "See https://github.com/a/b."}
    assert len(looked_for(catalogue_of([record("Lamps", 2024, ADA, **code)]), "lamps")) == 1
    (paper,) = (catalogue := catalogue_of([record("Wick " * 60, 2024, ADA)])).papers
    (long,) = looked_for(catalogue, paper)
    assert unquote(long).count("Wick") == 32


@pytest.mark.parametrize(
    "known",
    [
        Publication(doi="10.1000/1"),
        Publication(arxiv="2401.00001"),
        Publication(url="https://a.example/lamps"),
    ],
)
def test_a_paper_with_a_link_to_itself_is_not_looked_for(known: Publication) -> None:
    assert looked_for(catalogue_of([record("Lamps", 2024, ADA, publication=known)]), "lamps") == []


# -- what the search takes from it ----------------------------------------------------------------


def filters(page: PageHtml) -> list[tuple[str, str | None]]:
    """The links of the byline: whom each shows, and as whom the search knows him."""
    links = [e for e in page.all("a") if ".ap-byline" in e.inside]
    return [(read(e), e.attributes.get("data-pagefind-filter")) for e in links]


def test_the_search_knows_each_author_by_the_own_name() -> None:
    records = [
        record("Lamps", 2024, "ADA B. QUILL", "Bo Peep"),
        record("Oil", 2023, "Ada B. Quill", line=2),
        record("Wicks", 2022, "Ada B. Quill", line=3),
    ]
    catalogue = catalogue_of(records)
    assert filters(page_of(catalogue)) == [
        ("ADA B. QUILL", "author:Ada B. Quill"),
        ("Bo Peep", "author"),
    ]
    assert filters(page_of(catalogue, "oil")) == [("Ada B. Quill", "author")]


def test_the_search_knows_whom_et_al_hides() -> None:
    ada = profile(ADA)
    cut = record("Lamps", 2024, "Bo Peep", truncated=True, profile=ada.key)
    page = page_of(catalogue_of([cut], [ada]))
    assert filters(page) == [("Bo Peep", "author"), (ADA, "author")]
    (byline,) = classed(page, "ap-byline")
    assert read(byline) == "Bo Peep et al. with Ada Quill"
    assert "who else wrote it, but for Ada Quill, is not known here" in page.content_text


def test_of_a_crowd_the_search_knows_the_names_as_text_alone() -> None:
    names = [f"Bo Pe{a}{b}" for a in "abcdefghijk" for b in "abcdefghijk"]
    few = filters(page_of(catalogue_of([record("Lamps", 2024, *names[:LARGEST_TEAM])])))
    many = filters(page_of(catalogue_of([record("Lamps", 2024, *names[: LARGEST_TEAM + 1])])))
    assert {told for _, told in few} == {"author"}
    assert {told for _, told in many} == {None}
    assert (len(few), len(many)) == (LARGEST_TEAM, LARGEST_TEAM + 1)


def renamed(catalogue: Catalogue, name: str) -> Catalogue:
    """The catalogue in which everybody's own name is another than the printed ones."""
    people = {key: replace(person, name=name) for key, person in catalogue.people.items()}
    return replace(catalogue, people=people)


@settings(max_examples=50, deadline=None)
@given(HOSTILE_TEXTS.map(clean_text).filter(bool))
def test_a_name_with_markup_is_known_to_the_search_as_it_is(name: str) -> None:
    catalogue = renamed(catalogue_of([record("Lamps", 2024, ADA, "Bo Peep")]), name)
    page = page_of(catalogue)
    assert filters(page) == [(ADA, f"author:{name}"), ("Bo Peep", f"author:{name}")]
    assert page_of(catalogue_of([record("Lamps", 2024, ADA, "Bo Peep")])).all("script") == []


def marked(page: PageHtml) -> list[str]:
    """What the search takes as the text of a page, element by element."""
    return [read(e) for e in page.elements if "data-pagefind-body" in e.attributes]


def test_the_search_reads_title_venue_abstract_and_notes_and_nothing_else() -> None:
    venue: dict[str, Any] = {"publication": Publication(venue="Journal of _Wicks_")}
    catalogue = catalogue_of([record("Lamps & Oil", 2024, ADA, abstract="All *lamps*.", **venue)])
    (paper,) = catalogue.papers.values()
    notes = PaperNotes(Provenance("lamps.md", 1), paper.id, body="We *liked* it.\n\nA lot.")
    catalogue = replace(catalogue, papers={paper.id: replace(paper, notes=notes)})
    page = page_of(catalogue, paper.id)
    assert marked(page) == [
        "Lamps & Oil",
        "Journal of _Wicks_",
        "All *lamps*.",
        "We liked it. A lot.",
    ]
    (authors,) = (e for e in page.elements if "data-pagefind-meta" in e.attributes)
    assert (authors.attributes["data-pagefind-meta"], read(authors)) == ("authors", ADA)


def test_a_hostile_abstract_is_marked_whole() -> None:
    for abstract in (HOSTILE, "{ .x }", "Lamps { .x }", "# Lamps", "- a", "~~~", "<div>", "x }"):
        page = page_of(catalogue_of([record("Lamps", 2024, ADA, abstract=abstract)]))
        assert marked(page) == ["Lamps", abstract]


NOTES = """\
An **erratum**, with a note[^1] and [a word][id].

[^1]: Of the fort.
[id]: https://a.example/

    indented  code

``` python
def lamp():

    return  "  two  "
```

- one

    more of it

- two

| a | b |
|---|---|
| 1 | 2 |

<div class="own" markdown>

*within*

</div>

!!! note

    Lamps.
"""


def test_notes_are_rendered_as_they_are_elsewhere() -> None:
    catalogue = catalogue_of([record("Lamps", 2024, ADA)])
    (paper,) = catalogue.papers.values()
    notes = PaperNotes(Provenance("lamps.md", 1), paper.id, body=NOTES.strip())
    catalogue = replace(catalogue, papers={paper.id: replace(paper, notes=notes)})
    page = render(paper_page(catalogue, "lamps"), "site")
    alone = render(NOTES, "site").partition('<div class="footnote">')[0]
    assert str(outline(alone.strip()))[1:-1] in str(outline(page))


# -- the citation ---------------------------------------------------------------------------------


def parts(page: PageHtml) -> list[str]:
    """What the citation box holds, in order: links with what they say, and kinds of entries."""
    (box,) = classed(page, "ap-cite")
    inside = page.elements[page.elements.index(box) :]
    found = []
    for element in (e for e in inside if ".ap-cite" in e.inside):
        if element.tag == "a":
            found.append(f"{read(element)}: {element.attributes['href']}")
        elif element.tag == "pre":
            found.append(read(element).partition("{")[0])
    return found


@pytest.mark.parametrize("formats", [[], ["ris"], ["csl-json", "ris", "atom"]])
@pytest.mark.parametrize("styles", [[], ["mla"], ["apa", "mla", "chicago", "ieee"]])
def test_the_citation_leads_to_what_is_asked_for_in_one_order(
    formats: list[str], styles: list[str]
) -> None:
    names = {"apa": "APA", "mla": "MLA", "chicago": "Chicago", "ieee": "IEEE"}
    catalogue = catalogue_of([record("Lamps", 2024, ADA)])
    page = page_of(catalogue, formats=formats, citation_styles=styles)
    fetched = ["RIS"] * ("ris" in formats) + [names[style] for style in styles]
    address = "lamps.cite.html" if styles else "lamps.ris"
    assert parts(page) == [f"{', '.join(fetched)}: {address}"] * bool(fetched) + ["@misc"]


def test_files_are_saved_under_their_own_names() -> None:
    page = page_of(catalogue_of([record("Lamps", 2024, ADA)]))
    files = [e for e in page.all("a") if "download" in e.attributes]
    assert {e.attributes["download"] for e in files} == {""}
    assert [(read(e), e.attributes["href"]) for e in files] == [
        ("BibTeX", "lamps.bib"),
        ("RIS", "lamps.ris"),
        ("CSL-JSON", "lamps.csl.json"),
    ]


# -- where it leads on ----------------------------------------------------------------------------


def siblings(page: PageHtml) -> list[tuple[str, str, str]]:
    """The links to the papers beside one, and to whose papers they are."""
    links = [e for e in page.all("a") if ".ap-siblings" in e.inside]
    return [(read(e), e.attributes["href"], e.attributes.get("rel", "")) for e in links]


def test_newer_and_older_papers_stand_around_the_author_whose_they_are() -> None:
    years = {"Lamps": 2021, "Oil": 2020, "Wicks": 2022}
    records = [record(title, year, ADA, line=year) for title, year in years.items()]
    catalogue = catalogue_of(records)
    newer = ("Wicks", "../papers/wicks.md", "prev")
    ada = (ADA, "../authors/ada-quill.md", "")
    older = ("Oil", "../papers/oil.md", "next")
    page = page_of(catalogue)
    assert siblings(page) == [newer, ada, older]
    (around,) = classed(page, "ap-siblings")
    assert (around.tag, around.attributes["aria-label"]) == ("nav", "Newer and older papers")
    assert siblings(page_of(catalogue, "wicks")) == [ada, ("Lamps", "../papers/lamps.md", "next")]
    assert siblings(page_of(catalogue, "oil")) == [("Lamps", "../papers/lamps.md", "prev"), ada]


def test_a_paper_whose_authors_have_no_other_leads_to_none() -> None:
    page = page_of(catalogue_of([record("Lamps", 2021, ADA), record("Oil", 2022, "Bo Peep")]))
    assert classed(page, "ap-siblings") == []


def test_names_that_run_from_right_to_left_are_isolated_where_they_are_no_links() -> None:
    names = ("نور الامين", "אבנר כהן")
    records = [record(f"{title} Lamps", 2021, *names, line=n) for n, title in enumerate("AB")]
    page = page_of(catalogue_of(records), "a-lamps")
    (why,) = classed(page, "ap-meta")
    apart = [read(e) for e in page.all("bdi") if ".ap-meta" in e.inside]
    assert sorted(apart) == sorted(names)
    assert read(why).startswith(f"2021 · also by {apart[0]}, {apart[1]}")


def test_related_papers_are_four_with_their_year_and_why() -> None:
    titles = ("Brass Lamps", "Oil", "Wicks", "Glass", "Soot", "Smoke")
    dates = (PartialDate(2020, 5, 17), PartialDate(2021, 6), None) * 2
    records = [
        record(title, None, ADA, "Bo Peep", line=line, date=date)
        for line, (title, date) in enumerate(zip(titles, dates, strict=True))
    ]
    catalogue = catalogue_of([*records, record("Of Brass Lamps", 1999, "Cy Wick", line=9)])
    because = "also by Ada Quill, Bo Peep"

    def reasons(**chosen: Any) -> list[str]:
        page = page_of(catalogue, "brass-lamps", **chosen)
        return sorted(read(element) for element in classed(page, "ap-meta"))

    assert len(reasons()) == 4
    assert reasons(related_papers=50) == sorted(
        [
            *(f"2021 · {because}", f"2021 · {because}", because, because, f"2020 · {because}"),
            "1999 · title shares “brass”, “lamps”",
        ]
    )
    assert len(reasons(related_papers=1)) == 1
    assert reasons(related_papers=0) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE_TEXTS.map(clean_text).filter(bool), min_size=3, max_size=3))
def test_titles_and_names_around_a_paper_are_text(texts: list[str]) -> None:
    title, other, name = texts
    plain = catalogue_of([record("Lamps", 2021, ADA)])
    years = {"Lamps": 2021, "Oil": 2022, "Wicks": 2020}
    records = [record(found, year, ADA, line=year) for found, year in years.items()]
    catalogue = renamed(catalogue_of(records), name)
    papers = {
        key: replace(paper, title=title if key == "oil" else other) if key != "lamps" else paper
        for key, paper in catalogue.papers.items()
    }
    page = page_of(replace(catalogue, papers=papers))
    assert {e.tag for e in page.elements} <= {e.tag for e in page_of(plain).elements} | {
        *("nav", "br", "em", "strong", "ul", "li", "span", "code", "sub", "sup", "a", "small"),
        "bdi",
        *("math", "mi", "mn", "mo", "mrow", "msup", "msub", "mtext", "mspace", "mfrac"),
    }
    assert [shown for shown, _, rel in siblings(page) if not rel] == [name]
