"""Links in hand-written Markdown: those that lead nowhere are named with file and line."""

from __future__ import annotations

import pytest

from generator.records import AuthorNotes, Content, HandWrittenPage, Provenance
from generator.site.links import check_links

PATHS = frozenset(
    {"index.md", "authors/index.md", "authors/ada.md", "guides/a.md", "guides/b c.png"}
)


def broken(text: str, path: str = "guides/a.md", line: int = 1) -> list[str]:
    """Problems with the links of one page."""
    page = HandWrittenPage(Provenance("content/pages/a.md", line), path, text, {}, text)
    return [str(problem) for problem in check_links(Content({}, {}, (page,), {}), PATHS)]


@pytest.mark.parametrize(
    "target",
    [
        *("../index.md", "../authors/ada.md#papers", "b%20c.png", "<b%20c.png>", "../authors/"),
        *("https://a.example/x.md", "mailto:a@b.example", "#here", "a.md?x=1", "../authors"),
    ],
)
def test_links_that_lead_somewhere_are_fine(target: str) -> None:
    assert broken(f"Read [this]({target}) now.") == []


@pytest.mark.parametrize("target", ["gone.md", "../gone/index.md", "ada.md", "../../index.md"])
def test_links_that_lead_nowhere_are_named_with_their_line(target: str) -> None:
    assert broken(f"One\n\n[fine](../index.md) ![this]({target} 'x')", line=5) == [
        f"content/pages/a.md:7: the link {target!r} leads to no page or file of the site"
    ]


def test_code_holds_no_links() -> None:
    fenced = "````\n[no](gone.md)\n```\n[no](gone.md)\n````\n\n[yes](gone.md)\n"
    assert [p.split(": ")[0] for p in broken(fenced)] == ["content/pages/a.md:7"]
    assert broken("~~~ python\n[no](gone.md)\n~~~\n") == []
    assert broken("Write `[no](gone.md)` so.") == []


def test_biographies_are_read_from_the_author_s_own_place() -> None:
    where = Provenance("content/authors/ada.md", 3)
    notes = AuthorNotes(where, "ada", biography="[a](index.md)\n[b](guides/a.md)")
    found = [str(p) for p in check_links(Content({"ada": notes}, {}, (), {}), PATHS)]
    message = "the link 'guides/a.md' leads to no page or file of the site"
    assert found == [f"content/authors/ada.md:4: {message}"]
