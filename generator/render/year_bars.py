"""Papers a year as bars: which years each stands for, and the papers of each class in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from generator.catalogue.model import Paper
from generator.subjects import subject_name

MOST_CLASSES: Final = 6
"""Colours, and so classes of a drawing that have one; more than that nobody tells apart."""
MOST_BARS: Final = 40
"""Bars that can still be told apart on a phone; more years are grouped."""
LONGEST_GAP: Final = 3
"""Empty bars in a row that are drawn, where there would be more than `MOST_BARS` of them."""
GROUPS: Final = {5: "five years", 10: "ten years", 100: "a century", 1000: "a millennium"}
"""How many years a bar stands for where they are grouped, and how that is said."""

YearCounts = Mapping[int, Mapping[str, int]]
"""Papers by year, then by the code of their subject class, "" for none."""
Colours = Mapping[str, int]
"""The number of the colour that each subject class has on all pages of a site."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The bars: the years of each, None for a gap that is cut out; years a bar."""

    bars: tuple[range | None, ...]
    step: int

    @property
    def gaps(self) -> list[str]:
        """The years that are cut out, as they are said."""
        around = zip(self.bars, self.bars[1:], self.bars[2:], strict=False)
        return [f"{b[-1] + 1}–{a[0] - 1}" for b, gap, a in around if b and a and gap is None]

    def label(self, years: range) -> str:
        """How the years of a bar are said."""
        return str(years[0]) if self.step == 1 else f"{years[0]}–{years[-1]}"


@dataclass(frozen=True, slots=True)
class Series:
    """One class: its codes (several for all others), its look, and its papers bar by bar.

    The look is the class of the style sheet.
    """

    codes: tuple[str, ...]
    look: str
    label: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        """All papers of the class."""
        return sum(self.values)


def count_by_year(papers: Iterable[Paper]) -> tuple[YearCounts, int]:
    """The papers of each year and class, and the number of papers without a year."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    undated = 0
    for paper in papers:
        if (year := paper.year) is None:
            undated += 1
        else:
            counts[year][paper.subject or ""] += 1
    return counts, undated


def positive_counts(counts: YearCounts) -> YearCounts:
    """The same counts without classes and years that have no papers."""
    kept = {
        year: {code: papers for code, papers in found.items() if papers > 0}
        for year, found in counts.items()
    }
    return {year: found for year, found in kept.items() if found}


def axis_of(years: Sequence[int]) -> Axis:
    """A bar a year, or as many years a bar as are needed for at most `MOST_BARS`.

    Long gaps are cut out before years are grouped: one stray 1900 must not hide all others.
    """
    for step in (1, *GROUPS):
        starts = sorted({year // step * step for year in years})
        bars: list[range | None] = [range(starts[0], starts[0] + step)]
        cut = (starts[-1] - starts[0]) // step + 1 > MOST_BARS
        for before, start in pairwise(starts):
            gap = (start - before) // step - 1
            first = start if cut and gap > LONGEST_GAP else before + step
            bars += [None] if first == start and gap else []
            bars += [range(year, year + step) for year in range(first, start + 1, step)]
        if len(bars) <= MOST_BARS:
            break
    return Axis(tuple(bars), step)


def class_colours(ranked: Iterable[str]) -> Colours:
    """The colours of all classes of a site, of which those with most papers come first.

    Later ones share the colours of the first: somebody's papers may all be of classes that few
    papers of the site are of, and are not to be all grey.
    """
    return {code: place % MOST_CLASSES + 1 for place, code in enumerate(ranked)}


def names_all(codes: Collection[str], colours: Colours) -> bool:
    """Whether a legend names each of these classes: at most one has the colour of a larger one."""
    return len(codes) - len({colours[code] for code in codes}) <= 1


def series_of(counts: YearCounts, axis: Axis, colours: Colours) -> list[Series]:
    """The classes with most papers, then all others together, then what has no class.

    A class has its own colour everywhere, or is among the others where a larger one has that.
    """
    totals: Counter[str] = Counter()
    for found in counts.values():
        totals.update(found)
    unclassified = totals.pop("", 0)
    ranked = sorted(totals, key=lambda code: (-totals[code], code))
    shown: dict[int, str] = {}
    for code in ranked:
        shown.setdefault(colours[code], code)
    rest = tuple(code for code in ranked if shown[colours[code]] != code)
    names = Counter(map(subject_name, totals))
    looks: list[tuple[tuple[str, ...], str, str]] = [
        ((code,), f"ap-s{colour}", _class_name(code, names)) for colour, code in shown.items()
    ]
    if rest:
        others = f"Other ({len(rest)} classes)" if len(rest) > 1 else _class_name(rest[0], names)
        looks.append((rest, "ap-s0", others))
    if unclassified:
        looks.append((("",), "ap-sn" if looks else "ap-s1", "No class"))
    return [
        Series(codes, look, label, tuple(_count(counts, years, codes) for years in axis.bars))
        for codes, look, label in looks
    ]


def totals_of(series: Sequence[Series]) -> list[int]:
    """All papers bar by bar."""
    return [sum(values) for values in zip(*(one.values for one in series), strict=True)]


def _class_name(code: str, names: Mapping[str, int]) -> str:
    """The name of a class, with its code where another has that name (cs.LG, stat.ML)."""
    name = subject_name(code)
    return name if names[name] == 1 else f"{name} ({code})"


def _count(counts: YearCounts, years: range | None, codes: tuple[str, ...]) -> int:
    """Papers of some classes in some years."""
    found = [counts[year] for year in years or () if year in counts]
    return sum(of_year.get(code, 0) for of_year in found for code in codes)
