"""The style sheet asks each letter of the font that has it, and common fonts for what they have."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from PIL import ImageFont

from generator.config import package_templates

STYLES = package_templates() / "assets" / "stylesheets"
COMMON = re.compile("(latin|vietnamese)$")
"""Fonts that are to be asked for nothing that they lack; of seldom letters a guess will do."""
LACKED = {"serif-latin": {"\N{NON-BREAKING HYPHEN}", *"ĬĭĲĳŦŧ"}}
BLANK = {" ", "\N{NO-BREAK SPACE}"}


@dataclass(frozen=True)
class Face:
    """A font, and the characters for which it is asked."""

    path: Path
    asked: frozenset[str]

    def __repr__(self) -> str:
        return self.path.name

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters of which the font has a picture."""
        font = ImageFont.truetype(self.path, 40, layout_engine=ImageFont.Layout.BASIC)
        return frozenset(c for c in map(chr, range(0x20, 0xA800)) if font.getmask(c).getbbox())


def characters(ranges: str) -> Iterator[str]:
    """All characters of `U+20-7E, U+A0`."""
    for first, last in re.findall(r"U\+(\w+)(?:-(\w+))?", ranges):
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def families() -> Mapping[str, Sequence[Face]]:
    """The fonts of each family and style, in the order of the style sheet."""
    found: dict[str, list[Face]] = defaultdict(list)
    sheet = (STYLES / "author-pages" / "10-fonts.css").read_text(encoding="utf-8")
    for rule in re.findall(r"@font-face \{([^}]*)\}", sheet):
        said = dict(re.findall(r"([\w-]+):\s*([^;]+);", rule))
        path = (STYLES / said["src"].split('"')[1]).resolve()
        face = Face(path, frozenset(characters(said["unicode-range"])))
        found[f"{said['font-family']} {said['font-style']}"].append(face)
    return found


FAMILIES = families()
FACES = [face for faces in FAMILIES.values() for face in faces]


@pytest.mark.parametrize("family", FAMILIES)
def test_each_letter_is_asked_of_the_one_font_that_has_it(family: str) -> None:
    for letter in sorted(frozenset().union(*(face.letters for face in FAMILIES[family]))):
        asked = [face for face in FAMILIES[family] if letter in face.asked]
        # Accents by themselves must be of the same font as their letters, so nobody is asked.
        count = 0 if unicodedata.combining(letter) else 1
        assert len(asked) == count, f"{letter!r} is asked of {asked}"
        assert all(letter in face.letters for face in asked), f"{letter!r}: {asked}"


@pytest.mark.parametrize(
    "face",
    [face for face in FACES if COMMON.search(face.path.stem)],
    ids=lambda face: face.path.stem,
)
def test_a_common_font_is_asked_for_nothing_that_it_lacks(face: Face) -> None:
    assert face.asked - face.letters - BLANK == LACKED.get(face.path.stem, set())


def test_every_font_is_asked_for_something() -> None:
    assert {face.path for face in FACES} == set((STYLES.parent / "fonts").glob("*.woff2"))
