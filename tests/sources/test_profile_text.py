"""What the profile parser makes of damaged, unusual and joined profiles."""

from __future__ import annotations

import pytest

from generator.errors import Problem
from generator.records import PaperRecord, SourceResult
from generator.sources.profile_text import parse
from tests.profile_samples import COMPACT, read

RECORD = """\
CLAug 15, 2024Code
Wicks in Rain

Ada Quill, Ben Lamp

Rain falls on all the wicks that we have, and few of them burn on until the morning comes.

"""
LATER = """\
LGMay 2, 2023
Wicks in Snow

Cleo Frost, Ada Quill et al. · north, far-north

Snow falls on all the wicks that we have, and none of them burns on until the morning comes.

"""
HEAD = "Ada Quill\n\nCL\nh-index9\n2papers\n1,204citations\n\n2 Papers\n\n"
FINE = HEAD + RECORD + LATER


def titles(result: SourceResult) -> list[str]:
    return [paper.title for paper in result.papers]


def only_problem(result: SourceResult) -> Problem:
    assert len(result.problems) == 1, list(map(str, result.problems))
    return result.problems[0]


def only_paper(text: str) -> PaperRecord:
    result = read(text)
    assert result.problems == ()
    assert len(result.papers) == 1
    return result.papers[0]


# Badge lines


@pytest.mark.parametrize(
    ("line", "subject", "date", "score", "code"),
    [
        ("CLAug 15, 2024Code", "CL", "2024-08-15", None, True),
        ("cs.CLAug 15, 2024", "cs.CL", "2024-08-15", None, False),
        ("math.OCAug 15, 2024", "math.OC", "2024-08-15", None, False),
        ("quant-phAug 15, 2024Code", "quant-ph", "2024-08-15", None, True),
        ("mtrl-sciAug 15, 2024", "mtrl-sci", "2024-08-15", None, False),
        ("43.9LGMay 2", "LG", "--05-02", 43.9, False),
        ("7LGMay 2, 2021", "LG", "2021-05-02", 7.0, False),
        ("100CLJun 30, 2021Code", "CL", "2021-06-30", 100.0, True),
        ("43,9 LG May 2", "LG", "--05-02", 43.9, False),
        ("CL Sept. 9, 2020 Code", "CL", "2020-09-09", None, True),
        ("CLSeptember 9, 2020", "CL", "2020-09-09", None, False),
        ("CL\u00a0Feb\u202f29,\u20092024", "CL", "2024-02-29", None, False),
        ("CLFeb 29", "CL", "--02-29", None, False),
        ("ZZAug 15, 2024", "ZZ", "2024-08-15", None, False),
        ("XYZAug 15, 2024", "XYZ", "2024-08-15", None, False),
    ],
)
def test_a_badge_line_gives_class_date_score_and_code(
    line: str, subject: str, date: str, score: float | None, *, code: bool
) -> None:
    paper = only_paper(RECORD.replace("CLAug 15, 2024Code", line))
    assert (paper.subject, str(paper.date), paper.score, paper.code) == (subject, date, score, code)


BROKEN = [
    "CLAgu 15, 2024Code",
    "CLAug 2024",
    "CLAug",
    "Aug 15, 2024Code",
    "15 Aug 2024",
    "2024-08-15",
    "CL2024-08-15Code",
    "CLFeb 30, 2024",
    "CLAug 32",
    "C?Aug 15, 2024Code",
    "43.9.1LGMay 2",
    "CLAug 15, 20x4Code",
    "%% something else altogether %%",
]


@pytest.mark.parametrize("line", BROKEN)
@pytest.mark.parametrize("blank_lines", [True, False])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_broken_badge_line_costs_its_own_record_alone(
    line: str, place: int, *, blank_lines: bool
) -> None:
    records = [RECORD, LATER, RECORD.replace("Rain", "Hail").replace("Aug", "Dec")]
    broken = records[place].partition("\n")
    records[place] = line + broken[1] + broken[2]
    text = HEAD + "".join(records)
    if not blank_lines:
        text = "\n".join(line for line in text.split("\n") if line)
    result = read(text)
    kept = ["Wicks in Rain", "Wicks in Snow", "Wicks in Hail"]
    lost = kept.pop(place)
    assert titles(result) == kept
    problem = only_problem(result)
    assert problem.quarantined
    assert problem.line == text.split("\n").index(line) + 1
    assert problem.raw.startswith(line)
    assert lost in problem.raw
    assert "until the morning comes." in problem.raw
    assert "CLAug 15, 2024Code" in problem.message


def test_a_record_without_any_badge_line_is_no_part_of_its_neighbour() -> None:
    result = read(HEAD + RECORD + LATER.partition("\n")[2])
    assert titles(result) == ["Wicks in Rain"]
    assert only_problem(result).raw.startswith("Wicks in Snow")
    assert result.papers[0].abstract is not None
    assert "Snow" not in result.papers[0].abstract


# Records with something missing


def test_a_record_without_an_abstract_is_kept() -> None:
    text = HEAD + "\n".join(RECORD.split("\n")[:4]) + "\n\n" + LATER
    result = read(text)
    assert result.problems == ()
    assert result.papers[0].abstract is None
    assert result.papers[0].authors == ("Ada Quill", "Ben Lamp")


def test_a_compact_record_without_an_abstract_is_kept() -> None:
    lines = COMPACT.split("\n")
    result = read("\n".join([*lines[:2], *lines[3:]]))
    assert result.problems == ()
    assert [p.abstract is None for p in result.papers] == [True] + [False] * 6


@pytest.mark.parametrize("blank_lines", [True, False])
def test_a_record_without_an_author_line_is_set_aside(*, blank_lines: bool) -> None:
    text = HEAD + RECORD.replace("Ada Quill, Ben Lamp\n\n", "") + LATER
    if not blank_lines:
        text = "\n".join(line for line in text.split("\n") if line)
    result = read(text)
    assert titles(result) == ["Wicks in Snow"]
    assert "authors" in only_problem(result).message
    assert only_problem(result).raw.startswith("CLAug 15, 2024Code\nWicks in Rain")


def test_a_badge_line_alone_is_set_aside() -> None:
    result = read(HEAD + "CLAug 15, 2024Code\n\n" + LATER)
    assert titles(result) == ["Wicks in Snow"]
    assert only_problem(result).raw == "CLAug 15, 2024Code"


def test_records_need_no_blank_line_between_them() -> None:
    result = read(HEAD + RECORD.rstrip() + "\n" + LATER)
    assert result.problems == ()
    assert titles(result) == ["Wicks in Rain", "Wicks in Snow"]


def test_a_title_that_an_editor_broke_is_whole_again() -> None:
    broken = RECORD.replace("Wicks in Rain", "Wicks in Rain, Hail and Other\nWeather on the Coast")
    assert only_paper(broken).title == "Wicks in Rain, Hail and Other Weather on the Coast"
    assert only_paper(broken).authors == ("Ada Quill", "Ben Lamp")


def test_an_author_line_that_an_editor_broke_is_whole_again() -> None:
    broken = RECORD.replace("Ada Quill, Ben Lamp", "Ada Quill,\nBen Lamp · quay")
    assert only_paper(broken).authors == ("Ada Quill", "Ben Lamp")
    assert only_paper(broken).affiliations == ("quay",)


def test_an_abstract_may_have_two_paragraphs() -> None:
    second = "A second paragraph says a little more of what the first one has said about rain."
    paper = only_paper(RECORD + second + "\n\n")
    assert paper.abstract is not None
    assert paper.abstract.endswith(f"morning comes. {second}")


@pytest.mark.parametrize("blank_lines", [True, False])
def test_words_of_the_web_site_after_an_abstract_are_set_aside(*, blank_lines: bool) -> None:
    text = RECORD + "Load more papers\n\n"
    if not blank_lines:
        text = "\n".join(line for line in text.split("\n") if line)
    result = read(text)
    assert result.papers[0].abstract is not None
    assert result.papers[0].abstract.endswith("morning comes.")
    assert only_problem(result).raw == "Load more papers"


# Author lines


@pytest.mark.parametrize(
    ("line", "names", "truncated", "tags"),
    [
        ("A Bee, C Dee et al.", ["A Bee", "C Dee"], True, []),
        ("A Bee, C Dee, et al. · pku", ["A Bee", "C Dee"], True, ["pku"]),
        ("A Bee et al", ["A Bee"], True, []),
        ("A Bee, C Dee ET. AL., ", ["A Bee", "C Dee"], True, []),
        ("A Bee, C Dee and others", ["A Bee", "C Dee"], True, []),
        ("A Bee, C Dee, …", ["A Bee", "C Dee"], True, []),
        (
            "A Bee\u00a0et\u00a0al.\u00a0·\u00a0pku,\u00a0tencent-ai",
            ["A Bee"],
            True,
            ["pku", "tencent-ai"],
        ),
        ("A Bee · pku · cmu", ["A Bee"], False, ["pku", "cmu"]),
        ("A Bee ·pku", ["A Bee"], False, ["pku"]),
        ("Martin Kerze, Jr., Ada Quill III", ["Martin Kerze Jr.", "Ada Quill III"], False, []),
        ("Núria Gal·la Puig, 列夫·托尔斯泰", ["Núria Gal·la Puig", "列夫·托尔斯泰"], False, []),
        ("王小明，李四、Müller et al.", ["王小明", "李四", "Müller"], True, []),
        ("Владимир Свеча, محمد نور, 이순신", ["Владимир Свеча", "محمد نور", "이순신"], False, []),
        ("प्रकाश दीप, Ὅμηρος Λύχνος, נר דולק", ["प्रकाश दीप", "Ὅμηρος Λύχνος", "נר דולק"], False, []),
        ("DeepLamp", ["DeepLamp"], False, []),
        (
            "The Lantern Collaboration, bell hooks",
            ["The Lantern Collaboration", "bell hooks"],
            False,
            [],
        ),
        ("Karl Portal, Gretal Meal", ["Karl Portal", "Gretal Meal"], False, []),
    ],
)
@pytest.mark.parametrize("abstract", [True, False])
def test_an_author_line_gives_names_and_tags(
    line: str, names: list[str], tags: list[str], *, truncated: bool, abstract: bool
) -> None:
    text = RECORD.replace("Ada Quill, Ben Lamp", line)
    if not abstract and "bell hooks" not in line:  # lower-case names alone may be a sentence
        text = "\n\n".join(text.split("\n\n")[:2])
    paper = only_paper(text)
    assert (list(paper.authors), paper.truncated) == (names, truncated)
    assert list(paper.affiliations) == tags


def test_an_author_line_may_name_a_thousand_people() -> None:
    names = [
        f"Person{chr(97 + n % 26)} Of{chr(97 + n // 26 % 26)}lamp{'x' * (n // 676)}"
        for n in range(1000)
    ]
    assert (
        list(only_paper(RECORD.replace("Ada Quill, Ben Lamp", ", ".join(names))).authors) == names
    )


def test_a_title_of_five_thousand_characters_is_kept() -> None:
    title = ("Wicks and Lamps " * 320).strip()
    assert only_paper(RECORD.replace("Wicks in Rain", title)).title == title


# Files


def test_an_empty_file_is_a_problem_that_says_so() -> None:
    for data in (b"", b"\n\n \r\n\t", b"\xef\xbb\xbf", "\u00a0\n".encode()):
        problem = only_problem(parse(data, "p.txt"))
        assert "empty" in problem.message
        assert (problem.origin, problem.line) == ("p.txt", None)


def test_a_binary_file_is_a_problem_that_says_so() -> None:
    problem = only_problem(parse(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff" * 40, "p.txt"))
    assert "binary" in problem.message
    assert problem.quarantined


def test_utf_16_with_a_damaged_end_costs_the_last_record_alone() -> None:
    data = FINE.encode("utf-16").removesuffix("\n\n".encode("utf-16-le"))[:-1]
    result = parse(data, "p.txt")
    assert titles(result) == ["Wicks in Rain"]
    assert "not valid UTF-16" in only_problem(result).message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("place", [b"Wicks in Snow", b"Cleo Frost", b"Snow falls", b"LGMay 2"])
def test_invalid_utf_8_costs_its_own_record_alone(end: str, mark: bytes, place: bytes) -> None:
    data = mark + (FINE + RECORD.replace("Rain", "Hagel ☔")).replace("\n", end).encode()
    offset = data.index(place) + 3
    broken = data[:offset] + b"\xe9" + data[offset:]
    result = parse(broken, "p.txt")
    assert titles(result) == ["Wicks in Rain", "Wicks in Hagel ☔"]
    problem = only_problem(result)
    assert problem.quarantined
    assert f"offset {offset} " in problem.message
    assert "\\xe9" in problem.raw
    assert "until the morning comes." in problem.raw
    assert problem.raw.encode()


def test_invalid_utf_8_in_a_head_costs_its_line_alone() -> None:
    result = parse(FINE.encode().replace(b"Ada Quill\n\nCL", b"Ada \xffQuill\n\nCL"), "p.txt")
    assert len(result.papers) == 2
    assert result.profiles[0].name is None
    assert result.profiles[0].h_index == 9
    problem = only_problem(result)
    assert (problem.line, problem.raw) == (1, "Ada \\xffQuill")
    assert "offset 4 " in problem.message


def test_a_text_that_is_no_profile_is_set_aside_whole() -> None:
    text = "Shopping\n\nbread and oil\nthree wicks, if they have any\n"
    result = read(text)
    assert (result.profiles, result.papers) == ((), ())
    problem = only_problem(result)
    assert problem.quarantined
    assert problem.raw == text.strip()


def test_a_single_line_is_nobodys_profile() -> None:
    result = read("TODO\n")
    assert result.profiles == ()
    assert only_problem(result).raw == "TODO"


@pytest.mark.parametrize("place", ["head", "badges", "title", "authors", "abstract", "after"])
def test_a_line_of_a_megabyte_costs_its_own_record_at_most(place: str) -> None:
    long = "wick " * 200_000
    lines = (HEAD + RECORD).split("\n")
    index = {"head": 3, "badges": 9, "title": 10, "authors": 12, "abstract": 14, "after": 15}[place]
    lines[index] = long
    result = read("\n".join(lines) + "\n" + LATER)
    assert "Wicks in Snow" in titles(result)
    kept = "".join((paper.title + (paper.abstract or "")) for paper in result.papers)
    kept += "".join(problem.raw for problem in result.problems)
    assert kept.count("wick ") > 199_000
