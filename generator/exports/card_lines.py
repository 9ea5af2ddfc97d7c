"""Texts on images in lines: where they break, and how they end where there is no more room.

All texts are spelled already, as `Face.spell` does it, and no line is wider than its measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from generator.exports.card_letters import Face, Font

ELLIPSIS: Final = "…"
_HYPHEN: Final = re.compile(r"(?<=[-–—/_])(?=.)")
_LOOSE: Final = " ,;:.-–—("
"""What should not stand before an ellipsis."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of one text, and the font in which they are to be drawn."""

    font: Font
    texts: tuple[str, ...]


def fit(face: Face, text: str, measure: float, steps: Sequence[tuple[int, int]]) -> Lines:
    """Break a spelled text into lines of at most `measure` pixels, of about the same length.

    `steps` are sizes and numbers of lines, the best first: the first holds where the text fits and
    no word is broken, the last where it fits nowhere; it then ends at a word, with an ellipsis.
    """
    for size, most in steps:
        font = face.at(size)
        pieces = _pieces(font, text, measure)
        lines = _filled(font, pieces, measure)
        if len(lines) <= most and not any(piece.is_broken for piece in pieces):
            break
    if len(lines) > most:
        return Lines(font, (*lines[: most - 1], _ended(font, lines[most - 1], measure)))
    return Lines(font, _balanced(font, pieces, measure, len(lines)))


def shorten(font: Font, text: str, measure: float) -> str:
    """A spelled text on one line: whole, or ended with an ellipsis, at a word if it has several."""
    return text if font.width(text) <= measure else _ended(font, text, measure)


def _ended(font: Font, text: str, measure: float) -> str:
    words = text.split(" ")
    for count in range(len(words), 0, -1):
        shorter = " ".join(words[:count]).rstrip(_LOOSE) + ELLIPSIS
        if font.width(shorter) <= measure:
            return shorter
    end = len(words[0])
    while end and font.width(words[0][:end] + ELLIPSIS) > measure:
        end -= 1
    return words[0][:end] + ELLIPSIS


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never broken, its width, and whether a space parts it from the piece before."""

    text: str
    width: float
    space: bool
    is_broken: bool = False


def _pieces(font: Font, text: str, measure: float) -> list[_Piece]:
    """The words of a text; one that is longer than a line breaks at hyphens, or else anywhere."""
    pieces: list[_Piece] = []
    for word in text.split():
        width = font.width(word)
        if width <= measure:
            pieces.append(_Piece(word, width, space=True))
            continue
        parts = _HYPHEN.split(word)
        pieces += [
            _Piece(chunk, font.width(chunk), n == m == 0, len(chunk) < len(part))
            for n, part in enumerate(parts)
            for m, chunk in enumerate(_chunks(font, part, measure))
        ]
    return pieces


def _chunks(font: Font, word: str, measure: float) -> Iterator[str]:
    """A word in as many parts as it needs."""
    start, width = 0, 0.0
    for end, character in enumerate(word):
        width += font.width(character)
        if width > measure and end > start:
            yield word[start:end]
            start, width = end, font.width(character)
    yield word[start:]


def _filled(font: Font, pieces: Iterable[_Piece], measure: float) -> list[str]:
    """As much on each line as there is room for."""
    space = font.width(" ")
    lines: list[str] = []
    room = -1.0
    for piece in pieces:
        needed = piece.width + (space if piece.space else 0.0)
        if lines and needed <= room:
            lines[-1] += f" {piece.text}" if piece.space else piece.text
            room -= needed
        else:
            lines.append(piece.text)
            room = measure - piece.width
    return lines


def _balanced(font: Font, pieces: list[_Piece], measure: float, count: int) -> tuple[str, ...]:
    """The same number of lines, of widths whose squares have the smallest sum."""
    space = font.width(" ")
    # Sums in another order may be larger by a rounding error; what filled a line must fit again.
    measure += 1e-6
    ways: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in ways.items():
            width, line = -space, ""
            for end, piece in enumerate(pieces[start:], start + 1):
                width += piece.width + (space if piece.space or not line else 0.0)
                if line and width > measure:
                    break
                line += f" {piece.text}" if piece.space and line else piece.text
                way = (cost + width**2, (*lines, line))
                longer[end] = min(longer.get(end, way), way)
        ways = longer
    return ways[len(pieces)][1]
