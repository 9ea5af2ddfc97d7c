"""Social cards as files: what a reader of PNG sees of them."""

from __future__ import annotations

import pytest

from generator.exports.card_drawing import SIZE
from generator.exports.card_png import encode
from generator.exports.card_texts import CoverTexts, Texts
from tests.exports.cards import NO_PRINT, PRESS, cover, decoded, told


@pytest.mark.parametrize("texts", [told(), cover(), CoverTexts("Lamps", "", ())])
def test_a_card_is_a_png_of_the_size_that_readers_ask_for_in_at_most_16_colours(
    texts: Texts,
) -> None:
    image = decoded(encode(PRESS.card(texts), NO_PRINT))
    assert image.format == "PNG"
    assert image.size == SIZE == (1200, 630)
    assert image.mode == "P"
    colours = image.getcolors()
    assert colours is not None
    assert 8 < len(colours) <= 16


def test_a_card_is_read_as_it_was_drawn() -> None:
    card = PRESS.card(told())
    read = decoded(encode(card, NO_PRINT))
    assert read.convert("RGB").tobytes() == card.convert("RGB").tobytes()


def test_a_card_tells_nothing_but_its_fingerprint() -> None:
    image = decoded(encode(PRESS.card(told()), NO_PRINT))
    assert image.info == {"Fingerprint": NO_PRINT}
