"""A CSL-JSON item as citations need it: cleaned, checked, and with its shape.

CSL-JSON comes from many hands (https://docs.citationstyles.org/en/stable/specification.html,
appendix IV; https://github.com/citation-style-language/schema). What has no sense here, a month 13
or a name that is a number, is left out; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.markup import clean_text
from generator.names import PersonName

TEXTS: Final = frozenset(
    """archive archive-place authority collection-title container-title container-title-short
    event event-place event-title genre jurisdiction medium original-publisher
    original-publisher-place original-title publisher publisher-place section source status title
    title-short version""".split()
)
"""Variables whose values are prose. What an item says of itself (abstract, keywords, notes) is no
part of a citation."""
NUMBERS: Final = frozenset(
    """chapter-number collection-number edition issue number page part-number supplement-number
    volume""".split()
)
NAMES: Final = frozenset(
    """author collection-editor composer container-author director editor editorial-director
    illustrator interviewer original-author recipient reviewed-author translator""".split()
)
DATES: Final = frozenset(["accessed", "event-date", "issued", "original-date", "submitted"])

_NUMERIC: Final = re.compile(r"[a-z]*\d+[a-z]*(?:\s*[-–—&,]\s*[a-z]*\d+[a-z]*)*", re.IGNORECASE)
"""CSL 1.0.2, "is-numeric": numbers with letters before or behind, divided by `-`, `&` or `,`."""
_OTHERS: Final = frozenset(["others", "and others", "et al", "et al.", "…", "..."])
"""What stands for authors who are not named, where a source wrote it as a name."""
_DASHES: Final = re.compile(r"\s*[-‐‑‒–—]+\s*")
_ISO_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DOI_PREFIX: Final = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_ENGLISH: Final = "en"
_ENGLISH_OF_BABEL: Final = frozenset(
    "american australian british canadian english newzealand ukenglish usenglish".split()
)
"""What the LaTeX package babel, and so BibTeX, calls English."""
_MOST_LISTED: Final = 20
"""Names that no style here exceeds before "et al."; more of them make no new shape."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that a style's decisions can depend on: what an item has, not what it says.

    `dates` are pairs of a date and a part that is known of it (`("issued", "day")`); `listed` is
    the number of authors named in a list that goes on without naming them, else None.
    """

    type: str
    variables: frozenset[str]
    numeric: frozenset[str]
    dates: frozenset[tuple[str, str]]
    listed: int | None


@dataclass(frozen=True, slots=True)
class CitedItem:
    """What a citation may say of one item, by CSL variable; every text is one clean line.

    A date is (year,), (year, month) or (year, month, day), or the words that stand for one.
    """

    shape: Shape
    language: str
    texts: Mapping[str, str]
    numbers: Mapping[str, str]
    names: Mapping[str, tuple[PersonName, ...]]
    dates: Mapping[str, tuple[int, ...] | str]
    url: str
    doi: str


def parse_item(item: Mapping[str, object]) -> CitedItem:
    """The cited parts of a CSL-JSON item.

    A list of authors goes on where `"custom": {"truncated": true}` says so (`custom` is where
    CSL-JSON leaves room for others' keys), or where its last name is "others" or "et al.".
    """
    texts = dict(_lines(item, TEXTS))
    numbers = dict(_lines(item, NUMBERS))
    if "page" in numbers:
        numbers["page"] = _DASHES.sub("-", numbers["page"])
    names = {role: people for role in NAMES if (people := tuple(_people(item, role)))}
    truncated = _is_truncated(item) or any(_is_others(name) for name in _entries(item, "author"))
    dates = {name: date for name in DATES if (date := _date(item.get(name)))}
    url = _line(item.get("URL"))
    doi = _DOI_PREFIX.sub("", _line(item.get("DOI")))
    has = frozenset([*texts, *numbers, *names, *dates, *_present(URL=url, DOI=doi)])
    listed = min(len(names["author"]), _MOST_LISTED) if truncated and "author" in names else None
    numeric = frozenset(name for name, text in numbers.items() if _NUMERIC.fullmatch(text))
    shape = Shape(
        _line(item.get("type")).lower(), has, numeric, frozenset(_known_parts(dates)), listed
    )
    language = _language(item.get("language"))
    return CitedItem(shape, language, texts, numbers, names, dates, url, doi)


def _present(**values: str) -> list[str]:
    return [name for name, value in values.items() if value]


def _line(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean_text(value) if isinstance(value, str) else ""


def _lines(item: Mapping[str, object], variables: frozenset[str]) -> Iterator[tuple[str, str]]:
    for variable, value in item.items():
        if variable in variables and (line := _line(value).rstrip(" ,:")):
            yield variable, line


def _language(value: object) -> str:
    """The language's code, in lower case; English where nothing is said."""
    line = _line(value).lower()
    return _ENGLISH if not line or line in _ENGLISH_OF_BABEL else line


def _is_truncated(item: Mapping[str, object]) -> bool:
    custom = item.get("custom")
    return isinstance(custom, Mapping) and custom.get("truncated") is True


def _entries(item: Mapping[str, object], role: str) -> list[Mapping[str, object]]:
    names = item.get(role)
    if not isinstance(names, Sequence) or isinstance(names, str):
        return []
    return [name for name in names if isinstance(name, Mapping)]


def _is_others(name: Mapping[str, object]) -> bool:
    words = (_line(name.get(part)) for part in ("given", "family", "literal"))
    return " ".join(filter(None, words)).lower() in _OTHERS


def _people(item: Mapping[str, object], role: str) -> Iterator[PersonName]:
    for entry in _entries(item, role):
        if not _is_others(entry) and (name := _person(entry)):
            yield name


def _person(entry: Mapping[str, object]) -> PersonName | None:
    """The name, or None where nothing is left of it; one that is not taken apart is a family name.

    CSL 1.0.2, "names": where a script has no case (`李雷`), names are written as they are, the
    parts not inverted and nothing abbreviated.
    """
    given, suffix = _line(entry.get("given")), _line(entry.get("suffix"))
    particles = ("dropping-particle", "non-dropping-particle", "family")
    family = " ".join(filter(None, (_line(entry.get(part)) for part in particles)))
    family = _line(entry.get("literal")) or family
    if not family or not given or entry.get("literal"):
        return PersonName(family or given, "", suffix) if family or given else None
    name = PersonName(family, given, suffix)
    return name if has_case(family + given) else PersonName(name.displayed)


def has_case(text: str) -> bool:
    """Whether the text is in a script with capitals, at least in part."""
    return text.lower() != text.upper()


def _date(value: object) -> tuple[int, ...] | str | None:
    """What is known of a date. Of a range its beginning: a citation says when a work came out."""
    if not isinstance(value, Mapping):
        return None
    ranges = value.get("date-parts")
    if isinstance(ranges, Sequence) and ranges and isinstance(ranges[0], Sequence):
        return _calendar_date([_whole_number(part) for part in ranges[0]])
    raw = _line(value.get("raw"))
    if iso := _ISO_DATE.fullmatch(raw):
        return _calendar_date([_whole_number(part) for part in iso.groups()])
    return _line(value.get("literal")) or raw or None


def _whole_number(value: object) -> int:
    line = _line(value)
    return int(line) if line.isascii() and line.isdigit() and len(line) <= 4 else 0


def _calendar_date(parts: Sequence[int]) -> tuple[int, ...] | None:
    year, month, day = (*parts[:3], 0, 0, 0)[:3]
    if not year:
        return None
    if not 1 <= month <= 12:
        return (year,)
    return (year, month, day) if 1 <= day <= 31 else (year, month)


def _known_parts(dates: Mapping[str, tuple[int, ...] | str]) -> Iterator[tuple[str, str]]:
    """Words that stand for a date stand for its year: that is where every style shows them."""
    for name, date in dates.items():
        known = 1 if isinstance(date, str) else len(date)
        yield from ((name, part) for part in ("year", "month", "day")[:known])
