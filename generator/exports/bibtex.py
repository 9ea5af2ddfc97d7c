"""BibTeX: one entry a paper, the same bytes in every file that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

from generator.catalogue.model import Catalogue, Paper
from generator.dates import MONTHS
from generator.documents import Document
from generator.identifiers import subject_slug
from generator.markup import clean_text
from generator.names import parse_name
from generator.tex import Footnote, Link, Macro, Math, Span, Styled, Text, parse_tex

_SPECIAL = re.compile(r"[&%#_$~^\\{}\u00a0]")
_ESCAPES = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    # A brace in text is never written bare: BibTeX counts it, with a backslash before it or not.
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "\u00a0": "~",
}
_WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_JOINER_OR_COMMA = re.compile(r"(?:^|\s)and(?:\s|$)|,", re.IGNORECASE)
_NOT_IN_URL = re.compile(r"[{}\\\s]")


def _format() -> BibtexFormat:
    layout = BibtexFormat()  # type: ignore[no-untyped-call]  # bibtexparser 2.1 leaves it so
    layout.indent = "  "
    layout.trailing_comma = True
    return layout


_FORMAT = _format()


@lru_cache(maxsize=65_536)
def needs_protection(word: str) -> bool:
    """Whether a style that lower-cases titles would spoil the word.

    So it is with an inner capital (`ReLU`, `DeepSeek-R1`) and with nothing but capitals (`AI`,
    `R1`, `C`); a capital at the head of each part (`Pre-Training`) is title case and no more.
    """
    if word in ("A", "I"):
        return word == "I"
    parts = _PART.findall(word)
    return any(not part.islower() and _has_case_of_its_own(part, len(parts)) for part in parts)


def _has_case_of_its_own(part: str, parts: int) -> bool:
    if any(letter.isupper() for letter in part[1:]):
        return True
    return part.isupper() and (len(part) > 1 or parts == 1)


def escape_text(text: str) -> str:
    """Text outside math as TeX source: it reads the same, and its braces balance."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def encode(text: str, *, protect: bool = False) -> str:
    """A title or an abstract, TeX included, as the value of a BibTeX field, without its braces.

    Math stays as it is; macros that are defined nowhere lose their backslash. With `protect`,
    words that must keep their case are put in braces of their own.
    """
    return "".join(_encode_span(span, protect) for span in parse_tex(clean_text(text)))


def _encode_span(span: Span, protect: bool) -> str:
    match span:
        case Text(text):
            return _protect_words(text) if protect else escape_text(text)
        case Math(source, display):
            return _encode_math(source, display)
        case Styled(command, children):
            return f"\\{command}{{{_encode_spans(children, protect)}}}"
        case Link(url, _):
            return f"\\url{{{_NOT_IN_URL.sub('', url)}}}"
        case Footnote(children):
            return f"\\footnote{{{_encode_spans(children, protect)}}}"
        case Macro(name):
            return escape_text(name)


def _encode_spans(spans: Iterable[Span], protect: bool) -> str:
    return "".join(_encode_span(span, protect) for span in spans)


def _protect_words(text: str) -> str:
    pieces = []
    last = 0
    for word in _WORD.finditer(text):
        if needs_protection(word[0]):
            pieces += [escape_text(text[last : word.start()]), f"{{{escape_text(word[0])}}}"]
            last = word.end()
    return "".join((*pieces, escape_text(text[last:])))


def _encode_math(source: str, display: bool) -> str:
    fence = "$$" if display else "$"
    if not is_balanced(source):
        return escape_text(f"{fence}{source}{fence}")
    return f"{fence}{source}{fence}"


def is_balanced(value: str) -> bool:
    """Whether every brace has its partner, in order, as BibTeX counts: backslash or not."""
    depth = 0
    for brace in re.findall(r"[{}]", value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=65_536)
def encode_person(printed: str) -> str:
    """A person's name as `Family, Given`; one that cannot be taken apart stands in braces."""
    name = parse_name(printed)
    if not name.given or _JOINER_OR_COMMA.search(printed):
        return f"{{{escape_text(printed)}}}"
    return escape_text(name.inverted)


class BibtexExporter:
    """Renders each paper of a catalogue once and reuses the entry in every file."""

    def __init__(self, catalogue: Catalogue, site_url: str | None) -> None:
        self._catalogue = catalogue
        self._site_url = site_url
        self._entries: dict[str, str] = {}

    def entry(self, paper: Paper) -> str:
        """The entry of one paper, with a line break at its end."""
        found = self._entries.get(paper.id)
        if found is None:
            found = self._entries[paper.id] = self._render(paper)
        return found

    def documents(self) -> Iterator[Document]:
        """All `.bib` files: of each paper, author, subject class and year, and of the site."""
        catalogue = self._catalogue
        for paper in catalogue.papers.values():
            yield Document(f"papers/{paper.id}.bib", self.entry(paper))
        for person in catalogue.people.values():
            yield Document(f"authors/{person.id}.bib", self._file(person.papers))
        for subject, papers in catalogue.subjects.items():
            yield Document(f"topics/{subject_slug(subject)}.bib", self._file(papers))
        for year, papers in catalogue.years.items():
            yield Document(f"years/{year}.bib", self._file(papers))
        yield Document("papers.bib", self._file(catalogue.papers))

    def _file(self, papers: Iterable[str]) -> str:
        return "\n".join(self.entry(self._catalogue.papers[paper]) for paper in papers)

    def _render(self, paper: Paper) -> str:
        fields = [Field(key, value) for key, value in self._fields(paper)]
        return str(write(Library([Entry("misc", paper.citation_key, fields)]), _FORMAT))

    def _fields(self, paper: Paper) -> Iterator[tuple[str, str]]:
        if paper.authors:
            yield "author", f"{{{self._authors(paper)}}}"
        yield "title", f"{{{encode(paper.title, protect=True)}}}"
        if paper.date and paper.date.year:
            yield "year", f"{{{paper.date.year}}}"
        if paper.date and paper.date.month:
            yield "month", MONTHS[paper.date.month - 1]
        if self._site_url:
            yield "url", f"{{{self._site_url}papers/{paper.id}/}}"
        if paper.abstract and not paper.abstract_is_summary:
            yield "abstract", f"{{{encode(paper.abstract)}}}"
        reason = paper.reason_inferred("date")
        if reason:
            yield "annote", f"{{The year is inferred: {escape_text(reason)}.}}"

    def _authors(self, paper: Paper) -> str:
        names = [
            f"{{{escape_text(author.printed)}}}"
            if self._catalogue.people[author.person].is_organisation
            else encode_person(author.printed)
            for author in paper.authors
        ]
        return " and ".join([*names, "others"] if paper.truncated else names)
