"""The cache of formatted citations: an item is formatted once, and anew when anything changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.exports import formatted_cache
from generator.exports.formatted import CitationFormatter, FormattedCitation
from generator.exports.formatted_cache import CitationCache

ITEM: dict[str, Any] = {
    "type": "article-journal",
    "title": "Of Lamps",
    "author": [{"family": "Quill", "given": "Ada"}],
    "issued": {"date-parts": [[2020]]},
}


class CountingFormatter(CitationFormatter):
    """A formatter that counts what it formats."""

    formatted = 0

    def format(self, item: Mapping[str, object]) -> tuple[FormattedCitation, ...]:
        self.formatted += 1
        return super().format(item)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a cache that holds one item."""
    found = tmp_path / "citations.sqlite"
    with CitationCache(found, CountingFormatter()) as cache:
        cache.format(ITEM)
    return found


def formatted_anew(path: Path, item: Mapping[str, object], *styles: str) -> bool:
    """Whether the item is not found in the cache; what it gives must be right either way."""
    formatter = CountingFormatter(styles) if styles else CountingFormatter()
    with CitationCache(path, formatter) as cache:
        assert cache.format(item) == CitationFormatter(formatter.styles).format(item)
    return formatter.formatted == 1


def test_an_unchanged_item_is_not_formatted_again(path: Path) -> None:
    assert not formatted_anew(path, dict(reversed(ITEM.items())))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Of lamps"},
        {"author": [{"family": "Quill", "given": "Ada B."}]},
        {"issued": {"date-parts": [[2020, 1]]}},
        {"custom": {"truncated": True}},
        {"DOI": "10.5555/lamps"},
    ],
)
def test_a_changed_item_is_formatted_anew(path: Path, change: dict[str, object]) -> None:
    assert formatted_anew(path, ITEM | change)
    assert not formatted_anew(path, ITEM)


def test_other_styles_are_formatted_anew(path: Path) -> None:
    assert formatted_anew(path, ITEM, "apa", "mla")


def test_another_version_of_a_library_leaves_nothing_valid(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formatted_cache, "version", lambda library: f"{library} next")
    assert formatted_anew(path, ITEM)


def test_no_module_that_formats_is_forgotten() -> None:
    modules = {path.name for path in Path(formatted_cache.__file__).parent.glob("formatted*.py")}
    named = {Path(name).name for name in formatted_cache._CODE}
    assert modules - named == {"formatted_cache.py", "formatted_page.py"}


def test_an_item_without_citations_is_remembered_as_well(path: Path) -> None:
    assert formatted_anew(path, {"type": "book"})
    assert not formatted_anew(path, {"type": "book"})


def test_citations_made_elsewhere_can_be_added(path: Path) -> None:
    other = ITEM | {"title": "Of Wicks"}
    with CitationCache(path, CitationFormatter()) as cache:
        assert cache.get(other) is None
        cache.put(other, CitationFormatter().format(other))
    assert not formatted_anew(path, other)


def test_what_was_not_asked_for_can_be_dropped(path: Path) -> None:
    other = ITEM | {"title": "Of Wicks"}
    with CitationCache(path, CitationFormatter()) as cache:
        cache.format(other)
        cache.drop_unused()
    assert not formatted_anew(path, other)
    assert formatted_anew(path, ITEM)


@pytest.mark.parametrize("content", [b"no database " * 100, b"SQLite format 3\0broken" * 100])
def test_a_file_that_cannot_be_read_is_begun_afresh(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert formatted_anew(path, ITEM)
    assert not formatted_anew(path, ITEM)


def held(path: Path, how: str) -> sqlite3.Connection:
    """Another process that is writing to the file (IMMEDIATE) or about to save it (EXCLUSIVE)."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {how}")
    return other


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_while_another_process_holds_the_file_nothing_is_stored_and_nothing_lost(
    path: Path, how: str
) -> None:
    other = held(path, how)
    wicks, oil = ITEM | {"title": "Of Wicks"}, ITEM | {"title": "Of Oil"}
    assert formatted_anew(path, wicks)
    with CitationCache(path, CitationFormatter()) as cache:
        assert cache.format(oil) == CitationFormatter().format(oil)
        cache.drop_unused()
    other.execute("COMMIT")
    other.close()
    assert not formatted_anew(path, ITEM)
    assert formatted_anew(path, wicks)


def test_a_file_that_is_taken_while_it_is_used_is_given_up(path: Path) -> None:
    with CitationCache(path, CitationFormatter()) as cache:
        other = held(path, "EXCLUSIVE")
        assert cache.format(ITEM) == CitationFormatter().format(ITEM)
        other.execute("COMMIT")
        other.close()
    assert not formatted_anew(path, ITEM)


def test_a_failed_write_does_not_keep_the_other_process_from_saving(path: Path) -> None:
    with CitationCache(path, CitationFormatter()) as cache:
        other = held(path, "IMMEDIATE")
        cache.format(ITEM | {"title": "Of Wicks"})
        cache.format(ITEM)
        other.execute("DELETE FROM citations")
        other.execute("COMMIT")
        other.close()


def test_a_folder_that_is_not_there_does_not_keep_citations_from_being_made(
    tmp_path: Path,
) -> None:
    assert formatted_anew(tmp_path / "none" / "citations.sqlite", ITEM)
