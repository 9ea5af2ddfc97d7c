"""The head of a profile and the front matter above it, right and wrong."""

from __future__ import annotations

import datetime

import pytest

from generator.records import ProfileRecord, SourceResult
from tests.profile_samples import HEADED, read

RECORDS = HEADED.partition("7 Papers\n\n")[2]


def profile(text: str) -> ProfileRecord:
    result = read(text)
    assert len(result.profiles) == 1
    return result.profiles[0]


def messages(result: SourceResult) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in result.problems]


@pytest.mark.parametrize(
    ("line", "citations"),
    [
        ("18,213citations", 18213),
        ("18.213 citations", 18213),
        ("18 213 citations", 18213),
        ("18\u00a0213\u202fcitations", 18213),
        ("18'213 Citations", 18213),
        ("18’213citations", 18213),
        ("18_213citations", 18213),
        ("18٬213citations", 18213),
        ("1,234,567citations", 1234567),
        ("12,34,567 citations", 1234567),
        ("Citations: 18,213", 18213),
        ("citations18213", 18213),
        ("1 citation", 1),
        ("0citations", 0),
        ("١٨٢١٣citations", 18213),
    ],
)
def test_citations_are_read_with_any_separator_of_thousands(line: str, citations: int) -> None:
    result = read(f"Mira Tallow\n\n{line}\n\n{RECORDS}")
    assert result.problems == ()
    assert result.profiles[0].citations == citations


@pytest.mark.parametrize("line", ["18,21citations", "1.8213citations", "1,234.567citations"])
def test_a_number_that_could_be_two_is_not_guessed(line: str) -> None:
    result = read(f"Mira Tallow\n\n{line}\n\n{RECORDS}")
    assert result.profiles[0].citations is None
    (problem,) = result.problems
    assert (problem.line, problem.raw) == (3, line)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("h-index38", "h_index", 38),
        ("H-Index: 38", "h_index", 38),
        ("38 h index", "h_index", 38),
        ("papers 29", "declared_papers", 29),
        ("1 Paper", "declared_papers", 1),
        ("Novelty58.5%", "novelty", 58.5),
        ("novelty 58,5 %", "novelty", 58.5),
        ("58% Novelty", "novelty", 58),
        ("AI\u00a0Score64", "ai_score", 64),
        ("64 AI Score", "ai_score", 64),
    ],
)
def test_a_metric_is_read_in_every_form(line: str, field: str, value: float) -> None:
    found = profile(f"Mira Tallow\n\n{line}\n\n{RECORDS}")
    assert getattr(found, field) == value
    assert found.name == "Mira Tallow"


def test_a_metric_stated_twice_in_two_ways_is_noted() -> None:
    result = read(f"Mira Tallow\n\nh-index9\nh-index8\n\n{RECORDS}")
    assert result.profiles[0].h_index == 9
    assert [(p.line, p.raw) for p in result.problems] == [(4, "h-index8")]


def test_a_name_alone_is_a_head() -> None:
    found = profile("Mira Tallow\n\n" + RECORDS)
    assert (found.name, found.h_index, found.name_inferred) == ("Mira Tallow", None, False)


@pytest.mark.parametrize("name", ["Madonna", "王小明", "Жанна д'Арк", "Ludwig van der Kerze III"])
def test_an_owner_may_be_named_in_any_script(name: str) -> None:
    assert profile(HEADED.replace("Mira Tallow\n\nCL", f"{name}\n\nCL")).name == name


def test_a_head_without_a_name_is_still_a_head() -> None:
    found = profile(HEADED.removeprefix("Mira Tallow\n\n"))
    assert (found.name, found.h_index, found.subject) == (None, 38, "CL")


def test_what_is_no_part_of_a_head_is_noted_with_its_line_and_is_no_record() -> None:
    result = read(HEADED.replace("CL\nh-index", "Keeper of the Harbour Lights\nCL\nh-index", 1))
    assert result.profiles[0].name == "Mira Tallow"
    assert len(result.papers) == 7
    (problem,) = result.problems
    assert (problem.line, problem.raw) == (3, "Keeper of the Harbour Lights")
    assert not problem.quarantined


# Front matter


def test_front_matter_tells_what_the_text_does_not() -> None:
    text = (
        "---\nname: Mira Tallow\nretrieved: 2026-08-15\nsource: a page\nabstracts: summary\n---\n"
    )
    result = read(text + RECORDS)
    found = result.profiles[0]
    assert (found.name, found.retrieved) == ("Mira Tallow", datetime.date(2026, 8, 15))
    assert found.source == "a page"
    assert all(paper.abstract_is_summary for paper in result.papers)
    assert result.problems == ()


@pytest.mark.parametrize("before", ["\n\n", "\ufeff", " \n\ufeff"])
def test_blank_lines_and_marks_may_precede_front_matter(before: str) -> None:
    assert profile(f"{before}---\nname: Bo Ember\n---\n{RECORDS}").name == "Bo Ember"


def test_the_front_matters_name_holds_and_the_heads_is_noted() -> None:
    result = read("---\nname: M. Tallow\n---\n" + HEADED)
    assert result.profiles[0].name == "M. Tallow"
    assert [(p.line, p.raw) for p in result.problems] == [(4, "Mira Tallow")]


def test_a_misspelt_key_gives_the_nearest_right_one_with_its_line() -> None:
    result = read("---\nname: Mira Tallow\nretreived: 2026-08-15\n---\n" + HEADED)
    assert messages(result) == [(3, "unknown key 'retreived': did you mean 'retrieved'?")]
    assert result.problems[0].raw == "retreived: 2026-08-15"
    assert len(result.papers) == 7


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "yesterday", "2026", "0", "[1, 2]"])
def test_a_date_of_no_calendar_costs_its_own_key_alone(value: str) -> None:
    result = read(f"---\nname: Mira Tallow\nretrieved: {value}\n---\n" + HEADED)
    assert result.profiles[0].name == "Mira Tallow"
    assert result.profiles[0].retrieved is None
    ((line, message),) = messages(result)
    assert line == 3
    assert "retrieved: expected a date" in message


def test_a_wrong_value_names_the_right_ones() -> None:
    result = read("---\nabstracts: short\n---\n" + HEADED)
    ((line, message),) = messages(result)
    assert line == 2
    assert "'full' or 'summary'" in message


def test_an_unknown_subject_class_in_front_matter_is_named_with_its_line() -> None:
    result = read("---\nsubject_classes:\n  SP: eess.SP\n  CL: cs.CLX\n---\n" + HEADED)
    assert [line for line, _ in messages(result)] == [4]


def test_front_matter_without_an_end_goes_as_far_as_it_looks_like_yaml() -> None:
    result = read("---\nname: Bo Ember\nsource: a page\n\n" + RECORDS)
    assert (result.profiles[0].name, result.profiles[0].source) == ("Bo Ember", "a page")
    assert len(result.papers) == 7
    (problem,) = result.problems
    assert problem.line == 1
    assert "no end" in problem.message
    assert problem.raw == "---\nname: Bo Ember\nsource: a page"


def test_front_matter_without_an_end_does_not_swallow_the_next_file() -> None:
    result = read(f"---\nname: Bo Ember\n\n{RECORDS}\n---\nname: Cy Ash\n---\n{RECORDS}")
    assert [p.name for p in result.profiles] == ["Bo Ember", "Cy Ash"]
    assert len(result.papers) == 14


@pytest.mark.parametrize(
    "block",
    ["just a sentence", "- a\n- list", "name: [", "name: A B\nname: C D", "a: &a [*a]", "\t:"],
)
def test_front_matter_that_is_none_is_noted_with_its_text(block: str) -> None:
    result = read(f"---\n{block}\n---\n{HEADED}")
    assert result.profiles[0].name == "Mira Tallow"
    assert len(result.papers) == 7
    assert result.problems[0].line is not None
    assert block in result.problems[0].raw


def test_front_matter_above_nothing_is_not_lost() -> None:
    result = read("---\nname: Bo Ember\n---\n\n")
    assert result.profiles == ()
    (problem,) = result.problems
    assert problem.raw == "---\nname: Bo Ember\n---"


def test_aliases_that_multiply_are_not_written_out() -> None:
    levels = [f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 30)]
    text = "\n".join(["---", "k0: &k0 lamp", *levels, "---", HEADED])
    assert sum(len(p.message) for p in read(text).problems) < 10_000
