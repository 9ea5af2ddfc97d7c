"""Springs that hold the people of a network: who wrote together comes to stand together.

It is the spring layout of networkx from a fixed start, so rounded that it is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from generator.catalogue.networks import Network

ITERATIONS: Final = 30
"""Steps of the spring layout, 0.04 ms each; more move nobody far from where he is then."""


def spring_layout(network: Network) -> list[tuple[float, float]]:
    """Where members, of whom there must be some, come to rest around the centre at (0, 0).

    Where nobody is the centre, weak springs to it keep together those whom no tie holds.
    """
    # It brings numpy along: 0.3 s that a run without a drawing is spared.
    import networkx as nx  # noqa: PLC0415

    places = {member.person: n for n, member in enumerate(network.members, start=1)}
    pull = 1.0 if network.centre else 0.2
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(places) + 1))
    graph.add_weighted_edges_from(
        (0, n, pull + math.log2(max(m.shared, 1)) / 2) for n, m in enumerate(network.members, 1)
    )
    ties = [(places[t.people[0]], places[t.people[1]], t.papers) for t in network.ties]
    graph.add_weighted_edges_from((a, b, 1 + math.log2(papers) / 2) for a, b, papers in ties)
    start = _circle(_chain(len(places), ties))
    length = 2 / math.sqrt(len(graph))
    found = nx.spring_layout(
        graph, k=length, pos=start, fixed=[0], iterations=ITERATIONS, threshold=0, seed=0
    )
    # What is equal but for the last digits must not be told apart by them.
    at_rest = map(found.__getitem__, places.values())
    return [(round(float(x), 4), round(float(y), 4)) for x, y in at_rest]


def _chain(count: int, ties: Iterable[tuple[int, int, int]]) -> Iterator[int]:
    """The members 1 to `count`, each followed by the one left whom most papers tie to him."""
    near: list[dict[int, int]] = [{} for _ in range(count + 1)]
    for a, b, papers in ties:
        near[a][b] = near[b][a] = papers
    left = dict.fromkeys(range(1, count + 1))
    while left:
        member = next(iter(left))
        while member:
            del left[member]
            yield member
            found = near[member]
            member = max(left.keys() & found, key=lambda n: (found[n], -n), default=0)


def _circle(members: Iterable[int]) -> dict[int, tuple[float, float]]:
    """The members around the centre."""
    order = list(members)
    turn = 2 * math.pi / len(order)
    around = {m: (math.cos(n * turn), math.sin(n * turn)) for n, m in enumerate(order)}
    return {0: (0.0, 0.0), **around}
