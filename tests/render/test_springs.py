"""Springs: who wrote together comes to stand together, and nobody drifts away."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from statistics import mean

import pytest

from generator.render.springs import spring_layout
from tests.render.drawn_networks import network_of, team, tie

NAMES = [f"Quill {letter}" for letter in "ABCDEFGHIJ"]


@pytest.mark.parametrize("centre", ["Ada Quill", None])
def test_who_wrote_together_stands_together(centre: str | None) -> None:
    even, odd = range(0, 10, 2), range(1, 10, 2)
    together = [*combinations(even, 2), *combinations(odd, 2)]
    places = spring_layout(network_of(NAMES, [tie(a, b, 4) for a, b in together], centre=centre))
    distances = {(a, b): math.dist(places[a], places[b]) for a, b in combinations(range(10), 2)}
    apart = [pair for pair in distances if pair not in together]
    near, far = (mean(distances[pair] for pair in pairs) for pairs in (together, apart))
    assert near < 0.6 * far


def test_who_shares_more_papers_with_the_centre_is_drawn_nearer_to_it() -> None:
    network = network_of(NAMES)
    few, many = (
        replace(network, members=(replace(network.members[0], shared=n), *network.members[1:]))
        for n in (1, 64)
    )
    assert math.hypot(*spring_layout(many)[0]) < 0.9 * math.hypot(*spring_layout(few)[0])


def test_where_nobody_is_the_centre_those_without_ties_stay_near() -> None:
    places = spring_layout(network_of(NAMES, [tie(0, 1), tie(2, 3)], centre=None))
    tied, others = places[:4], places[4:]
    assert max(math.hypot(*p) for p in others) < 2 * max(math.hypot(*p) for p in tied)


def test_the_same_network_has_the_same_places() -> None:
    assert spring_layout(team(24)) == spring_layout(team(24))
