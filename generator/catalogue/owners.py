"""Whose profile it is, when the profile does not say so, and whether its papers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from generator.errors import Problem
from generator.names import name_key
from generator.records import Inferred, NameAsPrinted, PaperRecord, ProfileRecord

_LONGEST_ABSENCE = 12
"""Author lists in a row that may lack the owner's name. In profiles of which the owner is known
that prints three names a paper, it stands in half the lists at least, and 8 in a row lacked it."""


def infer_owners(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> tuple[dict[str, ProfileRecord], list[Problem]]:
    """All profiles by key, a name found for those without one; a note where none can be."""
    lists: dict[str, list[Sequence[NameAsPrinted]]] = {
        key: [] for key, profile in profiles.items() if profile.name is None
    }
    for paper in papers:
        if paper.profile in lists:
            lists[paper.profile].append(paper.authors)
    named = dict(profiles)
    problems: list[Problem] = []
    for key in sorted(lists):
        name, reason = _owner(lists[key])
        if name is not None:
            inferred = (*profiles[key].inferred, Inferred("name", reason))
            named[key] = replace(profiles[key], name=name, inferred=inferred)
        else:
            where = profiles[key].provenance
            message = (
                f"whose profile this is cannot be told: {reason}; put `name:` above the profile"
            )
            problems.append(Problem(where.origin, where.line, message))
    return named, problems


def _owner(lists: Sequence[Sequence[NameAsPrinted]]) -> tuple[NameAsPrinted | None, str]:
    """The name that stands in more author lists than any other, in two at least; and why.

    None, and why not, when there is no such name, or when it stands in one part of a long profile
    alone: then two profiles were joined, and the other part is somebody else's.
    """
    counts = Counter(name for names in lists for name in dict.fromkeys(names))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None, "no name stands in more of its author lists than every other"
    name, times = ranked[0]
    absences = (len(list(run)) for present, run in groupby(name in a for a in lists) if not present)
    longest = max(absences, default=0)
    if longest > _LONGEST_ABSENCE:
        return None, f"{name} stands in most author lists, but in none of {longest} in a row"
    reason = f"this name stands in {times} of its {len(lists)} author lists, more than any other"
    return name, reason


def note_owner_conflicts(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> list[Problem]:
    """Papers whose complete author list does not name the profile's owner."""
    problems = []
    for paper in papers:
        profile = profiles.get(paper.profile or "")
        if paper.truncated or profile is None or profile.name is None:
            continue
        if name_key(profile.name) not in map(name_key, paper.authors):
            where = paper.provenance
            message = (
                f"the complete author list does not name {profile.name}, whose profile lists the "
                "paper; it is shown as listed there, not as written by that person"
            )
            problems.append(Problem(where.origin, where.line, message))
    return problems
