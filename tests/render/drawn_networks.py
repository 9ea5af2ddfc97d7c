"""Networks of invented people, and what a reader sees of their drawings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from generator.catalogue.networks import Member, Network, Tie
from generator.render.network import draw_network
from generator.render.text_width import BOLD, text_width

LONG = "Maximiliane Hildegard von und zu Lampenschirm-Dochtmacher " * 2
SHORT_NAMES = (
    *("Ada Quill", "Bo Peep", "Łukasz Światło", "Zoë Müller-Lüdenscheidt", "王小明", "Li 王"),
    *("דוד לוי", "محمد الحسيني", "Nguyễn Thị Ánh", "J. R.", "X", LONG, LONG.upper()),
)


def network_of(
    names: Sequence[str], ties: Sequence[Tie] = (), *, centre: str | None = "Ada Quill"
) -> Network:
    """A network of these people, the first with most shared papers."""
    count = len(names)
    members = tuple(
        Member(f"p{n}", name, papers=1 + n * 3 % 11, shared=(count - n) if centre else 0)
        for n, name in enumerate(names)
    )
    middle = Member("middle", centre, papers=40) if centre else None
    return Network(middle, members, tuple(ties), total=count)


def tie(first: int, second: int, papers: int = 1) -> Tie:
    """Two members that share papers."""
    return Tie((f"p{first}", f"p{second}"), papers)


def team(count: int, *, ties: float = 0.3, centre: str | None = "Ada Quill") -> Network:
    """A network of invented people with ordinary names."""
    rng = random.Random(count)  # noqa: S311  # seeded, for a test
    syllables = "lu mi ra ko ten sol bri fa".split()
    names = [
        " ".join("".join(rng.choices(syllables, k=k)).title() for k in (2, 3)) for _ in range(count)
    ]
    found = [
        tie(a, b, rng.choice((1, 1, 2, 5)))
        for a, b in combinations(range(count), 2)
        if rng.random() < ties
    ]
    found.sort(key=lambda t: -t.papers)
    return network_of(names, found, centre=centre)


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody as he is drawn."""

    href: str | None
    title: str
    circle: tuple[int, int, int]
    label: str | None
    box: tuple[int, int, int, int] | None
    """Of the label: left, top, right, bottom."""


def address(person: str) -> str:
    """Where a person's page is, seen from another one's."""
    return f"../{person}/"


def figure_of(network: Network) -> ET.Element:
    """The figure, as a parser of XML reads it."""
    figure = draw_network(network, prefix="ap-net", href=address)
    assert figure is not None
    return ET.fromstring(figure)


def drawing_of(network: Network) -> ET.Element:
    """The drawing in the figure."""
    drawing = figure_of(network).find("svg")
    assert drawing is not None
    return drawing


def size_of(drawing: ET.Element) -> tuple[int, int]:
    """Width and height."""
    _, _, width, height = map(int, drawing.attrib["viewBox"].split())
    return width, height


def node_of(element: ET.Element) -> Node:
    """What a link, or the group in the middle, shows."""
    circle, text = element.find("circle"), element.find("text")
    assert circle is not None
    x, y, radius = (int(circle.attrib[name]) for name in ("cx", "cy", "r"))
    bold = BOLD if element.tag == "g" else 100
    return Node(
        href=element.get("href"),
        title=element.findtext("title", ""),
        circle=(x, y, radius),
        label=None if text is None else text.text,
        box=None if text is None else box_of(text, bold),
    )


def box_of(text: ET.Element, weight: int) -> tuple[int, int, int, int]:
    """The place of a text of 15 units, from the top of `Å` to the foot of `g`."""
    x, y = int(text.attrib["x"]), int(text.attrib["y"])
    width = text_width(text.text or "") * weight // 100
    left = x - {"ap-start": 0, "ap-end": width}.get(text.get("class", ""), width // 2)
    return (left, y - 13, left + width, y + 4)


def nodes_of(drawing: ET.Element) -> list[Node]:
    """Everybody in the order of the document, the one in the middle first."""
    return [node_of(e) for e in drawing if e.tag == "a" or e.get("class") == "ap-self"]
