"""Cut the fonts of the site down to what its pages use, so that a first view needs 40 kB of them.

    pip install fonttools brotli
    python scripts/make_fonts.py ORIGINALS site_templates/assets/fonts

ORIGINALS holds the web fonts of the packages @fontsource-variable/source-sans-3 and
@fontsource/source-serif-4 (`npm pack`, then `files/`). Weights that no style asks for go, and so do
features but those that spelling needs; extended Latin is divided where European languages end. The
SIL Open Font License reserves the name of the originals, so what is made here has another.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FEATURES = ["ccmp", "kern", "liga", "locl"]
FIGURES = "tnum"
"""Figures of one width, which columns of numbers need."""
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2BB, 0x2BC, 0x2C6]
LATIN += [0x2DA, 0x2DC, *range(0x2010, 0x2027), 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044]
LATIN += [0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212]
EUROPEAN = [*range(0x100, 0x180), *range(0x218, 0x21C)]
REST = [*range(0x180, 0x218), *range(0x21C, 0x2C6), *range(0x2C7, 0x2DA), *range(0x2DD, 0x370)]
REST += [*range(0x1D00, 0x1DC0), *range(0x1E00, 0x1F00), 0x2020, *range(0x20A0, 0x20C1), 0x2113]
REST += [*range(0x2C60, 0x2C80), *range(0xA720, 0xA800)]


@dataclass(frozen=True, slots=True)
class Cut:
    """A font to make: from which original, which characters and weights, under which name."""

    source: str
    target: str
    characters: list[int]
    weights: tuple[int, int] | None
    name: str


SANS, SERIF = "source-sans-3-{}-wght-{}.woff2", "source-serif-4-{}-600-normal.woff2"
CUTS = [
    Cut(SANS.format("latin", "normal"), "sans-latin.woff2", LATIN, (400, 700), "AP Sans"),
    Cut(SANS.format("latin-ext", "normal"), "sans-european.woff2", EUROPEAN, (400, 700), "AP Sans"),
    Cut(SANS.format("latin-ext", "normal"), "sans-rest.woff2", REST, (400, 700), "AP Sans"),
    Cut(SANS.format("latin", "italic"), "sans-italic-latin.woff2", LATIN, (400, 400), "AP Sans"),
    Cut(
        SANS.format("latin-ext", "italic"),
        "sans-italic-ext.woff2",
        EUROPEAN + REST,
        (400, 400),
        "AP Sans",
    ),
    Cut(SERIF.format("latin"), "serif-latin.woff2", LATIN, None, "AP Serif"),
    Cut(SERIF.format("latin-ext"), "serif-european.woff2", EUROPEAN, None, "AP Serif"),
    Cut(SERIF.format("latin-ext"), "serif-rest.woff2", REST, None, "AP Serif"),
]


def make(cut: Cut, originals: Path, target: Path) -> int:
    """Make one font; returns its bytes."""
    font = TTFont(originals / cut.source)
    options = Options(
        layout_features=[*FEATURES, FIGURES] if cut.weights else FEATURES,
        hinting=False,
        name_IDs=[1, 2, 4, 6, 13, 14],
    )
    options.drop_tables += ["BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cut.characters)
    subsetter.subset(font)
    if cut.weights:
        font = instantiateVariableFont(font, {"wght": cut.weights})
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = cut.name.replace(" ", "") if record.nameID == 6 else cut.name
    font.flavor = "woff2"
    path = target / cut.target
    font.save(path)
    return path.stat().st_size


def main(originals: Path, target: Path) -> None:
    """Make all fonts and say how large they are."""
    for cut in CUTS:
        print(f"{make(cut, originals, target):>7,} {cut.target}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("originals", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    main(arguments.originals, arguments.target)
