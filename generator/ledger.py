"""The ledger: what became of every record, in counts that must balance."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.errors import BuildError, Problem


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of records: `found = parsed + quarantined` and `parsed = merged + published`.

    `declared` sums what the profiles say of themselves, over `declaring` of `profiles` profiles.
    """

    profiles: int
    declaring: int
    declared: int
    found: int
    parsed: int
    quarantined: int
    merged: int
    published: int
    persons: int
    organisations: int
    inferred_dates: int

    @property
    def totals(self) -> dict[str, int]:
        """All counts by name."""
        return asdict(self)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The balance, from what came in to what is published, in words."""
        return [
            (f"declared by {self.declaring} of {self.profiles} profiles", self.declared),
            ("records found", self.found),
            ("quarantined", self.quarantined),
            ("parsed", self.parsed),
            ("merged with another record", self.merged),
            ("papers published", self.published),
        ]


def balance(load: Load, catalogue: Catalogue) -> Ledger:
    """Count a run. Raises BuildError when a record is neither published nor accounted for."""
    quarantined = sum(problem.quarantined for problem in load.problems)
    listings = sum(len(paper.listings) for paper in catalogue.papers.values())
    published = len(catalogue.papers)
    if listings != len(load.papers):
        raise BuildError(
            f"the ledger does not balance: {len(load.papers)} records parsed, {listings} published "
            "or merged. This is a fault of the program; please report it with your input"
        )
    declared = [p.declared_papers for p in load.profiles if p.declared_papers is not None]
    return Ledger(
        profiles=len(load.profiles),
        declaring=len(declared),
        declared=sum(declared),
        found=len(load.papers) + quarantined,
        parsed=len(load.papers),
        quarantined=quarantined,
        merged=listings - published,
        published=published,
        persons=len(catalogue.persons),
        organisations=len(catalogue.people) - len(catalogue.persons),
        inferred_dates=sum(p.reason_inferred("date") is not None for p in load.papers),
    )


def as_json(ledger: Ledger, problems: Sequence[Problem]) -> str:
    """The ledger and every problem with its raw text: nothing that came in is lost."""
    rows = [
        {
            "file": problem.origin,
            "line": problem.line,
            "severity": problem.severity.value,
            "message": problem.message,
            "raw": problem.raw,
        }
        for problem in problems
    ]
    return json.dumps({**ledger.totals, "problems": rows}, ensure_ascii=False, indent=2) + "\n"
