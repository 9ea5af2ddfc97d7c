"""What cards look like: all texts in their places, whatever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.exports import card_drawing
from generator.exports.card_drawing import MARGIN, SIZE, Press
from generator.exports.card_lines import ELLIPSIS
from generator.exports.card_png import encode
from generator.exports.card_texts import CoverTexts, PaperTexts
from tests.exports.cards import NO_PRINT, PRESS, SANS, SERIF, cover, told


@pytest.mark.parametrize(
    "other",
    [
        told("Of Lamp"),
        told(names=("Ada Quill", "Wim Tooro"), authors=2),
        told(authors=3),
        told(truncated=True),
        told(year="2023"),
        told(venue="Annals"),
        told(subject="Optic"),
    ],
)
def test_another_text_gives_another_picture(other: PaperTexts) -> None:
    assert PRESS.card(told()).tobytes() != PRESS.card(other).tobytes()


def test_the_name_of_the_site_stands_on_every_card_of_a_paper_and_a_person() -> None:
    other = Press(SERIF, SANS, "Lanterns")
    for texts in (told(), cover()):
        assert PRESS.card(texts).tobytes() != other.card(texts).tobytes()


def names_line(names: tuple[str, ...], authors: int = 0, *, truncated: bool = False) -> str:
    texts = told(names=names, authors=authors or len(names), truncated=truncated)
    return PRESS._names(SANS.at(36), texts)


def test_authors_are_named_as_far_as_a_line_goes_and_the_others_counted() -> None:
    assert names_line(("Ada Quill",)) == "Ada Quill"
    assert names_line(("Ada Quill", "Wim Toorop")) == "Ada Quill and Wim Toorop"
    assert names_line(("A B", "C D", "E F"), 7) == "A B, C D, E F and 4 more"
    many = names_line(tuple(f"Quillon Longname {letter}" for letter in "ABCDEFGHIJKL"), 3000)
    assert many == "Quillon Longname A, Quillon Longname B and 2,998 more"


def test_a_cut_list_says_et_al_and_counts_nobody() -> None:
    assert names_line(("Ada Quill",), truncated=True) == "Ada Quill et al."
    many = names_line(tuple(f"Quillon Longname {letter}" for letter in "ABCD"), truncated=True)
    assert many == "Quillon Longname A, Quillon Longname B et al."


def test_a_name_that_is_too_long_for_a_line_leaves_room_for_how_many_more_there_are() -> None:
    line = names_line(("Ada " * 100, "Wim Toorop"))
    assert line.endswith(f"Ada{ELLIPSIS} and 1 more")
    assert SANS.at(36).width(line) <= 960


def test_authors_without_a_readable_name_are_counted_and_not_shown() -> None:
    assert names_line(("🚀", "Ada Quill", "")) == "Ada Quill and 2 more"
    assert names_line(("🚀",)) == ""
    assert names_line(()) == ""


def test_a_long_venue_gives_way_to_year_and_subject() -> None:
    venue = "Proceedings of the Forty-First Annual Gathering of Lamp Lighters and Wick Trimmers"
    line = PRESS._facts(SANS.at(32), told(venue=venue))
    assert line.startswith("2024 · Proceedings of the Forty-First")
    assert line.endswith(f"{ELLIPSIS} · Optics")
    assert SANS.at(32).width(line) <= 960


# -- the worst ------------------------------------------------------------------------------------

WORST = {
    "300 characters": "Lamps and the wicks of lamps, considered at length: " * 6,
    "one word": "m" * 200,
    "narrow": "l" * 600,
    "wide": "W — " * 150,
    "nothing": "",
    "spaces": " \n\t ",
    "right to left": "مصابيح الزيت والفتائل " * 12,
    "bidi": "\u202eabc\u2066 def" * 20,
    "chinese": "油灯与灯芯之研究" * 20,
    "emoji": "🚀" * 300,
    "control": "".join(map(chr, range(32))) + "a" + "\x7f\x85\u2028",
    "accents": "a" + "\u0301" * 300,
    "vietnamese": "Ễ Ộ Ằ g j Ậ " * 25,
    "hanging": "jf" * 100,
    "surrogates": "\ud800\udfff",
}


def frame(card: Image.Image) -> list[bytes]:
    """What stands around the place for texts: the edges, and the ribbon's column."""
    colours = card.convert("RGB")
    right = SIZE[0] - MARGIN
    boxes = [
        (0, 0, MARGIN, SIZE[1]),
        (right - 70, 0, SIZE[0], SIZE[1]),
        (0, 0, SIZE[0], 34),  # two accents on a capital reach into the margin
        (0, SIZE[1] - 50, SIZE[0], SIZE[1]),
    ]
    return [colours.crop(box).tobytes() for box in boxes]


EMPTY_PAPER = frame(PRESS.card(PaperTexts("", (), 0, False, "", "", "")))
EMPTY_COVER = frame(PRESS.card(CoverTexts("", "", ())))


def check_worst(text: str, press: Press = PRESS) -> None:
    paper = PaperTexts(text, (text,) * 12, 3000, False, "2024*", text, text)
    assert frame(press.card(paper)) == EMPTY_PAPER
    assert frame(press.card(replace(paper, truncated=True, names=(text,)))) == EMPTY_PAPER
    person = press.card(cover(text, text))
    assert frame(person) == EMPTY_COVER
    assert len(encode(person, NO_PRINT)) < 30_000


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_nothing_is_drawn_outside_the_margins(text: str) -> None:
    check_worst(text)
    check_worst(text, Press(SERIF, SANS, text))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=400))
@example(text="j")
@example(text="ĩ")
def test_no_text_stops_a_card_or_leaves_its_margins(text: str) -> None:
    check_worst(text)


@pytest.mark.parametrize("text", list(WORST.values()), ids=list(WORST))
def test_title_authors_and_foot_do_not_touch(text: str) -> None:
    image = PRESS.card(told(text or "x", names=("Ầg Quill",), venue=text))
    used = [any(image.crop((MARGIN, y, 1040, y + 1)).tobytes()) for y in range(SIZE[1])]
    # The mark begins at a row before which some are free.
    foot = card_drawing._FOOT
    assert not any(used[foot - 8 : foot])


def test_a_title_or_name_that_cannot_be_written_is_left_out_and_the_rest_is_told() -> None:
    for name in ("🚀", "محمد بن سلمان", "李明"):
        assert PRESS.card(told(name)).tobytes() == PRESS.card(told("")).tobytes()
        assert PRESS.card(cover(name)).tobytes() == PRESS.card(cover("")).tobytes()
    assert PRESS.card(told("")).tobytes() != PRESS.card(told("", year="2023")).tobytes()
