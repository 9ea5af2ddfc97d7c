"""What the whole load decides: years, classes, owners, and the notes on what does not agree."""

from __future__ import annotations

from generator.catalogue.settle import Load, settle
from tests.profile_samples import COMPACT, HEADED, read


def messages(load: Load) -> str:
    return "\n".join(map(str, load.problems))


def test_a_date_without_a_year_is_of_the_year_after_the_latest_written_one() -> None:
    load = settle([read(HEADED)], {})
    (paper,) = [p for p in load.papers if p.reason_inferred("date")]
    assert str(paper.date) == "2025-03-01"
    assert "2024 is the latest" in (paper.reason_inferred("date") or "")


def test_a_date_of_retrieval_gives_the_year_of_what_was_printed_without() -> None:
    for retrieved, year in (("2031-03-01", "2031"), ("2031-02-28", "2030")):
        load = settle([read(f"---\nretrieved: {retrieved}\n---\n{HEADED}")], {})
        (paper,) = [p for p in load.papers if p.reason_inferred("date")]
        assert str(paper.date) == f"{year}-03-01"


def test_classes_get_their_archive_and_settings_or_front_matter_another() -> None:
    subjects = {p.subject for p in settle([read(HEADED)], {}).papers}
    assert subjects == {"cs.CL", "cs.LG", "cs.CV", "math.OC", "eess.AS"}
    above = "---\nsubject_classes:\n  LG: stat.ML\n---\n"
    load = settle([read(above + HEADED)], {"LG": "cs.AI", "OC": "cs.RO"})
    assert {p.subject for p in load.papers} == {"cs.CL", "stat.ML", "cs.CV", "cs.RO", "eess.AS"}


def test_an_unknown_class_leaves_a_paper_without_one_and_says_so() -> None:
    load = settle([read(HEADED.replace("CLJan 9", "ZZJan 9"))], {})
    assert [p.subject for p in load.papers][-1] is None
    assert "'ZZ' is no arXiv subject class" in messages(load)


def test_the_owner_of_a_profile_without_a_head_stands_in_most_author_lists() -> None:
    (profile,) = settle([read(COMPACT)], {}).profiles
    assert (profile.name, profile.name_inferred) == ("Mira Tallow", True)


def test_nobody_owns_a_profile_in_which_no_name_leads() -> None:
    load = settle([read("CLMay 2, 2020\nOn the Glow of LampsBo Ember, Cy Ash\nThey glow.\n")], {})
    assert [profile.name for profile in load.profiles] == [None]
    assert "put `name:` above the profile" in messages(load)


def test_a_declared_count_that_differs_is_noted() -> None:
    text = HEADED.replace("7papers", "9papers").replace("7 Papers", "9 Papers")
    assert "declares 9 papers and lists 7: the source cut its list" in messages(
        settle([read(text)], {})
    )
    text = HEADED.replace("7papers", "6papers").replace("7 Papers", "6 Papers")
    assert "declares 6 papers and lists 7" in messages(settle([read(text)], {}))
    assert messages(settle([read(HEADED)], {})) == ""


def test_a_quarantined_record_was_listed_too() -> None:
    load = settle([read(HEADED.replace("CLJan 9, 2019", "CLFeb 30, 2019"))], {})
    assert "declares" not in messages(load)
    assert "no calendar" in messages(load)


def test_a_compact_line_without_a_boundary_is_set_aside_with_all_that_it_holds() -> None:
    names = "all in lower case, and so on et al. · pku"
    unclear = f"43.9CLMay 2, 2020Code\n{names}\nNothing is known of it.\n"
    load = settle([read(unclear + COMPACT)], {})
    assert len(load.papers) == 7
    (problem,) = load.problems
    assert (problem.line, problem.quarantined) == (1, True)
    for part in (
        "43.9",
        "CL",
        "2020-05-02",
        "Code",
        "all in lower case",
        "et al.",
        "pku",
        "Nothing is",
    ):
        assert part in problem.raw
