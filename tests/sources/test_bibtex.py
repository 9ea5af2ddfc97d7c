"""Bibliographies: what their entries say, and what becomes of entries that are broken."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK, IdLock
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.errors import Problem
from generator.exports.bibtex import BibtexExporter
from generator.exports.tex_text import is_balanced
from generator.names import OrganisationNames
from generator.records import PaperRecord, Provenance, SourceResult
from generator.sources.bibtex import parse
from generator.tex import plain_text


def read(text: str) -> SourceResult:
    """What a bibliography of that text gives."""
    return parse(text.encode(), "refs.bib")


def only(text: str) -> PaperRecord:
    """The one record of a bibliography without fault."""
    result = read(text)
    assert result.problems == ()
    (paper,) = result.papers
    return paper


def places(problems: tuple[Problem, ...]) -> list[tuple[int | None, bool, str]]:
    """Line, gravity and message of each problem."""
    return sorted((p.line, p.quarantined, p.message) for p in problems)


WHOLE = r"""
@string{acl = "Meeting of the {ACL}"}
@inproceedings{quill-2019, title = "The {E}nglish {BERT} of {K}{\o}benhavn",
  author = "Quill, Ada B.  and
      van der Lamp, Jan and DeepSeek-AI", booktitle = acl # " 2019",
  year = 2019, month = jul, pages = "91-101", doi = {https://doi.org/10.18653/v1/P19\_1548},
  editor = {Finch, Otto, Jr.}, publisher = {Lamp {\&} Sons}, keywords = {lamps; oil},
  url = "https://lamps.example/P19-1548.pdf", abstract = {We {\em light} $x_{i}$ lamps.},
  timestamp = {x}, file = {/home/ada/x.pdf}}
"""


def test_every_field_of_an_entry_is_understood() -> None:
    paper = only(WHOLE)
    assert paper.provenance == Provenance("refs.bib", 3)
    assert paper.source_key == "quill-2019"
    assert plain_text(paper.title) == "The English BERT of København"
    assert paper.authors == ("Ada B. Quill", "Jan van der Lamp", "DeepSeek-AI")
    assert not paper.truncated
    assert paper.date == PartialDate(2019, 7)
    assert paper.abstract is not None
    assert plain_text(paper.abstract) == "We light xᵢ lamps."
    found = paper.publication
    assert (found.kind, found.venue) == ("inproceedings", "Meeting of the ACL 2019")
    assert (found.doi, found.arxiv) == ("10.18653/v1/P19_1548", None)
    assert found.url == found.pdf == "https://lamps.example/P19-1548.pdf"
    assert found.editors == ("Otto Finch Jr.",)
    assert found.keywords == ("lamps", "oil")
    assert found.details == {"pages": "91--101", "publisher": r"Lamp \& Sons"}


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"{\'E}cole \"Uber {\v{S}}koda \c{c}a \'{\i} {\'\i} \aa \AA ngstr{\"o}m", None),
        (r"Nguy{\~{\^{e}}}n", "Nguyễn"),
        (r"Erd{\H o}s and \H{o}", "Erdős and ő"),
        (r"K\o benhavn, {\L}\'od\'z, Stra{\ss}e", "København, Łódź, Straße"),
        (r"100\% of C\# \& {\_}x\_", "100% of C# & _x_"),
        (r"a~b ``c'' d--e --- f", "a b “c” d–e — f"),
        (r"$\mathcal{O}(n)$ {\textbackslash}o \{x\} \mathscr{L}", "O(n) \\o {x} L"),
        (r"{DeepSeek-R1} via {RL}", "DeepSeek-R1 via RL"),
        (r"x\,y\-z\\w", "x yz w"),
    ],
)
def test_latex_is_decoded(source: str, plain: str | None) -> None:
    expected = plain or "École Über Škoda ça í í å Ångström"
    if plain is None:
        expected = "École Über Škoda ça í í åÅngström"
    assert plain_text(only(f"@misc{{a, title = {{{source}}}}}").title) == expected


@pytest.mark.parametrize(
    ("names", "authors", "truncated"),
    [
        ("Lin, Ting-En and Xu, Hua", ("Ting-En Lin", "Hua Xu"), False),
        ("Jan Maly 0001 and Maly, Jan 0002", ("Jan Maly 0001", "Jan Maly 0002"), False),
        ("Ada Quill and others", ("Ada Quill",), True),
        ("Ada Quill and et al.", ("Ada Quill",), True),
        ("{Lamp and Sons} and {others{}}", ("{Lamp and Sons}", "{others}"), False),
        ("Finch, Jr., Otto AND King, Ana", ("Otto Finch Jr.", "Ana King"), False),
        (
            r"Gabriel {Garc{\'i}a M{\'a}rquez} and {van der Berg}, Jan",
            ("García Márquez, Gabriel", "Jan van der Berg"),
            False,
        ),
        (r"Hong{-}Han Shuai and Wei~Wang", ("Hong-Han Shuai", "Wei Wang"), False),
        ("", (), False),
        ("others", (), True),
    ],
)
def test_names_are_read(names: str, authors: tuple[str, ...], truncated: bool) -> None:
    paper = only(f"@misc{{a, title = {{T}}, author = {{{names}}}}}")
    assert (paper.authors, paper.truncated) == (authors, truncated)


def test_a_paper_inherits_from_the_book_that_it_refers_to() -> None:
    result = read(
        "@inproceedings{a, title={Child}, crossref={P}, pages={1-2}}\n"
        "@proceedings{p, title={Proc. of Lamps}, editor={E. Finch}, year=2018, doi={10.1000/x}}\n"
        "@inproceedings{b, title={Other}, crossref={gone}}"
    )
    child, book, _ = result.papers
    assert child.publication.venue == "Proc. of Lamps"
    assert child.publication.editors == book.publication.editors == ("E. Finch",)
    assert child.date == PartialDate(2018)
    assert child.publication.doi is None
    assert places(result.problems) == [
        (3, False, "crossref: no entry of this file has the key 'gone'")
    ]


def test_a_circle_of_crossrefs_ends() -> None:
    result = read("@book{a, title={A}, crossref={b}}\n@book{b, title={B}, crossref={a}}")
    assert len(result.papers) == 2


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint={2412.19437v2}, archiveprefix={arXiv}", "2412.19437"),
        ("eprinttype={arxiv}, eprint={2412.19437}", "2412.19437"),
        ("journal={CoRR}, volume={abs/1706.03762}", "1706.03762"),
        ("journal={arXiv preprint arXiv:1706.03762}", "1706.03762"),
        ("url={https://arxiv.org/abs/1706.03762}", "1706.03762"),
        ("doi={10.48550/arXiv.1706.03762}", "1706.03762"),
    ],
)
def test_an_arxiv_id_is_found_wherever_it_stands(fields: str, arxiv: str) -> None:
    publication = only(f"@article{{a, title={{T}}, author={{A B}}, {fields}}}").publication
    assert (publication.arxiv, publication.doi) == (arxiv, None)
    assert publication.venue is None


def test_neighbours_of_a_broken_entry_are_intact() -> None:
    result = read(
        "@misc{a, title={One}}\n"
        "@misc{b, title={Two {open, year=2001}\n"
        "@misc{c, title={Three}}\n"
        "misc{d,\n title={Four}}\n"
        "@misc{e}\n"
    )
    assert [paper.title for paper in result.papers] == ["One", "Three"]
    assert [(p.line, p.quarantined) for p in result.problems] == [(2, True), (4, True), (6, True)]
    assert "Two {open" in result.problems[0].raw


def test_a_bad_value_costs_that_value_alone() -> None:
    result = read(
        "@article{a,\n title={One},\n journal={J},\n year={20O1},\n doi={nonsense},\n"
        " url={javascript:alert(1)},\n archiveprefix={arXiv},\n eprint={9999}\n}\n"
        "@misc{a, title={Two}, title={Zwei}, date={2020-13-01}}\n"
        "@artcle{c, title={Three}, month=juli}\n"
    )
    assert [paper.title for paper in result.papers] == ["One", "Two", "Three"]
    assert [paper.date for paper in result.papers] == [None, None, None]
    assert result.papers[2].publication.kind == "article"
    found = places(result.problems)
    assert [line for line, _, _ in found] == [4, 5, 6, 8, 10, 10, 11, 11]
    assert not any(quarantined for _, quarantined, _ in found)
    assert "expected four digits (found '20O1')" in found[0][2]
    assert "(found 'nonsense')" in found[1][2]
    assert "expected an http or https address" in found[2][2]


def test_two_entries_with_one_key_are_both_read() -> None:
    result = read("@misc{a, title={One}}\n\n@misc{a, title={Two}}")
    assert [paper.title for paper in result.papers] == ["One", "Two"]
    assert places(result.problems) == [
        (3, False, "the key 'a' stands above too: both entries are read")
    ]


def test_a_file_in_an_old_encoding_is_read_with_a_note() -> None:
    result = parse("@misc{a,\ntitle={Über}}".encode("latin-1"), "old.bib")
    assert [paper.title for paper in result.papers] == ["Über"]
    assert [(p.line, p.quarantined) for p in result.problems] == [(2, False)]


def test_a_binary_file_is_no_bibliography() -> None:
    result = parse(b"\0\1\2" * 100, "x.bib")
    assert result.papers == ()
    assert "binary" in result.problems[0].message


@pytest.mark.parametrize("text", ["", "% nothing here\n", '@comment{x}\n@preamble{"y"}'])
def test_a_file_without_entries_is_no_fault(text: str) -> None:
    assert read(text) == SourceResult()


def noted(text: str) -> tuple[tuple[PaperRecord, ...], list[tuple[int | None, str]]]:
    """The records, and line and message of each problem; none of them costs a record."""
    result = read(text)
    assert not any(problem.quarantined for problem in result.problems)
    return result.papers, [(problem.line, problem.message) for problem in result.problems]


def test_macros_that_double_end_with_a_note() -> None:
    macros = [f"@string{{a{n} = a{n - 1} # a{n - 1}}}" for n in range(1, 40)]
    text = "\n".join(['@string{a0 = "lamp"}', *macros, "@misc{k, title={T}, abstract=a39}"])
    (paper,), problems = noted(text)
    assert len(paper.abstract or "") <= 1_000_000
    assert problems[0] == (
        19,
        "@string a18: a value of more than 1,000,000 characters; the rest is left out",
    )


def test_macros_in_a_circle_end() -> None:
    _, problems = noted("@string{a = b # b}\n@string{b = a # a}\n@misc{k, title=b}")
    assert [line for line, _ in problems] == [1, 1]


@pytest.mark.parametrize("piece", [r"\( ", r"\unicode[", r"\ensuremath{", "\n", " ", "$ "])
def test_repetition_takes_no_more_than_linear_time(piece: str) -> None:
    many = piece * 200_000
    read(
        f"{many}\n@misc{{k, title={{T}}, author={{{many}}}, abstract={{{many}x}}, url={{{many}}}}}"
    )


@pytest.mark.parametrize(
    ("fields", "doi", "url", "message"),
    [
        (r"doi={10.1000/a{\_}b}", "10.1000/a_b", None, ""),
        (r"url={https://a.example/x{\_}y\_z}", None, "https://a.example/x_y_z", ""),
        ("url={https://a.example/x\n    /y}", None, "https://a.example/x/y", ""),
        ("url={https://a.example https://b.example}", None, "https://a.example", "url: several"),
        ("url={https://a.example\n https://b.example}", None, "https://a.example", "url: several"),
        ("url={https://a.example/x y}", None, None, "url: expected"),
        ("doi={10.1000/a 10.1000/b}", None, None, "doi: expected"),
    ],
)
def test_an_address_is_read_as_it_is_meant(
    fields: str, doi: str | None, url: str | None, message: str
) -> None:
    (paper,), problems = noted(f"@misc{{k, title={{T}}, {fields}}}")
    assert (paper.publication.doi, paper.publication.url) == (doi, url)
    assert [text[: len(message)] for _, text in problems] == [message] * bool(message)


def test_a_missing_comma_costs_nothing() -> None:
    (paper,), problems = noted("@misc{a,\n title={One}\n year={2000},\n month=jul\n day=4}")
    assert (paper.title, paper.date) == ("One", PartialDate(2000, 7, 4))
    assert problems == [
        (2, "title: a comma is missing behind it"),
        (4, "month: a comma is missing behind it"),
    ]


def test_text_behind_a_value_is_left_out_with_a_note() -> None:
    (paper,), problems = noted("@misc{a, title={One} two}")
    assert paper.title == "One"
    assert problems == [
        (1, "title: a comma or `#` is missing behind it; left out: 'two'"),
    ]


def test_escaped_quotes_within_quotes_are_text() -> None:
    (paper,), problems = noted('@misc{a, title={T},\n author="J\\"{o}rg M\\"uller and Ada Quill"}')
    assert paper.authors == ("Jörg Müller", "Ada Quill")
    assert [line for line, _ in problems] == [2]


def test_subtitles_stand_behind_titles() -> None:
    (paper,) = read("@inbook{a, title={Of Lamps}, subtitle={A Story}, booktitle={Why?}, "
                    "booksubtitle={Because}, eid={042}, issn={0968090X}}").papers  # fmt: skip
    assert paper.title == "Of Lamps: A Story"
    assert paper.publication.venue == "Why? Because"
    assert paper.publication.details == {"pages": "042", "issn": "0968-090X"}


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ("collaboration={LAMP}", ("Ada Quill", "{LAMP Collaboration}")),
        ("collaboration={Oil Team, LAMP}", ("Ada Quill", "{Oil Team}", "{LAMP Collaboration}")),
        ("collaboration={Ada Quill}", ("Ada Quill",)),
    ],
)
def test_a_collaboration_is_an_author(fields: str, authors: tuple[str, ...]) -> None:
    assert only(f"@misc{{a, title={{T}}, author={{Ada Quill}}, {fields}}}").authors == authors


def test_data_of_several_entries_is_no_paper() -> None:
    papers, problems = noted(
        "@xdata{x, publisher={Lamp}, xdata={y}}\n@xdata{y, year={2001}}\n"
        "@book{a, title={One}, xdata={x, gone}}\n@set{s, entryset={a}}"
    )
    (paper,) = papers
    assert paper.publication.details == {"publisher": "Lamp"}
    assert paper.date == PartialDate(2001)
    assert [line for line, _ in problems] == [3, 4]


def test_the_date_adds_the_month_to_the_year() -> None:
    assert only("@misc{a, title={T}, year=2019, date={2019-07-28}}").date == PartialDate(
        2019, 7, 28
    )
    assert only("@misc{a, title={T}, year=2018, date={2019-07-28}}").date == PartialDate(2018)


def test_months_are_understood_or_noted() -> None:
    assert only("@misc{a, title={T}, year=2019, month=sept}").date == PartialDate(2019, 9)
    for month in ("mai", "13"):
        (paper,), problems = noted(f"@misc{{a, title={{T}}, year=2019, month={{{month}}}}}")
        assert paper.date == PartialDate(2019)
        assert f"found '{month}'" in problems[0][1]


def test_journals_of_astronomy_have_macros() -> None:
    publication = only(r"@article{a, title={T}, author={A B}, journal={\mnras}}").publication
    assert publication.venue == "Monthly Notices of the Royal Astronomical Society"
    _, problems = noted("@article{a, title={T},\n journal={\\lampj}}")
    assert problems == [(2, r"journal: \lampj is a command that nobody here knows")]


def test_a_brace_too_many_is_noted() -> None:
    papers, problems = noted("@article{a, title={One}}, year=2000}\n@misc{b, title={Two}}")
    assert [paper.title for paper in papers] == ["One", "Two"]
    assert [line for line, _ in problems] == [1]
    assert ", year=2000}" in problems[0][1]


def test_one_broken_entry_is_one_fault() -> None:
    result = read("@misc{x, title {One},\n year = {2000},\n note = {n}\n}\n@misc{b, title={Two}}")
    assert [paper.title for paper in result.papers] == ["Two"]
    assert [(p.line, p.quarantined) for p in result.problems] == [(1, True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "@misc{x, title={One\n}\n@misc{b, title={Two}}",
            "a brace or quote is never closed before the next entry begins on line 3",
        ),
        ("@misc{x, title={One", "a brace or quote is never closed before the end of the file"),
        (
            "@misc{x, year, title={One}}",
            "expected fields such as title = {…} (found '@misc{x, year')",
        ),
    ],
)
def test_a_message_names_the_broken_entry(text: str, reason: str) -> None:
    expected = f"the entry 'x' cannot be read, those around it can: {reason}"
    assert read(text).problems[0].message == expected


def test_a_crossref_to_the_entry_itself_is_noted() -> None:
    (_,), problems = noted("@misc{a, title={T},\n crossref={A}}")
    assert problems == [(2, "crossref: 'A' leads back to this entry itself")]


SCRAPS = st.sampled_from(
    """@misc{a, @string{a= @xdata{x, xdata={x} crossref={a} title= author= author={ { } " \\" , # =
    a others family= 2000 ( ; and""".split()
)


@settings(deadline=None)
@given(st.lists(SCRAPS, max_size=24).map("".join) | st.lists(SCRAPS, max_size=24).map("\n".join))
@example("@string{a=}")
def test_no_text_is_too_broken_to_be_read(text: str) -> None:
    read(text)


# -- our own files, read again ---------------------------------------------------------------------

PIECES = st.sampled_from(
    r"""{E}nglish {BERT} BERT {New York} {\'e} \"{o} {\o} $x^{2}$ $\{$ \{ \} \& \% \_ \$ # ~ ^ --
    --- `` '' \emph{A{B}c} {\em x} \textbf{$a$} \url{https://a.example/x_y} \foo \foo{X} {{Deep}} "
    {a{B}c} \textbackslash{} {\textbraceleft} and others = , ; ( ) 灯笼 Łódź Müller Quill,
    Ada {-} C++ R1 \nocase{X}""".split()
)
VALUES = (
    st.lists(PIECES, min_size=1, max_size=8).map(" ".join)
    | st.lists(PIECES, min_size=1, max_size=6).map("".join)
).filter(is_balanced)


def catalogue_of(papers: tuple[PaperRecord, ...], lock: IdLock) -> tuple[Catalogue, IdLock]:
    """The catalogue of some records, with the ids that it froze."""
    built = build_catalogue(Load((), papers, ()), lock, OrganisationNames.of([], []))
    return built.catalogue, built.lock


def written(catalogue: Catalogue, *, ascii_only: bool = False) -> str:
    """All entries, abstracts included."""
    exporter = BibtexExporter(catalogue, "https://p.example/", ascii_only=ascii_only)
    return "\n".join(map(exporter.paper, catalogue.papers.values()))


@settings(deadline=None, max_examples=300)
@given(title=VALUES, names=VALUES, venue=VALUES, abstract=VALUES)
def test_what_was_written_reads_and_writes_the_same(
    title: str, names: str, venue: str, abstract: str
) -> None:
    source = (
        f"@article{{k, title={{{title}}}, author={{Ada Quill and {names}}}, journal={{{venue}}},"
        f" year=2020, abstract={{{abstract}}}}}"
    )
    papers = read(source).papers
    if not papers:
        return
    catalogue, lock = catalogue_of(papers, EMPTY_LOCK)
    once = written(catalogue)
    again = read(once)
    assert again.problems == ()
    second, _ = catalogue_of(again.papers, lock)
    assert written(second) == once


@settings(deadline=None, max_examples=100)
@given(title=VALUES, names=VALUES)
def test_ascii_entries_are_ascii_and_say_the_same(title: str, names: str) -> None:
    papers = read(f"@misc{{k, title={{{title} Nguyễn Łódź ñ ÅÉ}}, author={{{names}}}}}").papers
    if not papers:
        return
    catalogue, _ = catalogue_of(papers, EMPTY_LOCK)
    text = written(catalogue, ascii_only=True)
    assert text.isascii()
    (again,) = read(text).papers
    (paper,) = catalogue.papers.values()
    if "灯" not in title:
        assert plain_text(again.title) == paper.plain_title
    assert len(again.authors) == len(paper.authors)
