"""Bars and classes: all papers are in them, few enough to be told apart."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.model import Paper
from generator.dates import PartialDate
from generator.render.year_bars import (
    LONGEST_GAP,
    MOST_BARS,
    MOST_CLASSES,
    axis_of,
    class_colours,
    count_by_year,
    names_all,
    positive_counts,
    series_of,
    totals_of,
)
from generator.subjects import SUBJECT_NAMES, subject_name

YEARS = st.lists(st.integers(1, 2_100), min_size=1, max_size=60, unique=True).map(sorted)


def test_papers_are_counted_by_year_and_class() -> None:
    def paper(year: int | None, subject: str | None) -> Paper:
        date = PartialDate(year) if year else None
        return Paper(
            *("p", "p", "Lamps", "Lamps", (), False, (), date, subject, False, ()),
            *(None, False, (), (), None),
        )

    counts, undated = count_by_year(
        [paper(2020, "cs.CL"), paper(2020, "cs.CL"), paper(2021, None), paper(None, "cs.LG")]
    )
    assert counts == {2020: {"cs.CL": 2}, 2021: {"": 1}}
    assert undated == 1


def test_classes_and_years_without_papers_do_not_count() -> None:
    counts = {2020: {"cs.CL": 2, "cs.LG": 0}, 2021: {"": 0}, 2022: {}}
    assert positive_counts(counts) == {2020: {"cs.CL": 2}}


def test_short_gaps_are_drawn_even_where_long_ones_are_cut() -> None:
    axis = axis_of([1900, 1900 + LONGEST_GAP + 1, 2000])
    shown = [axis.label(years) if years else "…" for years in axis.bars]
    assert shown == ["1900", "1901", "1902", "1903", "1904", "…", "2000"]
    assert axis.gaps == ["1905–1999"]


def test_a_long_gap_is_cut_only_where_there_is_no_room_for_it() -> None:
    last = 2000 + MOST_BARS
    assert axis_of([2001, last]).bars == tuple(
        range(year, year + 1) for year in range(2001, last + 1)
    )
    assert axis_of([2000, last]).bars == (range(2000, 2001), None, range(last, last + 1))


@given(YEARS)
def test_there_are_never_more_bars_than_can_be_told_apart(years: list[int]) -> None:
    assert len(axis_of(years).bars) <= MOST_BARS


@given(YEARS)
def test_each_year_is_in_one_bar_and_every_year_between_in_a_bar_or_a_gap(years: list[int]) -> None:
    axis = axis_of(years)
    drawn = [year for bar in axis.bars for year in bar or ()]
    assert set(years) <= set(drawn)
    assert drawn == sorted(set(drawn))
    ends = [list(map(int, gap.split("–"))) for gap in axis.gaps]
    cut = [year for first, last in ends for year in range(first, last + 1)]
    assert sorted(drawn + cut) == list(range(drawn[0], drawn[-1] + 1))


@settings(deadline=None)
@given(st.dictionaries(st.integers(1900, 2030), st.integers(1, 99), min_size=1, max_size=60))
def test_no_paper_is_lost_among_bars_and_classes(papers: dict[int, int]) -> None:
    codes = ["", *list(SUBJECT_NAMES)[: MOST_CLASSES + 3]]
    counts = {year: {codes[year % len(codes)]: number} for year, number in papers.items()}
    axis = axis_of(sorted(counts))
    series = series_of(counts, axis, class_colours(codes[::-1]))
    for years, number in zip(axis.bars, totals_of(series), strict=True):
        assert number == sum(papers.get(year, 0) for year in years or ())
    assert sum(one.total for one in series) == sum(papers.values())


def test_a_single_other_class_keeps_its_name() -> None:
    codes = list(SUBJECT_NAMES)[: MOST_CLASSES + 1]
    counts = {2020: dict.fromkeys(codes, 2), 2021: {codes[0]: 1}}
    last = series_of(counts, axis_of([2020, 2021]), class_colours(codes))[-1]
    assert (last.look, last.label, last.total) == ("ap-s0", subject_name(codes[-1]), 2)


def test_papers_without_a_class_look_like_any_where_no_others_are() -> None:
    def looks(*codes: str) -> list[str]:
        found = series_of({2020: dict.fromkeys(codes, 1)}, axis_of([2020]), {"cs.CL": 3})
        return [one.look for one in found]

    assert looks("") == ["ap-s1"]
    assert looks("", "cs.CL") == ["ap-s3", "ap-sn"]


# -- colours ---------------------------------------------------------------------------------------

RANKED = list(SUBJECT_NAMES)[: 2 * MOST_CLASSES]
COLOURS = class_colours(RANKED)


@given(st.dictionaries(st.sampled_from(RANKED), st.integers(1, 9), min_size=1))
def test_a_class_has_its_colour_wherever_it_has_one(papers: dict[str, int]) -> None:
    series = series_of({2020: papers}, axis_of([2020]), COLOURS)
    own = {code: one.look for one in series for code in one.codes if one.look != "ap-s0"}
    assert own == {code: f"ap-s{COLOURS[code]}" for code in own}
    assert len(set(own.values())) == len(own)
    for code in papers.keys() - own.keys():
        (larger,) = (other for other, look in own.items() if look == f"ap-s{COLOURS[code]}")
        assert papers[larger] >= papers[code]
    named = {one.label.partition(" (")[0] for one in series}
    assert names_all(papers, COLOURS) == (named >= set(map(subject_name, papers)))


def test_the_classes_with_most_papers_have_a_colour_each() -> None:
    assert list(COLOURS.values()) == 2 * list(range(1, MOST_CLASSES + 1))
