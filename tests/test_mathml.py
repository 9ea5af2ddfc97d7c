"""Promises of `generator.mathml`: what it writes is safe to show, what it cannot write is None."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import mathml
from generator.mathml import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_ELEMENTS,
    MAX_SOURCE,
    SYMBOLS,
    to_mathml,
)
from generator.mathtext import lowered, math_text, raised

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
LONE = ' lspace="0em" rspace="0em"'
OPENING = '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'


FRAGMENTS = [
    *(rf"\{name}" for name in ("frac", "sqrt", "hat", "text", "mathrm", "left", "right", "big")),
    *(rf"\{name}{{" for name in ("text", "mathbf", "tilde", "operatorname", "binom", "textit")),
    *(r"\href", r"\style", r"\color", r"\begin{array}", r"\def", r"\verb", r"\unicode", r"\rule"),
    *("{", "}", "[", "]", "(", ")", "^", "_", "'", "~", "&", "#", "$", "%", "\\", "|", "<", ">"),
    *("x", "T", "1,024", "0.5", ".5", "10", "-", "+", "=", " ", "\t", "\n", "\x00", "\ud800"),
    *("μ", "\ue000", "\ue001", "&#x3c;", "é", "𝒪", r"\,", r"\%", r"\_", r"\{", r"\\", r"\sim"),
]
tex_like = st.one_of(
    st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.text(r"\{}^_$ax1")
)


def inner(source: str) -> str:
    """Return the markup inside the ``math`` element, without the spacing of a lone operator."""
    markup = to_mathml(source)
    assert markup is not None
    return markup.removeprefix(OPENING).removesuffix("</math>").replace(LONE, "")


def test_an_operator_alone_stands_close_to_the_text_around_it() -> None:
    assert to_mathml(r"\times") == f"{OPENING}<mo{LONE}>×</mo></math>"
    assert LONE not in str(to_mathml(r"a \times b"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("^2", "<msup><mi></mi><mn>2</mn></msup>"),
        (r"\times", "<mo>×</mo>"),
        (r"63.5\%", "<mn>63&#46;5</mn><mi>&#37;</mi>"),
        ("63.5%", "<mn>63&#46;5</mn><mi>&#37;</mi>"),
        ("μP", "<mi>μ</mi><mi>P</mi>"),
        (r"\text{NLVR}^2", "<msup><mtext>NLVR</mtext><mn>2</mn></msup>"),
        (r"\sqrt{w}", "<msqrt><mi>w</mi></msqrt>"),
        (r"\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
        ("f'", "<msup><mi>f</mi><mi>′</mi></msup>"),
        (".5", "<mn>&#46;5</mn>"),
        (r"\sim", "<mo>∼</mo>"),
        (r"\infty", "<mi>∞</mi>"),
        (r"\leqslant", "<mo>⩽</mo>"),
        (r"\{", '<mo stretchy="false">&#123;</mo>'),
    ],
)
def test_common_notation_becomes_its_presentation_element(source: str, expected: str) -> None:
    assert inner(source) == expected


def test_sized_delimiters_are_characters() -> None:
    assert re.sub("<[^>]*>", "", inner(r"\bigl\{ x \bigr\}")) == "&#123;x&#125;"


def test_a_complexity_is_written_in_full() -> None:
    assert inner(r"\tilde{O}(T^{-1/4})") == (
        '<mover><mi>O</mi><mo stretchy="false">&#126;</mo></mover>'
        '<mo stretchy="false">&#40;</mo>'
        "<msup><mi>T</mi><mrow><mo>−</mo><mn>1</mn><mo>&#47;</mo><mn>4</mn></mrow></msup>"
        '<mo stretchy="false">&#41;</mo>'
    )


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("1,024", "1&#44;024"),
        ("1{,}024", "1&#44;024"),
        ("1,024.5", "1&#44;024&#46;5"),
        ("12,345,678", "12&#44;345&#44;678"),
    ],
)
def test_a_number_with_thousands_separators_stays_one_number(source: str, number: str) -> None:
    assert inner(source) == f"<mn>{number}</mn>"


@pytest.mark.parametrize("source", ["1,2", "1,0245", "x_1,024", "0,125", "1,024,5"])
def test_other_commas_part_numbers(source: str) -> None:
    assert "&#44;</mo>" in inner(source).replace('<mo separator="true">', "<mo>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\text{at most 5\% of $}", None),
        (r"\text{at most 5\% of}", "<mtext>at\xa0most\xa05&#37;\xa0of</mtext>"),
        (r"\text{50% of}", "<mtext>50&#37;\xa0of</mtext>"),
        (r"\text{3 cm}", "<mtext>3\xa0cm</mtext>"),
        (r"\text{a<b & c}", "<mtext>a&#60;b\xa0&#38;\xa0c</mtext>"),
        (r"\textit{a\_b}", '<mtext mathvariant="italic">a&#95;b</mtext>'),
        (r"\textbf{m}", '<mtext mathvariant="bold">m</mtext>'),
        (r"\operatorname{arg\,max}", "<mo>arg\xa0max</mo>"),
        (r"\mathrm{FLOPs}", "<mi>FLOPs</mi>"),
        (r"\mathrm{d}", '<mi mathvariant="normal">d</mi>'),
        (r"\mathrm{x_1}", '<msub><mi mathvariant="normal">x</mi><mn>1</mn></msub>'),
        (r"x^\text{max}", "<msup><mi>x</mi><mtext>max</mtext></msup>"),
    ],
)
def test_a_text_argument_is_kept_to_the_letter(source: str, expected: str | None) -> None:
    if expected is None:
        assert to_mathml(source) is None
    else:
        assert inner(source) == expected


@pytest.mark.parametrize(
    ("source", "letters"),
    [
        (r"\mathbf{AB}", "𝐀𝐁"),
        (r"\mathbf 1", "𝟏"),
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbb R", "ℝ"),
        (r"\mathcal{LO}", "ℒ𝒪"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"\mathfrak{Cg}", "ℭ𝔤"),
    ],
)
def test_fonts_are_letters_because_browsers_ignore_the_attribute(source: str, letters: str) -> None:
    markup = inner(source)
    assert re.sub("<[^>]*>", "", markup) == letters
    assert "mathvariant" not in markup


@pytest.mark.parametrize("name", sorted(SYMBOLS))
def test_every_listed_symbol_is_known_to_the_converter(name: str) -> None:
    assert to_mathml(rf"\{name}") is not None


@pytest.mark.parametrize(
    "source",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{color:red}{x}",
        r"\class{c}{x}",
        r"\html{x}",
        r"\color{red}x",
        r"\textcolor{red}{x}",
        r"\begin{matrix}a\end{matrix}",
        r"\def\x{y}\x",
        r"\newcommand{\x}{y}",
        r"\unicode{x3c}",
        r"\rule{9em}{9em}",
        r"\verb|x|",
        r"\phantom{x}",
        r"a \\ b",
        r"\method",
        r"\TIMES",
        r"\operatorname",
    ],
)
def test_a_macro_outside_the_list_is_refused(source: str) -> None:
    assert to_mathml(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "}",
        "{x",
        "x}",
        "x_",
        "^",
        "x^2^3",
        r"\frac",
        r"\sqrt",
        r"\text",
        r"\left(",
        r"\limits",
        "a & b",
        "#1",
        "$x$",
        "\\",
        "x\x00",
        "x\ud800",
        "x\ufffe",
        "x\ue000",
        "x\x85",
    ],
)
def test_broken_source_is_refused(source: str) -> None:
    assert to_mathml(source) is None


def test_length_is_capped() -> None:
    assert to_mathml("x" * MAX_SOURCE) is not None
    assert to_mathml("x" * (MAX_SOURCE + 1)) is None


@pytest.mark.parametrize(
    "source",
    [
        "{" * 21 + "x" + "}" * 21,
        r"\hat" * 100 + " x",
        r"\hat" * 400 + " x",
        r"\left(" * 70 + r"\right)" * 70,
    ],
)
def test_nesting_is_capped(source: str) -> None:
    assert to_mathml(source) is None
    assert to_mathml("{" * 20 + "x" + "}" * 20) is not None
    assert to_mathml(r"\hat" * 20 + " x") is not None
    assert to_mathml(r"\left(" * 20 + r"\right)" * 20) is not None


def test_display_math_is_a_block() -> None:
    markup = to_mathml(r"\sum_i x", display=True)
    assert markup is not None
    assert 'display="block"' in markup
    assert "munder" in markup
    assert "munder" not in inner(r"\sum_i x")


@pytest.mark.parametrize("error", [StopIteration, IndexError, RecursionError, UserWarning])
def test_whatever_the_converter_raises_means_none(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> ET.Element:
        raise error

    monkeypatch.setattr(mathml, "convert_to_element", fail)
    assert mathml.math_tree("x") is None


@pytest.mark.parametrize(
    "hostile",
    [
        '<math><mi onclick="x">a</mi><mtable/></math>',
        "<math><script>a</script></math>",
        "<math><mi><mi/></mi></math>",
        "<math><mfrac><mi/></mfrac></math>",
        "<math><mi>\\method</mi></math>",
    ],
)
def test_elements_the_converter_should_not_make_are_refused(
    hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mathml, "convert_to_element", lambda *_, **__: ET.fromstring(hostile))
    assert mathml.math_tree("x") is None


def test_attributes_outside_the_list_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (
        '<math><mo href="x" style="y" form="&quot;&gt;" stretchy="true" minsize="1px">a</mo>'
        "<mi>b</mi></math>"
    )
    monkeypatch.setattr(mathml, "convert_to_element", lambda *_, **__: ET.fromstring(made))
    tree = mathml.math_tree("x")
    assert tree is not None
    assert tree[0].attrib == {"stretchy": "true"}


@given(tex_like, st.booleans())
@example(r"\text{<script>alert(1)</script>}", False)
@example(r"\text{&#x3c;b&#x3e;}", False)
@example("<b>", True)
@example("]]>", False)
def test_output_is_one_line_of_allowed_elements_without_ascii_punctuation(
    source: str, display: bool
) -> None:
    markup = to_mathml(source, display)
    if markup is None:
        return
    assert len(markup.splitlines()) == 1
    root = ET.fromstring(markup)
    assert {element.tag.removeprefix(NAMESPACE) for element in root.iter()} <= ALLOWED_ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ALLOWED_ATTRIBUTES
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"<[^<>]*>|&#\d+;", "", markup))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("^2", "²"),
        (r"\times", "×"),
        (r"63.5\%", "63.5%"),
        (r"\tilde{O}(T^{-1/4})", "Õ(T^(-1/4))"),
        ("1,024", "1,024"),
        (r"\text{NLVR}^2", "NLVR²"),
        (r"Θ(\sqrt{width})", "Θ(√(width))"),
        (r"\sqrt{x}", "√x"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"\sqrt[n]{x+1}", "ⁿ√(x+1)"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{2c}", "(a+b)/(2c)"),
        (r"\frac12 x", "(1/2)x"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"\binom{n}{k}", "(n choose k)"),
        ("10^{-3}", "10⁻³"),
        ("K_s", "Kₛ"),
        ("x_d", "x_d"),
        ("x_{i,j}", "x_(i,j)"),
        ("2^{2^n}", "2^(2ⁿ)"),
        ("{ab}^2", "(ab)²"),
        ("f''", "f″"),
        ("A^*", "A*"),
        (r"90^\circ", "90°"),
        (r"f \circ g", "f∘g"),
        (r"n\log n", "n log n"),
        (r"O(n\log^2 n)", "O(n log² n)"),
        (r"\operatorname{argmax}_x f", "argmaxₓ f"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\mathbf{x}\in\mathbb{R}^d", "x∈ℝᵈ"),
        (r"\mathcal{L}_2, \ell_1", "L₂,ℓ₁"),
        (r"\bar{x}", "x̄"),
        (r"\hat{\theta}", "θ̂"),
        (r"\overset{a}{b}", "bᵃ"),
        (r"\underbrace{a+b}_{c}", "(a+b)_c"),
        (r"5\,\mathrm{ms}", "5 ms"),
        (r"\epsilon-\phi", "ε-φ"),
        (r"\sim 5", "~5"),
    ],
)
def test_plain_math_reads_as_people_type_it(source: str, expected: str) -> None:
    assert math_text(source) == expected


def test_math_that_is_refused_is_its_source_without_backslashes() -> None:
    assert math_text(r"\foo{x}") == "foo{x}"
    assert math_text("\\" + "x" * MAX_SOURCE) == "x" * MAX_SOURCE


@given(tex_like)
def test_plain_math_never_raises_and_is_one_line(source: str) -> None:
    assert len(math_text(source).splitlines()) <= 1


@pytest.mark.parametrize(("text", "up", "down"), [("2", "x²", "x₂"), ("q", "x^q", "x_q")])
def test_scripts_use_unicode_only_when_every_character_has_one(
    text: str, up: str, down: str
) -> None:
    assert raised(text, "x") == up
    assert lowered(text, "x") == down
    assert raised("2q", "x") == "x^(2q)"
    assert lowered("") == raised("") == ""


def test_the_costliest_source_is_read_or_refused() -> None:
    # Reading these in exponential time would not end.
    for part in ("x'", r"\sqrt[", r"\operatorname{a ", "x_1", r"\underset{\sim}", "1,024 ", "{x}^"):
        source = (part * MAX_SOURCE)[:MAX_SOURCE]
        assert to_mathml(source) is None or math_text(source)
    assert math_text(r"\underset{" * 18 + r"\sim" + r"}{\sim}" * 18)
