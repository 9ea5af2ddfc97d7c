"""Letters on cards: each is to be seen as the font has it, and none is a box."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from generator.exports.card_letters import Face
from tests.exports.cards import SANS, SANS_FILES, SERIF, SERIF_FILES


def pillow_ink(file: bytes, weight: int | None, character: str) -> bytes:
    """What Pillow draws by itself for a character of a font."""
    font = ImageFont.truetype(BytesIO(file), 60, layout_engine=ImageFont.Layout.BASIC)
    if weight:
        font.set_variation_by_axes([weight])
    mask = font.getmask(character)
    ink = Image.frombytes("L", mask.size, bytes(mask))
    return ink.crop(ink.getbbox()).tobytes()


TOFU = {
    face: [pillow_ink(file, weight, "\uffff") for file in files]
    for face, files, weight in ((SERIF, SERIF_FILES, None), (SANS, SANS_FILES, 600))
}


def our_ink(face: Face, character: str) -> bytes:
    """What stands on a card for a character."""
    layer = Image.new("L", (400, 400))
    face.at(60).draw(layer, 150, 250, character)
    box = layer.getbbox()
    return layer.crop(box).tobytes() if box else b""


def check_no_tofu(face: Face, text: str) -> None:
    for character in face.spell(text).replace(" ", ""):
        ink = our_ink(face, character)
        assert ink, f"{character!r} is not to be seen"
        assert ink not in TOFU[face], f"{character!r} is a box"


def test_the_box_for_what_a_font_lacks_would_be_recognised() -> None:
    for files, weight, face in ((SERIF_FILES, None, SERIF), (SANS_FILES, 600, SANS)):
        assert [pillow_ink(file, weight, "漢") for file in files] == TOFU[face]


@pytest.mark.parametrize("face", [SERIF, SANS], ids=["serif", "sans"])
def test_every_letter_of_the_fonts_stands_on_a_card_as_the_font_has_it(face: Face) -> None:
    files, weight = (SERIF_FILES, None) if face is SERIF else (SANS_FILES, 600)
    for character in "AgQĀřŁſ€ħß&":
        inks = [pillow_ink(file, weight, character) for file in files]
        found = next(ink for ink, box in zip(inks, TOFU[face], strict=True) if ink != box)
        assert sum(our_ink(face, character)) == sum(found)


@pytest.mark.parametrize("face", [SERIF, SANS], ids=["serif", "sans"])
@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=40))
@example(text="Ễ ậ 漢字 한 ب 🚀 ∮ 𝔄 \u0301 ﷺ ẞ Ǆ ӂ")
def test_no_text_is_ever_spelled_with_a_box(face: Face, text: str) -> None:
    check_no_tofu(face, text)
    assert face.spell(face.spell(text)) == face.spell(text)


def test_the_accents_of_a_letter_that_is_put_together_stand_clear_of_each_other() -> None:
    def rows(character: str) -> int:
        layer = Image.new("L", (400, 400))
        SERIF.at(112).draw(layer, 150, 250, character)
        box = layer.getbbox()
        assert box
        return box[3] - box[1]

    assert [SERIF.parts(letter) for letter in "ṍḅ"] == ["õ\u0301", "b\u0323"]
    assert rows("o") < rows("õ") < rows("ṍ")
    assert rows("b") < rows("ḅ")
    assert SERIF.at(112).width("ṍ") == SERIF.at(112).width("o")


def test_letters_with_two_accents_are_tall() -> None:
    assert [text for text in ("Élan", "Đặng", "Nguyễn", "Ṕ", "Łódź") if SERIF.is_tall(text)] == [
        "Đặng",
        "Nguyễn",
        "Ṕ",
    ]
