"""BibTeX: what is written is read back whole, and reads as it was printed."""

from __future__ import annotations

import re
import string

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.writer import BibtexFormat, write
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.casing import needs_protection
from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.dates import PartialDate
from generator.exports.bibtex import BibtexExporter
from generator.exports.files import citation_documents
from generator.exports.tex_text import TexEncoder, is_balanced
from generator.markup import clean_text
from generator.names import OrganisationNames, split_author_line
from generator.records import Inferred, NameAsPrinted, PaperRecord, Provenance
from generator.tex import plain_text
from tests.academy import BuiltAcademy

encode = TexEncoder().encode
ORGANISATIONS = OrganisationNames.of(["DeepSeek-AI", "Aurora-9"], [])
SITE = "https://papers.example/"


def paper(
    title: str = "Of Lamps",
    authors: tuple[str, ...] = ("Ada Quill",),
    *,
    abstract: str | None = None,
    truncated: bool = False,
    date: PartialDate | None = None,
    summary: bool = False,
    inferred: tuple[Inferred, ...] = (),
    line: int = 1,
) -> PaperRecord:
    """A record as sources hand it on: every string cleaned."""
    return PaperRecord(
        Provenance("a.txt", line),
        clean_text(title),
        tuple(NameAsPrinted(clean_text(name)) for name in authors),
        truncated=truncated,
        date=date or PartialDate(2024, 6, 1),
        subject="cs.CL",
        abstract=clean_text(abstract) if abstract else None,
        abstract_is_summary=summary,
        inferred=inferred,
    )


def catalogue_of(*records: PaperRecord) -> Catalogue:
    """The catalogue of some records."""
    return build_catalogue(Load((), records, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def entry_of(record: PaperRecord, site_url: str | None = None) -> str:
    """The BibTeX entry of a single record."""
    catalogue = catalogue_of(record)
    (found,) = catalogue.papers.values()
    return BibtexExporter(catalogue, site_url).paper(found)


def fields_of(text: str) -> dict[str, str]:
    """The fields of the only entry of a text, without the braces around each."""
    library = parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return {field.key: str(field.value) for field in entry.fields}


def layout() -> BibtexFormat:
    """The form in which our files are written."""
    form = BibtexFormat()  # type: ignore[no-untyped-call]  # it has no annotations
    form.indent = "  "
    form.trailing_comma = True
    form.block_separator = "\n"
    return form


def rewritten(text: str) -> str:
    """The text after it was parsed and written, with the enclosures that it came with."""
    library = parse_string(text, parse_stack=[])
    assert library.failed_blocks == []
    assert len(library.blocks) == len(library.entries)
    return str(write(Library([*library.entries]), layout()))


# -- properties -----------------------------------------------------------------------------------

NASTY = st.sampled_from(
    r"""{ } \ $ % # & _ ~ ^ " @ , ; = \{ \} {{ }} $$ \\ \textbf{ \emph{x} \method $x$ $\{$ $}$ ${$
    \url{https://a.example/{x}} \footnote{ @misc{a, @comment @string{x={y}} and others et al. NUL
    -- ` ' ( ) < > \begin{x} \end{document} %% {\'e} \"{o} \v{S} \verb|}| $a_{b}$ \( \) \[ \] #1
    """.split()
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(NASTY | WORDS, max_size=12).map(" ".join) | st.lists(NASTY, max_size=8).map(
    "".join
)
TITLES = TEXTS.filter(clean_text)
NAMES = st.lists(
    (NASTY | WORDS | st.sampled_from(["van", "der", "Jr.", "and", "de", "Lamp", "others", "灯"])),
    min_size=1,
    max_size=4,
).map(" ".join)
PRINTED_NAMES = NAMES.map(clean_text).filter(lambda name: split_author_line(name)[0] == (name,))


@settings(deadline=None, max_examples=300)
@given(
    title=TITLES,
    abstract=TEXTS,
    names=st.lists(PRINTED_NAMES, max_size=4, unique=True).map(tuple),
    truncated=st.booleans(),
    summary=st.booleans(),
)
@example(title="a } b", abstract="{", names=("A} and {B",), truncated=True, summary=False)
@example(
    title="\\", abstract="ends in a backslash \\", names=("B\\",), truncated=False, summary=False
)
@example(title="$}{$", abstract="$\\}$", names=("and",), truncated=False, summary=True)
def test_what_is_written_is_read_back_whole(
    title: str, abstract: str, names: tuple[str, ...], truncated: bool, summary: bool
) -> None:
    record = paper(title, names, abstract=abstract, truncated=truncated, summary=summary)
    catalogue = catalogue_of(record)
    (found,) = catalogue.papers.values()
    text = BibtexExporter(catalogue, SITE).paper(found)
    library = parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    expected = ["author", "title", "year", "month", "url", "abstract"]
    if not names:
        expected.remove("author")
    if summary or not record.abstract:
        expected.remove("abstract")
    assert list(fields) == expected
    assert (entry.entry_type, entry.key) == ("misc", found.citation_key)
    assert fields["title"] == encode(record.title, protect=True)
    assert fields.get("abstract", "") == ("" if summary else encode(record.abstract or ""))
    assert fields["url"] == f"{SITE}papers/{found.id}/"
    assert all(is_balanced(str(value)) for value in fields.values())
    if names:
        listed = split_names(fields["author"])
        assert len(listed) == len(names) + truncated
        assert (listed[-1] == "others") == truncated
    assert rewritten(text) == text


def split_names(value: str) -> list[str]:
    """The names of an author field, as BibTeX separates them: at `and` outside of braces."""
    names, depth = [""], 0
    for token in re.split(r"([{}]|\s+and\s+)", value, flags=re.IGNORECASE):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if not depth and re.fullmatch(r"\s+and\s+", token, re.IGNORECASE):
            names.append("")
        else:
            names[-1] += token
    return names


def decoded(value: str) -> str:
    """What TeX prints for a value without math and macros of its own."""
    for source, text in (
        (r"{\textbraceleft}", "\0"),
        (r"{\textbraceright}", "\1"),
        (r"\textbackslash{}", "\2"),
        (r"\textasciitilde{}", "\3"),
        (r"\textasciicircum{}", "^"),
        ("{", ""),
        ("}", ""),
        ("~", " "),
        *((f"\\{c}", c) for c in "&%#_$"),
    ):
        value = value.replace(source, text)
    return value.translate({0: "{", 1: "}", 2: "\\", 3: "~"})


@settings(deadline=None, max_examples=200)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="$\\`'\"~-{}\0\1\2\3"), min_size=1
    ).filter(clean_text),
    st.booleans(),
)
def test_text_without_tex_reads_as_it_was_printed(text: str, protect: bool) -> None:
    assert decoded(encode(text, protect=protect)) == plain_text(clean_text(text))


@settings(deadline=None, max_examples=100)
@given(st.lists(TITLES, min_size=1, max_size=12))
def test_keys_are_plain_and_no_two_papers_share_one(titles: list[str]) -> None:
    records = [paper(t, ("Ada Quill",), line=n) for n, t in enumerate(titles, start=1)]
    catalogue = catalogue_of(*records)
    keys = [found.citation_key for found in catalogue.papers.values()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)
    documents = {
        d.path: d.data.decode()
        for d in citation_documents(catalogue, BibtexExporter(catalogue, None))
    }
    whole = parse_string(documents["papers.bib"])
    assert whole.failed_blocks == []
    assert sorted(entry.key for entry in whole.entries) == sorted(keys)
    assert rewritten(documents["papers.bib"]) == documents["papers.bib"]


@given(TEXTS)
def test_math_is_left_untouched(text: str) -> None:
    math = "$a_{b}^2 \\times \\{x\\}$"
    words = "".join(c for c in text if c.isalnum() or c == " ")
    assert math in encode(f"{words} {math} {words}", protect=True)


# -- examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("DeepSeek-R1 Is Here", "{DeepSeek-R1} Is Here"),
        ("ReLU$^2$ Wins", "{ReLU}$^2$ Wins"),
        ("Pruning LLMs by Hand", "Pruning {LLMs} by Hand"),
        ("16$\\times$3.8B Parameters", "16$\\times${3.8B} Parameters"),
        ("A Pre-Training Trick", "A Pre-Training Trick"),
        ("GRIN: GRadient-INformed MoE", "{GRIN}: {GRadient-INformed} {MoE}"),
        ("I Was a C++ Program", "{I} Was a {C}++ Program"),
        ("Costs 5% & More #1 a_b", "Costs 5\\% \\& More \\#1 a\\_b"),
        ("Costs $5 More", "Costs \\$5 More"),
        ("\\method: \\textbf{Bold} \\emph{BERT}", "method: \\textbf{Bold} \\emph{{BERT}}"),
        ("Open {Brace", "Open $\\lbrace$Brace"),
        ("灯笼 at Night", "灯笼 at Night"),
        ("iPhone-Like COVID-19 Times", "{iPhone-Like} {COVID-19} Times"),
        ("L\\'evy and G\\\"odel", "Lévy and Gödel"),
    ],
)
def test_words_that_would_lose_their_case_are_braced_one_by_one(title: str, expected: str) -> None:
    assert fields_of(entry_of(paper(title)))["title"] == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ada B. Quill", "Quill, Ada B."),
        ("Jan van der Lamp", "van der Lamp, Jan"),
        ("Otto Finch Jr.", "Finch, Jr., Otto"),
        ("DeepSeek-AI", "{DeepSeek-AI}"),
        ("Aurora-9", "{Aurora-9}"),
        ("The Lantern Collaboration", "{The Lantern Collaboration}"),
        ("Plato", "{Plato}"),
        ("韩雪梅", "韩, 雪梅"),
        ("欧阳明", "欧阳, 明"),
        ("María-José Peña", "Peña, María-José"),
        ("Rock and Roll", "{Rock and Roll}"),
        ("Frank O'Neil", "O'Neil, Frank"),
    ],
)
def test_names_are_written_family_first_and_organisations_whole(
    printed: str, expected: str
) -> None:
    assert fields_of(entry_of(paper(authors=(printed,))))["author"] == expected


def test_a_truncated_list_ends_in_others_and_only_then() -> None:
    cut = fields_of(entry_of(paper(authors=("Ada Quill", "Jan van der Lamp"), truncated=True)))
    assert cut["author"] == "Quill, Ada and van der Lamp, Jan and others"
    whole = fields_of(entry_of(paper(authors=("Ada Quill", "Jan van der Lamp"))))
    assert whole["author"] == "Quill, Ada and van der Lamp, Jan"


def test_an_entry_is_laid_out_as_promised() -> None:
    record = paper(
        "DeepSeek-R1 & Friends",
        ("DeepSeek-AI", "Jan van der Lamp"),
        abstract="All of 5% light.",
        truncated=True,
    )
    assert entry_of(record, SITE) == (
        "@misc{deepseek-ai2024deepseek-r1,\n"
        "  author = {{DeepSeek-AI} and van der Lamp, Jan and others},\n"
        "  title = {{DeepSeek-R1} \\& Friends},\n"
        "  year = {2024},\n"
        "  month = jun,\n"
        "  url = {https://papers.example/papers/deepseek-r1-and-friends/},\n"
        "  abstract = {All of 5\\% light.},\n"
        "}\n"
    )


def test_a_summary_by_somebody_else_is_no_abstract() -> None:
    assert "abstract" not in fields_of(entry_of(paper(abstract="Mine.", summary=True)))
    assert fields_of(entry_of(paper(abstract="Theirs.")))["abstract"] == "Theirs."


def test_an_unknown_site_address_gives_no_url() -> None:
    assert "url" not in fields_of(entry_of(paper()))


def test_an_inferred_year_says_so() -> None:
    reason = Inferred("date", "the source leaves out its current year")
    note = fields_of(entry_of(paper(inferred=(reason,))))["annote"]
    assert note == "The year is inferred: the source leaves out its current year."


@pytest.mark.parametrize(
    ("date", "fields"),
    [
        (PartialDate(2024, 6), {"year": "2024", "month": "jun"}),
        (PartialDate(2024), {"year": "2024"}),
        (PartialDate(None, 6, 1), {"month": "jun"}),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: PartialDate, fields: dict[str, str]) -> None:
    found = fields_of(entry_of(paper(date=date)))
    assert {key: found[key] for key in ("year", "month") if key in found} == fields


@pytest.mark.parametrize("word", ["A", "the", "Pre-Training", "Lamp's", "2024", "Été"])
def test_words_in_title_case_need_no_braces(word: str) -> None:
    assert not needs_protection(word)


# -- files of the academy -------------------------------------------------------------------------


def test_an_entry_is_the_same_in_every_file_but_for_its_abstract(academy: BuiltAcademy) -> None:
    whole = (academy.docs / "papers.bib").read_text(encoding="utf-8")
    singles = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (academy.docs / "papers").glob("*.bib")
    }
    assert len(singles) == 24
    assert whole.count("@misc{") >= len(singles)
    assert "abstract = {" not in whole
    without = {re.sub(r"\n  abstract = \{.*\},\n", "\n", text) for text in singles.values()}
    assert all(text in whole for text in without)
    assert any("abstract = {" in text for text in singles.values())
    for folder in ("authors", "topics", "years"):
        for path in (academy.docs / folder).glob("*.bib"):
            text = path.read_text(encoding="utf-8")
            entries = [f"@misc{part}" for part in re.split(r"(?m)^@misc", text)[1:]]
            assert {entry.rstrip("\n") + "\n" for entry in entries} <= without, path
            assert rewritten(text) == text


def test_files_of_authors_topics_and_years_hold_their_papers(academy: BuiltAcademy) -> None:
    def keys(name: str) -> set[str]:
        text = (academy.docs / name).read_text(encoding="utf-8")
        return set(re.findall(r"(?m)^@misc\{([^,]+),", text))

    assert keys("authors/plato.bib") == {"plato2024costs", "zolc2023shared"}
    assert keys("topics/eess-sp.bib") == {"van-der-lamp2022signals"}
    assert keys("years/2021.bib") == {"quill2021introduction"}
    assert len(keys("papers.bib")) == 24
    assert keys("authors/jan-van-der-lamp.bib") >= {"zolc2023shared"}


def test_no_key_holds_a_character_that_a_reader_could_trip_over(academy: BuiltAcademy) -> None:
    text = (academy.docs / "papers.bib").read_text(encoding="utf-8")
    keys = re.findall(r"(?m)^@misc\{([^,]+),", text)
    assert set("".join(keys)) <= set(string.ascii_lowercase + string.digits + "-")
