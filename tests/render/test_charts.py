"""Papers a year: the drawing agrees with the numbers, the table tells them all, on any page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.render.charts import MOST_LINES, papers_by_year
from generator.render.year_bars import MOST_CLASSES, Colours, YearCounts, class_colours
from generator.subjects import SUBJECT_NAMES, subject_name
from tests.test_markup import CONFIGURATIONS, render

STYLES = Path(__file__).parents[2] / "site_templates" / "assets" / "stylesheets" / "author-pages"
FOUR_CLASSES = ("cs.CL", "cs.LG", "cs.CV", "cs.AI")
COLOURS = class_colours(
    [*FOUR_CLASSES, *(code for code in SUBJECT_NAMES if code not in FOUR_CLASSES)]
)
TEN_YEARS = {
    year: {code: (year * 7 + place * 3) % 5 for place, code in enumerate(FOUR_CLASSES)}
    for year in range(2015, 2025)
}
COUNTS = st.dictionaries(
    st.integers(1890, 2030),
    st.dictionaries(
        st.sampled_from(["", *list(SUBJECT_NAMES)[:10]]), st.integers(0, 9_999), max_size=9
    ),
    max_size=25,
)


def draw(
    counts: YearCounts, *, name: str = "Ada Quill", colours: Colours = COLOURS, undated: int = 0
) -> ET.Element:
    """The figure, as a parser of XML reads it."""
    figure = papers_by_year(counts, name=name, prefix="ap-years", colours=colours, undated=undated)
    assert figure is not None
    return ET.fromstring(figure)


def total(counts: YearCounts) -> int:
    """All papers."""
    return sum(sum(found.values()) for found in counts.values())


def enough(counts: YearCounts) -> bool:
    """Whether there is something to draw."""
    return sum(any(found.values()) for found in counts.values()) > 1 and total(counts) > 2


def text_of(element: ET.Element, path: str) -> str:
    """All text of the one element there."""
    found = element.find(path)
    assert found is not None
    return "".join(found.itertext())


def rows(figure: ET.Element, part: str) -> list[list[str]]:
    """The cells of a part of the table, row by row."""
    return [["".join(cell.itertext()) for cell in row] for row in figure.iterfind(f".//{part}/tr")]


def numbers(figure: ET.Element, part: str) -> list[list[int]]:
    """The numbers of a part of the table, without the heads of its rows."""
    return [[int(cell.replace(",", "")) for cell in row[1:]] for row in rows(figure, part)]


def legend(figure: ET.Element) -> list[tuple[str, str]]:
    """Look and text of each entry."""
    return [(li.attrib["class"], "".join(li.itertext())) for li in figure.iterfind("ul/li")]


def strokes(figure: ET.Element) -> Iterator[tuple[str, dict[int, tuple[int, int]]]]:
    """The look of each class, and its bars: where they stand, from where to where."""
    for path in figure.iterfind("svg/g[@stroke-width]/path"):
        found = re.findall(r"M(\d+) (\d+)V(\d+)", path.attrib["d"])
        yield path.attrib["class"], {int(x): (int(a), int(b)) for x, a, b in found}


def texts(figure: ET.Element, look: str) -> list[tuple[int, str]]:
    """Place and text of the labels of an axis; across for years, down for papers."""
    axis = look.removeprefix("ap-")
    found = figure.iterfind(f"svg/g[@class='{look}']/text")
    return [(int(text.attrib[axis]), text.text or "") for text in found]


# -- the numbers ----------------------------------------------------------------------------------


@settings(deadline=None)
@given(COUNTS)
def test_the_table_adds_up_to_all_papers(counts: dict[int, dict[str, int]]) -> None:
    assume(enough(counts))
    figure = draw(counts)
    body, (foot,) = numbers(figure, "tbody"), numbers(figure, "tfoot")
    assert foot[-1] == total(counts)
    assert foot == [sum(column) for column in zip(*body, strict=True)]
    if len(foot) > 1:
        assert all(sum(row[:-1]) == row[-1] for row in [*body, foot])


def test_the_table_says_of_each_year_and_class_how_many_papers_it_has() -> None:
    figure = draw({2020: {"cs.CL": 3, "": 1}, 2022: {"cs.LG": 1, "cs.CL": 1_234}})
    assert rows(figure, "thead") == [
        ["Year", "Computation and Language", "Machine Learning", "No class", "All"]
    ]
    assert rows(figure, "tbody") == [
        ["2020", "3", "0", "1", "4"],
        ["2021", "0", "0", "0", "0"],
        ["2022", "1,234", "1", "0", "1,235"],
    ]
    assert rows(figure, "tfoot") == [["All", "1,237", "1", "1", "1,239"]]


def test_heights_are_in_proportion_and_a_unit_parts_two_classes() -> None:
    figure = draw({2020: {"cs.CL": 10, "cs.LG": 20}, 2021: {"cs.LG": 40}})
    assert {look: list(found.values()) for look, found in strokes(figure)} == {
        "ap-s2": [(160, 86), (160, 11)],
        "ap-s1": [(85, 49)],
    }


@settings(deadline=None)
@given(COUNTS)
def test_bars_are_as_high_as_the_table_says(counts: dict[int, dict[str, int]]) -> None:
    assume(enough(counts))
    figure = draw(counts)
    base, highest = texts(figure, "ap-y")[0], texts(figure, "ap-y")[-1]
    unit = (base[0] - highest[0]) / int(highest[1].replace(",", ""))
    columns = list(zip(*numbers(figure, "tbody"), strict=True))
    drawn = dict(strokes(figure))
    for look, values in zip(
        [look for look, _ in legend(figure)] or list(drawn), columns, strict=False
    ):
        heights = sorted((a - b for a, b in drawn.get(look, {}).values()), reverse=True)
        for height, papers in zip_longest(heights, sorted(values, reverse=True), fillvalue=0):
            # Both ends are rounded, and a unit is left free above.
            assert -2 <= height - papers * unit <= 1


@settings(deadline=None)
@given(COUNTS)
def test_classes_stand_on_each_other(counts: dict[int, dict[str, int]]) -> None:
    assume(enough(counts))
    columns: dict[int, list[tuple[int, int]]] = {}
    for _, bars in strokes(draw(counts)):
        for x, bar in bars.items():
            columns.setdefault(x, []).append(bar)
    for bars_of_year in columns.values():
        assert bars_of_year[0][0] >= 159
        assert all(0 <= end - start <= 1 for (_, end), (start, _) in pairwise(bars_of_year))


@settings(deadline=None)
@given(COUNTS)
def test_lines_are_few_and_at_whole_numbers(counts: dict[int, dict[str, int]]) -> None:
    assume(enough(counts))
    figure = draw(counts)
    marks = [int(text.replace(",", "")) for _, text in texts(figure, "ap-y")]
    assert 2 <= len(marks) - 1 <= MOST_LINES
    assert marks[0] == 0
    assert len({b - a for a, b in pairwise(marks)}) == 1
    assert marks[-1] >= max(row[-1] for row in numbers(figure, "tbody"))


# -- years ----------------------------------------------------------------------------------------


def test_empty_years_between_have_their_place() -> None:
    figure = draw({2015: {"cs.CL": 2}, 2019: {"cs.CL": 1}})
    labels = texts(figure, "ap-x")
    assert [text for _, text in labels] == ["2015", "2016", "2017", "2018", "2019"]
    distances = {b - a for (a, _), (b, _) in pairwise(labels)}
    assert max(distances) - min(distances) <= 1
    ((_, bars),) = strokes(figure)
    assert list(bars) == [labels[0][0], labels[-1][0]]


def test_a_stray_year_is_shown_and_the_gap_cut_out_and_told() -> None:
    figure = draw({1900: {"cs.CL": 1}, **TEN_YEARS})
    assert [row[0] for row in rows(figure, "tbody")] == ["1900", *map(str, range(2015, 2025))]
    assert "1901–2014" in text_of(figure, "figcaption")
    assert (texts(figure, "ap-x")[1][1]) == "…"
    base = figure.find("svg/path[@class='ap-base']")
    assert base is not None
    assert base.attrib["d"].count("M") == 2


@pytest.mark.parametrize(
    ("years", "first", "words"),
    [(65, "1950–1954", "five years"), (300, "1950–1959", "ten years")],
)
def test_many_years_are_grouped_and_the_caption_says_so(years: int, first: str, words: str) -> None:
    figure = draw({1950 + year: {"cs.CL": 1} for year in range(years)})
    assert rows(figure, "tbody")[0][0] == first
    assert f"Each bar stands for {words}." in text_of(figure, "figcaption")


@settings(deadline=None)
@given(COUNTS)
def test_years_below_the_bars_neither_touch_nor_leave_the_drawing(
    counts: dict[int, dict[str, int]],
) -> None:
    assume(enough(counts))
    labels = [(x, 7.5 * len(text) / 2) for x, text in texts(draw(counts), "ap-x")]
    assert all(a + half_a + 4 <= b - half_b for (a, half_a), (b, half_b) in pairwise(labels))
    assert all(x - half >= 0 and x + half <= 400 for x, half in labels)


# -- classes --------------------------------------------------------------------------------------


def test_the_legend_has_the_largest_class_first_then_others_then_none() -> None:
    codes = list(SUBJECT_NAMES)[: MOST_CLASSES + 3]
    classes = {code: 50 - place for place, code in enumerate(codes)}
    counts = {2020: {**classes, "": 99}, 2021: {codes[0]: 2}}
    found = legend(draw(counts, colours=class_colours(codes)))
    assert [look for look, _ in found] == [
        *(f"ap-s{n}" for n in range(1, MOST_CLASSES + 1)),
        "ap-s0",
        "ap-sn",
    ]
    assert found[0][1] == f"{subject_name(codes[0])} 52"
    assert found[-2:] == [("ap-s0", f"Other (3 classes) {44 + 43 + 42}"), ("ap-sn", "No class 99")]


def test_two_classes_of_one_name_are_told_apart_by_their_codes() -> None:
    counts = {2020: {"cs.LG": 3}, 2021: {"stat.ML": 2, "cs.CL": 1}}
    figure = draw(counts, colours=class_colours(["cs.CL", "cs.LG", "stat.ML"]))
    assert [text for _, text in legend(figure)] == [
        "Machine Learning (cs.LG) 3",
        "Machine Learning (stat.ML) 2",
        "Computation and Language 1",
    ]


def test_one_class_needs_no_legend_but_the_caption_names_it() -> None:
    figure = draw({2020: {"cs.CL": 3}, 2021: {"cs.CL": 2}})
    assert legend(figure) == []
    assert text_of(figure, "figcaption") == "5 papers by year, all in Computation and Language."
    assert rows(figure, "thead") == [["Year", "Papers"]]
    assert text_of(draw({2020: {"": 3}, 2021: {"": 2}}), "figcaption") == "5 papers by year."


def test_a_class_links_to_the_page_that_it_has() -> None:
    codes = ["cs.CL", *(code for code in SUBJECT_NAMES if code > "cs.CL")][: MOST_CLASSES + 2]
    counts = {2020: dict.fromkeys(codes, 1), 2021: {"": 1, "cs.CL": 5}}
    linked = papers_by_year(
        counts,
        name="A",
        prefix="p",
        colours=class_colours(codes),
        link=lambda code: f"../{code}/" if code < "cs.CR" else None,
    )
    found = [(li.attrib["class"], li.find("a")) for li in ET.fromstring(linked or "").iter("li")]
    assert {look: a.attrib["href"] for look, a in found if a is not None} == {"ap-s1": "../cs.CL/"}


# -- what is said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("undated", "words"),
    [(1, "1 paper without a year is not shown."), (12, "12 papers without a year are not shown.")],
)
def test_papers_without_a_year_are_told_of(undated: int, words: str) -> None:
    assert words in text_of(draw(TEN_YEARS, undated=undated), "figcaption")
    assert "without a year" not in text_of(draw(TEN_YEARS), "figcaption")


def test_title_and_description_name_the_drawing_and_say_what_is_seen() -> None:
    figure = draw({2020: {"cs.CL": 3, "cs.LG": 1}, 2022: {"cs.LG": 9}})
    drawing = figure.find("svg")
    assert drawing is not None
    assert drawing.attrib["role"] == "img"
    named = [
        text_of(drawing, f"*[@id='{part}']") for part in drawing.attrib["aria-labelledby"].split()
    ]
    bars = "Bars from 2020 to 2022: 13 papers; the most, 9, in 2022."
    assert named == [
        "Papers a year of Ada Quill",
        f"{bars} Machine Learning has most of them: 10.",
    ]


def test_ids_are_unique_and_begin_with_the_prefix() -> None:
    ids = Counter(e.attrib["id"] for e in draw(TEN_YEARS).iter() if "id" in e.attrib)
    assert ids
    assert all(name.startswith("ap-years-") and n == 1 for name, n in ids.items())


def test_every_head_of_the_table_says_what_it_heads() -> None:
    figure = draw(TEN_YEARS)
    assert {th.attrib["scope"] for th in figure.iterfind(".//thead//th")} == {"col"}
    assert {th.attrib["scope"] for th in figure.iterfind(".//tbody//th")} == {"row"}
    assert {th.attrib["scope"] for th in figure.iterfind(".//tfoot//th")} == {"row"}


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {2020: {"cs.CL": 40}},
        {2020: {"cs.CL": 1}, 2021: {"": 1}},
        {2020: {"": 9}, 2021: {"": 0}},
    ],
)
def test_a_single_year_or_too_few_papers_make_no_drawing(counts: YearCounts) -> None:
    assert papers_by_year(counts, name="Ada Quill", prefix="p", colours=COLOURS) is None


# -- markup ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_markdown_passes_the_figure_as_it_stands(configuration: str) -> None:
    figure = papers_by_year(
        TEN_YEARS, name="*Ada* _Quill_ {x}", prefix="p", colours=COLOURS, undated=1
    )
    assert figure is not None
    assert "\n\n" not in figure
    assert figure in render(f"Before\n\n{figure}\n\nAfter\n", configuration)


def test_names_and_classes_from_outside_stay_text() -> None:
    hostile = "<script>alert(1)</script> & \"x\" 'y' ]]>\n\n# z"
    colours = class_colours([hostile, "cs.CL"])
    counts = {2020: {hostile: 3, "cs.CL": 1}, 2021: {"": 1}}
    figure = draw(counts, name=hostile, colours=colours)
    assert not list(figure.iter("script"))
    shown = " ".join(hostile.split())
    assert legend(figure)[0][1] == f"{shown} 3"
    assert text_of(figure, "svg/title") == f"Papers a year of {shown}"
    assert rows(figure, "thead")[0][1] == shown


def test_the_order_of_what_is_given_does_not_matter() -> None:
    turned = {year: dict(reversed(found.items())) for year, found in reversed(TEN_YEARS.items())}
    drawn = [
        papers_by_year(counts, name="A", prefix="p", colours=COLOURS)
        for counts in (TEN_YEARS, turned)
    ]
    assert drawn[0] == drawn[1]


def test_ten_years_of_four_classes_take_three_kilobytes() -> None:
    figure = papers_by_year(TEN_YEARS, name="Ada Quill", prefix="ap-years", colours=COLOURS)
    assert len(str(figure).encode()) <= 3_072


def test_a_site_of_160_000_papers_has_a_chart_of_a_few_kilobytes() -> None:
    codes = list(SUBJECT_NAMES)
    counts = {
        year: {code: (year * place) % 61 for place, code in enumerate(codes)}
        for year in range(1988, 2025)
    }
    figure = papers_by_year(counts, name="Lamps", prefix="p", colours=COLOURS)
    assert total(counts) > 160_000
    assert len(str(figure).encode()) < 12_000
    others = legend(ET.fromstring(str(figure)))[-1][1]
    assert re.fullmatch(r"Other \(14\d classes\) 1\d\d,\d{3}", others)


# -- the look -------------------------------------------------------------------------------------


def colours(scheme: str) -> Mapping[str, str]:
    """The variables that the style sheet sets for a theme."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    selector = rf'(?::root|\[data-md-color-scheme="{scheme}"\]) \{{([^}}]*)\}}'
    blocks = "".join(re.findall(selector, text))
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", blocks))


def luminance(colour: str) -> float:
    """Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize("look", [f"--ap-s{n}" for n in range(MOST_CLASSES + 1)])
def test_every_colour_stands_out_from_the_page_in_both_themes(scheme: str, look: str) -> None:
    found = colours(scheme)
    light, dark = sorted(map(luminance, (found[look], found["--md-default-bg-color"])))[::-1]
    assert (light + 0.05) / (dark + 0.05) >= 3
