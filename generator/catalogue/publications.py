"""Where a paper was published, put together from what several bibliographies state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.records import UNPUBLISHED, Publication

_OF_THE_PAPER = ("language", "note")
"""Details that hold for a paper wherever it was published."""


def merge_publications(publications: Sequence[Publication]) -> Publication:
    """The fullest publication, its gaps filled from the others.

    One in a venue beats one without. Volume, pages and the like belong to a venue: they come from
    the chosen one, and from others only where these name the same venue.
    """
    stated = [p for p in publications if p != UNPUBLISHED]
    if len(stated) < 2:
        return stated[0] if stated else UNPUBLISHED
    chosen = max(stated, key=_fullness)
    ranked = [chosen, *(p for p in stated if p is not chosen)]
    same_venue = [p for p in ranked if p.venue == chosen.venue and p.kind == chosen.kind]
    return replace(
        chosen,
        doi=_first(p.doi for p in ranked),
        arxiv=_first(p.arxiv for p in ranked),
        primary_class=_first(p.primary_class for p in ranked),
        url=_first(p.url for p in ranked),
        pdf=_first(p.pdf for p in ranked),
        editors=next((p.editors for p in same_venue if p.editors), ()),
        keywords=tuple(dict.fromkeys(k for p in ranked for k in p.keywords)),
        details=_details(ranked, same_venue),
    )


def _fullness(publication: Publication) -> tuple[bool, bool, int]:
    known = (publication.doi, publication.url, publication.pdf, publication.editors)
    return (
        publication.venue is not None,
        publication.kind != "misc",
        len(publication.details) + sum(map(bool, known)),
    )


def _first(values: Iterable[str | None]) -> str | None:
    return next(filter(None, values), None)


def _details(ranked: Sequence[Publication], same_venue: Sequence[Publication]) -> Mapping[str, str]:
    details: dict[str, str] = {}
    for publication in ranked:
        fits = any(publication is p for p in same_venue)
        for name, value in publication.details.items():
            if fits or name in _OF_THE_PAPER:
                details.setdefault(name, value)
    return details
