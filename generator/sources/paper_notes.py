"""Notes that people write on one paper: what a profile does not say, and files beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from generator.errors import Problem
from generator.identifiers import parse_arxiv, parse_doi, slugify_file_name
from generator.markup import clean_text
from generator.records import PaperNotes, Provenance
from generator.sources.notes_text import body_line, body_of, is_web_address, undecoded
from generator.sources.reading import TextFile, read_text_file
from generator.validation import nearest, validate

PDF = frozenset({".pdf"})
SLIDES = PDF | {".pptx", ".ppt", ".odp", ".key"}
"""Endings of slides. HTML is none of them: it would be a page that nobody has checked."""
LARGEST_FILE = 100 * 2**20
"""Bytes of the largest file that GitHub takes: https://docs.github.com/en/repositories/
working-with-files/managing-large-files/about-large-files-on-github."""


class PaperFrontMatter(BaseModel):
    """What may stand above the notes on a paper."""

    model_config = ConfigDict(extra="forbid")

    doi: str | None = None
    arxiv: str | None = None
    venue: str | None = None
    pdf: str | None = None
    """A web address, or a file beside the text; so are slides."""
    code: str | None = None
    slides: str | None = None
    video: str | None = None
    award: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedNotes:
    """Notes, what is wrong in their file, and which files beside it that file names."""

    notes: PaperNotes
    problems: tuple[Problem, ...]
    names: frozenset[str]


_Reader = Callable[[str], tuple[str | None, str]]
"""From a value to what of it is kept, or None; and what is wrong with it then."""


def parse_paper_notes(
    data: bytes, origin: str, beside: Mapping[str, int] = MappingProxyType({})
) -> ParsedNotes:
    """Notes on the paper that the file is named for; what is wrong in them is left out.

    `beside` are the sizes in bytes of the other files in the folder, by name.
    """
    file, problems = read_text_file(data, origin)
    values, more = validate(
        PaperFrontMatter, _as_written(file), origin=origin, lines=file.key_lines
    )
    problems += more + undecoded(file, origin)
    given = {key: text for key, value in values if value and (text := clean_text(value))}
    readers = _readers(beside, given.get("pdf"))
    kept = {}
    for key, value in given.items():
        kept[key], fault = readers[key](value) if key in readers else (value, "")
        if kept[key] is None:
            problems += (Problem(origin, file.key_lines.get((key,)), f"{key}: {fault}"),)
    arxiv = parse_arxiv(kept.get("doi") or "")
    if arxiv is not None:
        # Every source of ours takes arXiv's own DOIs for ids of arXiv.
        kept |= {"doi": None, "arxiv": kept.get("arxiv") or arxiv}
    notes = PaperNotes(
        provenance=Provenance(origin, body_line(file)),
        slug=PurePosixPath(origin).stem,
        body=body_of(file),
        **kept,
    )
    names = beside.keys() & {given.get("pdf"), given.get("slides")}
    in_order = sorted(problems, key=lambda problem: problem.line or 0)
    return ParsedNotes(notes, tuple(in_order), frozenset(names))


def _as_written(file: TextFile) -> dict[str, object]:
    """The front matter, with an arXiv id as it stands there: YAML reads `2412.10000` as 2412.1."""
    values = dict(file.front_matter)
    if isinstance(values.get("arxiv"), float):
        line = file.front_lines.get(file.key_lines.get(("arxiv",), 0), "")
        printed = line.partition(":")[2].partition("#")[0].strip()
        values["arxiv"] = printed or values["arxiv"]
    return values


def _readers(beside: Mapping[str, int], pdf: str | None) -> dict[str, _Reader]:
    """How each key that is no plain text is read."""
    return {
        "doi": lambda value: (
            parse_doi(value),
            f"expected a DOI such as 10.1000/182, or its address at doi.org (found {value!r})",
        ),
        "arxiv": lambda value: (
            parse_arxiv(value),
            f"expected an arXiv id such as 2401.01234 or math/0309136 (found {value!r})",
        ),
        "pdf": lambda value: _read_file_name(value, PDF, beside),
        "slides": lambda value: _read_file_name(value, SLIDES, beside, pdf),
        "code": _read_address,
        "video": _read_address,
    }


def _read_address(value: str) -> tuple[str | None, str]:
    if is_web_address(value):
        return value, ""
    return None, f"expected an http or https address (found {value!r})"


def _read_file_name(
    value: str, endings: frozenset[str], beside: Mapping[str, int], other: str | None = None
) -> tuple[str | None, str]:
    """A web address, or the name of a file beside the notes that can be published.

    `other` is published in the same folder, under a name that it must have for itself.
    """
    if is_web_address(value):
        return value, ""
    path = PurePosixPath(value)
    if path.name != value or path.suffix.lower() not in endings:
        kinds = " or ".join(sorted(endings))
        where = (
            f"an http or https address, or the name of a file beside this one that ends in {kinds}"
        )
        return None, f"expected {where} (found {value!r})"
    if value not in beside:
        meant = nearest(value, beside)
        hint = f": did you mean {meant!r}?" if meant else ""
        return None, f"there is no file {value!r} beside this one{hint}"
    if beside[value] > LARGEST_FILE:
        size = f"{beside[value] / 2**20:,.0f} MiB"
        return None, f"{value!r} has {size}, and GitHub takes no file of more than 100: link to it"
    if (
        other in beside
        and other != value
        and slugify_file_name(str(other)) == slugify_file_name(value)
    ):
        return None, f"{value!r} and {other!r} would be published under one name: rename one"
    return value, ""
