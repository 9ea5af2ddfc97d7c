"""Where the people of a network stand in a drawing, and where their names do.

All is reckoned in whole units from where springs hold people, so that the same network is laid out
alike everywhere. Circles and names lie within the drawing, and no name touches another or a circle:
one for which there is no room is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.catalogue.networks import Member, Network
from generator.markup import clean_text
from generator.render.springs import spring_layout
from generator.render.text_width import BOLD, shorten, text_width

WIDTH: Final = 400
"""The width of every drawing, in units."""
ROUNDS: Final = 24
"""Rounds in which overlapping names are pushed apart, where there is room for all."""

_LOWEST: Final = 150
_TALLEST: Final = 960
_FILLED: Final = 33  # per cent of the drawing that people with their names fill, if it can be
_FULL: Final = 60  # per cent of the tallest drawing, above which they find no room
_LINE: Final = 18
_BASELINE: Final = 14
_LONGEST_LABEL: Final = 150  # about 22 letters
_TARGET: Final = 30  # at 360 pixels 24 of them: https://www.w3.org/TR/WCAG22/#target-size-minimum
_MARGIN: Final = 2
_SLACK: Final = 2  # of two places that overlap; less than is left free around a name

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name as it is shown, maybe cut: its box, how it is anchored there, and its baseline.

    The anchor is `start`, `end` or, for the middle, empty.
    """

    text: str
    box: Box
    anchor: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class PlacedMember:
    """Somebody with his circle, whose middle is given, and his name if there is room for it."""

    member: Member
    x: int
    y: int
    radius: int
    label: Label | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The height of a drawing, and the people in it: the centre first, if there is one."""

    height: int
    people: tuple[PlacedMember, ...]


@dataclass(slots=True)
class _Node:
    """Somebody who is moved about: a place for his circle with his name below it.

    `x` and `y` are the middle of that place, of whose size the halves are given. The `label` is
    empty where there is no room for any.
    """

    member: Member
    radius: int
    label: str
    label_width: int
    half_width: int
    half_height: int
    x: int = 0
    y: int = 0

    @property
    def circle(self) -> tuple[int, int]:
        """The middle of the circle."""
        return self.x, self.y - _LINE // 2


def lay_out(network: Network) -> Layout:
    """The layout of a network that has members, who keep their order."""
    nodes, height = _place(network)
    labels = _place_labels(nodes, height)
    return Layout(
        height,
        tuple(
            PlacedMember(node.member, *node.circle, node.radius, label)
            for node, label in zip(nodes, labels, strict=True)
        ),
    )


# -- places ---------------------------------------------------------------------------------------


def _place(network: Network) -> tuple[list[_Node], int]:
    """Everybody in his place, the centre first, and the height of the drawing."""
    most = max(1, *(member.papers for member in network.members))
    nodes = [_node(m, max(round(13 * math.sqrt(m.papers / most)), 4)) for m in network.members]
    area = _drop_labels(nodes)
    lowest = _LOWEST + 9 * len(nodes)
    height = min(max(area * 100 // (_FILLED * WIDTH), lowest), _TALLEST)
    _spread(nodes, spring_layout(network), height)
    if network.centre:
        centre = _node(network.centre, 15, BOLD)
        centre.x, centre.y = WIDTH // 2, height // 2
        nodes.insert(0, centre)
    _separate(nodes, height, held=network.centre is not None)
    return nodes, height


def _node(member: Member, radius: int, weight: int = 100) -> _Node:
    label = shorten(clean_text(member.name), _LONGEST_LABEL)
    width = text_width(label) * weight // 100
    return _Node(
        member,
        radius,
        label,
        width,
        half_width=max(width // 2 + 4, _TARGET // 2),
        half_height=max(radius + 1 + _LINE // 2, _TARGET // 2),
    )


def _drop_labels(nodes: Sequence[_Node]) -> int:
    """Take their names from the last nodes, while all together fill the drawing; the area left."""
    area = sum(4 * node.half_width * node.half_height for node in nodes)
    for node in reversed(nodes):
        if area * 100 <= _FULL * WIDTH * _TALLEST:
            break
        narrow = _TARGET // 2
        area -= 4 * (node.half_width - narrow) * node.half_height
        node.label, node.half_width = "", narrow
    return area


def _spread(nodes: Sequence[_Node], places: Sequence[tuple[float, float]], height: int) -> None:
    """Fill the drawing: places count by how far they are out, and more by who is farther out.

    Springs leave most people near the middle, where there is no room for their names.
    """
    for axis, size, border in ((0, WIDTH, 50), (1, height, 30)):
        found = [place[axis] for place in places]
        low, high = min(*found, -0.01), max(*found, 0.01)
        order = sorted(range(len(found)), key=found.__getitem__)
        for rank, n in enumerate(order):
            far = found[n] / high if found[n] > 0 else -found[n] / low
            share = 0.3 * far + 0.7 * ((2 * rank + 1) / len(order) - 1)
            at = size // 2 + round((size // 2 - border) * share)
            if axis:
                nodes[n].y = at
            else:
                nodes[n].x = at


def _separate(nodes: Sequence[_Node], height: int, *, held: bool) -> None:
    """Push apart nodes that overlap, within the drawing; the first stays where it is if `held`."""
    for _ in range(ROUNDS):
        for node in nodes[held:]:
            _keep_within(node, height)
        moved = False
        for n, node in enumerate(nodes):
            for m in range(n):
                other = nodes[m]
                across = node.half_width + other.half_width - abs(node.x - other.x)
                if across > _SLACK:
                    down = node.half_height + other.half_height - abs(node.y - other.y)
                    if down > _SLACK:
                        _push(node, other, across, down, alone=held and not m)
                        moved = True
        if not moved:
            return
    for node in nodes[held:]:
        _keep_within(node, height)


def _push(node: _Node, other: _Node, across: int, down: int, *, alone: bool) -> None:
    """Move two nodes by half of what they overlap each, or the first `alone` by all of it.

    They move the way on which they overlap by the smaller part of their size: the shorter way
    would pile them up, since names are wide and low.
    """
    wide, tall = node.half_width + other.half_width, node.half_height + other.half_height
    if across * tall < down * wide:
        way = across if node.x >= other.x else -across
        half = 0 if alone else way // 2
        node.x, other.x = node.x + way - half, other.x - half
    else:
        way = down if node.y >= other.y else -down
        half = 0 if alone else way // 2
        node.y, other.y = node.y + way - half, other.y - half


def _keep_within(node: _Node, height: int) -> None:
    across, down = node.half_width + _MARGIN, node.half_height + _MARGIN
    node.x = min(max(node.x, across), WIDTH - across)
    node.y = min(max(node.y, down), height - down)


# -- labels ---------------------------------------------------------------------------------------


def _place_labels(nodes: Sequence[_Node], height: int) -> list[Label | None]:
    """A place for each name below, above or beside its circle; None where nothing is free.

    Those who come first are served first.
    """
    taken = [_around(*node.circle, node.radius) for node in nodes]
    labels: list[Label | None] = []
    for node in nodes:
        free = (label for label in _sides(node) if _is_free(label.box, taken, height))
        label = next(free, None) if node.label else None
        labels.append(label)
        if label:
            taken.append(label.box)
    return labels


def _around(x: int, y: int, radius: int) -> Box:
    return (x - radius, y - radius, x + radius, y + radius)


def _sides(node: _Node) -> Iterator[Label]:
    x, y = node.circle
    text, width, away = node.label, node.label_width, node.radius + 1
    left, beside = x - width // 2, _BASELINE - _LINE // 2
    for top in (y + away, y - away - _LINE):
        yield Label(text, (left, top, left + width + 1, top + _LINE), "", x, top + _BASELINE)
    top = y - _LINE // 2
    x = x + away + 2
    yield Label(text, (x, top, x + width, top + _LINE), "start", x, y + beside)
    x = x - 2 * (away + 2)
    yield Label(text, (x - width, top, x, top + _LINE), "end", x, y + beside)


def _is_free(box: Box, taken: Iterable[Box], height: int) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > WIDTH or bottom > height:
        return False
    return not any(a < right and left < c and b < bottom and top < d for a, b, c, d in taken)
