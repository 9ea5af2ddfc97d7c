"""What people write in `content/`: notes on authors and papers, and pages of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict

from generator.errors import Problem
from generator.identifiers import parse_orcid, slugify_file_name
from generator.records import (
    AuthorNotes,
    Content,
    HandWrittenPage,
    NamedLink,
    PaperNotes,
    Provenance,
)
from generator.sources.notes_text import body_line, body_of, is_web_address, undecoded
from generator.sources.paper_notes import parse_paper_notes
from generator.sources.reading import read_text_file
from generator.validation import validate

IMAGES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg"})


class _Link(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: str
    url: str


class AuthorFrontMatter(BaseModel):
    """What may stand above an author's biography."""

    model_config = ConfigDict(extra="forbid")

    homepage: str | None = None
    orcid: str | None = None
    photo: str | None = None
    """An image file beside the text."""
    links: list[_Link] = []


def read_content(folder: Path) -> Content:
    """Read `authors/`, `papers/` and `pages/` of a content folder; a missing one is empty.

    A link that leads out of the content folder is not followed: what is there would be published.
    """
    root = folder.resolve()
    found = [_files(folder / name, root) for name in ("authors", "pages", "papers")]
    authors, photos, problems = _read_authors(found[0].within)
    pages, files, more = _read_pages(folder / "pages", found[1].within)
    papers, papers_files, others = _read_papers(found[2].within)
    outside = [
        Problem(path.as_posix(), None, "a link that leads out of the content folder: not read")
        for files_found in found
        for path in files_found.outside
    ]
    twice = [
        Problem(f"{folder.as_posix()}/pages/{path}", None, "a file of notes has its address")
        for path in sorted(files.keys() & papers_files.keys())
    ]
    problems += [*more, *others, *twice, *outside]
    return Content(authors, papers, pages, photos | files | papers_files, tuple(problems))


def _read_authors(
    paths: Sequence[Path],
) -> tuple[dict[str, AuthorNotes], dict[str, bytes], list[Problem]]:
    """Notes by slug, the images beside them by their path on the site, and what is wrong."""
    authors: dict[str, AuthorNotes] = {}
    photos: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.suffix == ".md":
            notes, found = parse_author_notes(path.read_bytes(), path.as_posix())
            problems += found
            if notes.photo and path.parent / notes.photo not in paths:
                message = f"photo: there is no file {notes.photo!r} beside this one"
                problems.append(Problem(notes.provenance.origin, 1, message))
                notes = replace(notes, photo=None)
            authors[notes.slug] = notes
        elif path.suffix.lower() in IMAGES:
            photos[f"assets/authors/{path.name}"] = path.read_bytes()
    return authors, photos, problems


def _read_pages(
    root: Path, paths: Sequence[Path]
) -> tuple[tuple[HandWrittenPage, ...], dict[str, bytes], list[Problem]]:
    """Pages, other files by their path there, which is that on the site, and what is wrong."""
    pages: list[HandWrittenPage] = []
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        relative = path.relative_to(root).as_posix()
        if path.suffix == ".md":
            page, found = parse_page(path.read_bytes(), path.as_posix(), relative)
            problems += found
            pages.append(page)
        else:
            files[relative] = path.read_bytes()
    return tuple(pages), files, problems


def _read_papers(
    found: Sequence[Path],
) -> tuple[dict[str, PaperNotes], dict[str, bytes], list[Problem]]:
    """Notes by slug, the files that they name by their path on the site, and what is wrong."""
    papers: dict[str, PaperNotes] = {}
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for folder, paths in _by_folder(found).items():
        beside = {path.name: path.stat().st_size for path in paths if path.suffix != ".md"}
        unnamed = set(beside)
        for path in (path for path in paths if path.suffix == ".md"):
            parsed = parse_paper_notes(path.read_bytes(), path.as_posix(), beside)
            notes = parsed.notes
            problems += parsed.problems
            unnamed -= parsed.names
            if notes.slug in papers:
                first = papers[notes.slug].provenance.origin
                message = f"{first} holds notes on the same paper; these are not shown"
                problems.append(Problem(path.as_posix(), None, message))
                continue
            papers[notes.slug] = notes
            for name in sorted(parsed.names & {notes.pdf, notes.slides}):
                target = f"papers/{notes.slug}/{slugify_file_name(name)}"
                files[target] = (folder / name).read_bytes()
        problems += [
            Problem((folder / name).as_posix(), None, "named by no notes beside it: not published")
            for name in sorted(unnamed)
        ]
    return papers, files, problems


def _by_folder(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    folders: dict[Path, list[Path]] = {}
    for path in paths:
        folders.setdefault(path.parent, []).append(path)
    return folders


@dataclass(frozen=True, slots=True)
class _Files:
    """Files of a folder: those that truly stand within the content folder, and the others."""

    within: tuple[Path, ...]
    outside: tuple[Path, ...]


def _files(folder: Path, root: Path) -> _Files:
    """Files below a folder that are not hidden, sorted."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
    within = [path.resolve().is_relative_to(root) for path in found]
    return _Files(tuple(compress(found, within)), tuple(compress(found, map(not_, within))))


def parse_author_notes(data: bytes, origin: str) -> tuple[AuthorNotes, tuple[Problem, ...]]:
    """Notes on the author that the file is named for; what is wrong in them is left out."""
    file, problems = read_text_file(data, origin)
    values, more = validate(
        AuthorFrontMatter, file.front_matter, origin=origin, lines=file.key_lines
    )
    problems += more

    def keep(key: str, value: str | None, expected: str) -> str | None:
        """The checked form of a value, or None and a problem."""
        nonlocal problems
        given = getattr(values, key)
        if given is not None and value is None:
            message = f"{key}: expected {expected} (found {given!r})"
            problems += (Problem(origin, file.key_lines.get((key,)), message),)
        return value

    links = []
    for index, link in enumerate(values.links):
        if is_web_address(link.url):
            links.append(NamedLink(link.label, link.url))
            continue
        message = f"links: {link.label}: expected an http or https address (found {link.url!r})"
        problems += (Problem(origin, file.key_lines.get(("links", index)), message),)
    homepage = values.homepage if is_web_address(values.homepage) else None
    notes = AuthorNotes(
        provenance=Provenance(origin, body_line(file)),
        slug=PurePosixPath(origin).stem,
        homepage=keep("homepage", homepage, "an http or https address"),
        orcid=keep(
            "orcid",
            parse_orcid(values.orcid) if values.orcid else None,
            "an ORCID iD such as 0000-0002-1825-0097, with a right check digit",
        ),
        photo=keep("photo", _image_name(values.photo), "the name of an image beside this file"),
        links=tuple(links),
        biography=body_of(file),
    )
    return notes, problems


def _image_name(photo: str | None) -> str | None:
    """The file name, when it is one: a remote image would be a request to another host."""
    if photo is None or PurePosixPath(photo).name != photo:
        return None
    return photo if PurePosixPath(photo).suffix.lower() in IMAGES else None


def parse_page(data: bytes, origin: str, path: str) -> tuple[HandWrittenPage, tuple[Problem, ...]]:
    """A page of one's own, published as it is at `path`."""
    file, problems = read_text_file(data, origin)
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    page = HandWrittenPage(
        Provenance(origin, body_line(file)), path, text, file.front_matter, body_of(file)
    )
    return page, problems + undecoded(file, origin)
