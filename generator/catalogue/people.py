"""Which names are one person: names with one `name_key`, until people say otherwise."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.errors import Problem
from generator.identifiers import choose_slug
from generator.names import OrganisationNames, name_key
from generator.records import NameAsPrinted, ProfileRecord


@dataclass(slots=True)
class Namesakes:
    """Everything found under one name key: how often each printing occurs, and profiles."""

    printed: Counter[NameAsPrinted] = field(default_factory=Counter)
    profiles: list[ProfileRecord] = field(default_factory=list)
    """Newest first."""

    @property
    def name(self) -> str:
        """The name to show: as the newest profile states it, else as most papers print it."""
        stated = (p.name for p in self.profiles if p.name and not p.name_inferred)
        most = min(self.printed, key=lambda name: (-self.printed[name], name))
        return next(stated, most)


def collect_names(
    author_lists: Iterable[Sequence[NameAsPrinted]], profiles: Iterable[ProfileRecord]
) -> dict[str, Namesakes]:
    """All names of papers and profile owners, by name key."""
    found: dict[str, Namesakes] = defaultdict(Namesakes)
    for names in author_lists:
        for name in names:
            found[name_key(name)].printed[name] += 1
    for profile in profiles:
        if profile.name:
            namesakes = found[name_key(profile.name)]
            namesakes.printed[profile.name] += 0
            namesakes.profiles.append(profile)
    for namesakes in found.values():
        namesakes.profiles.sort(key=_recency, reverse=True)
    return dict(found)


def _recency(profile: ProfileRecord) -> tuple[object, ...]:
    """Orders retrievals by time: by date, else by citations, which hardly ever fall."""
    return (
        profile.retrieved or datetime.date.min,
        profile.citations or 0,
        profile.h_index or 0,
        profile.declared_papers or 0,
        profile.key,
    )


def note_retrievals(people: Iterable[Namesakes]) -> list[Problem]:
    """A note for each older profile of a person who has several."""
    problems = []
    for namesakes in people:
        for profile in namesakes.profiles[1:]:
            newest, where = namesakes.profiles[0], profile.provenance
            reason = "it counts more citations" if newest.retrieved is None else "it is newer"
            message = (
                f"another profile of {namesakes.name}: its papers are merged, and the metrics of "
                f"{newest.provenance} hold, for {reason}"
            )
            problems.append(Problem(where.origin, where.line, message))
    return problems


def assign_person_ids(found: Mapping[str, Namesakes], known: Mapping[str, str]) -> dict[str, str]:
    """An id for every name key: the one it had (`known`), else a new one from the name."""
    ids = {key: known[key] for key in found if key in known}
    taken = set(known.values())
    for key in sorted(found.keys() - ids.keys()):
        ids[key] = choose_slug(found[key].name, "author", taken)
        taken.add(ids[key])
    return ids


def is_organisation(namesakes: Namesakes, organisations: OrganisationNames) -> bool:
    """Whether a name is an organisation's; who has an author profile is a person."""
    return not namesakes.profiles and namesakes.name in organisations
