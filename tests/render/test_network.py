"""Networks as drawings: links in order, lines as wide as they mean, the same bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.catalogue.networks import Member, Network
from generator.render.network import MOST_TIES, draw_network
from tests.render.drawn_networks import (
    LONG,
    SHORT_NAMES,
    address,
    drawing_of,
    figure_of,
    network_of,
    nodes_of,
    team,
    tie,
)
from tests.test_markup import CONFIGURATIONS, render

ROOT = Path(__file__).parents[2]


# -- who is there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_co_authors_are_not_drawn(count: int) -> None:
    network = network_of(SHORT_NAMES[:count])
    assert draw_network(network, prefix="p", href=address) is None


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_people_with_a_profile_are_not_drawn(count: int) -> None:
    network = network_of(SHORT_NAMES[:count], centre=None)
    assert draw_network(network, prefix="p", href=address) is None


def test_links_come_in_the_order_of_weight_and_say_how_many_papers_are_shared() -> None:
    network = network_of(("Bo Peep", "Cy Wick", "Di Glow"))
    links = [node for node in nodes_of(drawing_of(network)) if node.href]
    assert [(link.href, link.title) for link in links] == [
        ("../p0/", "Bo Peep, 3 shared papers"),
        ("../p1/", "Cy Wick, 2 shared papers"),
        ("../p2/", "Di Glow, 1 shared paper"),
    ]


def test_on_a_map_links_say_how_many_papers_there_are() -> None:
    network = Network(None, (Member("a", "A", 1_234), Member("b", "B", 1)), (), 2)
    titles = [node.title for node in nodes_of(drawing_of(network))]
    assert titles == ["A, 1,234 papers", "B, 1 paper"]


# -- lines -----------------------------------------------------------------------------------------


def lines_of(drawing: ET.Element) -> dict[str, set[tuple[tuple[int, int], tuple[int, int]]]]:
    """The ends of all lines by their look."""
    return {
        path.attrib["class"]: {
            ((int(a), int(b)), (int(c), int(d)))
            for a, b, c, d in re.findall(r"M(\d+) (\d+) (\d+) (\d+)", path.attrib["d"])
        }
        for path in drawing.iterfind("g[@aria-hidden='true']/path")
    }


def test_lines_join_people_and_are_as_wide_as_they_share_papers() -> None:
    ties = (tie(0, 1, 9), tie(1, 2, 3), tie(2, 3, 1))
    drawing = drawing_of(network_of(("Bo", "Cy", "Di", "Eve"), ties))
    middle, *others = (node.circle[:2] for node in nodes_of(drawing))
    assert lines_of(drawing) == {
        "ap-c1": {(others[3], middle)},
        "ap-c2": {(others[2], middle), (others[1], middle)},
        "ap-c3": {(others[0], middle)},
        "ap-t1": {(others[2], others[3])},
        "ap-t2": {(others[1], others[2])},
        "ap-t4": {(others[0], others[1])},
    }


def test_of_too_many_ties_the_strong_ones_are_drawn_and_the_caption_says_which() -> None:
    pairs = list(combinations(range(8), 2))
    ties = [tie(a, b, 3 if n < 5 else 2 if n < 20 else 1) for n, (a, b) in enumerate(pairs)]
    assert 20 < MOST_TIES * 8 < len(ties)
    figure = figure_of(network_of(SHORT_NAMES[:8], ties))
    drawing = figure.find("svg")
    assert drawing is not None
    drawn = [found for look, found in lines_of(drawing).items() if look.startswith("ap-t")]
    assert sum(map(len, drawn)) == 20
    assert "fewer than 2 are not drawn" in "".join(figure.itertext())


# -- names -----------------------------------------------------------------------------------------


def test_names_of_other_scripts_are_isolated_from_the_words_around() -> None:
    network = network_of(("דוד לוי", "محمد الحسيني " * 5, "王小明"))
    nodes = nodes_of(drawing_of(network))[1:]
    assert nodes[0].title == "\u2068דוד לוי\u2069, 3 shared papers"
    assert nodes[2].title == "王小明, 1 shared paper"
    # The dots stand at the end of what runs to the left.
    assert (nodes[1].label or "").endswith("…\u200f")


def test_markup_in_names_stays_text() -> None:
    hostile = '<script>alert("1")</script> & </title> {x} *y*\n\n# z'
    shown = " ".join(hostile.split())
    figure = figure_of(network_of((hostile, "Bo", "Cy"), [tie(0, 1)], centre=hostile))
    assert not list(figure.iter("script"))
    svg = figure.find("svg")
    assert svg is not None
    assert svg.findtext("title") == f"Co-authors of {shown}"
    assert nodes_of(svg)[1].title == f"{shown}, 3 shared papers"
    assert (figure.findtext("figcaption") or "").endswith(f"their papers with {shown}.")


# -- the document ----------------------------------------------------------------------------------


def test_the_drawing_is_a_named_group_and_its_lines_are_not_read() -> None:
    drawing = drawing_of(team(5))
    assert drawing.attrib["role"] == "group"
    assert drawing.attrib["aria-labelledby"] == "ap-net-t"
    assert [e.text for e in drawing.iter() if e.get("id") == "ap-net-t"] == [
        "Co-authors of Ada Quill"
    ]
    hidden = drawing.find("g[@aria-hidden='true']")
    assert hidden is not None
    assert {e.tag for e in hidden.iter()} == {"g", "path"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda n: replace(n, total=81), "4 co-authors with most shared papers, of 81."),
        (lambda n: n, "4 co-authors. "),
        (lambda n: replace(n, centre=None), "4 people whose profile was read."),
        (
            lambda n: replace(n, centre=None, total=9),
            "4 people with most papers, of 9 whose profile was read.",
        ),
    ],
)
def test_the_caption_says_who_is_shown(change: Callable[[Network], Network], words: str) -> None:
    caption = figure_of(change(team(4))).findtext("figcaption") or ""
    assert caption.startswith(words)


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_markdown_passes_the_figure_as_it_stands(configuration: str) -> None:
    network = network_of(("*Bo* _Peep_", "Cy {wick}", "דוד לוי", LONG), [tie(0, 1)])
    figure = draw_network(network, prefix="p", href=address)
    assert figure is not None
    assert "\n\n" not in figure
    assert figure in render(f"Before\n\n{figure}\n\nAfter\n", configuration)


def test_the_same_network_gives_the_same_bytes_in_whole_numbers() -> None:
    first, second = (draw_network(team(24), prefix="p", href=address) for _ in range(2))
    assert first == second
    assert not re.search(r'(?:[xyr]|d)="[^"]*\.', str(first))


def test_a_network_of_24_takes_six_kilobytes() -> None:
    figure = draw_network(team(24), prefix="ap-network", href=lambda person: f"../ada-{person}/")
    assert len(str(figure).encode()) <= 6_000


def test_networkx_is_not_imported_before_something_is_drawn() -> None:
    code = "import sys, generator.render.network; sys.exit('networkx' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
