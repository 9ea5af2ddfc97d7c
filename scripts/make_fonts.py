"""Cut the fonts of the site down to what its pages use, so that a first view needs 31 kB of them.

    pip install fonttools brotli
    python scripts/make_fonts.py ORIGINALS site_templates/assets/fonts

ORIGINALS is a folder with the packages source-sans 3.52.0 and source-serif 4.5.1 (`npm pack`), each
unpacked into a folder of its name. Prints what each font weighs and the characters that it has: the
ranges of the style sheet.

What goes: weights that no style asks for; features but those that spelling needs; steps of kerning
under a hundredth of the size, and all kerning of italics; every other line of the grid on which
outlines stand. Letters of all languages of Europe are in one file: a name with `ł` has other
letters too, and letters share their accents. The SIL Open Font License reserves the name of the
originals, so what is made here has another.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from fontTools.otlLib.builder import PairPosBuilder, buildValue
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

GRID = 500
"""Units of the size on which outlines stand: in letters of 64 pixels each is an eighth of one."""
STEP = 10
"""What kerning is a multiple of, in units of the originals, 1,000 to the size."""

LETTERS = {*range(0xBF, 0x180), *range(0x218, 0x21C)}
"""Of all languages of Europe that are written with Latin ones."""
WORDS = {
    *range(0x20, 0x7F),
    *LETTERS,
    *range(0x2010, 0x2015),
    *map(ord, "\xa0\xad¡«»°²·‘’‚“”„…‹›−"),
}
TEXT = WORDS | {*map(ord, "£§©±³†•€←→")}
VIETNAMESE = {*map(ord, "ƠơƯư"), *range(0x1EA0, 0x1EFA)}
MORE = {*range(0xA2, 0xBF), *range(0x1CD, 0x1DD), *map(ord, "ʻʼˆ˚˜ẞ"), *range(0x1E80, 0x1E86)}
MORE = (MORE | {*range(0x2015, 0x2045), 0x2122, 0x2191, 0x2193}) - TEXT
"""Signs, and letters of Chinese that mark the tones of words."""
REST = {*range(0x180, 0x370), *range(0x1D00, 0x1DC0), *range(0x1E00, 0x1F00), 0x2113}
REST |= {*range(0x20A0, 0x20C1), *range(0x2C60, 0x2C80), *range(0xA720, 0xA800)}
REST -= TEXT | VIETNAMESE | MORE | {*range(0x334, 0x339)}
"""What linguists write with, and accents by themselves, but those that go through a letter."""

Axes = Mapping[str, float | tuple[float, float]]
Pairs = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Style:
    """A font of the site: its original, which instance of it, and how its letters stand in a line.

    Ascent and descent are those for which the style sheet was made, 1,000 to the size.
    """

    name: str
    file: str
    source: str
    axes: Axes
    lines: tuple[int, int]
    features: tuple[str, ...]


SANS = "source-sans/VF/SourceSans3VF-{}.ttf"
SERIF = "source-serif/VAR/SourceSerif4Variable-Roman.ttf"
UPRIGHT = Style(
    "AP Sans", "sans", SANS.format("Upright"), {"wght": (400, 600)}, (1024, -400), ("kern",)
)
ITALIC = Style("AP Sans", "sans-italic", SANS.format("Italic"), {"wght": 400}, (1024, -400), ())
TITLES = Style(
    "AP Serif", "serif", SERIF, {"wght": 600, "opsz": 14}, (1036, -335), ("kern", "liga")
)
CUTS = [
    (UPRIGHT, "latin", TEXT),
    (UPRIGHT, "vietnamese", VIETNAMESE),
    (UPRIGHT, "more", MORE),
    (UPRIGHT, "rest", REST),
    (ITALIC, "latin", WORDS),
    (ITALIC, "rest", VIETNAMESE | MORE | REST | TEXT - WORDS),
    (TITLES, "latin", WORDS),
    (TITLES, "vietnamese", VIETNAMESE),
    (TITLES, "rest", MORE | REST | TEXT - WORDS),
]


def make(style: Style, characters: set[int], originals: Path) -> TTFont:
    """Make one font."""
    font = TTFont(originals / style.source, recalcTimestamp=False)
    font["fvar"].instances = []
    options = Options(
        layout_features=list(style.features), hinting=False, name_IDs=[1, 2, 4, 6, 14]
    )
    options.drop_tables += ["BASE", "MVAR", "STAT"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, style.axes)
    if "GPOS" in font:
        set_kerning(font, kerning(font))
    font["hhea"].ascent, font["hhea"].descent = style.lines
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = style.lines
    scale_upem(font, GRID)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = style.name.replace(" ", "") if record.nameID == 6 else style.name
    font.flavor = "woff2"
    return font


def kerning(font: TTFont) -> Pairs:
    """How much nearer two glyphs stand, of all pairs of a font."""
    found: Pairs = {}
    for lookup in font["GPOS"].table.LookupList.Lookup:
        pairs: Pairs = {}
        for table in lookup.SubTable:
            # The first part of a lookup that knows a pair decides.
            pairs = dict(_kerning_of(table, font.getGlyphOrder())) | pairs
        for pair, advance in pairs.items():
            found[pair] = found.get(pair, 0) + advance
    steps = {pair: round(advance / STEP) for pair, advance in found.items()}
    return {pair: step * STEP for pair, step in steps.items() if step}


def _kerning_of(table, glyphs: list[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Pairs of one part of a lookup: of single glyphs, or of classes of them."""
    table = getattr(table, "ExtSubTable", table)
    if table.LookupType != 2:
        return
    for place, left in enumerate(table.Coverage.glyphs):
        if table.Format == 1:
            for record in table.PairSet[place].PairValueRecord:
                yield (left, record.SecondGlyph), _advance(record.Value1)
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)].Class2Record
            for right in glyphs:
                value = row[table.ClassDef2.classDefs.get(right, 0)].Value1
                yield (left, right), _advance(value)


def _advance(value) -> int:
    return getattr(value, "XAdvance", 0)


def set_kerning(font: TTFont, pairs: Pairs) -> None:
    """Kern a font with these pairs alone, in as few classes as tell them apart."""
    lefts, rights = (_alike(pairs, side) for side in (0, 1))
    builder = PairPosBuilder(font, None)
    for left, right in product(lefts, rights):
        advance = pairs.get((left[0], right[0]))
        if advance:
            builder.addClassPair(None, left, buildValue({"XAdvance": advance}), right, None)
    table = font["GPOS"].table
    table.LookupList.Lookup = [builder.build()]
    for record in table.FeatureList.FeatureRecord:
        record.Feature.LookupListIndex = [0]
    # It knows what of the kerning depends on the weight, which is nothing any more.
    if "GDEF" in font:
        del font["GDEF"]


def _alike(pairs: Pairs, side: int) -> list[tuple[str, ...]]:
    """Glyphs of one side of the pairs, in groups that stand alike beside all others."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for pair, advance in pairs.items():
        rows[pair[side]][pair[1 - side]] = advance
    groups: dict[frozenset[tuple[str, int]], list[str]] = defaultdict(list)
    for glyph, row in sorted(rows.items()):
        groups[frozenset(row.items())].append(glyph)
    return [tuple(group) for group in groups.values()]


def ranges(characters: Iterable[int]) -> str:
    """Characters as the style sheet names them: `U+20-7E, U+A0`."""
    runs: list[list[int]] = []
    for character in sorted(characters):
        if runs and character == runs[-1][-1] + 1:
            runs[-1][1:] = [character]
        else:
            runs.append([character])
    return ", ".join("U+" + "-".join(f"{end:X}" for end in run) for run in runs)


def main(originals: Path, target: Path) -> None:
    """Make all fonts, and say how large they are."""
    for style, part, characters in CUTS:
        font = make(style, characters, originals)
        path = target / f"{style.file}-{part}.woff2"
        font.save(path)
        print(f"{path.stat().st_size:>7,} {path.name}: {ranges(font.getBestCmap())}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("originals", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    main(arguments.originals, arguments.target)
