"""Which names are one person: names with one `person_key`, until people say otherwise."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.errors import Problem
from generator.identifiers import choose_slug
from generator.names import (
    OrganisationNames,
    PersonName,
    display_name,
    is_literal,
    parse_name,
    person_key,
    split_number,
)
from generator.records import NameAsPrinted, ProfileRecord


@dataclass(slots=True)
class Namesakes:
    """Everything found under one person key: how often each printing occurs, and profiles."""

    printed: Counter[NameAsPrinted] = field(default_factory=Counter)
    profiles: list[ProfileRecord] = field(default_factory=list)
    """Newest first."""

    @property
    def name(self) -> str:
        """The name to show: as the newest profile states it, else as most papers print it."""
        stated = (p.name for p in self.profiles if p.name and not p.name_inferred)
        found = next(stated, None)
        if found is not None or len(self.printed) == 1:
            return display_name(found or next(iter(self.printed)))
        counts: Counter[str] = Counter()
        for printed, times in self.printed.items():
            counts[display_name(printed)] += times
        return min(counts, key=lambda name: (-counts[name], name))

    @property
    def parts(self) -> PersonName:
        """The shown name taken apart; by a source that states its parts, where there is one."""
        name = self.name
        same = sorted((p for p in self.printed if display_name(p) == name), key=_says_most)
        return parse_name(same[0] if same else name)

    @property
    def number(self) -> str:
        """DBLP's number of the name, or ""."""
        return split_number(next(iter(self.printed)))[1]

    @property
    def shown_names(self) -> frozenset[str]:
        """Every printing, in reading order."""
        return frozenset(map(display_name, self.printed))


def _says_most(printed: str) -> tuple[bool, bool, str]:
    """Orders printings of one name: those that state their parts first, those in braces last."""
    return ("," not in printed, is_literal(printed), printed)


def collect_names(
    author_lists: Iterable[Sequence[NameAsPrinted]], profiles: Iterable[ProfileRecord]
) -> dict[str, Namesakes]:
    """All names of papers and profile owners, by person key."""
    found: dict[str, Namesakes] = defaultdict(Namesakes)
    for names in author_lists:
        for name in names:
            found[person_key(name)].printed[name] += 1
    for profile in profiles:
        if profile.name:
            namesakes = found[person_key(profile.name)]
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
    """An id for every person key: the one it had (`known`), else a new one from the name."""
    ids = {key: known[key] for key in found if key in known}
    taken = set(known.values())
    for key in sorted(found.keys() - ids.keys()):
        ids[key] = choose_slug(f"{found[key].name} {found[key].number}".strip(), "author", taken)
        taken.add(ids[key])
    return ids


def is_organisation(namesakes: Namesakes, organisations: OrganisationNames) -> bool:
    """Whether a name is an organisation's; who has an author profile is a person.

    A name of several words that a bibliography keeps together in braces is one too.
    """
    if namesakes.profiles:
        return False
    return namesakes.name in organisations or any(
        is_literal(printed) and " " in display_name(printed) for printed in namesakes.printed
    )
