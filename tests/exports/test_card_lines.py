"""Where lines on cards break, and how they end where there is no more room."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.exports.card_lines import ELLIPSIS, fit, shorten
from tests.exports.cards import SERIF

STEPS = ((80, 2), (60, 3), (40, 4))


def test_a_short_text_has_the_largest_size_and_a_longer_one_a_smaller() -> None:
    sizes = [fit(SERIF, "lamp " * n, 900, STEPS).font.size for n in (1, 7, 12, 20)]
    assert sizes == [80, 80, 60, 40]


def test_lines_are_of_about_the_same_length() -> None:
    lines = fit(SERIF, "one two three four five six seven eight nine ten", 1000, ((60, 4),))
    widths = [lines.font.width(line) for line in lines.texts]
    assert len(widths) == 2
    assert min(widths) > 0.85 * max(widths)


def test_a_text_too_long_for_all_sizes_ends_at_a_word() -> None:
    lines = fit(SERIF, "lamp " * 100, 900, STEPS)
    assert len(lines.texts) == 4
    assert lines.font.size == 40
    assert lines.texts[-1].endswith(f"lamp lamp{ELLIPSIS}")


def test_no_comma_stands_before_an_ellipsis() -> None:
    font = SERIF.at(40)
    assert (
        shorten(font, "Of lamps, and wicks", font.width("Of lamps, and")) == f"Of lamps{ELLIPSIS}"
    )


def test_a_word_that_fits_at_a_smaller_size_is_not_broken_at_a_larger() -> None:
    word = "Lampenfieberforschungsgesellschaft"
    assert SERIF.at(60).width(word) > 900 > SERIF.at(40).width(word)
    assert fit(SERIF, word, 900, STEPS).texts == (word,)
    # Nor is one at its hyphen.
    title = "Of Lamplighter-Lanterns and Wicks"
    assert any("Lamplighter-Lanterns" in line for line in fit(SERIF, title, 700, STEPS).texts)


def test_a_word_longer_than_any_line_is_broken_and_a_hyphenated_one_at_its_hyphens() -> None:
    broken = fit(SERIF, "m" * 60, 900, STEPS)
    assert "".join(broken.texts) == "m" * 60
    assert len(broken.texts) > 1
    hyphenated = fit(SERIF, "lamp-" * 12 + "lamp", 900, STEPS)
    assert "".join(hyphenated.texts) == "lamp-" * 12 + "lamp"
    assert all(line.endswith(("lamp", "lamp-")) for line in hyphenated.texts)


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.sampled_from("mil -—,.Wé"), max_size=300))
def test_no_line_is_wider_than_its_measure_and_nothing_that_has_room_is_lost(text: str) -> None:
    text = SERIF.spell(text)
    lines = fit(SERIF, text, 500, STEPS)
    assert all(lines.font.width(line) <= 500.001 for line in lines.texts)
    if lines.texts and not lines.texts[-1].endswith(ELLIPSIS):
        assert "".join(lines.texts).replace(" ", "") == text.replace(" ", "")
    font = SERIF.at(40)
    assert font.width(shorten(font, text, 300)) <= 300
