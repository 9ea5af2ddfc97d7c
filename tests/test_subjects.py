"""Promises of `generator.subjects`."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.subjects import (
    PRINTED_CLASSES,
    SUBJECT_NAMES,
    archive_name,
    resolve_subject,
    subject_name,
)

ORDER = [
    "cs",
    "stat",
    "eess",
    "math",
    "q-bio",
    "q-fin",
    "econ",
    "physics",
    "cond-mat",
    "astro-ph",
    "nlin",
]


def test_table_holds_every_current_class_of_the_taxonomy() -> None:
    sizes = Counter(code.partition(".")[0] for code in SUBJECT_NAMES)
    undivided = [
        "gr-qc",
        "hep-ex",
        "hep-lat",
        "hep-ph",
        "hep-th",
        "math-ph",
        "nucl-ex",
        "nucl-th",
        "quant-ph",
    ]
    assert sizes == {
        "cs": 40,
        "math": 32,
        "physics": 22,
        "q-bio": 10,
        "cond-mat": 9,
        "q-fin": 9,
        "astro-ph": 6,
        "stat": 6,
        "nlin": 5,
        "eess": 4,
        "econ": 3,
    } | dict.fromkeys(undivided, 1)
    assert len(SUBJECT_NAMES) == 155


def test_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        SUBJECT_NAMES["cs.CL"] = "x"  # type: ignore[index]  # the point of the test


@pytest.mark.parametrize(
    ("code", "name", "archive"),
    [
        ("cs.CL", "Computation and Language", "Computer Science"),
        ("math.OC", "Optimization and Control", "Mathematics"),
        ("eess.AS", "Audio and Speech Processing", "Electrical Engineering and Systems Science"),
        ("cond-mat.mtrl-sci", "Materials Science", "Condensed Matter"),
        ("quant-ph", "Quantum Physics", "Quantum Physics"),
        ("astro-ph", "Astrophysics", "Astrophysics"),
        ("zz.QQ", "zz.QQ", "zz"),
        ("", "", ""),
    ],
)
def test_names_are_those_of_the_taxonomy_or_the_code(code: str, name: str, archive: str) -> None:
    assert subject_name(code) == name
    assert archive_name(code) == archive


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("CL", "cs.CL"),
        ("LG", "cs.LG"),
        ("SI", "cs.SI"),
        ("SY", "cs.SY"),
        ("ML", "stat.ML"),
        ("ME", "stat.ME"),
        ("CO", "stat.CO"),
        ("AP", "stat.AP"),
        ("AS", "eess.AS"),
        ("SP", "eess.SP"),
        ("OC", "math.OC"),
        ("GN", "math.GN"),
        ("QM", "q-bio.QM"),
        ("TR", "q-fin.TR"),
        ("EM", "econ.EM"),
        ("mtrl-sci", "cond-mat.mtrl-sci"),
        ("optics", "physics.optics"),
        ("HE", "astro-ph.HE"),
        ("CD", "nlin.CD"),
        ("quant-ph", "quant-ph"),
        ("cond-mat", "cond-mat"),
        ("cs.CL", "cs.CL"),
        ("math.CO", "math.CO"),
    ],
)
def test_printed_class_resolves_to_its_full_code(printed: str, code: str) -> None:
    assert resolve_subject(printed, {}) == code


def test_ambiguous_class_belongs_to_the_first_archive_that_has_it() -> None:
    for code in SUBJECT_NAMES:
        archive, dot, short = code.partition(".")
        if dot:
            holders = [name for name in ORDER if f"{name}.{short}" in SUBJECT_NAMES]
            assert resolve_subject(short, {}) == f"{holders[0]}.{short}"
            assert archive in holders


def test_override_beats_the_order_and_even_a_full_code() -> None:
    overrides = {"CO": "math.CO", "SY": "eess.SY", "cs.NA": "math.NA"}
    assert resolve_subject("CO", overrides) == "math.CO"
    assert resolve_subject("co", overrides) == "math.CO"
    assert resolve_subject("cs.NA", overrides) == "math.NA"
    assert resolve_subject("CL", overrides) == "cs.CL"


def test_override_in_the_case_as_printed_beats_one_in_another_case() -> None:
    assert resolve_subject("CO", {"co": "math.CO", "CO": "astro-ph.CO"}) == "astro-ph.CO"


@pytest.mark.parametrize("printed", ["XX", "", "cs", "math", "C", "CLX", "cs.XX", "cs.", ".CL"])
def test_unknown_class_is_none(printed: str) -> None:
    assert resolve_subject(printed, {}) is None
    assert resolve_subject(printed, {"QQ": "cs.CL"}) is None


def test_every_printed_form_resolves_in_any_case() -> None:
    for printed in PRINTED_CLASSES:
        code = resolve_subject(printed, {})
        assert code is not None
        for variant in (printed.lower(), printed.upper()):
            assert resolve_subject(variant, {}) == code


def test_printed_classes_hold_short_forms_archives_and_full_codes() -> None:
    assert {"CL", "OC", "AS", "mtrl-sci", "quant-ph", "cs.CL", "astro-ph"} <= PRINTED_CLASSES
    assert SUBJECT_NAMES.keys() <= PRINTED_CLASSES
    assert "cs" not in PRINTED_CLASSES


@given(st.text())
def test_resolution_is_none_or_a_code_with_a_name(printed: str) -> None:
    code = resolve_subject(printed, {})
    assert code is None or subject_name(code) != code
