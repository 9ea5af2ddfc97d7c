"""Several profiles in one file: nobody is credited with another's papers."""

from __future__ import annotations

import re

import pytest

from generator.catalogue.settle import settle
from generator.records import SourceResult
from tests.profile_samples import COMPACT, HEADED, NO_REAL, REAL, read

OTHER = """\
Bo Ember

LG
h-index4
2papers
77citations

2 Papers

LGAug 1, 2024
Embers at Night

Bo Ember, Cy Ash

Embers glow at night, and we have counted how many of them can be seen from the far shore.

LGAug 2, 2024
Embers at Noon

Di Soot, Bo Ember et al.

Embers glow at noon, but nobody can see them, and so we have not counted them this time.

"""
OTHER_RECORDS = OTHER.partition("2 Papers\n\n")[2]


def papers_by_owner(result: SourceResult) -> dict[str | None, set[str]]:
    load = settle([result], {})
    owned: dict[str | None, set[str]] = {}
    names = {profile.key: profile.name for profile in load.profiles}
    for paper in load.papers:
        owned.setdefault(names.get(paper.profile or ""), set()).add(paper.title)
    return owned


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line)


def _spread(text: str) -> str:
    return text.replace("\n", "\n\n")


LAYOUTS = [str, _without_blank_lines, _spread]
EMBERS = {"Embers at Night", "Embers at Noon"}


def _without_abstracts(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if len(line) < 80)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("change", [str, _without_abstracts])
@pytest.mark.parametrize(
    "head",
    [
        "Bo Ember\n\nLG\nh-index4\n2papers\n77citations\n\n2 Papers\n\n",
        "2 Papers\n\n77citations\n2papers\nh-index4\nLG\n\nBo Ember\n\n",
        "Bo Ember\n\nh-index4\n\n",
        "Bo Ember\n\nLG\n\n",
        "Bo Ember\n\n2 Papers\n\n",
        "Bo Ember\n\n",
        "LG\nh-index4\n2papers\n\n",
        "2 Papers\n\n",
        "\ufeffBo Ember\n\nLG\nh-index4\n\n",
        "---\nname: Bo Ember\n---\n\n",
        "---\nname: Bo Ember\n---\nBo Ember\n\nLG\n\n",
        "---\nretrieved: 2025-01-01\n---\n",
    ],
)
def test_the_second_profile_of_a_file_is_its_own_owners(
    head: str, layout: object, change: object
) -> None:
    assert callable(layout)
    assert callable(change)
    text = layout(change(HEADED + head + OTHER_RECORDS))
    owned = papers_by_owner(read(text))
    assert owned["Mira Tallow"] == {p.title for p in read(HEADED).papers}
    assert owned.get("Bo Ember") == EMBERS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_profile_in_another_layout_is_another_profile(layout: object) -> None:
    assert callable(layout)
    owned = papers_by_owner(read(layout(OTHER + COMPACT)))
    assert owned["Bo Ember"] == EMBERS
    assert owned["Mira Tallow"] == {p.title for p in read(HEADED).papers}
    owned = papers_by_owner(read(layout(COMPACT + OTHER)))
    assert owned["Bo Ember"] == EMBERS


def test_a_heading_that_no_author_line_bears_out_is_nobodys_name() -> None:
    result = read(HEADED + "Selected Papers\n\n" + OTHER_RECORDS.replace("Bo Ember", "B. E."))
    assert [p.name for p in result.profiles] == ["Mira Tallow", None]
    (problem,) = result.problems
    assert problem.raw == "Selected Papers"
    assert problem.quarantined


def test_one_damaged_record_begins_no_profile() -> None:
    damaged = HEADED.replace("On Glow\n\nMira Tallow\n", "On Glow Mira Tallow, Ada B. Quill\n")
    assert damaged != HEADED
    result = read(damaged)
    assert [p.name for p in result.profiles] == ["Mira Tallow"]
    assert len(result.papers) == 6
    assert len(result.problems) == 1


def test_two_compact_profiles_joined_are_credited_to_nobody() -> None:
    def record(number: int, owner: str) -> str:
        title = f"Lamps of the Coast and Their Keepers in Year {'x' * number}y"
        return (
            f"CLMay 2, 20{number:02}\n{title}{owner}, Someone Else{chr(97 + number)}\nThey burn.\n"
        )

    one = "".join(record(n, "Mira Tallow") for n in range(20))
    other = "".join(record(n, "Bo Ember").replace("Lamps", "Embers") for n in range(14))
    load = settle([read(one + other)], {})
    assert [profile.name for profile in load.profiles] == [None]
    assert any("in none of 14 in a row" in problem.message for problem in load.problems)


@pytest.mark.skipif(not REAL.is_dir(), reason=NO_REAL)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_real_profiles_joined_are_as_they_are_alone(layout: object) -> None:
    assert callable(layout)
    texts = [path.read_text(encoding="utf-8") for path in sorted(REAL.glob("*.txt"))]
    texts.sort(key=lambda text: re.match(r"[A-Z]{2}[A-Z][a-z]{2} ", text) is not None)
    result = read(layout("\n".join(texts)))
    assert result.problems == ()
    assert len(result.profiles) == len(texts)
    for profile, text in zip(result.profiles, texts, strict=True):
        listed = [p.title for p in result.papers if p.profile == profile.key]
        assert listed == [p.title for p in read(text).papers]
