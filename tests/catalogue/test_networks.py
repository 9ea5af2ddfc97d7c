"""Networks: who is in them, what ties them together, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.networks import Member, Network, Tie, neighbourhood, profiled_map
from generator.catalogue.relations import LARGEST_TEAM
from generator.catalogue.settle import Load
from generator.names import OrganisationNames
from generator.records import NameAsPrinted, PaperRecord, ProfileRecord, Provenance

ORGANISATIONS = OrganisationNames.of(["Aurora-9"], [])
ADA, BO, CY, DI = "Ada Quill", "Bo Peep", "Cy Wick", "Di Glow"


@dataclass(frozen=True, slots=True)
class Written:
    """A paper, and the name of the person whose profile lists it."""

    title: str
    authors: tuple[str, ...]
    listed_by: str = ""
    truncated: bool = False


def catalogue_of(papers: Sequence[Written], profiled: Sequence[str] = ()) -> Catalogue:
    """The catalogue of some papers, and of the profiles of some people."""
    profiles = {
        name: ProfileRecord(Provenance(f"{number}.txt", 1), NameAsPrinted(name))
        for number, name in enumerate(profiled)
    }
    records = [
        PaperRecord(
            Provenance("a.txt", line),
            paper.title,
            tuple(map(NameAsPrinted, paper.authors)),
            truncated=paper.truncated,
            profile=profiles[paper.listed_by].key if paper.listed_by else None,
        )
        for line, paper in enumerate(papers, start=1)
    ]
    load = Load(tuple(profiles.values()), tuple(records), ())
    return build_catalogue(load, EMPTY_LOCK, ORGANISATIONS).catalogue


def crowd(size: int) -> tuple[str, ...]:
    """As many names."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return tuple(f"Zo Pe{letters[n // 26]}{letters[n % 26]}" for n in range(size))


def names(network: Network) -> list[str]:
    """The members in order."""
    return [member.name for member in network.members]


# -- somebody's co-authors ------------------------------------------------------------------------


def test_co_authors_stand_by_shared_papers_then_by_name_and_know_all_papers_of_theirs() -> None:
    catalogue = catalogue_of(
        [
            Written("Lamps", (ADA, CY, BO)),
            Written("Oil of Old", (ADA, DI, CY)),
            Written("Wicks Alone", (BO,)),
        ]
    )
    network = neighbourhood(catalogue, "ada-quill")
    assert network.centre == Member("ada-quill", ADA, papers=2)
    assert network.members == (
        Member("cy-wick", CY, papers=2, shared=2),
        Member("bo-peep", BO, papers=2, shared=1),
        Member("di-glow", DI, papers=1, shared=1),
    )


def test_co_authors_are_tied_by_the_papers_they_wrote_with_the_person() -> None:
    catalogue = catalogue_of(
        [
            Written("Lamps", (ADA, DI, CY)),
            Written("Oil of Old", (CY, ADA, BO, DI)),
            Written("Of Wicks and Wax", (BO, ADA)),
            Written("Bright Nights", (BO, DI)),
        ]
    )
    assert neighbourhood(catalogue, "ada-quill").ties == (
        Tie(("cy-wick", "di-glow"), 2),
        Tie(("bo-peep", "cy-wick"), 1),
        Tie(("bo-peep", "di-glow"), 1),
    )


def test_of_many_co_authors_those_with_most_shared_papers_are_members() -> None:
    catalogue = catalogue_of(
        [Written("Lamps", (ADA, BO, CY, DI)), Written("Oil of Old", (ADA, DI, CY))]
    )
    network = neighbourhood(catalogue, "ada-quill", limit=2)
    assert names(network) == [CY, DI]
    assert network.total == 3
    assert network.ties == (Tie(("cy-wick", "di-glow"), 2),)


def test_organisations_and_papers_of_a_crowd_tie_nobody() -> None:
    catalogue = catalogue_of(
        [
            Written("Lamps", (ADA, BO, "Aurora-9")),
            Written("Oil of Old", (ADA, BO, *crowd(LARGEST_TEAM - 1))),
            Written("Of Wicks and Wax", (ADA, CY)),
        ]
    )
    network = neighbourhood(catalogue, "ada-quill")
    assert names(network) == [BO, CY]
    assert network.ties == ()


def test_a_truncated_list_ties_those_it_names_and_owners_of_profiles_that_list_it() -> None:
    hiding = Written("Lamps", (ADA, BO), listed_by=CY, truncated=True)
    network = neighbourhood(catalogue_of([hiding], [CY]), "ada-quill")
    assert names(network) == [BO, CY]
    assert network.ties == (Tie(("bo-peep", "cy-wick"), 1),)
    unlisted = neighbourhood(catalogue_of([replace(hiding, listed_by="")]), "ada-quill")
    assert names(unlisted) == [BO]


class Watched(dict[str, Paper]):
    """Papers that remember how often one was read."""

    reads = 0

    def __getitem__(self, key: str) -> Paper:
        self.reads += 1
        return super().__getitem__(key)


def test_a_neighbourhood_reads_the_papers_of_the_person_alone() -> None:
    others = [Written(f"On Wick {n} {'x' * n}", (BO, CY)) for n in range(40)]
    catalogue = catalogue_of([Written("Lamps", (ADA, BO, CY)), *others])
    papers = Watched(catalogue.papers)
    neighbourhood(replace(catalogue, papers=papers), "ada-quill")
    assert 0 < papers.reads <= 4


# -- everybody with a profile ---------------------------------------------------------------------


def test_the_map_ties_people_with_a_profile_and_keeps_those_without_a_tie() -> None:
    catalogue = catalogue_of(
        [
            Written("Lamps", (ADA, BO, DI)),
            Written("Oil of Old", (BO, ADA)),
            Written("Of Wicks and Wax", (CY, DI)),
        ],
        [ADA, BO, CY],
    )
    assert profiled_map(catalogue) == Network(
        centre=None,
        members=(
            Member("ada-quill", ADA, papers=2),
            Member("bo-peep", BO, papers=2),
            Member("cy-wick", CY, papers=1),
        ),
        ties=(Tie(("ada-quill", "bo-peep"), 2),),
        total=3,
    )


def test_the_map_holds_those_with_most_papers() -> None:
    catalogue = catalogue_of(
        [
            Written("Lamps", (ADA, "Aurora-9")),
            Written("Oil of Old", (BO, CY)),
            Written("Of Wicks and Wax", (CY, "Aurora-9")),
        ],
        [ADA, BO, CY],
    )
    network = profiled_map(catalogue, limit=2)
    assert names(network) == [CY, ADA]
    assert network.total == 3
    assert network.ties == ()


def test_a_paper_of_a_crowd_ties_nobody_on_the_map() -> None:
    catalogue = catalogue_of([Written("Lamps", (ADA, BO, *crowd(LARGEST_TEAM)))], [ADA, BO])
    assert profiled_map(catalogue).ties == ()
