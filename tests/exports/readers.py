r"""What biber, pandoc and pybtex find in a file of BibTeX: readers that are none of ours.

Each reads a whole file at once, for most of its time it starts. Every text comes back decoded as
far as the reader decodes, and then in one form (`plain_form`), because readers decode differently:

- biber turns accents and symbols into Unicode and hands all other TeX on to LaTeX (`untex`).
- pandoc decodes all that it knows. It lower-cases titles that are not braced, writes markup as
  HTML, curls quotes, drops footnotes, and knows no command for a lone brace.
- pybtex hands on what it reads; its styles decode by `Text.from_latex`, which leaves commands
  that are no letters, and drops braces in math too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pybtex import errors as pybtex_errors
from pybtex.database import Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from generator.mathml import SYMBOLS
from generator.mathtext import math_text

AND_OTHERS = "(and others)"
"""Stands last where a reader says that an author list goes on; no name may read like this."""

COMMANDS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textquotesingle": "'", "textasciigrave": "`", "ldots": "...", "dots": "...",
}  # fmt: skip
"""Commands for characters, as far as readers hand them on."""
MARKUP = (
    "emph", "textbf", "textit", "textmd", "textnormal", "textrm", "textsc", "textsf", "textsl",
    "textsubscript", "textsuperscript", "texttt", "textup", "uline", "underline", "mbox", "text",
    "footnote",
)  # fmt: skip
"""Commands of which only the argument is text."""


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry as a reader has it.

    `lowered` is the title in a style that lower-cases what is not braced. Names are in whatever
    order the reader keeps their parts; a list that goes on ends in `AND_OTHERS`.
    """

    title: str
    lowered: str
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    addresses: Mapping[str, str]
    """DOI and URL, as far as there are any."""
    places: tuple[str, ...]
    """Of journals, books, publishers, schools and institutions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: entries by key, in order, and everything it complained of."""

    entries: Mapping[str, ReadEntry]
    complaints: tuple[str, ...]


def run(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a reader, which must be there."""
    if shutil.which(command[0]) is None:
        pytest.fail(f"no {command[0]} found: `make test` or scripts/install-readers installs it")
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # another locale may be missing, and lack Unicode
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


# -- biber ----------------------------------------------------------------------------------------

_BLTX = "{http://biblatex-biber.sourceforge.net/biblatexml}"
_LOGGED = re.compile(r"\] \S+> (?:WARN|ERROR|FATAL) - (.*)")


def read_with_biber(path: Path) -> Reading:
    """Validate a file against biber's data model; its warnings are the complaints."""
    outcome = run(
        "biber", "--tool", "--noconf", "--validate-datamodel", "--onlylog", "--logfile=biber",
        "--output-format=biblatexml", "--no-bltxml-schema", "--output-file=biber.bltxml",
        path.name,
        folder=path.parent,
    )  # fmt: skip
    log = (path.parent / "biber.blg").read_text(encoding="utf-8")
    complaints = [found[1] for found in _LOGGED.finditer(log)]
    complaints += [line for line in outcome.stderr.splitlines() if line.strip()]
    tree = ET.parse(path.parent / "biber.bltxml")
    entries = {entry.attrib["id"]: _of_biber(entry) for entry in tree.iter(f"{_BLTX}entry")}
    return Reading(entries, tuple(complaints))


def _of_biber(entry: ET.Element) -> ReadEntry:
    title = entry.findtext(f"{_BLTX}title", "")
    lists = {names.attrib["type"]: names for names in entry.iter(f"{_BLTX}names")}
    addresses = {name: entry.findtext(_BLTX + name) for name in ("doi", "url")}
    places = [
        " ".join(place.itertext())
        for name in ("journaltitle", "booktitle", "publisher", "institution")
        for place in entry.findall(_BLTX + name)
    ]
    return ReadEntry(
        title=plain_form(untex(title)),
        lowered=plain_form(untex(title, lower=True)),
        authors=tuple(_biber_names(lists.get("author"))),
        editors=tuple(_biber_names(lists.get("editor"))),
        addresses={name: text for name, text in addresses.items() if text},
        places=tuple(sorted(plain_form(untex(place)) for place in places)),
    )


def _biber_names(names: ET.Element | None) -> Iterator[str]:
    if names is None:
        return
    for name in names.iter(f"{_BLTX}name"):
        yield plain_form(untex(" ".join(name.itertext())))
    if "morenames" in names.attrib:
        yield AND_OTHERS


# -- pandoc ---------------------------------------------------------------------------------------

_HTML = re.compile(r"</?(?:b|i|u|sub|sup|span)(?: [^<>]*)?>", re.IGNORECASE)
_NAME_PARTS = ("literal", "given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_PANDOC_PLACES = ("container-title", "publisher")


def read_with_pandoc(path: Path) -> Reading:
    """Turn a file into CSL-JSON, as pandoc does for its own citations."""
    outcome = run("pandoc", "--from=bibtex", "--to=csljson", path.name, folder=path.parent)
    items = json.loads(outcome.stdout) if outcome.stdout.strip() else []
    entries = {item["id"]: _of_pandoc(item) for item in items}
    return Reading(entries, tuple(outcome.stderr.splitlines()))


def _of_pandoc(item: Mapping[str, Any]) -> ReadEntry:
    places = (place for name in _PANDOC_PLACES for place in item.get(name, "").split("; "))
    title = _pandoc_text(item.get("title", ""))
    return ReadEntry(
        title=title,
        lowered=title,
        authors=tuple(_pandoc_names(item.get("author", ()))),
        editors=tuple(_pandoc_names(item.get("editor", ()))),
        addresses={name.lower(): item[name] for name in ("DOI", "URL") if name in item},
        places=tuple(sorted(map(_pandoc_text, places))),
    )


def _pandoc_names(names: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Names; a last one `others` goes for the mark, for pandoc does not tell them apart."""
    for number, name in enumerate(names, start=1):
        if number == len(names) and name == {"literal": "others"}:
            yield AND_OTHERS
        else:
            yield _pandoc_text(" ".join(name[part] for part in _NAME_PARTS if part in name))


def _pandoc_text(text: str) -> str:
    r"""Text without markup; `$\lbrace$` stands there as math does, in its source."""
    text = without_html(text)
    return plain_form(text.replace(r"\lbrace", "{").replace(r"\rbrace", "}"))


def without_html(text: str) -> str:
    """Text without markup, and without what only looks like it: pandoc does not tell them apart."""
    return _HTML.sub("", text)


# -- pybtex ---------------------------------------------------------------------------------------

_MARKUP = re.compile(rf"\\(?:{'|'.join(MARKUP)})(?=\{{)")
_URL = re.compile(r"\\url(\{[^{}]*\})")
_LEFT_BY_PYBTEX = re.compile(rf"\\\$|\$?\\({'|'.join(COMMANDS)})\s\$?")
_PYBTEX_PLACES = ("journal", "booktitle", "publisher", "school", "institution")


def read_with_pybtex(path: Path) -> Reading:
    """Parse a file strictly; what its styles could not decode is a complaint."""
    pybtex_errors.set_strict_mode(True)
    data = parse_string(path.read_text(encoding="utf-8"), "bibtex")
    complaints: list[str] = []
    entries = {key: _of_pybtex(entry, complaints) for key, entry in data.entries.items()}
    return Reading(entries, tuple(complaints))


def _of_pybtex(entry: Entry, complaints: list[str]) -> ReadEntry:
    def decoded(value: str, *, lower: bool = False) -> str:
        try:
            text = _pybtex_text(value)
        except PybtexError as error:
            complaints.append(f"Entry '{entry.key}': {error}: {value}")
            return ""
        return plain_form(_LEFT_BY_PYBTEX.sub(_left, str(text.lower() if lower else text)))

    def names(role: str) -> Iterator[str]:
        persons: list[Person] = entry.persons.get(role, [])
        for person in persons:
            name = str(person)
            yield AND_OTHERS if name == "others" else decoded(name)

    fields: Mapping[str, str] = entry.fields
    return ReadEntry(
        title=decoded(fields["title"]),
        lowered=decoded(fields["title"], lower=True),
        authors=tuple(names("author")),
        editors=tuple(names("editor")),
        addresses={name: fields[name] for name in ("doi", "url") if name in fields},
        places=tuple(sorted(decoded(fields[p]) for p in _PYBTEX_PLACES if p in fields)),
    )


def _pybtex_text(value: str) -> Text:
    """The text as pybtex's styles decode it, but for commands that they leave to LaTeX."""
    value = _URL.sub(lambda found: found[1].replace("~", r"\textasciitilde{}"), value)
    return Text.from_latex(_MARKUP.sub("", value))


def _left(command: re.Match[str]) -> str:
    return COMMANDS[command[1]] if command[1] else "$"


# -- one form of text -----------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""
    (?P<math>\$\$(?:[^$\\]|\\.)+\$\$|\$(?:[^$\\]|\\.)+\$)
  | \\url\{(?P<url>[^{}]*)\}
  | \\(?P<command>[A-Za-z]+)(?P<end>\{\}|[ ]*)
  | \\(?P<escaped>.)
  | (?P<brace>[{}])
  | (?P<tie>~)
    """,
    re.VERBOSE | re.DOTALL,
)


def untex(source: str, *, lower: bool = False) -> str:
    """Text of TeX source as far as readers leave it TeX; math stays as it is.

    With `lower`, what no brace protects is in lower case, as BibTeX's `change.case$` has it.
    """
    pieces = []
    last = depth = 0
    for token in _TOKEN.finditer(source):
        plain = _set(source[last : token.start()])
        pieces += [plain.lower() if lower and not depth else plain, _token_text(token)]
        depth += {"{": 1, "}": -1}.get(token["brace"] or "", 0)
        last = token.end()
    rest = _set(source[last:])
    return "".join((*pieces, rest.lower() if lower and not depth else rest))


_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", ",,": "„", "?`": "¿", "!`": "¡"}
_LIGATURE = re.compile("|".join(map(re.escape, _LIGATURES)))


def _set(text: str) -> str:
    """Characters as TeX sets them."""
    return _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)


def _token_text(token: re.Match[str]) -> str:
    kind = token.lastgroup
    if kind == "end":
        command = token["command"]
        return "" if command in MARKUP else COMMANDS.get(command, token[0])
    if kind in ("math", "url"):
        return {r"$\lbrace$": "{", r"$\rbrace$": "}"}.get(token[0], token[kind])
    return {"escaped": token["escaped"] or "", "tie": " "}.get(kind or "", "")


_QUOTES = re.compile("[\"'`‘’“”„]+")


def plain_form(text: str) -> str:
    """Text in the form in which texts of readers are compared.

    Unicode compatibility forms are folded (pandoc has `<sup>2</sup>` where biber has `²`), all
    quotes are one (pandoc curls them, and turns inner ones into outer ones), white space is single.
    """
    folded = _QUOTES.sub("'", unicodedata.normalize("NFKC", text))
    return " ".join(unicodedata.normalize("NFC", folded).split())


_SYMBOLS = {name: math_text(f"\\{name}") for name in SYMBOLS}
_SYMBOL = re.compile(rf"\\({'|'.join(sorted(SYMBOLS, key=len, reverse=True))})")


def math_form(text: str) -> str:
    r"""A text with math in it, in the form in which such texts are compared: by their source.

    Readers differ in which commands they turn into symbols (`\times`, `^2`), and in what they leave
    of dollars, of braces (pybtex) and of white space (pandoc: `\lambdaLAMP`): these do not count.
    """
    plain = _SYMBOL.sub(lambda found: _SYMBOLS[found[1]], text)
    return re.sub(r"[\s$\\{}^_]", "", plain_form(plain))


def letters(names: Iterable[str]) -> list[str]:
    """Each name by its letters: in which order a reader keeps its parts is the reader's affair."""
    return ["".join(sorted(re.sub(r"[\s,~]", "", name))) for name in names]


_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328")
_LETTERS = frozenset("åÅæÆøØœŒßłŁ–—‘’“”…")


def is_latex(text: str) -> bool:
    r"""Whether LaTeX sets the text in ASCII alone, in a form that every reader decodes.

    None decodes two accents on a letter, nor pybtex `\d`; pandoc 2.17 lacks `\dj`, `\th` and signs.
    """
    return text.isascii() or all(map(_is_latex, text))


def _is_latex(character: str) -> bool:
    base, *marks = tuple(unicodedata.normalize("NFD", character))
    return character in _LETTERS or (base.isascii() and len(marks) < 2 and _MARKS.issuperset(marks))
