"""Files of formatted citations: they read as the citations do, and hold nothing that harms."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.exports.files import CITATIONS
from generator.exports.formatted import CitationFormatter, FormattedCitation
from generator.exports.formatted_page import citation_html, citation_page
from generator.exports.formatted_text import escape_inline
from generator.markup import clean_text
from tests.exports.test_formatted import ODD_ITEMS, Item
from tests.page_html import PageHtml
from tests.test_markup import HOSTILE_TEXTS, PAYLOADS, outline

FORMATTER = CitationFormatter()


def shown(markdown: str) -> str:
    """A citation as a browser shows it, each run of italics between asterisks.

    It must be nothing but text, italics, and links to web addresses that say where they lead.
    """
    html = citation_html(markdown)
    parts = outline(html)
    tags = {part[:2] for part in parts if isinstance(part, tuple)}
    assert tags <= {("<", "em"), (">", "em"), ("<", "a"), (">", "a")}, html
    for link in PageHtml(html).all("a"):
        assert list(link.attributes) == ["href"]
        assert "".join(link.text) == link.attributes["href"]
        assert re.match("https?://", link.attributes["href"], re.IGNORECASE)
    marks = {"em": "*", "a": ""}
    return "".join(part if isinstance(part, str) else marks[part[1]] for part in parts)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Quill, A. (2020). *Of Lamps*.", "Quill, A. (2020). *Of Lamps*."),
        ("*Of Lamps*. 2020.", "*Of Lamps*. 2020."),
        ("Of *Lamps* and *Oil*, 3(2).", "Of *Lamps* and *Oil*, 3(2)."),
        (r"\*a\* \_b\_ \`c\` [a\](b) c\\d \{e}", "*a* _b_ `c` [a](b) c\\d {e}"),
        (r"1\. Lamps", "1. Lamps"),
        ("&lt;b&gt; &amp;lt; &#36;x&#94;2&#36; &#64;z", "<b> &lt; $x^2$ @z"),
        ("R&D, AT&T and C&not D&lt E&copy", "R&D, AT&T and C&not D&lt E&copy"),
        ("See <https://lamp.example/a_b?c=*d*&e>.", "See https://lamp.example/a_b?c=*d*&e."),
        ("doi: 10.5555/lumen.2022\\_7.", "doi: 10.5555/lumen.2022_7."),
        ("<javascript:alert(1)> <b>x</b>", "<javascript:alert(1)> <b>x</b>"),
        (r"\&lt;b> &#60;b> &#x3c;", "&lt;b> <b> &#x3c;"),
        ("*open", "*open*"),
    ],
)
def test_a_citation_reads_as_its_markdown(markdown: str, expected: str) -> None:
    assert shown(markdown) == expected


@settings(max_examples=200, deadline=None)
@given(ODD_ITEMS)
def test_every_citation_reads_as_its_plain_text(source: Item) -> None:
    for made in FORMATTER.format(source):
        assert clean_text(shown(made.markdown).replace("*", "")) == clean_text(
            made.text.replace("*", "")
        )


@settings(max_examples=200, deadline=None)
@given(before=HOSTILE_TEXTS, within=HOSTILE_TEXTS, after=HOSTILE_TEXTS)
def test_what_was_escaped_for_others_is_shown_as_it_was(
    before: str, within: str, after: str
) -> None:
    texts = [clean_text(text) for text in (before, within, after)]
    assume(all(texts))
    made = citation_html("{} *{}* {}".format(*map(escape_inline, texts)))
    assert "".join(PageHtml(f"<p>{made}</p>").all("p")[0].text) == " ".join(texts)


def test_hostile_markdown_is_text_italics_and_links() -> None:
    for payload in PAYLOADS:
        shown(payload)
        shown(f"Of <https://lamp.example/{payload}> *{payload}*")


@settings(max_examples=200, deadline=None)
@given(HOSTILE_TEXTS | st.text("\\*<>&;#1a ht:/."))
def test_any_markdown_is_text_italics_and_links(markdown: str) -> None:
    shown(markdown)


def test_a_file_has_every_citation_below_its_style_and_leads_to_the_other_files() -> None:
    made = [FormattedCitation(s, s.upper(), "", f"*{s}* <b>") for s in ("apa", "mla")]
    page = PageHtml(citation_page("of-lamps", 'Of <Lamps> & "Oil"', made, CITATIONS))
    headings = ["".join(e.text) for e in page.elements if e.tag in ("h1", "h2", "title")]
    assert headings == [
        'Citations: Of <Lamps> & "Oil"',
        'Of <Lamps> & "Oil"',
        "APA",
        "MLA",
        "Files",
    ]
    assert ["".join(e.text) for e in page.all("p")][:2] == ["apa <b>", "mla <b>"]
    assert [e.attributes["href"] for e in page.all("a")] == [
        "of-lamps.bib",
        "of-lamps.ris",
        "of-lamps.csl.json",
        "of-lamps/",
    ]
    robots = [e.attributes["content"] for e in page.all("meta") if "name" in e.attributes]
    assert "noindex" in robots
