"""Promises of `generator.tex`: the TeX of titles and abstracts is read, everything else is text."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.tex import (
    MAX_NESTING,
    Footnote,
    Link,
    Macro,
    Math,
    Span,
    Styled,
    Text,
    parse_tex,
    plain_text,
)

FRAGMENTS = [
    *(rf"\{name}{{" for name in ("textbf", "emph", "url", "href", "footnote", "text", "c", "'")),
    *("{", "}", "$", "$$", "\\", r"\(", r"\)", r"\[", r"\]", "~", "``", "''", "{\\em ", '{\\"o}'),
    *(r"\%", r"\$", r"\\", r"\method", r"\times", r"\o ", "a", "5", " ", "\n", ".", "x^2", r"\'e"),
]
tex_like = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join))


def math(source: str) -> Math:
    return Math(source, display=False)


def text_of(spans: tuple[Span, ...]) -> str:
    assert all(isinstance(span, Text) for span in spans)
    assert len(spans) <= 1
    return "".join(span.text for span in spans if isinstance(span, Text))


# Math


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("ReLU$^2$ Wins", (Text("ReLU"), math("^2"), Text(" Wins"))),
        (r"16$\times$3.8B", (Text("16"), math(r"\times"), Text("3.8B"))),
        (r"91.71$\pm$0.10", (Text("91.71"), math(r"\pm"), Text("0.10"))),
        (r"$63.5\%$", (math(r"63.5\%"),)),
        (r"71.2$\%$", (Text("71.2"), math(r"\%"))),
        (r"a $\tilde{O}(T^{-1/4})$ b", (Text("a "), math(r"\tilde{O}(T^{-1/4})"), Text(" b"))),
        ("$μP$", (math("μP"),)),
        ("$1,024$K", (math("1,024"), Text("K"))),
        (r"$\text{NLVR}^2$", (math(r"\text{NLVR}^2"),)),
        (r"$Θ(\sqrt{width})$", (math(r"Θ(\sqrt{width})"),)),
        (r"$\underline{x}$", (math(r"\underline{x}"),)),
        (r"$a\$b$", (math(r"a\$b"),)),
        (r"\(x\)", (math("x"),)),
        (r"\[ x \]", (Math(" x ", display=True),)),
        ("$$x$$", (Math("x", display=True),)),
        (r"\\$x$", (Text("\\\\"), math("x"))),
        (r"an 4.3\times gain", (Text("an 4.3"), math(r"\times"), Text(" gain"))),
    ],
)
def test_math_is_kept_as_written(text: str, spans: tuple[Span, ...]) -> None:
    assert parse_tex(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "costs $5 and $10",
        "from $5-$10 a month",
        "A$5, B$10",
        "a lone $ sign",
        "$ x $",
        "$x $",
        "$x\ny$",
        "$$",
        "$$$$",
        "$$x\ny$$",
        "100%",
        "50% off",
        "$x",
    ],
)
def test_dollars_and_percents_that_are_no_math_are_text(text: str) -> None:
    assert text_of(parse_tex(text)) == text


def test_an_escaped_dollar_opens_and_closes_nothing() -> None:
    assert text_of(parse_tex(r"\$x$ and $y\$")) == "$x$ and $y$"


@pytest.mark.parametrize(
    ("text", "command", "phrase"),
    [
        (r"$\textit{proper learning methods here}$", "textit", "proper learning methods here"),
        (r"$\textbf{Deep-GRM}$", "textbf", "Deep-GRM"),
        (r"$\text{abc}$", "text", "abc"),
        (r"\(\emph{abc}\)", "emph", "abc"),
    ],
)
def test_math_that_is_only_a_styled_phrase_is_a_styled_phrase(
    text: str, command: str, phrase: str
) -> None:
    assert parse_tex(text) == (Styled(command, (Text(phrase),)),)


# Commands


@pytest.mark.parametrize(
    "command",
    [
        "textbf",
        "textit",
        "emph",
        "texttt",
        "textsc",
        "underline",
        "textsuperscript",
        "text",
        "mbox",
    ],
)
def test_a_style_command_holds_its_argument(command: str) -> None:
    assert parse_tex(rf"a \{command}{{b}}.") == (
        Text("a "),
        Styled(command, (Text("b"),)),
        Text("."),
    )


def test_styles_nest() -> None:
    assert parse_tex(r"\emph{a \textbf{b} $c$ {d}}") == (
        Styled(
            "emph",
            (Text("a "), Styled("textbf", (Text("b"),)), Text(" "), math("c"), Text(" {d}")),
        ),
    )


def test_a_declaration_styles_its_group() -> None:
    assert parse_tex(r"{\em very} {\bfseries big}") == (
        Styled("emph", (Text("very"),)),
        Text(" "),
        Styled("textbf", (Text("big"),)),
    )


def test_a_url_is_a_link_that_shows_itself() -> None:
    url = "https://site.example/a_b~c%20d"
    assert parse_tex(rf"see \url{{{url}}}.") == (Text("see "), Link(url, (Text(url),)), Text("."))


def test_escapes_in_a_url_are_decoded() -> None:
    url = "https://site.example/a_b#c"
    assert parse_tex(r"\url{https://site.example/a\_b\#c}") == (Link(url, (Text(url),)),)


def test_href_is_a_link_with_a_label() -> None:
    assert parse_tex(r"\href{https://site.example}{the \emph{site}}") == (
        Link("https://site.example", (Text("the "), Styled("emph", (Text("site"),)))),
    )


def test_a_footnote_holds_its_spans() -> None:
    url = "https://site.example"
    assert parse_tex(rf"Model\footnote{{Code: \url{{{url}}}}}. On") == (
        Text("Model"),
        Footnote((Text("Code: "), Link(url, (Text(url),)))),
        Text(". On"),
    )


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (r"\method is", (Macro("method"), Text(" is"))),
        (r"to \radagrad{} now", (Text("to "), Macro("radagrad"), Text(" now"))),
        (r"\method\ is", (Macro("method"), Text(" is"))),
        (r"(\method)", (Text("("), Macro("method"), Text(")"))),
        (r"\cite{key}", (Macro("cite"), Text("{key}"))),
    ],
)
def test_an_undefined_macro_keeps_its_name(text: str, spans: tuple[Span, ...]) -> None:
    assert parse_tex(text) == spans


@pytest.mark.parametrize(
    "text",
    [
        "https://code.example/a/b}.}.",
        r"\textbf{open",
        r"\textbf without",
        r"\url{open",
        r"\href{https://site.example} alone",
        "}{",
        "{LLM}s stay",
        r"\\ \, \/ \1 \ ",
        "\\",
        "git push --force a---- b",
        "it's a ` mark",
    ],
)
def test_what_is_no_command_stays_as_written(text: str) -> None:
    assert text_of(parse_tex(text)) == text


# Characters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"5\% \& a\_b \#1 \$9 \{x\}", "5% & a_b #1 $9 {x}"),
        (r"Fr\'echet, \'{E}t\'{e}", "Fréchet, Été"),
        (r"na\"{\i}ve na\"ive", "naïve naïve"),
        (
            r"\c{c} \v{s} \H{o} \~n \^o \`a \=a \.z \u{g} \k{a} \r{u} \d{h}",
            "ç š ő ñ ô à ā ż ğ ą ů ḥ",
        ),
        (r"K\o benhavn stra\ss{}e \L{}\'od\'z \aa\AA \ae\oe", "København straße Łódź åÅæœ"),
        (r"G{\"o}del Caf{\'e} {\L}ukasz", "Gödel Café Łukasz"),
        (r"and so on\ldots{} now", "and so on… now"),
        ("``quoted'' text", "“quoted” text"),
    ],
)
def test_tex_characters_are_decoded(text: str, expected: str) -> None:
    assert text_of(parse_tex(text)) == expected


@pytest.mark.parametrize("text", [r"don\'t", r"\'1", r"\'{ab}", r"\"{}"])
def test_an_accent_without_a_composed_letter_stays(text: str) -> None:
    assert text_of(parse_tex(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("models~(PLMs)", "models\xa0(PLMs)"),
        ("et al.~show", "et al.\xa0show"),
        ("(A)~and 5~of", "(A)\xa0and 5\xa0of"),
        ("see~[a]", "see\xa0[a]"),
    ],
)
def test_a_tie_is_a_no_break_space(text: str, expected: str) -> None:
    assert text_of(parse_tex(text)) == expected


@pytest.mark.parametrize(
    "text", ["1.5~8.6", "a ~5%", "(~ 5 points)", "a~ b", "~a", "a~", "a~~b", "site.example/~user"]
)
def test_other_tildes_stay(text: str) -> None:
    assert text_of(parse_tex(text)) == text


def test_ties_stand_before_and_after_tex() -> None:
    assert parse_tex(r"of~$k$~and~\method") == (
        Text("of\xa0"),
        math("k"),
        Text("\xa0and\xa0"),
        Macro("method"),
    )


# Plain text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ReLU$^2$ Wins", "ReLU² Wins"),
        (r"16$\times$3.8B", "16×3.8B"),
        (r"$63.5\%$", "63.5%"),
        (r"$\tilde{O}(T^{-1/4})$", "Õ(T^(-1/4))"),
        (r"$\textit{proper learning}$", "proper learning"),
        ("$μP$", "μP"),
        ("$1,024$K", "1,024K"),
        (r"$\text{NLVR}^2$", "NLVR²"),
        (r"$Θ(\sqrt{width})$", "Θ(√(width))"),
        (r"\textbf{Bold} \emph{move}", "Bold move"),
        (r"\method and \radagrad.", "method and radagrad."),
        (r"models~(PLMs)", "models (PLMs)"),
        (r"at \url{https://site.example/x}.", "at https://site.example/x."),
        (r"\href{https://site.example}{label}", "label"),
        (r"Model\footnote{Code: \url{https://x.example}}.", "Model (Code: https://x.example)."),
        (r"Model \footnote{Code}.", "Model (Code)."),
        (r"\footnote{Code}", "(Code)"),
        (r"x\textsuperscript{2} a\textsubscript{q}", "x² a_q"),
        (r"$\textbf{Ad}$aptive", "Adaptive"),
        (r"$\foo{x}$", "foo{x}"),
        ("https://code.example/a/b}.}.", "https://code.example/a/b}.}."),
        ("costs $5 and $10", "costs $5 and $10"),
    ],
)
def test_plain_text_reads_as_people_type_it(text: str, expected: str) -> None:
    assert plain_text(text) == expected


# Every string


@given(tex_like)
def test_no_string_raises(text: str) -> None:
    spans = parse_tex(text)
    plain_text(text)
    assert not any(
        isinstance(left, Text) and isinstance(right, Text)
        for left, right in itertools.pairwise(spans)
    )
    assert Text("") not in spans


@given(st.text(st.characters(exclude_characters="\\$~`'")))
@example("no-break\xa0space, {braces}, 50% and a^b_c #1 & more")
def test_text_without_tex_comes_back_the_same(text: str) -> None:
    assert text_of(parse_tex(text)) == text
    assert plain_text(text) == text


def test_nesting_beyond_the_cap_stays_literal() -> None:
    spans = parse_tex(r"\emph{" * (MAX_NESTING + 2) + "x" + "}" * (MAX_NESTING + 2))
    for _ in range(MAX_NESTING):
        (span,) = spans
        assert isinstance(span, Styled)
        spans = span.children
    assert spans == (Text(r"\emph{\emph{x}}"),)


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "part",
    ["$", "{", "}", "\\", r"\textbf{", "~", "``", r"\(", r"\[", "$a", "$ ", r"\{", r"\'", r"\url{"],
)
def test_a_megabyte_of_openings_is_read(part: str) -> None:
    # In quadratic time this would take hours.
    assert parse_tex(part * (MEGABYTE // len(part)))


@pytest.mark.parametrize(
    "opening", ["{", r"\textbf{", r"\footnote{", r"{\em ", r"\href{", r"\href{u}{"]
)
def test_a_megabyte_of_nesting_is_read(opening: str) -> None:
    # In quadratic time this would take hours.
    count = MEGABYTE // len(opening)
    assert plain_text(opening * count + "}" * count)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("uncertainty--aware --- rule", "uncertainty–aware — rule"),
        ("pages 91--101", "pages 91–101"),
        ("Lamps -- and oil", "Lamps – and oil"),
    ],
)
def test_hyphens_between_words_are_a_dash(text: str, plain: str) -> None:
    assert plain_text(text) == plain
