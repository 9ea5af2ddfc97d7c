"""Where people and names stand: they neither touch nor leave the drawing, and are readable."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.networks import Member, Network
from generator.render.network_layout import lay_out
from generator.render.text_width import BOLD, text_width
from tests.render.drawn_networks import (
    LONG,
    SHORT_NAMES,
    drawing_of,
    network_of,
    node_of,
    nodes_of,
    size_of,
    team,
    tie,
)

NAMES = st.one_of(st.sampled_from(SHORT_NAMES), st.text(min_size=1, max_size=40))


def overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    """Whether two places have a point in common that is not on the edge."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def assert_tidy(drawing: ET.Element) -> None:
    """No name touches a name or a circle, and none leaves the drawing."""
    width, height = size_of(drawing)
    nodes = nodes_of(drawing)
    boxes = [node.box for node in nodes if node.box]
    assert not [(a, b) for a, b in combinations(boxes, 2) if overlap(a, b)]
    assert not [(a, b, c, d) for a, b, c, d in boxes if min(a, b) < 0 or c > width or d > height]
    for x, y, radius in (node.circle for node in nodes):
        assert radius <= x <= width - radius
        assert radius <= y <= height - radius
        around = (x - radius, y - radius, x + radius, y + radius)
        assert not [box for box in boxes if overlap(box, around)]


# -- people ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [3, 11, 24])
def test_whose_network_it_is_stands_in_the_middle_marked_and_no_link(count: int) -> None:
    drawing = drawing_of(team(count))
    width, height = size_of(drawing)
    (middle,) = drawing.findall("g[@class='ap-self']")
    node = node_of(middle)
    assert node.label == "Ada Quill"
    assert abs(node.circle[0] - width // 2) <= 1
    assert abs(node.circle[1] - height // 2) <= 10
    assert middle.find("a") is None
    assert drawing_of(team(count, centre=None)).find("g[@class='ap-self']") is None


def test_circles_grow_with_papers() -> None:
    members = tuple(Member(f"p{n}", "Bo", papers, 1) for n, papers in enumerate((169, 49, 36, 1)))
    network = Network(Member("middle", "Ada", 3), members, (), 4)
    radii = [node.circle[2] for node in nodes_of(drawing_of(network))[1:]]
    assert radii == [13, 7, 6, 4]  # as the square root, but not too small to be seen


def test_people_whom_nothing_ties_are_on_the_map_too() -> None:
    drawing = drawing_of(network_of(SHORT_NAMES[:6], [tie(0, 1)], centre=None))
    assert len(nodes_of(drawing)) == 6
    assert_tidy(drawing)


def test_a_drawing_is_as_tall_as_its_people_need_and_never_a_strip() -> None:
    heights = [size_of(drawing_of(team(count)))[1] for count in (3, 12, 24)]
    assert heights == sorted(heights)
    assert heights[0] >= 160


# -- names ----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.lists(NAMES, min_size=3, max_size=24),
    st.sets(st.tuples(st.integers(0, 23), st.integers(0, 23)), max_size=60),
    st.booleans(),
)
def test_names_neither_touch_nor_leave_the_drawing(
    names: list[str], pairs: set[tuple[int, int]], has_centre: bool
) -> None:
    ties = [tie(a, b) for a, b in sorted(pairs) if a < b < len(names)]
    network = network_of(names, ties, centre=LONG if has_centre else None)
    drawing = drawing_of(network)
    assert_tidy(drawing)
    assert len(nodes_of(drawing)) == len(names) + has_centre


@pytest.mark.parametrize("count", [3, 6, 12, 24])
def test_of_ordinary_names_all_are_shown(count: int) -> None:
    assert all(node.label for node in nodes_of(drawing_of(team(count))))


def test_where_room_runs_out_the_last_lose_their_labels_but_not_their_names() -> None:
    names = [f"{LONG} {n}" for n in range(60)]
    nodes = nodes_of(drawing_of(network_of(names, centre=None)))
    assert len(nodes) == 60
    assert [node.title.startswith(LONG.strip()) for node in nodes] == [True] * 60
    labelled = [bool(node.label) for node in nodes]
    assert sum(labelled[:20]) >= 15
    assert not any(labelled[40:])


def test_nobody_has_an_empty_label() -> None:
    people = lay_out(network_of([f"{LONG} {n}" for n in range(60)], centre=None)).people
    assert any(one.label is None for one in people)
    assert all(one.label.text for one in people if one.label)


def test_the_name_in_the_middle_has_the_room_of_bold_letters() -> None:
    middle = lay_out(team(3)).people[0].label
    assert middle is not None
    left, _, right, _ = middle.box
    assert right - left >= text_width("Ada Quill") * BOLD // 100 > text_width("Ada Quill")


@pytest.mark.parametrize("count", range(26, 61, 2))
def test_long_names_are_tidy_where_room_runs_out(count: int) -> None:
    names = [f"{LONG} {n}" for n in range(count)]
    assert_tidy(drawing_of(network_of(names, [tie(0, 1), tie(2, 9)], centre=None)))


def test_a_map_of_sixty_people_shows_most_of_their_names() -> None:
    drawing = drawing_of(team(60, ties=0.05, centre=None))
    assert_tidy(drawing)
    assert sum(bool(node.label) for node in nodes_of(drawing)) >= 45


def test_a_long_name_is_cut_where_it_is_seen_and_whole_where_it_is_read() -> None:
    node = nodes_of(drawing_of(network_of((LONG, "Bo", "Cy"))))[1]
    assert node.label is not None
    assert node.label.endswith("…")
    assert LONG.startswith(node.label.removesuffix("…"))
    assert 15 <= len(node.label) <= 26
    assert node.title == f"{LONG.strip()}, 3 shared papers"


def test_a_name_is_never_cut_between_a_letter_and_its_mark() -> None:
    name = "Bamx\u0304" * 9  # no single character is an x with a macron
    label = nodes_of(drawing_of(network_of((name, "Bo", "Cy"))))[1].label or ""
    kept = label.removesuffix("…")
    assert kept.endswith("x\u0304") or kept[-1] in "Bam"
    assert kept.count("x") == kept.count("\u0304")
