"""What the academy's pages say of each case that it was invented for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.academy import BuiltAcademy, copy_academy, make_documents, understand
from tests.page_html import Element, PageHtml
from tests.pagefind import read_found

Pages = Mapping[str, PageHtml]

BOLD = "papers/method-a-bold-but-unbalanced-brace-for-lamp-oil"
SHARED = "papers/shared-light-two-profiles-one-paper"
LANTERNS = "papers/lanterns-at-scale-relu2-wins-by-16-3-8b"
GLOW = "papers/quantifying-glow-in-pairwise-lamp-learning"
NAMING = "papers/on-the-naming-of-3d-llms-and-r1-in-covid-19-times-with-iphone-like-c-plus-plus"
ADA = "authors/ada-quill"


def html(pages: Pages, path: str) -> PageHtml:
    """The page at an address."""
    return pages[f"{path}/index.html" if path else "index.html"]


def links(pages: Pages, path: str) -> dict[str, set[str]]:
    """The texts of the links in a page's own part, by the address within the site."""
    found: dict[str, set[str]] = {}
    for element in html(pages, path).all("a"):
        if element.in_content and "href" in element.attributes:
            address = urljoin(f"/{path}/".replace("//", "/"), element.attributes["href"])
            address = address.partition("#")[0].strip("/")
            found.setdefault(address, set()).add("".join(element.text).strip())
    return found


def link_addresses(pages: Pages, *paths: str) -> set[str]:
    """All addresses within the site that some pages link to."""
    return {address for path in paths for address in links(pages, path)}


def classed(page: PageHtml, name: str) -> list[Element]:
    """Elements that carry a class."""
    return [e for e in page.elements if name in e.attributes.get("class", "").split()]


def test_every_page_opens_with_one_heading_and_a_title(pages: Pages) -> None:
    for path, page in pages.items():
        title = "".join(page.all("title")[0].text).strip()
        assert title, path
        if not title.startswith("Moved"):
            assert len(page.all("h1")) == 1, path
            assert page.heading, path


# -- papers ---------------------------------------------------------------------------------------


def test_every_author_of_a_paper_is_linked_under_the_printed_name(pages: Pages) -> None:
    found = links(pages, "papers/an-introduction-to-lanterns-2")
    assert found["authors/jan-van-der-lamp"] >= {"Jan van der Lamp"}
    assert found["authors/wei-chen"] >= {"Wei Chen"}
    assert "ADA B. QUILL" in html(pages, ADA).content_text


def test_a_cut_author_list_says_so_and_names_the_owner_that_it_hides(pages: Pages) -> None:
    page = html(pages, BOLD)
    assert "Wei Chen, Noor El-Amin, Otto Finch Jr. et al." in page.content_text
    assert ADA in links(pages, BOLD)
    entry = "".join(page.all("code")[0].text) if page.all("code") else page.content_text
    assert "and others" in entry + page.content_text
    assert "The source names the first 3 authors and cuts its list there" in page.content_text
    assert "hides the name" in page.content_text
    assert BOLD in links(pages, ADA)


def test_et_al_is_nobody(pages: Pages, academy: BuiltAcademy) -> None:
    people = [f"authors/{path.stem}" for path in (academy.docs / "authors").glob("*.bib")]
    names = {html(pages, person).heading for person in people}
    assert "Wei Chen" in names
    assert not [name for name in names if re.search(r"et al|others", name)]
    assert not list((academy.docs / "authors").glob("*et-al*"))


def test_a_complete_list_hides_nobody(pages: Pages) -> None:
    page = html(pages, "papers/2d-flame-detection")
    assert "et al." not in "".join("".join(e.text) for e in classed(page, "ap-byline"))
    assert "cuts its list" not in page.content_text


def test_a_paper_of_several_profiles_is_one_page_that_names_them_and_says_why(
    pages: Pages,
) -> None:
    text = html(pages, SHARED).content_text
    assert "same title, first author and date" in text
    assert {ADA, "authors/jan-van-der-lamp"} <= set(links(pages, SHARED))
    assert not [path for path in pages if path.startswith(f"{SHARED}-2")]


def test_two_papers_of_one_title_stay_two(pages: Pages) -> None:
    one = html(pages, "papers/an-introduction-to-lanterns")
    other = html(pages, "papers/an-introduction-to-lanterns-2")
    assert one.heading == other.heading == "An Introduction to Lanterns"
    assert "2 May 2021" in one.content_text
    assert "7 July 2023" in other.content_text


def test_an_inferred_date_is_marked_with_its_reason(pages: Pages) -> None:
    for paper in (LANTERNS, GLOW):
        page = html(pages, paper)
        (mark, *_) = classed(page, "ap-inferred")
        assert mark.attributes["title"].startswith("Year inferred: ")
        assert "The year is inferred" in page.content_text
    assert not classed(html(pages, "papers/2d-flame-detection"), "ap-inferred")
    assert "20 January 2025" in html(pages, LANTERNS).content_text


def test_a_split_title_is_marked_with_its_reason(pages: Pages) -> None:
    page = html(pages, "papers/2d-flame-detection")
    assert page.heading == "2D Flame Detection"
    assert "run together in the source" in page.content_text


def test_a_summary_is_never_called_an_abstract(pages: Pages) -> None:
    summary = [e.text[0] for e in html(pages, GLOW).all("h2")]
    abstract = [e.text[0] for e in html(pages, LANTERNS).all("h2")]
    assert ("Summary" in summary, "Abstract" in summary) == (True, False)
    assert ("Summary" in abstract, "Abstract" in abstract) == (False, True)
    assert "not the authors’ abstract" in html(pages, GLOW).content_text


def test_links_in_an_abstract_become_links_of_the_paper(pages: Pages) -> None:
    addresses = set(links(pages, LANTERNS))
    assert "https://github.com/quill-academy/lanterns" in addresses
    assert "https://lanterns.example/scale" in addresses
    assert "https://lanterns.example/method" in set(links(pages, BOLD))


def test_tex_becomes_mathml_and_markup(pages: Pages) -> None:
    page = html(pages, LANTERNS)
    assert [e for e in page.all("math") if "h1" in e.inside]
    assert len([e for e in page.all("math") if e.in_content]) >= 4
    assert "none" in ["".join(e.text) for e in page.all("strong")]
    assert "$" not in page.heading
    bold = html(pages, BOLD)
    assert bold.heading == "method: A Bold but Unbalanced {Brace for Lamp Oil"
    assert ["".join(e.text) for e in bold.all("em") if "h1" in e.inside] == ["Lamp Oil"]
    lone = html(
        pages, "papers/costs-5-more-and-is-100-percent-brighter-a-lone-dollar-and-percent-1"
    )
    assert lone.heading == "Costs $5 More and Is 100% Brighter: A_Lone Dollar & Percent #1"
    assert "ends in a backslash \\" in lone.content_text


def test_a_title_in_the_head_is_plain_unicode(pages: Pages) -> None:
    title = "".join(html(pages, LANTERNS).all("title")[0].text)
    assert title.startswith("Lanterns at Scale: ReLU² Wins by 16×3.8B")


def test_a_title_in_the_search_is_plain_unicode(academy: BuiltAcademy) -> None:
    found = read_found(academy.site)
    assert found[f"{LANTERNS}/"].title == "Lanterns at Scale: ReLU² Wins by 16×3.8B"


def test_badges_tags_subject_and_date_stand_on_a_paper(pages: Pages) -> None:
    text = html(pages, LANTERNS).content_text
    assert "Code" in text
    assert "quill-academy" in text
    assert "topics/cs-cl" in links(pages, LANTERNS)
    assert "43.9" in html(pages, GLOW).content_text
    assert links(pages, "papers/signals-from-a-dark-hill")["topics/eess-sp"]


def test_the_page_shows_the_entry_that_the_file_holds_but_for_the_abstract(
    pages: Pages, academy: BuiltAcademy
) -> None:
    for path in (academy.docs / "papers").glob("*.bib"):
        page = html(pages, f"papers/{path.stem}")
        (entry,) = ["".join(e.text) for e in page.all("pre")]
        file = path.read_text(encoding="utf-8")
        assert entry.strip() == re.sub(r"(?m)^  abstract = .*\n", "", file).strip()
        assert f"../{path.stem}.cite.html" in [e.attributes["href"] for e in page.all("a")]
        # Files are saved under the names that they have.
        downloads = [
            e.attributes["href"] for e in page.all("a") if e.attributes.get("download") == ""
        ]
        endings = (".bib", ".ris", ".csl.json")
        assert downloads == [f"../{path.stem}{ending}" for ending in endings]


def test_related_papers_share_something_that_is_named(pages: Pages) -> None:
    text = html(pages, "papers/an-introduction-to-lanterns").content_text
    assert "Related papers" in text
    assert "also by Ada B" in text


# -- people ---------------------------------------------------------------------------------------


def test_two_spellings_are_one_person_with_both_shown(pages: Pages) -> None:
    page = html(pages, ADA)
    assert re.fullmatch(r"Ada B\.? Quill", page.heading)
    assert "Also printed as" in page.content_text
    for spelling in ("Ada B Quill", "Ada B. Quill", "ADA B. QUILL"):
        assert spelling in page.content_text
    assert not [path for path in pages if "ada-b" in path]


def test_letters_with_and_without_diacritics_are_two_people(pages: Pages) -> None:
    assert html(pages, "authors/soren-angstrom").heading == "Soren Angstrom"
    assert html(pages, "authors/soren-angstrom-2").heading == "Søren Ångström"


def test_newer_figures_hold_and_older_ones_are_kept(pages: Pages) -> None:
    text = html(pages, ADA).content_text
    assert text.index("4,321") < text.index("Earlier figures") < text.index("2,900")
    assert "2025-02-03" in text
    assert "2023-09-01" in text
    card = html(pages, "").content_text
    assert "4,321" in card
    assert "2,900" not in card


def test_a_list_that_the_source_cut_is_said_to_be_cut(pages: Pages) -> None:
    text = html(pages, ADA).content_text
    assert re.search(r"declares 12 papers and lists 9", text)
    assert "cut its list" in text
    assert "cut its list" not in html(pages, "authors/han-xue-mei").content_text


def test_an_owner_who_had_to_be_found_is_marked_as_inferred(pages: Pages) -> None:
    page = html(pages, "authors/mei-lin")
    assert "does not say whose it is" in page.content_text
    assert "4 of its 4 author lists" in page.content_text


def test_an_organisation_is_marked_and_is_no_co_author(pages: Pages) -> None:
    assert "Organisation" in html(pages, "authors/aurora-9").content_text
    assert "Organisation" in html(pages, "authors/the-lantern-collaboration").content_text
    assert "Organisation" not in "".join(
        "".join(e.text) for e in classed(html(pages, "authors/jo-lab"), "ap-badge")
    )
    text = html(pages, ADA).content_text
    # The first of the two is the way there.
    start = text.index("Co-authors", text.index("Co-authors") + 1)
    assert start < text.index("Aurora-9", start)
    co_authors = text[start:].partition("Organisations")[0]
    assert "Jan van der Lamp" in co_authors
    assert "Aurora-9" not in co_authors
    assert "The Lantern Collaboration" not in co_authors


def test_counts_are_of_persons_and_organisations_apart(pages: Pages, academy: BuiltAcademy) -> None:
    ledger = academy.report.ledger
    assert ledger.organisations == 3
    people = list((academy.docs / "authors").glob("*.bib"))
    assert ledger.persons + ledger.organisations == len(people)
    assert f"{ledger.persons} people and 3 organisations" in html(pages, "").content_text


def test_notes_on_an_author_are_merged_in(pages: Pages) -> None:
    page = html(pages, ADA)
    assert "Ada keeps the lamps of an academy that never was." in page.content_text
    addresses = set(links(pages, ADA))
    assert "https://orcid.org/0000-0002-1825-0097" in addresses
    assert "https://quill.example/notes" in addresses
    assert "papers/oil-wick-and-flame-a-survey" in addresses


def test_a_page_lists_its_papers_by_year_with_co_authors_topics_and_tags(pages: Pages) -> None:
    found = links(pages, ADA)
    papers = {address for address in found if address.startswith("papers/")}
    assert {LANTERNS, BOLD, SHARED, NAMING, "papers/do-lanterns-dream-of-llms"} <= papers
    headings = ["".join(e.text) for e in html(pages, ADA).all("h3")]
    years = [int(heading) for heading in headings if heading.isdigit()]
    assert years == sorted(years, reverse=True) == [2025, 2024, 2023, 2022, 2021]
    assert {"topics/cs-cl", "topics/cs-lg"} <= set(found)
    assert "lantern-lab" in html(pages, ADA).content_text


# -- lists ----------------------------------------------------------------------------------------


def test_every_author_can_be_reached_from_the_index(pages: Pages, academy: BuiltAcademy) -> None:
    letters = [path for path in links(pages, "authors") if path.startswith("authors/by/")]
    assert len(letters) > 5
    assert letters[-1] == "authors/by/other"
    people = {f"authors/{path.stem}" for path in (academy.docs / "authors").glob("*.bib")}
    assert people <= link_addresses(pages, "authors", *letters)


def test_every_paper_can_be_reached_through_its_year_and_its_topic(
    pages: Pages, academy: BuiltAcademy
) -> None:
    papers = {f"papers/{path.stem}" for path in (academy.docs / "papers").glob("*.bib")}
    for kind in ("years", "topics"):
        listed = {path for path in links(pages, kind) if path.startswith(f"{kind}/")}
        further = {p for p in link_addresses(pages, *listed) if p.startswith(f"{kind}/")}
        lists = {path for path in listed | further if not path.endswith((".bib", ".ris", ".json"))}
        assert papers <= link_addresses(pages, *lists)


def test_a_long_list_goes_on_on_a_page_of_its_own(pages: Pages) -> None:
    first = {p for p in links(pages, "years/2024") if p.startswith("papers/")}
    second = {p for p in links(pages, "years/2024-2") if p.startswith("papers/")}
    assert len(first) == 10
    assert second
    assert not first & second
    assert "years/2024-2" in links(pages, "years/2024")
    assert "years/2024" in links(pages, "years/2024-2")


def test_a_short_list_stays_on_one_page(tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    path = root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").replace("entries_per_page: 10", "entries_per_page: 500")
    path.write_text(text, encoding="utf-8")
    found = make_documents(root)
    assert not [path for path in found if path.startswith(("authors/by/", "years/2024-"))]
    index = found["authors/index.md"].decode()
    people = [path for path in found if path.startswith("authors/") and path.endswith(".bib")]
    assert all(f"({path.split('/')[1][:-4]}.md)" in index for path in people)


def test_topics_are_named_as_in_the_taxonomy_and_grouped_by_archive(pages: Pages) -> None:
    text = html(pages, "topics").content_text
    for name in ("Computation and Language", "Optimization and Control", "Signal Processing"):
        assert name in text
    assert html(pages, "topics/math-oc").heading == "Optimization and Control"


def test_the_home_page_leads_everywhere(pages: Pages) -> None:
    found = set(links(pages, ""))
    assert {"authors", "papers", "papers.bib", ADA, "topics/cs-cl", "years/2024"} <= found
    newest = [path for path in found if path.startswith("papers/")]
    assert len(newest) == 4
    assert LANTERNS in newest


def test_about_tells_the_balance_and_links_pages_of_ones_own(
    pages: Pages, academy: BuiltAcademy
) -> None:
    text = html(pages, "about").content_text
    ledger = academy.report.ledger
    for count in (ledger.parsed, ledger.merged, ledger.published, ledger.quarantined):
        assert f" {count}" in text
    assert "was invented for" in text
    assert "guides/reading" in links(pages, "about")


def test_search_knows_people_and_papers_once_and_no_lists(academy: BuiltAcademy) -> None:
    addresses = read_found(academy.site).keys()
    assert {f"{ADA}/", f"{LANTERNS}/", "topics/cs-cl/", "guides/reading/"} <= addresses
    generated = {
        f"{folder}/{path.stem}/"
        for folder in ("authors", "papers", "topics")
        for path in (academy.docs / folder).glob("*.bib")
    }
    # Pagefind leaves out a page without a word, as that of somebody called `--`.
    assert generated - addresses == {"authors/author-0ce80ff6/"}
    assert addresses - generated == {"guides/reading/"}
    assert not {"authors/", "papers/", "years/2024/", "papers/lamps-old-title/"} & addresses


# -- the balance ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Places and messages of everything that was noticed in the academy."""
    known = understand(copy_academy(tmp_path_factory.mktemp("academy") / "academy"))
    return [str(problem) for problem in known.problems]


def test_everything_odd_in_the_academy_is_noticed_and_nothing_else(problems: list[str]) -> None:
    places = sorted(problem.split(": ")[0] for problem in problems)
    assert places == [
        "content/authors/nobody.md",
        "content/profiles/ada-quill-2023.txt:29",
        "content/profiles/ada-quill-2023.txt:5",
        "content/profiles/ada-quill.txt:5",
        "content/profiles/han-xuemei.txt:1",
        "content/profiles/van-der-lamp.txt:1",
        "content/profiles/van-der-lamp.txt:21",
        "content/profiles/van-der-lamp.txt:35",
    ]


def test_the_ledger_balances(academy: BuiltAcademy) -> None:
    ledger = academy.report.ledger
    assert ledger.found == ledger.parsed + ledger.quarantined == 31
    assert ledger.parsed == ledger.merged + ledger.published == 29
    assert (ledger.declared, ledger.declaring, ledger.profiles) == (28, 5, 6)
    assert ledger.inferred_dates == 2
