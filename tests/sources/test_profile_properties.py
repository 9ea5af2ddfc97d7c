"""What holds for every file, whatever is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.settle import settle
from generator.errors import Severity
from generator.markup import clean_text
from generator.records import PaperRecord, ProfileRecord, SourceResult
from generator.sources.profile_text import parse

_MONTHS = ["Jan", "Feb", "May", "Aug", "Sept.", "December"]


def _token(number: int) -> str:
    """A word that stands in one line alone, and may be a name."""
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number, 26)
        letters = chr(ord("a") + digit) + letters
    return f"Tok{letters}x"


_LINES = [
    "CLAug 15, {n}Code",
    "43.9LGMay 2",
    "cs.CVSept. 3, 2021",
    "CLFeb 30, {n}",
    "CLFoo 15, {n}Code",
    "CL 2024-08-{n}",
    "{t} Rain and Snow",
    "On {t}: a Survey, Part {n}",
    "{t} Lamp",
    "{t} Lamp, Ben {t} et al. · {t}, pku",
    "{t} Lamp, {t} Wick,",
    "A Title of Rain{t} Lamp, {t} Wick",
    "A Title of {t} RainBen Lamp, {t} Wick et al. · {t}",
    "{t} says that rain falls on all of the many wicks, and few of them burn on until dawn.",
    "we say {t} that rain falls on all of the many wicks and few of them burn on until dawn see",
    "it burns, {t}.",
    "h-index{n}",
    "{n} Papers",
    "{n}papers",
    "1{n},{n}citations",
    "Novelty{n}%",
    "AI Score: {n}",
    "CL",
    "---",
    "name: {t} Lamp",
    "retrieved: 2024-{n}",
    "nmae: {t}",
    "abstracts: {t}",
    "- {t}",
    "?? {t} !!",
    "· {t}",
    ", {t} ,",
    "et al.",
    ", , ,",
    "…",
    "\ufeff{t}",
    "\udcff{t}",
    "{t}\u2028{t}",
    "{t} · Lamp · {t}",
    "Lamp, {t}, Jr., {t} III",
]
_BLANK = ["", "", " ", "\u00a0\t", "\u200b", "\ufeff"]
_RECORDS = [
    ["CLAug 15, {n}Code", "{t} Rain", "", "{t} Lamp, {t} Wick et al.", "", "{t} is a lamp.", ""],
    ["LGMay 2", "A Title of Rain{t} Lamp, Ben {t}", "{t} is a lamp."],
    ["{t} Lamp", "", "CL", "h-index{n}", "{n}papers", "", "{n} Papers", ""],
]


@st.composite
def profile_texts(draw: st.DrawFn) -> str:
    """Lines that stand in profiles, in any order; each `Tok…x` and each number stands once."""
    pieces = draw(
        st.lists(
            st.one_of(
                st.sampled_from([[line] for line in [*_LINES, *_BLANK]]),
                st.sampled_from(_RECORDS),
            ),
            max_size=24,
        )
    )
    lines = []
    number = 0
    for line in (line for piece in pieces for line in piece):
        filled = line
        while "{t}" in filled:
            filled = filled.replace("{t}", _token(number), 1)
            number += 1
        number += 1
        lines.append(filled.replace("{n}", str(1000 + number)))
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)


def encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _kept(result: SourceResult) -> Iterator[str]:
    """All text that a result holds."""
    for problem in result.problems:
        yield problem.raw
    for profile in result.profiles:
        yield from map(str, _of_profile(profile))
    for paper in result.papers:
        yield from map(str, _of_paper(paper))


def _of_profile(profile: ProfileRecord) -> list[object]:
    metrics = [profile.h_index, profile.declared_papers, profile.citations]
    return [profile.name, profile.subject, *metrics, profile.novelty, profile.ai_score]


def _of_paper(paper: PaperRecord) -> list[object]:
    printed = [paper.title, *paper.authors, *paper.affiliations, paper.abstract]
    return [*printed, paper.date, paper.subject]


_WITNESS = re.compile(r"Tok[a-z]+x|\b\d{3,}|\d+(?=citations)")


@given(profile_texts())
@settings(max_examples=200, deadline=None)
def test_every_line_is_in_a_record_a_head_or_a_problem(text: str) -> None:
    result = parse(encode(text), "p.txt")
    kept = "\n".join(_kept(result)).replace(",", "")
    for line in re.split(r"\r\n?|\n", text):
        for witness in _WITNESS.findall(line.replace(",", "")):
            assert witness in kept, f"{line!r} is lost: {witness}"


@given(profile_texts())
@settings(max_examples=200, deadline=None)
def test_every_badge_line_begins_a_record_or_stands_in_a_problem(text: str) -> None:
    result = parse(encode(text), "p.txt")
    begun = {paper.provenance.line for paper in result.papers}
    raw = {clean_text(line) for problem in result.problems for line in problem.raw.split("\n")}
    for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1):
        if re.fullmatch(r"(43\.9LG|CL|cs\.CV)(May|Aug|Sept\.) \d+(, \d+(Code)?)?", line):
            assert number in begun or line in raw


@given(profile_texts())
@settings(max_examples=200, deadline=None)
def test_problems_say_where_and_hold_text_that_can_be_written(text: str) -> None:
    lines = len(re.split(r"\r\n?|\n", text))
    for problem in parse(encode(text), "p.txt").problems:
        assert problem.message
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.raw.encode("utf-8") or problem.severity is Severity.NOTE


@given(profile_texts())
@settings(max_examples=200, deadline=None)
def test_no_profile_is_listed_twice_and_every_paper_has_one(text: str) -> None:
    result = parse(encode(text), "p.txt")
    keys = [profile.key for profile in result.profiles]
    assert len(set(keys)) == len(keys)
    assert {paper.profile for paper in result.papers} <= set(keys)
    places = [paper.provenance.line for paper in result.papers]
    assert places == sorted(set(places))


@given(profile_texts())
@settings(max_examples=200, deadline=None)
def test_settling_loses_no_record(text: str) -> None:
    result = parse(encode(text), "p.txt")
    load = settle([result], {})
    quarantined = [p for p in load.problems if p.quarantined]
    before = [p for p in result.problems if p.quarantined]
    assert len(load.papers) + len(quarantined) == len(result.papers) + len(before)
    settled = SourceResult(load.profiles, load.papers, load.problems)
    kept = "\n".join(_kept(settled))
    for witness in re.findall("Tok[a-z]+x", "\n".join(_kept(result))):
        assert witness in kept


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    settle([parse(data, "p.txt")], {})


_FRAGMENTS = [
    *(line.encode("utf-8", "surrogateescape") for line in [*_LINES, *_BLANK]),
    *[b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0", b"\x85", b"\n", b"\r", b"\r\n", b"\n\n"],
    *[
        b"---\n",
        b"\n---\n",
        b"a: &a [*a]\n",
        b"? [x, y]\n: z\n",
        b"a: !!binary x\n",
        b"\xed\xa0\x80",
    ],
    *[b"name: [", b"retrieved: 0\n", b"1: 2\n", b"a: !!python/object:x {}\n", b"CLAug 15, 2024\n"],
]


@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=30).map(b"".join))
@settings(max_examples=200, deadline=None)
def test_no_plausible_bytes_raise(data: bytes) -> None:
    settle([parse(data, "p.txt")], {})


@given(
    st.lists(st.sampled_from(_FRAGMENTS), max_size=30).map(b"".join), st.sampled_from(["16", "32"])
)
@settings(max_examples=200, deadline=None)
def test_no_utf_16_or_32_raises(data: bytes, size: str) -> None:
    text = data.decode("utf-8", "replace")
    settle([parse(text.encode(f"utf-{size}")[: 3 + len(data)], "p.txt")], {})
