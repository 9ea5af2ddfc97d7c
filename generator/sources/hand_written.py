"""What people write in `content/`: notes on authors, and pages of their own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict

from generator.errors import Problem
from generator.identifiers import parse_orcid
from generator.markup import link_target
from generator.records import AuthorNotes, Content, HandWrittenPage, NamedLink, Provenance
from generator.sources.reading import TextFile, read_text_file
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
    """Read `authors/` and `pages/` of a content folder; a folder that is missing is empty."""
    problems: list[Problem] = []
    authors: dict[str, AuthorNotes] = {}
    pages: list[HandWrittenPage] = []
    files: dict[str, bytes] = {}
    for path in _files(folder / "authors"):
        if path.suffix == ".md":
            notes, found = parse_author_notes(path.read_bytes(), path.as_posix())
            problems += found
            if notes.photo and not (path.parent / notes.photo).is_file():
                message = f"photo: there is no file {notes.photo!r} beside this one"
                problems.append(Problem(notes.provenance.origin, 1, message))
                notes = _without_photo(notes)
            authors[notes.slug] = notes
        elif path.suffix.lower() in IMAGES:
            files[f"assets/authors/{path.name}"] = path.read_bytes()
    root = folder / "pages"
    for path in _files(root):
        relative = path.relative_to(root).as_posix()
        if path.suffix == ".md":
            page, found = parse_page(path.read_bytes(), path.as_posix(), relative)
            problems += found
            pages.append(page)
        else:
            files[relative] = path.read_bytes()
    return Content(authors, {}, tuple(pages), files, tuple(problems))


def _files(folder: Path) -> list[Path]:
    """Files below a folder that are not hidden, sorted."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )


def _without_photo(notes: AuthorNotes) -> AuthorNotes:
    return AuthorNotes(
        provenance=notes.provenance,
        slug=notes.slug,
        homepage=notes.homepage,
        orcid=notes.orcid,
        links=notes.links,
        biography=notes.biography,
    )


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
        if _is_web_address(link.url):
            links.append(NamedLink(link.label, link.url))
            continue
        message = f"links: {link.label}: expected an http or https address (found {link.url!r})"
        problems += (Problem(origin, file.key_lines.get(("links", index)), message),)
    homepage = values.homepage if _is_web_address(values.homepage) else None
    notes = AuthorNotes(
        provenance=Provenance(origin, _body_line(file)),
        slug=PurePosixPath(origin).stem,
        homepage=keep("homepage", homepage, "an http or https address"),
        orcid=keep(
            "orcid",
            parse_orcid(values.orcid) if values.orcid else None,
            "an ORCID iD such as 0000-0002-1825-0097, with a right check digit",
        ),
        photo=keep("photo", _image_name(values.photo), "the name of an image beside this file"),
        links=tuple(links),
        biography=_body(file),
    )
    return notes, problems


def _is_web_address(url: str | None) -> bool:
    return bool(url and link_target(url) and url.lower().startswith("http"))


def _image_name(photo: str | None) -> str | None:
    """The file name, when it is one: a remote image would be a request to another host."""
    if photo is None or PurePosixPath(photo).name != photo:
        return None
    return photo if PurePosixPath(photo).suffix.lower() in IMAGES else None


def parse_page(data: bytes, origin: str, path: str) -> tuple[HandWrittenPage, tuple[Problem, ...]]:
    """A page of one's own, published as it is at `path`."""
    file, problems = read_text_file(data, origin)
    bad = tuple(
        Problem(origin, line, f"not valid UTF-8: the byte at offset {offset} of the file")
        for line, offset in file.bad_bytes.items()
    )
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    page = HandWrittenPage(
        Provenance(origin, _body_line(file)), path, text, file.front_matter, _body(file)
    )
    return page, problems + bad


def _body_line(file: TextFile) -> int:
    """The line on which the body's text begins."""
    blank = next((n for n, line in enumerate(file.lines) if line.strip()), 0)
    return file.first_line + blank


def _body(file: TextFile) -> str:
    text = "\n".join(file.lines).strip()
    return text.encode("utf-8", "replace").decode()
