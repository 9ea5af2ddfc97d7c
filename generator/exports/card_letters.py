"""Letters on images: which can be drawn, how they look, and how wide they are.

The fonts are the site's own, Latin and extended Latin, and an image has no browser that would fetch
others. A letter that they lack is put together from a letter and accents that they have: `ṍ` from
`õ` and an acute.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial, reduce
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from generator.exports.card_spelling import spell

_PROBE: Final = 40
"""The size at which a glyph is compared with the one that stands for what a font lacks."""
_EM: Final = 1000
"""The size at which letters are measured: that of the grid on which they are drawn."""
_NOWHERE: Final = "\uffff"
"""A noncharacter: a font draws for it what it draws for everything that it lacks."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter as it is drawn: its ink, and where that stands from the pen."""

    ink: Image.Image | None
    left: int
    top: int

    @property
    def bottom(self) -> int:
        """The first row below the ink, counted from the baseline."""
        return self.top + (self.ink.height if self.ink else 0)


_BLANK: Final = Glyph(None, 0, 0)


class Font:
    """A face at one size, in pixels."""

    def __init__(self, face: Face, size: int) -> None:
        self.size = size
        self._face = face
        self._fonts = face.open(size)
        self._glyphs: dict[str, Glyph] = {}

    def width(self, text: str) -> float:
        """How far the pen moves along a text that the face has spelled."""
        return self.size * sum(map(self._face.advance, text))

    def draw(self, image: Image.Image, x: float, baseline: int, text: str) -> None:
        """Draw white letters on an image of mode L, the first of them not left of `x`."""
        glyphs = list(map(self._glyph, text))
        x -= min([0, *(glyph.left for glyph in glyphs[:1])])
        for character, glyph in zip(text, glyphs, strict=True):
            if glyph.ink:
                image.paste(255, (round(x) + glyph.left, baseline + glyph.top), glyph.ink)
            x += self.size * self._face.advance(character)

    def _open(self, character: str) -> ImageFont.FreeTypeFont:
        return self._fonts[self._face.place(character)]

    def _glyph(self, character: str) -> Glyph:
        """A letter with its accents, each of which stands clear of those before."""
        glyph = self._glyphs.get(character)
        if glyph is None:
            letter, *accents = map(self._simple, self._face.parts(character) or " ")
            glyph = reduce(partial(_accented, gap=self.size // 28), accents, letter)
            self._glyphs[character] = glyph
        return glyph

    def _simple(self, character: str) -> Glyph:
        font = self._open(character)
        left, top, right, bottom = map(int, font.getbbox(character, anchor="ls"))
        # Room on all sides: an outline may be wider than it says, by a pixel of smoothing.
        ink = Image.new("L", (right - left + 4, bottom - top + 4))
        pen = (2 - left, 2 - top)
        ImageDraw.Draw(ink).text(pen, character, fill=255, font=font, anchor="ls")
        box = ink.getbbox()
        return Glyph(ink.crop(box), box[0] - pen[0], box[1] - pen[1]) if box else _BLANK


def _accented(base: Glyph, accent: Glyph, *, gap: int) -> Glyph:
    """A letter with an accent over its middle, or under it, moved away from what is there."""
    if base.ink is None or accent.ink is None:
        return base
    left = base.left + (base.ink.width - accent.ink.width) // 2
    if accent.bottom <= 0:
        top = min(accent.top, base.top - gap - accent.ink.height)
    else:
        top = max(accent.top, base.bottom + gap)
    x, y = min(left, base.left), min(top, base.top)
    right = max(left + accent.ink.width, base.left + base.ink.width)
    both = Image.new("L", (right - x, max(top + accent.ink.height, base.bottom) - y))
    both.paste(base.ink, (base.left - x, base.top - y))
    both.paste(255, (left - x, top - y), accent.ink)
    return Glyph(both, x, y)


class Face:
    """A typeface in one weight, in files each of which has a part of its letters.

    `files` are the bytes of fonts that FreeType reads, the first of which wins; `weight` is that
    of variable fonts. Raises OSError for what is no font.
    """

    def __init__(self, files: Sequence[bytes], weight: int | None = None) -> None:
        self._files = files
        self._weight = weight
        self._sizes: dict[int, Font] = {}
        self._probes = self.open(_PROBE)
        self._rulers = self.open(_EM)
        self._advances: dict[str, float] = {}
        self._missing = [_shape(probe, _NOWHERE) for probe in self._probes]
        self._places: dict[str, int | None] = {}
        self._parts: dict[str, str] = {}

    def at(self, size: int) -> Font:
        """The face at a size in pixels."""
        font = self._sizes.get(size)
        if font is None:
            font = self._sizes[size] = Font(self, size)
        return font

    def open(self, size: int) -> tuple[ImageFont.FreeTypeFont, ...]:
        """The files at a size. The layout is Pillow's own: Raqm is not on every machine."""
        layout = ImageFont.Layout.BASIC
        fonts = [ImageFont.truetype(BytesIO(f), size, layout_engine=layout) for f in self._files]
        for font in fonts:
            if self._weight is not None:
                font.set_variation_by_axes([self._weight])
        return tuple(fonts)

    def place(self, character: str) -> int:
        """The number of the file that has a character; KeyError if none has."""
        if character not in self._places:
            shapes = (_shape(probe, character) for probe in self._probes)
            found = (n for n, s in enumerate(shapes) if s and s != self._missing[n])
            self._places[character] = 0 if character == " " else next(found, None)
        place = self._places[character]
        if place is None:
            raise KeyError(character)
        return place

    def parts(self, character: str) -> str:
        """The characters of the fonts that make one up; "" if they cannot."""
        if character not in self._parts:
            self._parts[character] = self._find_parts(character)
        return self._parts[character]

    def advance(self, character: str) -> float:
        """How far the pen moves at a letter, in sizes; 0 at what cannot be drawn."""
        advance = self._advances.get(character)
        if advance is None:
            # At their own sizes, letters move it by whole pixels, and stand unevenly.
            base = self.parts(character)[:1]
            advance = self._rulers[self.place(base)].getlength(base) / _EM if base else 0.0
            self._advances[character] = advance
        return advance

    def is_tall(self, text: str) -> bool:
        """Whether some letter has two accents, or one that the fonts have not on it."""
        return any(
            len(self.parts(character)) > 1 or len(unicodedata.normalize("NFD", character)) > 2
            for character in text
        )

    def _find_parts(self, character: str) -> str:
        if self._has(character):
            return "" if unicodedata.combining(character) else character
        letter, *accents = list(unicodedata.normalize("NFD", character))
        # With one accent on a letter that has the others, or with all on the bare one.
        for n in range(len(accents) - 1, -1, -1):
            base = unicodedata.normalize("NFC", letter + "".join(accents[:n] + accents[n + 1 :]))
            if len(base) == 1 and self._has(base) and self._has(accents[n]):
                return base + accents[n]
        has_all = accents and all(map(self._has, (letter, *accents)))
        return "".join((letter, *accents)) if has_all else ""

    def _has(self, character: str) -> bool:
        try:
            self.place(character)
        except KeyError:
            return False
        return True

    def spell(self, text: str) -> str:
        """The text as far as it can be drawn, in the way that `card_spelling` promises."""
        return spell(text, self.parts)


def _shape(font: ImageFont.FreeTypeFont, character: str) -> bytes:
    return bytes(font.getmask(character))
