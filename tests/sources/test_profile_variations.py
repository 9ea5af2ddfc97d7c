"""What editors, browsers and file systems do to a saved profile changes nothing that it says."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalogue.settle import settle
from generator.records import SourceResult
from generator.sources.profile_text import parse
from tests.profile_samples import COMPACT, COMPACT_REAL, HEADED, NO_REAL, REAL, read, without_places

_BADGES = re.compile(r"(?:\d+\.\d+)?[A-Z]{2}[A-Z][a-z]{2} \d+(?:, \d{4})?(?:Code)?")


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def _with_blank_lines_doubled(text: str) -> str:
    return re.sub(r"\n\n+", "\n\n\n\n", text)


def _with_a_blank_line_after_every_line(text: str) -> str:
    return text.replace("\n", "\n\n")


def _with_blanks_in_blank_lines(text: str) -> str:
    return text.replace("\n\n", "\n \u00a0\t\n")


def _with_crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def _with_cr(text: str) -> str:
    return text.replace("\n", "\r")


def _with_byte_order_mark(text: str) -> str:
    return "\ufeff" + text


def _with_spaces_at_line_ends(text: str) -> str:
    return text.replace("\n", " \t\n  ")


def _short_lines(text: str, change: Callable[[str], str]) -> str:
    """The text with a change in its badge and author lines: all that is short."""
    return "\n".join(line if len(line) > 300 else change(line) for line in text.split("\n"))


def _with_no_break_spaces(text: str) -> str:
    return _short_lines(text, lambda line: line.replace(" ", "\u00a0"))


def _with_thin_spaces(text: str) -> str:
    return _short_lines(text, lambda line: line.replace(" ", "\u2009"))


def _with_zero_width_spaces(text: str) -> str:
    return _short_lines(text, lambda line: f"\u200b{line}\u200b" if line else line)


def _first_badges(lines: list[str]) -> int:
    return next(i for i, line in enumerate(lines) if _BADGES.fullmatch(line))


def _with_head_reversed(text: str) -> str:
    lines = text.split("\n")
    first = _first_badges(lines)
    return "\n".join([*reversed(lines[:first]), *lines[first:]])


def _with_head_spelt_out(text: str) -> str:
    """Labels and numbers apart or the other way round, other separators of thousands."""
    text = re.sub(r"h-index(\d+)", r"\1 h-index", text)
    text = re.sub(r"(\d+),(\d{3})citations", "Citations: \\1\u202f\\2", text)
    text = re.sub(r"Novelty(\d+)%", r"Novelty: \1 %", text)
    return re.sub(r"AI Score(\d+)", r"\1 AI Score", text)


VARIATIONS = [
    _without_blank_lines,
    _with_blank_lines_doubled,
    _with_a_blank_line_after_every_line,
    _with_blanks_in_blank_lines,
    _with_crlf,
    _with_cr,
    _with_byte_order_mark,
    _with_spaces_at_line_ends,
    _with_no_break_spaces,
    _with_thin_spaces,
    _with_zero_width_spaces,
]
HEAD_VARIATIONS = [_with_head_reversed, _with_head_spelt_out]


def _profiles(*, compact: bool) -> list[object]:
    invented = pytest.param(COMPACT if compact else HEADED, id="invented")
    if not REAL.is_dir():
        return [invented, pytest.param("", id="real", marks=pytest.mark.skip(reason=NO_REAL))]
    paths = sorted(path for path in REAL.glob("*.txt"))
    chosen = [p for p in paths if p.name.startswith(COMPACT_REAL) == compact]
    return [invented, *(pytest.param(_text(path), id=path.name[:3]) for path in chosen)]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


headed = pytest.mark.parametrize("text", _profiles(compact=False))
compact = pytest.mark.parametrize("text", _profiles(compact=True))


@headed
@pytest.mark.parametrize("vary", [*VARIATIONS, *HEAD_VARIATIONS])
def test_a_headed_profile_says_the_same_in_every_variation(
    text: str, vary: Callable[[str], str]
) -> None:
    found = read(vary(text))
    assert without_places(found) == without_places(read(text))
    assert found.problems == ()


@compact
@pytest.mark.parametrize("vary", VARIATIONS)
def test_a_compact_profile_says_the_same_in_every_variation(
    text: str, vary: Callable[[str], str]
) -> None:
    found = read(vary(text))
    assert without_places(found) == without_places(read(text))
    assert found.problems == ()


def _without_abstracts(result: SourceResult) -> SourceResult:
    return replace(result, papers=tuple(replace(p, abstract=None) for p in result.papers))


def _drop_abstracts(text: str, *, compact: bool) -> str:
    lines = text.split("\n")
    first = _first_badges(lines)
    step, fields = (3, 2) if compact else (8, 5)
    kept = [line for i, line in enumerate(lines[first:]) if i % step < fields]
    return "\n".join([*lines[:first], *kept])


@headed
@pytest.mark.parametrize("vary", [lambda text: text, *VARIATIONS, *HEAD_VARIATIONS])
def test_a_headed_profile_without_abstracts_says_all_the_rest(
    text: str, vary: Callable[[str], str]
) -> None:
    found = read(vary(_drop_abstracts(_regular(text), compact=False)))
    assert without_places(found) == without_places(_without_abstracts(read(text)))
    assert found.problems == ()


@compact
@pytest.mark.parametrize("vary", [lambda text: text, *VARIATIONS])
def test_a_compact_profile_without_abstracts_says_all_the_rest(
    text: str, vary: Callable[[str], str]
) -> None:
    found = read(vary(_drop_abstracts(text, compact=True)))
    assert without_places(found) == without_places(_without_abstracts(read(text)))
    assert found.problems == ()


def _regular(text: str) -> str:
    """A headed profile with one blank line between blocks and none twice, eight lines a record."""
    lines = text.split("\n")
    first = _first_badges(lines)
    full = [line for line in lines[first:] if line.strip()]
    records = [full[i : i + 4] for i in range(0, len(full), 4)]
    body = "".join(f"{b}\n{t}\n\n{a}\n\n{x}\n\n\n" for b, t, a, x in records)
    return "\n".join(lines[:first]) + "\n" + body


@headed
@pytest.mark.parametrize("width", [40, 72, 100])
@pytest.mark.parametrize("blank_lines", [True, False])
def test_abstracts_that_an_editor_broke_over_lines_are_whole_again(
    text: str, width: int, blank_lines: bool
) -> None:
    broken = [
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        if len(line) > 300
        else line
        for line in text.split("\n")
    ]
    varied = "\n".join(broken)
    found = read(varied if blank_lines else _without_blank_lines(varied))
    assert without_places(found) == without_places(read(text))
    assert found.problems == ()


@compact
@pytest.mark.parametrize("width", [72, 100])
def test_abstracts_of_compact_profiles_are_whole_again(text: str, width: int) -> None:
    lines = text.split("\n")
    first = _first_badges(lines)
    broken = [
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        if (number - first) % 3 == 2
        else line
        for number, line in enumerate(lines)
    ]
    found = read("\n".join(broken))
    assert without_places(found) == without_places(read(text))
    assert found.problems == ()


@headed
def test_every_blank_line_may_be_missing_alone(text: str) -> None:
    lines = text.split("\n")
    expected = without_places(read(text))
    blanks = [i for i, line in enumerate(lines) if not line.strip()][:40]
    for index in blanks:
        found = read("\n".join([*lines[:index], *lines[index + 1 :]]))
        assert without_places(found) == expected, f"without the blank line {index + 1}"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@headed
def test_a_byte_order_mark_names_the_encoding(text: str, encoding: str) -> None:
    found = parse(text.encode(encoding), "profile.txt")
    assert without_places(found) == without_places(read(text))


def test_both_layouts_say_the_same_once_the_load_is_known() -> None:
    titles = {p.title: p.authors for p in settle([read(HEADED)], {}).papers}
    load = settle([read(HEADED), parse(COMPACT.encode(), "compact.txt")], {})
    again = {p.title: p.authors for p in load.papers if p.provenance.origin == "compact.txt"}
    assert again == titles
