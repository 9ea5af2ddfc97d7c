"""A network of people as a drawing whose circles are links.

It is laid out when the site is built, and is the same to the byte for the same network. The drawing
is 400 units wide: on a phone of 360 pixels its letters of 15 units are twelve pixels high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from generator.catalogue.networks import Network, Tie
from generator.markup import clean_text, escape_html
from generator.render.counted import counted
from generator.render.network_layout import WIDTH, Label, Layout, lay_out

FEWEST_CO_AUTHORS: Final = 3
"""Fewer make no network: a list says it all."""
FEWEST_PROFILED: Final = 2
"""Fewer make no map."""
MOST_TIES: Final = 3
"""Lines for each member, beside that to the centre; more only make the drawing black."""
_LONGEST_NAME: Final = 200  # letters read out


def draw_network(network: Network, *, prefix: str, href: Callable[[str], str]) -> Markup | None:
    """A figure of a network as one block of raw HTML, or None where there are too few people.

    `prefix` begins the ids, which must be unique on the page, and is a plain word. `href` gives
    the address of a person's page from the page where the drawing stands, as it may stand in
    `href="…"`, final and escaped.
    """
    fewest = FEWEST_CO_AUTHORS if network.centre else FEWEST_PROFILED
    if len(network.members) < fewest:
        return None
    layout = lay_out(network)
    least, ties = _strongest(network)
    title = f"{prefix}-t"
    parts = (
        '<figure class="ap-network">',
        f'<svg viewBox="0 0 {WIDTH} {layout.height}" role="group" aria-labelledby="{title}">',
        f'<title id="{title}">{_title(network)}</title>',
        _lines(network, layout, ties),
        *_people(network, layout, href),
        "</svg>",
        f"<figcaption>{_caption(network, least)}</figcaption>",
        "</figure>",
    )
    return Markup("\n".join(filter(None, parts)))


# -- what is drawn --------------------------------------------------------------------------------


def _strongest(network: Network) -> tuple[int, Sequence[Tie]]:
    """The fewest shared papers that make a line, so that there are not too many, and those ties.

    No line is drawn while another for as many papers is not.
    """
    most = MOST_TIES * len(network.members)
    least = network.ties[most].papers + 1 if len(network.ties) > most else 1
    return least, [tie for tie in network.ties if tie.papers >= least]


def _lines(network: Network, layout: Layout, ties: Iterable[Tie]) -> str:
    """Lines below everything else, a path for each of four widths: 1, 2, 4, 8 papers or more."""
    circles = {one.member.person: (one.x, one.y) for one in layout.people}
    paths: dict[str, list[str]] = {}
    lines = [("t", tie.people[0], tie.people[1], tie.papers) for tie in ties]
    if network.centre:
        centre = network.centre.person
        lines += [("c", member.person, centre, member.shared) for member in network.members]
    for kind, first, second, papers in lines:
        look = f"ap-{kind}{min(papers.bit_length(), 4)}"
        (a, b), (c, d) = circles[first], circles[second]
        paths.setdefault(look, []).append(f"M{a} {b} {c} {d}")
    drawn = "".join(f'<path class="{look}" d="{"".join(paths[look])}"/>' for look in sorted(paths))
    return f'<g aria-hidden="true">{drawn}</g>' if drawn else ""


def _people(network: Network, layout: Layout, href: Callable[[str], str]) -> Iterator[str]:
    """The centre, then a link for each member, in their order, which is that of the keyboard."""
    for one in layout.people:
        member = one.member
        drawn = f'<circle cx="{one.x}" cy="{one.y}" r="{one.radius}"/>{_text(one.label)}'
        if network.centre and member.person == network.centre.person:
            yield f'<g class="ap-self">{drawn}</g>'
        else:
            papers = (
                counted(member.shared, "shared paper", "shared papers")
                if network.centre
                else counted(member.papers)
            )
            name = f"<title>{_in_words(member.name)}, {papers}</title>"
            yield f'<a href="{href(member.person)}">{name}{drawn}</a>'


def _text(label: Label | None) -> str:
    if label is None:
        return ""
    anchor = f' class="ap-{label.anchor}"' if label.anchor else ""
    # After letters that run to the left, a mark lets the dots of a cut stand at their end.
    mark = "&#8207;" if _runs_left(label.text) else ""
    return f'<text{anchor} x="{label.x}" y="{label.y}">{escape_html(label.text)}{mark}</text>'


# -- what is said ---------------------------------------------------------------------------------


def _title(network: Network) -> str:
    if network.centre:
        return f"Co-authors of {_in_words(network.centre.name)}"
    return "Who wrote with whom"


def _caption(network: Network, least: int) -> str:
    """Who is shown, and what circles and lines stand for."""
    total = network.total
    some = len(network.members) < total
    fewer = f"; fewer than {least} are not drawn" if least > 1 else ""
    sizes = "A circle grows with the papers of a person on this site, a line with shared papers"
    if network.centre is None:
        who = f"people{f' with most papers, of {total:,}' if some else ''} whose profile was read"
        return f"{len(network.members)} {who}. {sizes}{fewer}."
    text = f"{len(network.members)} co-authors"
    text += f" with most shared papers, of {total:,}. {sizes}." if some else f". {sizes}."
    if network.ties:
        name = _in_words(network.centre.name)
        text += f" Lines between co-authors count their papers with {name}{fewer}."
    return text


def _runs_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in text)


def _in_words(name: str) -> str:
    """A name as it may stand in a sentence that runs to the right, whichever way it runs itself."""
    text = escape_html(clean_text(name)[:_LONGEST_NAME])
    return f"&#8296;{text}&#8297;" if _runs_left(name) else text
