"""Profiles for tests: an invented one in both layouts, and the real ones where they are at hand."""

# ruff: noqa: E501  # abstracts stand on one line, as in saved profiles

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from generator.records import PaperRecord, ProfileRecord, Provenance, SourceResult
from generator.sources.profile_text import parse

REAL = Path(
    os.environ.get("AUTHORPAGES_PROFILES")
    or Path(__file__).resolve().parents[2] / "shared" / "profiles"
)
NO_REAL = "the real profiles are not at hand: set AUTHORPAGES_PROFILES to their folder"
COMPACT_REAL = "002"
"""Number of the real profile in the compact layout."""

Variation = Callable[[str], str]

HEADED = """\
Mira Tallow

CL
h-index38
7papers
18,213citations
Novelty58%
AI Score64

7 Papers

CLAug 15, 2024Code
A Wick for Every Weather: Burning Strategies on Windy Coasts

Oran Vesper, T. T. Lumen, Mira Tallow et al. · quay, harbour-lab

We light nine hundred lamps on a windy coast and count which of them still burn at dawn. Two wicks in three survive, and the third kind of wick is new.

LGMay 2, 2023
On Glow

Mira Tallow

A short remark about glow, which is written by one author alone and has no list of names at all.

43.9CVSep 16, 2022
Seeing by Lamplight in 16$\\times$3.8B Rooms

Mira Tallow, Søren Ångström Jr., 王小明 · harbour-lab

Rooms are seen by lamplight, and what is seen there is told apart from what is not there at all.

OCMar 1Code
Convex Wicks

Jean d'Alembert, Ludwig van der Kerze, Mira Tallow

Every convex wick is consumed evenly, a fact which we prove with seven lemmas and one candle. The lemmas are at https://lamps.example/lemmas

ASDec 24, 2021
Do Lanterns Hum?

Mira Tallow, Plato et al.

They do, at a frequency that depends on the oil and on the patience of whoever is listening there.

LGNov 30, 2020Code
Lamp-Net: Lamps, Posts, and Wires

DeepLamp, Mira Tallow, Ada B. Quill et al. · quay

A network of lamps is laid along three roads, and the wires between the posts are kept short by us.

CLJan 9, 2019
Naming Lamps

Ada B. Quill, Mira Tallow

Sixty lamps were given names by their keepers, and we report what those names have in common here.

"""

_TITLE, _AUTHORS, _ABSTRACT = 1, 2, 3


def compact(headed: str) -> str:
    """A headed profile as the compact layout has it: no head, no blank lines, names run on."""
    lines = [line for line in headed.split("\n") if line][8:]
    records = [lines[i : i + 4] for i in range(0, len(lines), 4)]
    return "".join(f"{b}\n{t}{a}\n{x}\n" for b, t, a, x in records)


COMPACT = compact(HEADED)


def read(text: str) -> SourceResult:
    """Parse a profile given as text."""
    return parse(text.encode(), "profile.txt")


def without_places(result: SourceResult) -> tuple[list[ProfileRecord], list[PaperRecord]]:
    """The records of a result, for comparing what was understood and not where it stood."""
    nowhere = Provenance("", 0)
    profiles = [replace(p, provenance=nowhere) for p in result.profiles]
    papers = [replace(p, provenance=nowhere, profile=None) for p in result.papers]
    return profiles, papers
