"""A CSL style worked out for one shape of item: its decisions are taken, its texts remain.

A style asks at every turn what an item has: in `choose`, in groups that vanish with their
variables, for what stands in place of missing names. The answers are the same for all items of one
shape, so they are given once, and as CSL 1.0.2 says
(https://docs.citationstyles.org/en/v1.0.2/specification.html). citeproc-py 0.11 gives others in a
few places: it prints groups of which nothing but a label is left, repeats the title that stands
for missing authors, ignores `initialize="false"`, and changes the locale's dates as it reads them.
Of 4,000 lines of a style a dozen elements remain, in which it meets none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from generator.exports.formatted_item import Shape
from generator.exports.formatted_text import CLOSE_QUOTE, ITALIC_END, ITALIC_START, OPEN_QUOTE

_FORM_FALLBACKS: Final = {"symbol": "short", "verb-short": "verb", "short": "", "verb": ""}
"""CSL 1.0.2, "terms": the form to take where a term lacks one; "" is the long form."""
_DONE: Final = frozenset(
    """display font-style font-variant font-weight initialize initialize-with macro quotes
    text-decoration vertical-align""".split()
)
"""Attributes that have done their work when a style is worked out."""
_DONE_IN: Final = {
    "text": {"term", "plural"},
    "date": {"form", "date-parts"},
    "names": {"variable"},
}
_PAGES: Final = frozenset(["page", "page-first"])
"""Variables that citeproc-py hands on, like all `number`, as bare strings, which have no case."""
_YEAR_SUFFIX: Final = "year-suffix"
"""What a processor adds to tell works of one year apart: no item has it, so none lacks it."""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The bibliography of a style, without namespaces, and what its elements refer to.

    `options` are those that names inherit; `term(name, form, plural)` is a term of the locale or
    "", with "" for the long form; `date(form)` is the locale's date.
    """

    layout: Element
    macros: Mapping[str, Element]
    options: Mapping[str, str]
    term: Callable[[str, str, bool], str]
    date: Callable[[str], Element]


@dataclass(frozen=True, slots=True)
class ShapedStyle:
    """A layout without decisions, and the roles whose given names it shows as initials."""

    layout: Element
    initialised: frozenset[str]


def shape_style(sheet: StyleSheet, shape: Shape) -> ShapedStyle:
    """What the style prints of items of the shape."""
    shaper = _Shaper(sheet, shape)
    layout = _element(sheet.layout, shaper.children(sheet.layout).elements)
    return ShapedStyle(layout, frozenset(shaper.initialised))


@dataclass(frozen=True, slots=True)
class _Output:
    """Elements that remain; whether variables were called for them, and whether one has a value."""

    elements: tuple[Element, ...] = ()
    called: bool = False
    filled: bool = False


_NOTHING: Final = _Output()
_EMPTY_VARIABLE: Final = _Output(called=True)


def _filled(*elements: Element) -> _Output:
    return _Output(elements, called=True, filled=True)


class _Shaper:
    def __init__(self, sheet: StyleSheet, shape: Shape) -> None:
        self._sheet = sheet
        self._shape = shape
        self._rendered: set[str] = set()
        self._substituted: frozenset[str] = frozenset()
        self._missing: Element | None = None
        self.initialised: set[str] = set()
        self._rules: dict[str, Callable[[Element], _Output]] = {
            "text": self._text,
            "number": self._variable,
            "label": self._label,
            "date": self._date,
            "names": self._names,
            "group": self._group,
            "choose": self._choose,
        }

    def children(self, parent: Element) -> _Output:
        """What remains of an element's children, one after the other."""
        outputs = [self._shaped(child) for child in parent]
        return _Output(
            tuple(element for output in outputs for element in output.elements),
            called=any(output.called for output in outputs),
            filled=any(output.filled for output in outputs),
        )

    def _shaped(self, element: Element) -> _Output:
        return self._rules[element.tag](element)

    def _has(self, variable: str) -> bool:
        name = "page" if variable == "page-first" else variable
        return name in self._shape.variables and name not in self._substituted

    def _text(self, element: Element) -> _Output:
        if "variable" in element.attrib:
            return self._variable(element)
        if "macro" in element.attrib:
            return self._macro(element)
        if "term" in element.attrib:
            return self._term(element)
        return _Output((_element(element),))

    def _variable(self, element: Element) -> _Output:
        variable = element.get("variable", "")
        if not self._has(variable):
            return _NOTHING if variable == _YEAR_SUFFIX else _EMPTY_VARIABLE
        self._rendered.add(variable)
        return _filled(_element(element))

    def _macro(self, element: Element) -> _Output:
        return self._wrapped(element, self.children(self._sheet.macros[element.get("macro", "")]))

    def _group(self, element: Element) -> _Output:
        inner = self.children(element)
        if inner.called and not inner.filled:
            return _EMPTY_VARIABLE
        return self._wrapped(element, inner)

    @staticmethod
    def _wrapped(element: Element, inner: _Output) -> _Output:
        """What is left of a macro or a group is a variable with a value for the group around it."""
        if not inner.elements:
            return inner
        group = _element(element, inner.elements, tag="group")
        bare = len(inner.elements) == 1 and not set(group.attrib) - {"delimiter"}
        return _filled(*(inner.elements if bare else (group,)))

    def _term(self, element: Element) -> _Output:
        name, plural = element.get("term", ""), element.get("plural") == "true"
        form = self._form(name, element.get("form", ""))
        value = self._sheet.term(name, form, plural)
        return _Output((_element(element, value=value),)) if value else _NOTHING

    def _form(self, term: str, form: str) -> str:
        form = "" if form == "long" else form
        while form and not self._sheet.term(term, form, False):
            form = _FORM_FALLBACKS.get(form, "")
        return form

    def _label(self, element: Element) -> _Output:
        """The label of a variable that has a value; it does not count as a variable itself."""
        variable = element.get("variable", "")
        return _Output((self._formed(element, variable),)) if self._has(variable) else _NOTHING

    def _formed(self, label: Element, term: str) -> Element:
        return _element(label, form=self._form(term, label.get("form", "")) or "long")

    def _date(self, element: Element) -> _Output:
        variable = element.get("variable", "")
        if variable in self._substituted:
            return _EMPTY_VARIABLE
        parts = [
            _element(part)
            for part in self._date_parts(element)
            if (variable, part.get("name")) in self._shape.dates
        ]
        if not parts:
            return _EMPTY_VARIABLE
        self._rendered.add(variable)
        return _filled(_element(element, parts))

    def _date_parts(self, element: Element) -> Iterator[Element]:
        form = element.get("form")
        if form is None:
            yield from element
            return
        shown = element.get("date-parts", "year-month-day").split("-")
        own = {part.get("name"): part.attrib for part in element}
        for part in self._sheet.date(form):
            if part.get("name") in shown:
                yield Element(part.tag, part.attrib | own.get(part.get("name"), {}))

    def _names(self, element: Element) -> _Output:
        roles = [role for role in element.get("variable", "").split() if self._has(role)]
        if roles:
            self._rendered.update(roles)
            # Names that have no parts of their own take those of the names they stand in for.
            frame = element if len(element) or self._missing is None else self._missing
            names = _element(element, self._name_parts(frame, roles), variable=" ".join(roles))
            return _filled(names)
        substitute = element.find("substitute")
        return _EMPTY_VARIABLE if substitute is None else self._substitute(element, substitute)

    def _substitute(self, names: Element, substitute: Element) -> _Output:
        """The first that prints anything; whatever it prints is not printed again."""
        rendered, missing = self._rendered, self._missing
        self._rendered, self._missing = set(), names
        outputs = map(self._shaped, substitute)
        found = next((output for output in outputs if output.elements), _EMPTY_VARIABLE)
        self._substituted |= self._rendered
        self._rendered, self._missing = rendered | self._rendered, missing
        return self._wrapped(names, found)

    def _name_parts(self, frame: Element, roles: list[str]) -> Iterator[Element]:
        if frame.find("name") is None:
            yield self._name(Element("name"), roles)
        for child in frame:
            match child.tag:
                case "name":
                    yield self._name(child, roles)
                case "label":
                    yield self._formed(child, roles[0])
                case "et-al":
                    yield _element(child)

    def _name(self, element: Element, roles: list[str]) -> Element:
        options = {**self._sheet.options, **element.attrib}
        if "initialize-with" in options and options.get("initialize") != "false":
            self.initialised.update(roles)
        changed = self._cut_short(options) if "author" in roles else {}
        return _element(element, (_element(part) for part in element), **changed)

    def _cut_short(self, options: Mapping[str, str]) -> dict[str, str]:
        """Options under which a list that goes on without its names ends in "et al.".

        It is taken to be longer than any that the style prints in full. An inverted name has a
        comma of its own, so one follows it.
        """
        listed = self._shape.listed
        if listed is None:
            return {}
        most = int(options.get("et-al-use-first", 1)) if "et-al-min" in options else listed
        cut = {"et-al-min": "2", "et-al-use-first": str(min(listed, most))}
        if "name-as-sort-order" in options:
            cut["delimiter-precedes-et-al"] = "always"
        return cut

    def _choose(self, element: Element) -> _Output:
        for branch in element:
            if branch.tag == "else" or self._holds(branch):
                return self.children(branch)
        return _NOTHING

    def _holds(self, branch: Element) -> bool:
        tests = list(self._tests(branch))
        match branch.get("match", "all"):
            case "any":
                return any(tests)
            case "none":
                return not any(tests)
        return all(tests)

    def _tests(self, branch: Element) -> Iterator[bool]:
        """One answer for each value tested; none here are ambiguous, repeated or with a locator."""
        shape = self._shape
        known = {"type": {shape.type}, "variable": shape.variables, "is-numeric": shape.numeric}
        for test, values in branch.attrib.items():
            if test != "match":
                yield from (value in known.get(test, ()) for value in values.split())


def _element(
    source: Element,
    children: Iterable[Element] = (),
    tag: str | None = None,
    **changed: str,
) -> Element:
    """A copy with other children, of which nothing has to be looked up or worked out any more.

    Italics and quotation marks become marks in the affixes, within which citeproc-py puts nothing
    else; other formats than italics have no place in plain text and in Markdown.
    """
    copy = Element(tag or source.tag, dict(_lasting(source)) | changed)
    marks = [
        ("quotes", "true", OPEN_QUOTE, CLOSE_QUOTE),
        ("font-style", "italic", ITALIC_START, ITALIC_END),
    ]
    for name, value, opening, closing in marks:
        if source.get(name) == value:
            copy.set("prefix", copy.get("prefix", "") + opening)
            copy.set("suffix", closing + copy.get("suffix", ""))
    copy.extend(children)
    return copy


def _lasting(source: Element) -> Iterator[tuple[str, str]]:
    done = _DONE | _DONE_IN.get(source.tag, set())
    for name, value in source.attrib.items():
        if name == "text-case" and (source.tag == "number" or source.get("variable") in _PAGES):
            continue
        if name == "text-case" and source.tag != "text" and value == "title":
            yield name, "capitalize-first"
        elif name not in done:
            yield name, value
