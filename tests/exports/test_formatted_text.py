"""The text of a citation: punctuation in order, and Markdown that reads as the text does."""

from __future__ import annotations

import html

import pytest
from markdown import Markdown

from generator.exports.formatted_text import (
    CLOSE_QUOTE,
    DOI,
    ITALIC_END,
    ITALIC_START,
    OPEN_QUOTE,
    URL,
    VALUE_END,
    escape_inline,
    markdown,
    plain_text,
    tidy,
)

MARKS = str.maketrans(
    {
        "‹": ITALIC_START,
        "›": ITALIC_END,
        "«": OPEN_QUOTE,
        "»": CLOSE_QUOTE,
        "|": VALUE_END,
        "→": URL,
        "⇒": DOI,
    }
)
"""Marks that can be seen."""


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("«Lamps|». Next", "“Lamps.” Next"),
        ("«Lamps|», next", "“Lamps,” next"),
        ("«Lamps|»; next", "“Lamps”; next"),
        ("«Lamps?|», next", "“Lamps?” next"),
        ("‹Lamps?|›, next", "Lamps?, next"),
        ("‹Lamps?|›. Next", "Lamps? Next"),
        ("«‹Lamps!|›». Next", "“Lamps!” Next"),
        ("Jr.|. Next", "Jr. Next"),
        ("Jr.|, next", "Jr., next"),
        ("Wait...|. Next", "Wait... Next"),
        ("So “it”|. Next", "So “it.” Next"),
        ("«So “it”|». Next", "“So ‘it.’” Next"),
        ("«So “it.”|». Next", "“So ‘it.’” Next"),
        ("What?. No,, it..|: next", "What?. No,, it..: next"),
        ("Lamps|,  next ", "Lamps, next"),
    ],
)
def test_punctuation_is_put_in_order_around_values_and_not_within(
    marked: str, expected: str
) -> None:
    assert plain_text(tidy(marked.translate(MARKS)), "", "") == expected


def test_addresses_are_put_in_last_and_as_they_are() -> None:
    tidied = tidy("Lamps|. →. https://doi.org/⇒, doi: ⇒.".translate(MARKS))
    url, doi = "https://lamp.example/a..b_c.", "10.5555/a_b,"
    assert plain_text(tidied, url, doi) == (
        "Lamps. https://lamp.example/a..b_c.. https://doi.org/10.5555/a_b,, doi: 10.5555/a_b,."
    )
    assert markdown(tidied, url, doi) == (
        "Lamps. <https://lamp.example/a..b_c.>. <https://doi.org/10.5555/a_b,>, "
        "doi: 10.5555/a\\_b,."
    )


def test_italics_within_italics_are_no_further_markup() -> None:
    assert markdown(tidy("‹a ‹b› c› d".translate(MARKS)), "", "") == "*a b c* d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[a](b) [c]", r"[a\](b) [c]"),
        ("a & b &amp; c", "a & b &amp;amp; c"),
        ("<b> a < b", "&lt;b&gt; a &lt; b"),
        ("$x^2$ ~~y~~ @z", "&#36;x&#94;2&#36; &#126;&#126;y&#126;&#126; &#64;z"),
        ("a\\b {c}", r"a\\b \{c}"),
        ("Smith, A. (2020). 1. It’s “so”!", "Smith, A. (2020). 1. It’s “so”!"),
    ],
)
def test_only_what_would_be_markup_is_escaped(text: str, expected: str) -> None:
    assert escape_inline(text) == expected
    page = Markdown().convert(expected)
    assert html.unescape(page) == f"<p>{text}</p>"
