"""Citations on a page: they read as their Markdown does, and are nothing but text and italics."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.exports.formatted import CitationFormatter
from generator.exports.formatted_text import escape_inline
from generator.markup import clean_text
from generator.render.cited import citation_markup
from tests.exports.test_formatted import ODD_ITEMS, Item
from tests.test_markup import CONFIGURATIONS, HOSTILE_TEXTS, PAYLOADS, outline, render

FORMATTER = CitationFormatter()
ITALICS = {("<", "em"), (">", "em")}


def shown(markdown: str, configuration: str = "site") -> str:
    """A citation as a page shows it, each run of italics between asterisks.

    It stands in a paragraph, as on the page of a paper, and must be nothing but text and italics.
    """
    page = render(f"{citation_markup(markdown)}\n{{ .ap-styled }}", configuration)
    first, *parts, last = outline(page.replace("<br />", ""))  # of nl2br, before the attributes
    assert (first, last) == (("<", "p", "class=ap-styled"), (">", "p"))
    assert {part for part in parts if isinstance(part, tuple)} <= ITALICS, page
    return "".join(part if isinstance(part, str) else "*" for part in parts)


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
@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_a_citation_reads_as_its_markdown(markdown: str, expected: str, configuration: str) -> None:
    assert shown(markdown, configuration) == expected


def test_italics_are_elements_and_addresses_are_text() -> None:
    made = citation_markup("*Of Lamps*. <https://lamp.example/>")
    assert isinstance(made, Markup)
    assert made.startswith("<em>Of Lamps</em>")
    assert "<a" not in render(made, "everything")


@settings(max_examples=200, deadline=None)
@given(ODD_ITEMS)
def test_every_citation_reads_as_its_plain_text(source: Item) -> None:
    for made in FORMATTER.format(source):
        assert shown(made.markdown).replace("*", "") == clean_text(made.text).replace("*", "")
        assert Markup(citation_markup(made.markdown)).striptags() == clean_text(made.text)


@settings(max_examples=200, deadline=None)
@given(before=HOSTILE_TEXTS, within=HOSTILE_TEXTS, after=HOSTILE_TEXTS)
def test_what_was_escaped_for_others_is_shown_as_it_was(
    before: str, within: str, after: str
) -> None:
    texts = [clean_text(text) for text in (before, within, after)]
    assume(all(texts))
    made = citation_markup("{} *{}* {}".format(*map(escape_inline, texts)))
    assert Markup(made).striptags() == " ".join(texts)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_hostile_markdown_is_text_and_italics(configuration: str) -> None:
    for payload in filter(clean_text, PAYLOADS):
        if re.sub(r"[\\*\s]", "", clean_text(payload)):
            shown(payload, configuration)
            shown(f"Of <https://lamp.example/{payload}> *{payload}*", configuration)


@settings(max_examples=200, deadline=None)
@given(HOSTILE_TEXTS | st.text("\\*<>&;#1a ht:/."))
def test_any_markdown_is_text_and_italics(markdown: str) -> None:
    assume(re.sub(r"[\\*\s]", "", clean_text(markdown)))
    assume(not re.search("[0-9a-f]{40}", markdown))
    shown(markdown)
    shown(markdown, "everything")
