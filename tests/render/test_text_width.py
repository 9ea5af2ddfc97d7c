"""The width of texts: never less than what a browser needs for the letters of the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from generator.render.text_width import BOLD, shorten, text_width

FONTS = Path(__file__).parents[2] / "site_templates" / "assets" / "fonts"


@pytest.mark.parametrize(("weight", "share"), [(400, 100), (600, BOLD)])
@pytest.mark.parametrize(
    "name", ["Ada Quill", "Jill Hill", "Wm. Mammoth-Wagner", "ZOË ÅNGSTRÖM", "Łukasz Đặng 2nd"]
)
def test_names_are_taken_to_be_no_narrower_than_they_are(
    name: str, weight: int, share: int
) -> None:
    width = 0.0
    for character in name:
        script = "latin" if ord(character) < 0x180 else "vietnamese"
        font = ImageFont.truetype(FONTS / f"sans-{script}.woff2", 150)
        font.set_variation_by_axes([weight])
        width += font.getlength(character) / 10
    assert width <= text_width(name) * share / 100 <= 1.2 * width + 1


def test_chinese_characters_are_as_wide_as_high() -> None:
    assert text_width("王小明") == 3 * 15


def test_a_part_of_a_unit_counts_as_one() -> None:
    assert text_width("i") == 5  # 27 hundredths of 15 are 4.05


@given(st.text(st.sampled_from("Adamil -\u0304王ф"), max_size=60), st.integers(15, 300))
def test_a_text_that_is_too_wide_is_cut_as_late_as_can_be(text: str, most: int) -> None:
    short = shorten(text, most)
    assert text_width(short) <= most
    if short != text:
        kept = short.removesuffix("…")
        assert short.endswith("…")
        assert text.startswith(kept)
        assert kept == kept.rstrip(" -")
        spaces = len(text[len(kept) :]) - len(text[len(kept) :].lstrip(" -"))
        assert text_width(text[: len(kept) + spaces + 1] + "…") > most
    else:
        assert text_width(text) <= most
