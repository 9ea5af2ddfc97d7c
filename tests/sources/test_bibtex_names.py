"""Lists of names in bibliographies, as people and programs write them."""

from __future__ import annotations

import pytest

from generator.sources.bibtex import parse
from generator.sources.bibtex_names import read_names


@pytest.mark.parametrize(
    "names",
    [
        "Xu, Y. and {et al.}",
        "Xu, Y. and others.",
        "Xu, Y. and {others}",
        "Xu, Y., et al.",
        "Y. Xu et al.",
        "Xu, Y. and et~al.",
    ],
)
def test_nobody_is_called_et_al(names: str) -> None:
    assert read_names(names) == (("Y. Xu",), True, "")


def test_an_empty_group_makes_others_a_name() -> None:
    assert read_names("{others{}}") == (("{others}",), False, "")


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("family=Berg, given=Jan, given-i=J, prefix=van der, useprefix=true", "Jan van der Berg"),
        ("family={Lamp Quill}, given=Ada", "Lamp Quill, Ada"),
        ('family="King", given="Otto", suffix=Jr.', "Otto King Jr."),
        ('"family=King", given=Otto', "Otto King"),
        ("family=King", "King"),
    ],
)
def test_names_of_biblatex_state_their_parts(names: str, read: str) -> None:
    assert read_names(names).names == (read,)


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("Finch Jr, Otto", "Otto Finch Jr"),
        (r"Quill, D.\,E.", "D. E. Quill"),
        ("Ada Lou de la Vallée Kerze", "Ada Lou de la Vallée Kerze"),
    ],
)
def test_names_are_divided_as_bibtex_does(names: str, read: str) -> None:
    assert read_names(names) == ((read,), False, "")


@pytest.mark.parametrize(
    ("names", "read"),
    [
        ("Smith, J., Doe, A., Roe, B.", ("{Smith, J., Doe, A., Roe, B.}",)),
        ("Smith, J.; Doe, A.", ("{Smith, J.; Doe, A.}",)),
        ("John Smith, Jane Doe and Al Roe", ("{John Smith, Jane Doe}", "Al Roe")),
    ],
)
def test_names_without_and_are_kept_together_and_noted(names: str, read: tuple[str, ...]) -> None:
    result = parse(f"@misc{{a, title={{T}},\n author={{{names}}}}}".encode(), "refs.bib")
    assert result.papers[0].authors == read
    (problem,) = result.problems
    assert (problem.line, problem.quarantined) == (2, False)
    assert problem.message.startswith("author: names are divided by `and`")


@pytest.mark.parametrize(
    "names",
    [
        "Smith, J., and Doe, A.",
        "Finch, Jr., Otto and King, Ana",
        "García Márquez, Gabriel and Quill, Ada",
        "{Lamp, Oil, Wick, and Sons; Inc.}",
    ],
)
def test_names_that_bibtex_can_divide_are_not_doubtful(names: str) -> None:
    assert read_names(names).doubtful == ""


def test_many_numbers_behind_a_name_end() -> None:
    assert len(read_names("{A} " + "0001 " * 5_000).names) == 1
