"""A style worked out for a shape: what CSL 1.0.2 says of groups, names, terms and conditions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from generator.exports.formatted_item import Shape, parse_item
from generator.exports.formatted_style import StyleSheet, shape_style

ITEM = {
    "type": "book",
    "title": "Of Lamps",
    "editor": [{"literal": "Quill"}],
    "volume": "2",
    "page": "1-2",
    "issued": {"date-parts": [[2020, 5]]},
}
SHAPE = parse_item(ITEM).shape
TERMS = {("ed", ""): "edition", ("ed", "short"): "ed.", ("vol", ""): "volume"}
DATES = {
    "text": ET.fromstring(
        """<date><date-part name="month" suffix=" "/><date-part name="day"/>
        <date-part name="year"/></date>"""
    )
}
MACROS = {
    "title": ET.fromstring('<macro><text variable="title"/></macro>'),
    "note": ET.fromstring('<macro><text variable="note"/></macro>'),
    "term": ET.fromstring('<macro><text term="ed"/></macro>'),
}


def shaped(style: str, shape: Shape = SHAPE) -> str:
    """What is left of elements, as XML without the layout around them."""
    sheet = StyleSheet(
        layout=ET.fromstring(f"<layout>{style}</layout>"),
        macros=MACROS,
        options={"initialize-with": ". "},
        term=lambda name, form, plural: TERMS.get((name, form), "") + ("s" if plural else ""),
        date=DATES.__getitem__,
    )
    written = ET.tostring(shape_style(sheet, shape).layout, encoding="unicode")
    return re.sub(" ?/>", "/>", written.removeprefix("<layout>").removesuffix("</layout>"))


TITLE = '<text variable="title"/>'
EDITION = '<text value="edition"/>'


@pytest.mark.parametrize(
    ("style", "left"),
    [
        (f'<group>{TITLE}<text term="ed"/></group>', f"<group>{TITLE}{EDITION}</group>"),
        ('<group><text variable="note"/><text term="ed"/></group>', "<layout/>"),
        ('<group><label variable="volume"/><text variable="note"/></group>', "<layout/>"),
        ('<group><text term="ed"/></group>', EDITION),
        ('<group><text variable="note"/><group><text term="ed"/></group></group>', EDITION),
        ('<group><text variable="note"/><text macro="term"/></group>', EDITION),
        ('<group><text macro="note"/><text term="ed"/></group>', "<layout/>"),
        ('<group><text term="ed"/><text variable="year-suffix"/></group>', EDITION),
        (f'<group prefix="(">{TITLE}</group>', f'<group prefix="(">{TITLE}</group>'),
    ],
)
def test_a_group_lasts_if_it_calls_no_variable_or_one_has_a_value(style: str, left: str) -> None:
    assert shaped(style) == left


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('type="book"', True),
        ('type="book report"', False),
        ('type="book report" match="any"', True),
        ('variable="title volume"', True),
        ('variable="title note"', False),
        ('variable="note status" match="none"', True),
        ('variable="title note" match="none"', False),
        ('is-numeric="volume"', True),
        ('is-numeric="title"', False),
        ('type="book" variable="note" match="any"', True),
        ('disambiguate="true"', False),
        ('position="first"', False),
        ('locator="page"', False),
        ('is-uncertain-date="issued"', False),
    ],
)
def test_the_first_branch_that_holds_is_taken(condition: str, holds: bool) -> None:
    style = f'<choose><if {condition}>{TITLE}</if><else><text term="ed"/></else></choose>'
    assert shaped(style) == (TITLE if holds else EDITION)


def test_what_stands_for_names_takes_their_parts_and_is_not_printed_again() -> None:
    names = '<names variable="author"><name and="text"/><substitute>{}</substitute></names>{}'
    editors = '<names variable="editor"/>'
    title = '<text macro="title"/>'
    assert shaped(names.format(editors + title, editors + title)) == (
        f'<names variable="editor"><name and="text"/></names>{TITLE}'
    )
    assert shaped(names.format(title, f'{title}<date variable="submitted"/>')) == TITLE


@pytest.mark.parametrize(
    ("form", "value"),
    [("long", "edition"), ("short", "ed."), ("symbol", "ed."), ("verb-short", "edition")],
)
def test_a_term_falls_back_on_a_form_that_there_is(form: str, value: str) -> None:
    assert shaped(f'<text term="ed" form="{form}"/>').endswith(f'value="{value}"/>')


def test_a_term_that_there_is_not_prints_nothing() -> None:
    assert shaped('<text term="nothing"/>') == "<layout/>"


def test_a_date_of_the_locale_is_written_out_as_far_as_it_is_known() -> None:
    style = '<date variable="issued" form="text"><date-part name="month" form="short"/></date>'
    assert shaped(style) == (
        '<date variable="issued"><date-part name="month" suffix=" " form="short"/>'
        '<date-part name="year"/></date>'
    )
    assert shaped('<date variable="issued" form="text" date-parts="year"/>') == (
        '<date variable="issued"><date-part name="year"/></date>'
    )


@pytest.mark.parametrize(
    ("style", "left"),
    [
        ('<number variable="volume" text-case="title"/>', '<number variable="volume"/>'),
        ('<text variable="page" text-case="capitalize-first"/>', '<text variable="page"/>'),
        (
            '<label variable="volume" text-case="title"/>',
            '<label variable="volume" text-case="capitalize-first" form="long"/>',
        ),
        (
            '<text variable="title" text-case="title"/>',
            '<text variable="title" text-case="title"/>',
        ),
    ],
)
def test_text_case_is_left_only_where_citeproc_can_set_it(style: str, left: str) -> None:
    assert shaped(style) == left
