"""What social cards look like.

A paper is a page of warm paper, a person and the site are a book's cover. The same texts give the
same picture, whatever was drawn before, with the same versions of Pillow and FreeType.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageColor, ImageDraw

from generator.exports.card_letters import Face, Font
from generator.exports.card_lines import fit, shorten
from generator.exports.card_texts import LONGEST_TEXT, CoverTexts, PaperTexts, Texts

SIZE: Final = (1200, 630)
"""Pixels, of which OpenGraph's readers cut nothing off."""
MARGIN: Final = 80
"""No text comes nearer to an edge."""

_MEASURE: Final = 960
"""The longest line, beside which the ribbon hangs."""
_TITLE_STEPS: Final = ((84, 2), (68, 3), (60, 4), (52, 5), (44, 6))
_NAME_STEPS: Final = ((112, 2), (92, 2), (70, 3), (54, 4))
_LEADING: Final = 1.13
_TALL_LEADING: Final = 1.26
"""From line to line, in sizes; more where letters have two accents, as in Vietnamese."""
_DOT: Final = " · "
_SPINE: Final = 24
_RIBBON: Final = ((0, 0), (44, 0), (44, 148), (22, 126), (0, 148))
_MARK: Final = 48
_FOOT: Final = 528
"""Where the foot begins: the site's mark and name."""
_PAGE: Final = ((7, 8.5), (10.4, 8.1), (13.4, 8.6), (16, 10.1))
_PAGE_HEIGHT: Final = 14.5
"""The upper edge of the mark's left page, and how far it is to the lower one, in 32nds of it."""
_FINE: Final = 8
"""How much finer than a pixel shapes are drawn before they are made smaller."""
_OPAQUE: Final = bytes([0] + [255] * 255)


class Press:
    """Draws cards."""

    def __init__(self, serif: Face, sans: Face, site_name: str) -> None:
        self._serif = serif
        self._sans = sans
        self._site_name = sans.spell(site_name[:LONGEST_TEXT])
        self._mark = _mark()
        self._ribbon = _ribbon()
        self._palettes = {PaperTexts: _Palette(_PAPER_INKS), CoverTexts: _Palette(_COVER_INKS)}

    def card(self, texts: Texts) -> Image.Image:
        """The card that tells these texts: mode P, 16 colours."""
        canvas = _Canvas(self._palettes[type(texts)])
        canvas.stamp("ribbon", self._ribbon, (SIZE[0] - MARGIN - self._ribbon.width, 0))
        if isinstance(texts, PaperTexts):
            self._paper(canvas, texts)
        else:
            self._cover(canvas, texts)
        return canvas.image()

    def _paper(self, canvas: _Canvas, texts: PaperTexts) -> None:
        sans = self._sans
        facts = self._facts(sans.at(32), texts)
        canvas.write("strong", sans.at(32), [(MARGIN, 102, facts)])
        title = self._serif.spell(texts.title)
        bottom = self._heading(canvas, title, _TITLE_STEPS, 134 if facts else MARGIN)
        canvas.write("soft", sans.at(36), [(MARGIN, bottom + 50, self._names(sans.at(36), texts))])
        self._foot(canvas, self._site_name)

    def _cover(self, canvas: _Canvas, texts: CoverTexts) -> None:
        sans = self._sans
        name = self._serif.spell(texts.name)
        bottom = self._heading(canvas, name, _NAME_STEPS, MARGIN)
        about = shorten(sans.at(40), sans.spell(texts.about), _MEASURE)
        canvas.write("soft", sans.at(40), [(MARGIN, bottom + 46, about)])
        x = float(MARGIN)
        for number, noun in texts.figures:
            number_font, noun_font = self._serif.at(60), sans.at(32)
            canvas.write("text", number_font, [(x, 442, number)])
            canvas.write("soft", noun_font, [(x, 483, noun)])
            x += max(number_font.width(number), noun_font.width(noun)) + 72
        # The site's own card has its name already.
        self._foot(canvas, "" if texts.is_site else self._site_name)

    def _heading(
        self, canvas: _Canvas, text: str, steps: Sequence[tuple[int, int]], top: int
    ) -> int:
        """Write a heading under `top`; returns where it ends."""
        lines = fit(self._serif, text, _MEASURE, steps)
        size = lines.font.size
        leading = round(size * (_TALL_LEADING if self._serif.is_tall(text) else _LEADING))
        first = top + round(size * 0.74)
        at = [(MARGIN, first + n * leading, line) for n, line in enumerate(lines.texts)]
        if at:
            canvas.write("text", lines.font, at)
        return at[-1][1] + size // 4 if at else top

    def _foot(self, canvas: _Canvas, site_name: str) -> None:
        font = self._sans.at(32)
        canvas.stamp("strong", self._mark, (MARGIN, _FOOT))
        name = shorten(font, site_name, _MEASURE - _MARK - 20)
        canvas.write("strong", font, [(MARGIN + _MARK + 20, _FOOT + 35, name)])

    def _facts(self, font: Font, texts: PaperTexts) -> str:
        """Year, venue and subject on one line, on which the venue gives way."""
        spell = self._sans.spell
        year, venue, subject = spell(texts.year), spell(texts.venue), spell(texts.subject)
        others = [fact for fact in (year, subject) if fact]
        room = _MEASURE - font.width(_DOT.join(["", *others]))
        if venue and room > _MEASURE / 4:
            others.insert(1 if year else 0, shorten(font, venue, room))
        return shorten(font, _DOT.join(others), _MEASURE)

    def _names(self, font: Font, texts: PaperTexts) -> str:
        """As many first authors as one line has room for, and how many more there are."""
        names = [name for name in map(self._sans.spell, texts.names) if name]
        unnamed = texts.authors - len(names)
        if not texts.truncated and not unnamed and len(names) > 1:
            everybody = f"{', '.join(names[:-1])} and {names[-1]}"
            if font.width(everybody) <= _MEASURE:
                return everybody
        for count in range(len(names), 0, -1):
            rest = self._rest(texts, count)
            line = ", ".join(names[:count])
            if count == 1 or font.width(line + rest) <= _MEASURE:
                return shorten(font, line, _MEASURE - font.width(rest)) + rest
        return ""

    @staticmethod
    def _rest(texts: PaperTexts, shown: int) -> str:
        if texts.truncated:
            return " et al."
        more = texts.authors - shown
        return f" and {more:,} more" if more else ""


@dataclass(frozen=True, slots=True)
class _Inks:
    """The colours of a card: its ground, what stands on it, and its two inks and their shades."""

    ground: str
    text: str
    strong: str
    soft: str
    spine: str
    ribbon: str


_PAPER_INKS: Final = _Inks("#fffefb", "#1c2426", "#0b4f5c", "#56626a", "#0b4f5c", "#a13d2d")
_COVER_INKS: Final = _Inks("#0b4f5c", "#fffefb", "#fffefb", "#a9cfd6", "#083c46", "#c8553f")
_SHADES: Final = {"text": 3, "strong": 3, "soft": 3, "ribbon": 2, "spine": 1}
"""Steps of smoothing between the ground and an ink; with five, no eye sees more, and files
have 12 % more bytes."""


class _Palette:
    """The colours of a card: its ground, and shades from there to each ink."""

    def __init__(self, inks: _Inks) -> None:
        self.colours = list(ImageColor.getrgb(inks.ground))
        self.ramps = {ink: self._ramp(getattr(inks, ink), n) for ink, n in _SHADES.items()}

    def _ramp(self, ink: str, shades: int) -> bytes:
        """Add the shades of an ink; returns the number of one for each grey."""
        first = len(self.colours) // 3
        pairs = list(zip(self.colours[:3], ImageColor.getrgb(ink), strict=True))
        for n in range(1, shades + 1):
            self.colours += [round(a + (b - a) * n / shades) for a, b in pairs]
        steps = [round(grey * shades / 255) for grey in range(256)]
        return bytes(step and first + step - 1 for step in steps)


class _Canvas:
    """A card in the making: numbers of colours, in an image of mode L."""

    def __init__(self, palette: _Palette) -> None:
        self._palette = palette
        self._image = Image.new("L", SIZE)
        self._image.paste(palette.ramps["spine"][-1], (0, 0, _SPINE, SIZE[1]))

    def write(self, ink: str, font: Font, lines: Sequence[tuple[float, int, str]]) -> None:
        """Write lines, each from a place on its baseline."""
        top = lines[0][1] - round(font.size * 1.3)
        height = lines[-1][1] + font.size // 2 - top
        left = int(lines[0][0]) - 10
        layer = Image.new("L", (SIZE[0] - MARGIN - left, height))
        for x, baseline, text in lines:
            font.draw(layer, x - left, baseline - top, text)
        self.stamp(ink, layer, (left, top))

    def stamp(self, ink: str, shape: Image.Image, place: tuple[int, int]) -> None:
        """Print a shape, white in an image of mode L."""
        box = shape.getbbox()
        if box:
            # `Image.point` does the same in three times the time: it looks at the table first.
            numbers = shape.crop(box).tobytes().translate(self._palette.ramps[ink])
            size = (box[2] - box[0], box[3] - box[1])
            part, mask = (
                Image.frombytes("L", size, pixels)
                for pixels in (numbers, numbers.translate(_OPAQUE))
            )
            self._image.paste(part, (place[0] + box[0], place[1] + box[1]), mask)

    def image(self) -> Image.Image:
        """The card."""
        self._image.putpalette(self._palette.colours)
        return self._image


def _mark() -> Image.Image:
    """The site's mark, as in `images/favicon.svg`: a square that leaves out an open book."""
    top = [*_PAGE, *((32 - x, y) for x, y in reversed(_PAGE))]
    book = [*top, *((x, y + _PAGE_HEIGHT) for x, y in reversed(top))]
    scale = _MARK * _FINE / 32
    mark = Image.new("L", (_MARK * _FINE, _MARK * _FINE))
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle((0, 0, _MARK * _FINE - 1, _MARK * _FINE - 1), 7 * scale, fill=255)
    draw.polygon([(x * scale, y * scale) for x, y in book], fill=0)
    draw.line([(16 * scale, 10.5 * scale), (16 * scale, 23.5 * scale)], 255, round(1.6 * scale))
    return mark.resize((_MARK, _MARK), Image.Resampling.BOX)


def _ribbon() -> Image.Image:
    """A bookmark that hangs from the upper edge."""
    width, height = (max(numbers) for numbers in zip(*_RIBBON, strict=True))
    ribbon = Image.new("L", (width * _FINE, height * _FINE))
    ImageDraw.Draw(ribbon).polygon([(x * _FINE, y * _FINE) for x, y in _RIBBON], fill=255)
    return ribbon.resize((width, height), Image.Resampling.BOX)
