"""Faults in YAML that people write: all at once, each with its line and the nearest right key."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from generator.validation import key_lines, nearest, validate


class Lamp(BaseModel):
    model_config = ConfigDict(extra="forbid")

    oil: str = "none"
    wicks: int = 1


class Shelf(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = ""
    lamps: list[Lamp] = []


TEXT = """\
nmae: top
lamps:
  - oil: seed
    wick: 2
  - wicks: many
"""


def test_every_fault_has_its_line_and_the_nearest_key() -> None:
    values = yaml.safe_load(TEXT)
    shelf, problems = validate(Shelf, values, origin="s.yml", lines=key_lines(TEXT))
    assert shelf == Shelf()
    assert [(p.place, p.message.partition(":")[0]) for p in problems] == [
        ("s.yml:4", "unknown key 'lamps.0.wick'"),
        ("s.yml:5", "lamps.1.wicks"),
        ("s.yml:1", "unknown key 'nmae'"),
    ]
    assert "did you mean 'wicks'?" in problems[0].message
    assert "did you mean 'name'?" in problems[2].message


def test_a_key_far_from_every_other_gets_no_guess() -> None:
    assert nearest("xyzzy", Shelf.model_fields) is None
    _, (problem,) = validate(Shelf, {"xyzzy": 1}, origin="s.yml", lines={})
    assert problem.message == "unknown key 'xyzzy': no such key is known"


def test_a_value_of_any_size_is_shown_short() -> None:
    _, (problem,) = validate(Shelf, {"name": ["lamp"] * 10_000}, origin="s.yml", lines={})
    assert len(problem.message) < 400


def test_aliases_in_a_circle_have_lines_too() -> None:
    assert key_lines("a: &x\n  b: *x\nc: 1\n") == {("a",): 1, ("a", "b"): 2, ("c",): 3}


@given(st.text(alphabet="ab:&*[]{}- \n?!|>'\"#,", max_size=40))
def test_lines_of_any_text_are_found_or_there_are_none(text: str) -> None:
    assert all(line >= 1 for line in key_lines(text).values())
