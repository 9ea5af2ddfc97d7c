"""Records become papers and people, whatever their order, and keep their ids for ever."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.build import Built, build_catalogue
from generator.catalogue.ids import EMPTY_LOCK, IdLock, parse_lock
from generator.catalogue.model import Paper
from generator.catalogue.settle import Load, settle
from generator.dates import PartialDate
from generator.identifiers import RESERVED
from generator.names import OrganisationNames
from generator.records import NameAsPrinted, PaperRecord, ProfileRecord, Provenance
from generator.sources.profile_text import parse
from tests.profile_samples import COMPACT, HEADED, read

NO_ORGANISATIONS = OrganisationNames()
DAY = PartialDate(2024, 8, 15)


def build(papers: Sequence[PaperRecord], lock: IdLock = EMPTY_LOCK) -> Built:
    return build_catalogue(Load((), tuple(papers), ()), lock, NO_ORGANISATIONS)


def record(
    title: str = "Wicks in Rain",
    *authors: str,
    date: PartialDate | None = DAY,
    line: int = 1,
    origin: str = "a.txt",
    truncated: bool = False,
    abstract: str | None = None,
) -> PaperRecord:
    return PaperRecord(
        Provenance(origin, line),
        title,
        tuple(map(NameAsPrinted, authors or ("Ada Quill", "Ben Lamp"))),
        truncated,
        date=date,
        abstract=abstract,
        profile=f"{origin}:1",
    )


def only(built: Built) -> Paper:
    (paper,) = built.catalogue.papers.values()
    return paper


# One paper or two


def test_the_same_paper_of_two_profiles_is_one_with_both_places() -> None:
    one = record("ReLU$^2$ Wins")
    other = record("ReLU² wins!", origin="b.txt", abstract="It does.", truncated=True)
    paper = only(build([one, other]))
    assert {str(listing.record.provenance) for listing in paper.listings} == {"a.txt:1", "b.txt:1"}
    assert (paper.truncated, paper.abstract) == (False, "It does.")
    assert paper.merge_reason == "same title, first author and date"


def test_papers_of_one_title_and_another_year_stay_two() -> None:
    built = build([record(), record(date=PartialDate(2021, 8, 15), line=9)])
    assert len(built.catalogue.papers) == 2
    assert "another year: kept as two papers" in built.problems[0].message


def test_papers_of_one_title_and_another_first_author_stay_two() -> None:
    other = record("Wicks in Rain", "Cy Ash", date=PartialDate(2024, 1, 1), line=9)
    assert len(build([record(), other]).catalogue.papers) == 2
    other = record("Wicks in Rain", "Cy Ash", line=9)
    assert len(build([record(), other]).catalogue.papers) == 2


def test_a_paper_listed_twice_in_one_profile_is_noted_with_both_lines() -> None:
    built = build([record(line=30), record(line=12), record(origin="b.txt")])
    assert len(built.catalogue.papers) == 1
    (problem,) = built.problems
    assert (problem.origin, problem.line) == ("a.txt", 30)
    assert "a.txt:12" in problem.message
    assert not problem.quarantined


def test_the_owner_behind_et_al_is_an_author_and_no_namesake() -> None:
    cut = HEADED.replace("Oran Vesper, T. T. Lumen, Mira Tallow et al.", "Oran Vesper et al.")
    built = build_catalogue(settle([read(cut)], {}), EMPTY_LOCK, NO_ORGANISATIONS)
    paper = next(p for p in built.catalogue.papers.values() if p.title.startswith("A Wick"))
    assert paper.hidden == ("mira-tallow",)


def test_of_two_profiles_of_a_person_the_newer_metrics_hold_and_the_older_are_kept() -> None:
    def profile(origin: str, year: int, citations: int) -> ProfileRecord:
        text = f"---\nretrieved: {year}-01-01\n---\n{HEADED}".replace("18,213", str(citations))
        return replace(read(text).profiles[0], provenance=Provenance(origin, 1))

    newer, older = profile("a.txt", 2025, 50), profile("b.txt", 2024, 100)
    for profiles in ((newer, older), (older, newer)):
        built = build_catalogue(Load(profiles, (), ()), EMPTY_LOCK, NO_ORGANISATIONS)
        person = built.catalogue.people["mira-tallow"]
        assert [p.citations for p in person.profiles] == [50, 100]
        (problem,) = built.problems
        assert (problem.origin, problem.line) == ("b.txt", 1)
        assert "a.txt:1 hold" in problem.message


# Ids


def test_a_changed_title_keeps_id_and_key() -> None:
    first = build([record(), record("Wicks in Snow", "Cy Ash", line=9)])
    renamed = record("Candles in Rain")
    again = build([renamed, record("Wicks in Snow", "Cy Ash", line=9)], first.lock)
    assert again.catalogue.papers["wicks-in-rain"].title == "Candles in Rain"
    assert again.catalogue.papers["wicks-in-rain"].citation_key == "quill2024wicks"


def test_a_corrected_date_keeps_id_and_key() -> None:
    first = build([record()])
    again = build([record(date=PartialDate(2023, 1, 2))], first.lock)
    assert only(again).id == only(first).id
    assert only(again).citation_key == "quill2024wicks"


def test_another_first_author_of_a_fuller_list_keeps_id_and_key() -> None:
    first = build([record("Wicks in Rain", "Ada Quill", truncated=True)])
    fuller = record("Wicks in Rain", "Zed Zinc", "Ada Quill", "Ben Lamp", origin="b.txt")
    again = build([record("Wicks in Rain", "Ada Quill", truncated=True), fuller], first.lock)
    assert only(again).authors[0].printed == "Zed Zinc"
    assert only(again).id == only(first).id


def test_a_new_paper_of_the_same_day_of_another_year_takes_no_id_over() -> None:
    first = build([record()])
    again = build([record("Embers", date=PartialDate(2021, 8, 15))], first.lock)
    assert only(again).id == "embers"


def test_merged_papers_leave_a_redirect_and_get_their_ids_back() -> None:
    two = [record(), record(date=PartialDate(2021, 8, 15), line=9)]
    first = build(two)
    assert sorted(first.catalogue.papers) == ["wicks-in-rain", "wicks-in-rain-2"]
    merged = build([two[0], record(line=9)], first.lock)
    kept = only(merged).id
    (gone,) = set(first.catalogue.papers) - {kept}
    assert merged.catalogue.redirects == {f"papers/{gone}": f"papers/{kept}"}
    assert not any("not published any more" in p.message for p in merged.problems)
    split = build(two, merged.lock)
    assert {p.id: p.date for p in split.catalogue.papers.values()} == {
        p.id: p.date for p in first.catalogue.papers.values()
    }
    assert split.catalogue.redirects == {}


def test_a_redirect_to_a_page_that_is_gone_is_kept_in_the_lock_alone() -> None:
    two = [record(), record(date=PartialDate(2021, 8, 15), line=9)]
    merged = build([two[0], record(line=9)], build(two).lock)
    later = build([record("Embers", "Cy Ash")], merged.lock)
    assert later.catalogue.redirects == {}
    assert later.lock.redirects == merged.lock.redirects


def test_a_page_that_is_gone_is_noted_and_its_id_is_kept() -> None:
    first = build([record(), record("Embers", "Cy Ash", line=9)])
    second = build([record()], first.lock)
    assert "papers/embers/" in second.problems[0].message
    third = build([record(), record("Embers", "Cy Ash", line=9)], second.lock)
    assert third.lock == first.lock


# Properties

_NAMES = ["Ada Quill", "Ben Lamp", "Cy Ash", "王小明", "DeepLamp", "?", "Con", "X Æ", "Jo Lab Jr."]
_TITLES = [
    *["Wicks in Rain", "wicks in rain!", "Con", "index", "???", "灯笼的几何学", "A", "the", "$x$"],
    *[
        "Lamps " * 40,
        "Lamps " * 40 + "!",
        "Wicks in Rain 2",
        "wicks-in-rain-2",
        "By",
        "\U0001f56f",
        "é",
    ],
]
_DATES = [None, DAY, PartialDate(2024, 8, 16), PartialDate(2021, 8, 15), PartialDate(None, 8, 15)]


@st.composite
def loads(draw: st.DrawFn) -> list[PaperRecord]:
    """Records of which many share title, authors or date, each in a place of its own."""
    count = draw(st.integers(0, 12))
    return [
        record(
            draw(st.sampled_from(_TITLES)),
            *draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3, unique=True)),
            date=draw(st.sampled_from(_DATES)),
            line=line,
            origin=draw(st.sampled_from(["a.txt", "b.txt"])),
            truncated=draw(st.booleans()),
            abstract=draw(st.sampled_from([None, "Short.", "Longer."])),
        )
        for line in range(1, count + 1)
    ]


many = settings(max_examples=100, deadline=None)


@given(loads(), st.randoms())
@many
def test_the_order_of_records_changes_nothing(
    papers: list[PaperRecord], source: random.Random
) -> None:
    shuffled = source.sample(papers, len(papers))
    one, other = build(papers), build(shuffled)
    assert one.catalogue == other.catalogue
    assert list(one.catalogue.papers) == list(other.catalogue.papers)
    assert one.lock.text == other.lock.text
    assert sorted(map(str, one.problems)) == sorted(map(str, other.problems))


@given(loads())
@many
def test_slugs_and_keys_are_safe_and_unique(papers: list[PaperRecord]) -> None:
    built = build(papers)
    for ids in (built.catalogue.papers, built.catalogue.people):
        assert all(re.fullmatch(r"[a-z0-9-]{1,80}", i) and i not in RESERVED for i in ids)
    keys = [paper.citation_key for paper in built.catalogue.papers.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    assert len(built.lock.papers) == len(built.catalogue.papers)


@given(loads())
@many
def test_every_record_is_published_once(papers: list[PaperRecord]) -> None:
    listings = [x for paper in build(papers).catalogue.papers.values() for x in paper.listings]
    assert sorted(
        (x.record.provenance.origin, x.record.provenance.line) for x in listings
    ) == sorted((p.provenance.origin, p.provenance.line) for p in papers)


@given(loads(), loads(), st.sets(st.integers(0, 11)))
@many
def test_ids_are_permanent_whatever_is_added_removed_or_reordered(
    papers: list[PaperRecord], more: list[PaperRecord], removed: set[int]
) -> None:
    """Every title is its own, so that nothing that is added can merge what was apart.

    What is added is of another year than what is removed: a paper by the same authors that comes
    on the very day on which another one goes cannot be told from that one under a new title.
    """
    apart = [replace(p, title=f"{p.title} {n}") for n, p in enumerate(papers)]
    day = PartialDate(1999, 8, 15)
    added = [
        replace(p, title=f"More {p.title} {n}", date=p.date and day) for n, p in enumerate(more)
    ]
    first = build(apart)
    kept = [p for n, p in enumerate(apart) if n not in removed]
    second = build([*added, *reversed(kept)], first.lock)
    third = build([*apart, *added], second.lock)
    ids = _ids_by_title(first)
    for built, present in ((second, kept), (third, apart)):
        again = _ids_by_title(built)
        for paper in present:
            assert again[paper.title] == ids[paper.title]


def _ids_by_title(built: Built) -> dict[str, tuple[str, str]]:
    return {p.title: (p.id, p.citation_key) for p in built.catalogue.papers.values()}


@given(loads(), loads())
@many
def test_no_address_is_ever_lost(papers: list[PaperRecord], more: list[PaperRecord]) -> None:
    """Every page of one build is a page of the next, or leads to one, or is reported as gone."""
    first = build(papers)
    second = build(more, first.lock)
    assert set(first.lock.papers) <= set(second.lock.papers)
    known = {*second.catalogue.papers, *(old[7:] for old in second.lock.redirects)}
    reported = "\n".join(p.message for p in second.problems)
    gone = set(first.catalogue.papers) - known
    assert len(gone) == 0 or "not published any more" in reported
    for old, new in second.catalogue.redirects.items():
        assert old.removeprefix("papers/") not in second.catalogue.papers
        assert new.removeprefix("papers/") in second.catalogue.papers


@given(loads())
@many
def test_a_second_build_changes_nothing(papers: list[PaperRecord]) -> None:
    first = build(papers)
    lock, problems = parse_lock(first.lock.text, "ids.lock")
    assert problems == ()
    second = build(papers, lock)
    assert second.catalogue == first.catalogue
    assert second.lock.text == first.lock.text


def test_both_layouts_of_a_profile_make_one_catalogue() -> None:
    load = settle([read(HEADED)], {})
    other = settle([read(HEADED), parse(COMPACT.encode(), "compact.txt")], {})
    one = build_catalogue(load, EMPTY_LOCK, NO_ORGANISATIONS).catalogue
    both = build_catalogue(other, EMPTY_LOCK, NO_ORGANISATIONS).catalogue
    assert list(one.papers) == list(both.papers)
    assert list(one.people) == list(both.people)
