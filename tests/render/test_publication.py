"""What pages say of where a paper was published, and where their links lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import Markup

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Paper
from generator.catalogue.settle import Load
from generator.config import package_templates
from generator.markup import clean_text
from generator.names import OrganisationNames
from generator.records import (
    UNPUBLISHED,
    NameAsPrinted,
    PaperNotes,
    PaperRecord,
    Provenance,
    Publication,
)
from generator.render.author_views import AuthorView
from generator.render.publication import paper_links, publication_line
from generator.render.templates import Templates
from tests.academy import make_documents, small_academy
from tests.page_html import PageHtml
from tests.small_pages import own_scripts

EXTENSIONS = ["attr_list", "md_in_html", "tables", "admonition", "footnotes", "def_list", "toc"]
"""Those of the academy that change what is within a line."""


def html(text: str) -> PageHtml:
    return PageHtml(
        f'<div class="md-content">{Markdown(extensions=EXTENSIONS).convert(text)}</div>'
    )


def line(kind: str, venue: str | None = None, **details: str) -> str:
    """The line of a publication as a reader sees it."""
    found = publication_line(Publication(kind, venue, details=details))
    return html(found or "").content_text


# -- the line -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "venue", "details", "expected"),
    [
        (
            "article",
            r"Journal of \emph{Lamps}",
            {"volume": "12", "number": "3", "pages": "101--110", "publisher": "Lantern Press"},
            "Journal of Lamps, 12(3), pages 101–110, Lantern Press",
        ),
        ("article", "Lamp Letters", {"volume": "12", "pages": "e7"}, "Lamp Letters, 12, page e7"),
        ("article", "Lamp Letters", {"number": "3"}, "Lamp Letters, number 3"),
        ("inproceedings", "Proc. LAMP", {"pages": "1,5"}, "In Proc. LAMP, pages 1,5"),
        (
            "incollection",
            "The Lamp Book",
            {"series": "Lights", "volume": "4", "edition": "Second", "chapter": "2"},
            "In The Lamp Book, volume 4 of Lights, Second edition, chapter 2",
        ),
        ("inproceedings", None, {"series": "Lights"}, "Lights"),
        ("phdthesis", "University of Oil", {}, "PhD thesis, University of Oil"),
        ("mastersthesis", None, {"type": "Diploma thesis"}, "Diploma thesis"),
        ("techreport", "Oil Labs", {"number": "TR-1"}, "Technical report TR-1, Oil Labs"),
        ("book", None, {"volume": "4", "publisher": "Lantern Press"}, "Volume 4, Lantern Press"),
        ("misc", None, {"howpublished": "poster"}, "poster"),
        ("misc", None, {"note": "elsewhere", "isbn": "1", "address": "Oil City"}, ""),
    ],
)
def test_a_publication_reads_as_in_a_list_of_references(
    kind: str, venue: str | None, details: dict[str, str], expected: str
) -> None:
    assert line(kind, venue, **details) == expected


def test_a_paper_of_which_nothing_is_stated_has_no_line() -> None:
    assert publication_line(UNPUBLISHED) is None


def test_a_book_names_its_editors_and_a_paper_in_one_does_not() -> None:
    names = tuple(map(NameAsPrinted, ("Chen, Wei", "Ada Quill 0001", "{The Lamp Team}")))
    book = Publication("proceedings", editors=names, details={"publisher": "Lantern Press"})
    text = html(publication_line(book) or "").content_text
    assert text == "Edited by Wei Chen, Ada Quill and The Lamp Team, Lantern Press"
    paper = replace(book, kind="inproceedings", venue="Proc. LAMP")
    assert "Chen" not in (publication_line(paper) or "")


HOSTILE = st.sampled_from(
    r"""<script>alert(1)</script> </cite> *x* **x** [x](y) ![x](y) `x` {{ x }} {: .x } { .x }
    $x$ 1. # <b> &lt; \emph{x} \url{https://a.example/} --- | ___ [^1] ~~~ ```
    "onload="x" \href{javascript:x}{y}
    """.split()
) | st.text(max_size=8)
FIELDS = st.sampled_from(
    "volume number pages series edition chapter howpublished publisher type".split()
)


@given(
    st.sampled_from(["article", "inproceedings", "book", "proceedings", "techreport", "misc"]),
    HOSTILE,
    st.dictionaries(FIELDS, HOSTILE.filter(clean_text)),
)
def test_no_value_of_a_publication_becomes_markup(
    kind: str, text: str, details: Mapping[str, str]
) -> None:
    editors = (NameAsPrinted(f"{{{text}}}"),)
    stated = Publication(kind, clean_text(text), editors=editors, details=details)
    found = html(publication_line(stated) or "")
    tags = {element.tag for element in found.elements}
    assert tags <= {"div", "p", "cite", "em", "span", "math", "mi", "code"}
    assert not any("onload" in element.attributes for element in found.elements)


# -- links ----------------------------------------------------------------------------------------


def paper(
    publication: Publication = UNPUBLISHED,
    notes: PaperNotes | None = None,
    abstract: str | None = None,
) -> Paper:
    record = PaperRecord(
        Provenance("refs.bib", 7),
        "Of Lamps",
        (NameAsPrinted("Ada Quill"),),
        publication=publication,
        abstract=abstract,
    )
    built = build_catalogue(Load((), (record,), ()), EMPTY_LOCK, OrganisationNames())
    return replace(built.catalogue.papers["of-lamps"], notes=notes)


def links(
    publication: Publication = UNPUBLISHED, abstract: str | None = None, **notes: str
) -> list[str]:
    """Buttons as `kind label → target`."""
    written = PaperNotes(Provenance("content/papers/of-lamps.md", 1), "of-lamps", **notes)
    found = paper_links(paper(publication, written, abstract))
    return [f"{link.kind} {link.label} → {Markup(link.target).unescape()}" for link in found]


def test_buttons_stand_in_one_order_whatever_states_them() -> None:
    found = links(
        Publication(doi="10.5555/x(1)", arxiv="2412.19437", url="https://lamps.example/1"),
        abstract="Code at https://github.com/a/b and https://project.example/p.",
        pdf="My paper.pdf",
        code="https://gitlab.com/c/d",
        slides="https://slides.example/deck.pdf",
        video="https://video.example/?v=1",
    )
    assert found == [
        "Code gitlab.com/c/d → https://gitlab.com/c/d",
        "Code github.com/a/b → https://github.com/a/b",
        "Project project.example/p → https://project.example/p",
        "PDF  → of-lamps/my-paper.pdf",
        "DOI 10.5555/x(1) → https://doi.org/10.5555/x(1)",
        "arXiv 2412.19437 → https://arxiv.org/abs/2412.19437",
        "Slides slides.example → https://slides.example/deck.pdf",
        "Video video.example → https://video.example/?v=1",
        "Web page lamps.example/1 → https://lamps.example/1",
    ]


@pytest.mark.parametrize(
    ("publication", "abstract", "notes", "kinds"),
    [
        (Publication(doi="10.5555/X", url="http://dx.doi.org/10.5555/x"), None, {}, ["DOI"]),
        (Publication(arxiv="2412.19437", doi="10.48550/arXiv.2412.19437"), None, {}, ["arXiv"]),
        (
            Publication(arxiv="2412.19437", url="https://arxiv.org/abs/2412.19437v2"),
            "See https://arxiv.org/abs/2412.19437 and https://doi.org/10.48550/arXiv.2412.19437",
            {},
            ["arXiv"],
        ),
        (
            Publication(url="https://a.example/x.pdf", pdf="https://a.example/x.pdf"),
            None,
            {"pdf": "http://www.a.example/x.pdf"},
            ["PDF"],
        ),
        (
            UNPUBLISHED,
            "Code: https://github.com/Lamps/Oil.git",
            {"code": "https://github.com/lamps/oil/"},
            ["Code"],
        ),
        (UNPUBLISHED, "https://v.example/?v=1", {"video": "https://v.example/?v=1"}, ["Video"]),
        (UNPUBLISHED, None, {"pdf": "a.pdf", "slides": "A.pdf"}, ["PDF"]),
    ],
)
def test_what_leads_to_one_place_is_one_button(
    publication: Publication, abstract: str | None, notes: dict[str, str], kinds: list[str]
) -> None:
    found = links(publication, abstract, **notes)
    assert [text.split()[0] for text in found] == kinds


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://doi.org/10.5555/x", "DOI 10.5555/x"),
        ("https://arxiv.org/abs/2412.19437", "arXiv 2412.19437"),
        ("https://arxiv.org/pdf/2412.19437", "PDF arxiv.org"),
        ("https://www.a.example/X.PDF", "PDF a.example"),
        ("https://github.com/a/b", "Code github.com/a/b"),
        ("https://a.example/b", "Web page a.example/b"),
    ],
)
def test_the_address_of_a_bibliography_is_named_by_what_it_leads_to(url: str, kind: str) -> None:
    assert links(Publication(url=url)) == [f"{kind} → {url}"]


def test_two_talks_of_one_host_are_two_links() -> None:
    found = links(slides="https://v.example/?v=1#a", video="https://v.example/?v=1#b")
    assert len(found) == 2


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a.example\\@b", "https://[", "ftp://a.example/", "x"]
)
def test_what_is_no_safe_address_is_no_button(url: str) -> None:
    assert links(Publication(url=url, pdf=url), code=url) == []


# -- pages ----------------------------------------------------------------------------------------

NASTY = '<script>alert(1)</script> *x* [y](z) {{ 7 * 7 }} " onload=x'
BIBLIOGRAPHY = r"""
@inproceedings{lamp2020,
  author = {Jan van der Lamp}, title = {Deep Lamps}, booktitle = {Proceedings of LAMP},
  year = 2020, pages = {1--12}, doi = {10.5555/lamp}, note = {See https://notes.example/1}}
@inproceedings{lamp2020again,
  author = {Jan van der Lamp}, title = {Deep Lamps}, booktitle = {Proceedings of LAMP}, year = 2020}
@misc{alone, author = {Jan van der Lamp}, title = {Of Nothing}}
@misc{dated, author = {Jan van der Lamp}, title = {Of a Year}, year = 2019}
@proceedings{whole, editor = {Jan van der Lamp}, title = {All Lamps}, year = 2018}
@article{nasty*key*,
  author = {Jan van der Lamp}, title = {Nasty Lamps}, year = 2021,
  journal = {<script>alert(1)</script> *x* [y](z)}, publisher = {</cite><b>}}
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """All pages of a small academy with a bibliography and notes."""
    root = small_academy(tmp_path_factory.mktemp("published") / "academy")
    for folder in ("bibliography", "papers"):
        (root / "content" / folder).mkdir()
    (root / "content/bibliography/refs.bib").write_text(BIBLIOGRAPHY)
    papers = root / "content" / "papers"
    (papers / "talk.pdf").write_bytes(b"%PDF")
    (papers / "deep-lamps.md").write_text(
        "---\nslides: talk.pdf\naward: Best paper\n---\nWe *liked* it.\n"
    )
    (papers / "nasty-lamps.md").write_text(
        f"---\naward: '{NASTY}'\nnote: '{NASTY}'\nvideo: https://v.example/?a=1&b=*x*_y_\n---\n"
    )
    return MappingProxyType(make_documents(root))


def page(documents: Mapping[str, bytes], path: str) -> str:
    return documents[path].decode().partition("\n---\n")[2]


def test_the_page_of_a_paper_says_where_it_was_published(documents: Mapping[str, bytes]) -> None:
    text = page(documents, "papers/deep-lamps.md")
    assert "In <cite>Proceedings of LAMP</cite>, pages 1–12 " in text
    assert '<span class="ap-badge ap-award">Best paper</span>' in text
    assert 'See <a href="https://notes.example/1">' in text
    assert "\n## Notes\n\n<div data-pagefind-body markdown>\n\nWe *liked* it.\n\n</div>\n" in text
    assert "[Slides](deep-lamps/talk.pdf){ .md-button }" in text
    buttons = [e for e in html(text).all("a") if "md-button" in e.attributes.get("class", "")]
    assert ["".join(button.text).strip() for button in buttons][:2] == [
        "DOI 10.5555/lamp",
        "Slides",
    ]


def test_the_page_says_which_bibliography_lists_the_paper(documents: Mapping[str, bytes]) -> None:
    text = page(documents, "papers/deep-lamps.md")
    assert "From the bibliography refs&#46;bib (key lamp2020, key lamp2020again)." in text
    assert "These records are taken to be one paper: " in text
    assert "content/bibliography" not in text
    assert "Listed on the profile" not in text


def test_lists_show_venue_and_award_and_nothing_where_there_is_none(
    documents: Mapping[str, bytes],
) -> None:
    lines = page(documents, "authors/jan-van-der-lamp.md").splitlines()
    only = ' <span class="ap-badge ap-position">only author</span>'
    metas = [text.strip().removesuffix(only) for text in lines if 'class="ap-meta"' in text]
    award = '<span class="ap-badge ap-award">Best paper</span>'
    assert f'<span class="ap-meta">2020 · <cite>Proceedings of LAMP</cite> {award}</span>' in metas
    assert '<span class="ap-meta">2019</span>' in metas
    assert '<span class="ap-meta"></span>' in metas


def test_a_book_without_authors_is_described_without_them(
    documents: Mapping[str, bytes],
) -> None:
    head = documents["papers/all-lamps.md"].decode()
    assert 'description: "All Lamps (2018)"' in head
    assert "Edited by Jan van der Lamp" in head


def test_a_paper_of_which_only_a_title_is_known_has_a_quiet_page(
    documents: Mapping[str, bytes],
) -> None:
    text = page(documents, "papers/of-nothing.md")
    for absent in ("ap-publication", "ap-link-kind", "## Notes", "ap-award", " · "):
        assert absent not in text.partition("Look for it")[0]
    (buttons,) = (e for e in html(text).all("p") if e.attributes.get("class") == "ap-links")
    assert "".join(buttons.text).strip() == "Add to my list"
    assert "From the bibliography refs&#46;bib (key alone)." in text


def test_hostile_facts_of_a_paper_are_shown_as_they_are_written(
    documents: Mapping[str, bytes],
) -> None:
    for path in ("papers/nasty-lamps.md", "authors/jan-van-der-lamp.md", "papers/index.md"):
        found = html(page(documents, path).partition("## Cite")[0])
        assert not {"b", "em"} & {element.tag for element in found.elements}
        assert own_scripts() >= {"".join(script.text) for script in found.all("script")}
        assert "<script>alert(1)</script> *x* [y](z)" in found.content_text
        assert not any("onload" in element.attributes for element in found.elements)
    found = html(page(documents, "papers/nasty-lamps.md"))
    assert "</cite><b>" in found.content_text
    assert NASTY in found.content_text
    addresses = [element.attributes.get("href", "") for element in found.all("a")]
    assert "https://v.example/?a=1&b=*x*_y_" in addresses
    assert "refs.bib (key nasty*key*)" in found.content_text


def test_the_number_that_dblp_gives_a_person_stands_beside_the_name() -> None:
    templates = Templates([package_templates() / "pages"])
    view = AuthorView(
        "Wei Chen",
        False,
        (),
        (),
        None,
        None,
        None,
        (),
        0,
        0,
        (),
        (),
        0,
        (),
        (),
        (),
        "",
    )
    for number, shown in (("0002", "Wei Chen 0002"), ("", "Wei Chen")):
        shown_to = replace(view, number=number)
        parts = dict.fromkeys(("biography", "chart", "network", "topics", "coins"))
        text = templates.render("author", author=shown_to, downloads=(), **parts)
        found = html(text)
        assert found.heading == shown
        assert ["DBLP" in e.attributes.get("title", "") for e in found.all("span")] == [
            True
        ] * bool(number)
