"""Names as printed: taken apart, compared, and told from what is no name."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.names import (
    OrganisationNames,
    PersonName,
    cut_et_al,
    cut_tags,
    display_name,
    looks_like_name,
    name_key,
    parse_name,
    person_key,
    split_author_line,
    split_number,
)


@pytest.mark.parametrize(
    ("printed", "family", "given_names", "suffix"),
    [
        ("Ada B. Quill", "Quill", "Ada B.", ""),
        ("Jan van der Lamp", "van der Lamp", "Jan", ""),
        ("Ludwig von und zu Kerze", "von und zu Kerze", "Ludwig", ""),
        ("Jean de La Kerze", "de La Kerze", "Jean", ""),
        ("Ada Lou de la Vallée Kerze", "de la Vallée Kerze", "Ada Lou", ""),
        ("Otto Finch Jr.", "Finch", "Otto", "Jr."),
        ("Ada Quill III", "Quill", "Ada", "III"),
        ("King Jr.", "King", "", "Jr."),
        ("Louis II", "II", "Louis", ""),
        ("Madonna", "Madonna", "", ""),
        ("韩雪梅", "韩", "雪梅", ""),
        ("欧阳明", "欧阳", "明", ""),
        ("이순신", "이", "순신", ""),
        ("", "", "", ""),
    ],
)
def test_a_name_is_taken_apart(printed: str, family: str, given_names: str, suffix: str) -> None:
    assert parse_name(printed) == PersonName(family, given_names, suffix)


@given(st.text())
@example("Maly, Jan 0001")
@example(", ,")
@example("{}")
def test_any_name_can_be_taken_apart_without_loss(printed: str) -> None:
    name = parse_name(printed)
    parts = "".join(f"{name.family}{name.given}{name.suffix}".split())
    letters = "".join(split_number(printed)[0].split())
    if "," in letters or "{" in letters:
        # Commas and braces divide a name; what they divide is all there.
        parts, letters = (re.sub("[,{}]", "", text) for text in (parts, letters))
    assert sorted(parts) == sorted(letters)


@pytest.mark.parametrize(
    ("printed", "family", "given_names", "suffix", "shown"),
    [
        ("García Márquez, Gabriel", "García Márquez", "Gabriel", "", "Gabriel García Márquez"),
        ("Finch, Jr., Otto", "Finch", "Otto", "Jr.", "Otto Finch Jr."),
        ("Finch Jr, Otto", "Finch", "Otto", "Jr", "Otto Finch Jr"),
        ("Steele III, Guy L.", "Steele", "Guy L.", "III", "Guy L. Steele III"),
        ("Finch, Otto, Jr.", "Finch", "Otto", "Jr.", "Otto Finch Jr."),
        ("Otto Finch, Jr.", "Finch", "Otto", "Jr.", "Otto Finch Jr."),
        ("van der Lamp, Jan", "van der Lamp", "Jan", "", "Jan van der Lamp"),
        ("田中, 太郎", "田中", "太郎", "", "田中太郎"),
        ("{Lamp and Sons, Inc.}", "Lamp and Sons, Inc.", "", "", "Lamp and Sons, Inc."),
        ("Jan Maly 0001", "Maly", "Jan", "", "Jan Maly"),
        ("Maly, Jan 0001", "Maly", "Jan", "", "Jan Maly"),
    ],
)
def test_a_name_from_a_bibliography_keeps_the_parts_that_it_states(
    printed: str, family: str, given_names: str, suffix: str, shown: str
) -> None:
    assert parse_name(printed) == PersonName(family, given_names, suffix)
    assert display_name(printed) == shown
    assert "{" in printed or name_key(printed) == name_key(shown)


@given(st.text(min_size=1), st.text(), st.sampled_from(["", "Jr.", "III"]))
@example(" ", "\r", "")
def test_parts_survive_being_printed(family: str, given_names: str, suffix: str) -> None:
    stated = parse_name(", ".join(filter(None, (family, suffix, given_names))))
    assert parse_name(stated.as_printed).displayed == stated.displayed


def test_namesakes_with_numbers_are_two_people_of_one_name() -> None:
    assert person_key("Jan Maly 0001") != person_key("Jan Maly 0002") != person_key("Jan Maly")
    assert name_key("Jan Maly 0001") == name_key("Jan Maly 0002") == name_key("Jan Maly")


def test_case_spaces_full_stops_and_compatibility_forms_do_not_tell_names_apart() -> None:
    for other in ("frank f Xu", "Frank  F. Xu", "Frank\u00a0F.\u2009Xu", "Ｆrank F.Xu"):
        assert name_key(other) == name_key("Frank F. Xu")
    assert name_key("Müller") != name_key("Muller")


@pytest.mark.parametrize(
    "ending",
    [" et al.", " et al", ", et al.", " et. al.", " et alii", " & al.", " and others", "等"],
)
def test_et_al_is_cut_off_in_every_form(ending: str) -> None:
    assert cut_et_al("Ada Quill, Ben Lamp" + ending) == ("Ada Quill, Ben Lamp", True)
    assert split_author_line("Ada Quill" + ending) == (("Ada Quill",), True)


@pytest.mark.parametrize("line", ["Karl Portal", "Gretal", "Metal", "Jet Al-Noor", "Al Etal"])
def test_a_name_that_ends_like_et_al_is_a_name(line: str) -> None:
    assert cut_et_al(line) == (line, False)


def test_tags_follow_a_dot_with_a_space() -> None:
    assert cut_tags("A Bee, C Dee · pku, cmu") == ("A Bee, C Dee", ("pku", "cmu"))
    assert cut_tags("Núria Gal·la") == ("Núria Gal·la", ())


@pytest.mark.parametrize(
    "text",
    [
        *[
            "Ada Quill",
            "A. B. Quill",
            "van der Lamp",
            "d'Arc",
            "Jean d'Alembert",
            "王小明",
            "DeepLamp",
        ],
        *["محمد نور", "Владимир Свеча", "M.M.M. Rats", "José-María Peña y Lillo", "O’Neil d’Arc"],
    ],
)
def test_a_name_looks_like_one(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *["", "we", "On the Glow of Lamps", "It burns.", "Lamps?", "Lamp 2", "https://x.example/"],
        *["A Very Long Title Of Many Words", "x" * 100, "by Night", "and birds", "50% Off"],
    ],
)
def test_what_is_no_name_does_not(text: str) -> None:
    assert not looks_like_name(text)


def test_settings_add_and_remove_organisations() -> None:
    names = OrganisationNames.of(["Lamp & Sons"], ["qwen"])
    assert "LAMP & SONS" in names
    assert "Qwen" not in names
    assert "DeepSeek-AI" in names
    assert "The Lantern Collaboration" in names
    assert "Ada Quill" not in names
