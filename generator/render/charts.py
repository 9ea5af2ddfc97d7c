"""Papers a year, stacked by subject class: a drawing, its legend, and the table behind it.

All is one block of raw HTML without a blank line, so that Markdown passes it on as it stands. The
drawing is as wide as the column of a phone allows: 400 units at 328 pixels leave its letters of 15
units twelve pixels high. Colours and sizes of letters are those of the style sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from generator.markup import escape_html
from generator.render.counted import counted
from generator.render.year_bars import (
    GROUPS,
    Axis,
    Colours,
    Series,
    YearCounts,
    axis_of,
    positive_counts,
    series_of,
    totals_of,
)

FEWEST_PAPERS: Final = 3
"""Of fewer papers a list says more than a picture."""
MOST_LINES: Final = 4
"""Lines across the drawing, above the base."""
LEAST_TOP: Final = 4
"""Papers that the drawing has room for at least: a bar for one paper must not look like much."""

_WIDTH: Final = 400
_TOP: Final = 10
_BASE: Final = 160
_HEIGHT: Final = 184
_DIGIT: Final = 7.5  # half of the letters' height, as in Source Sans 3; a comma takes less
_WIDEST_BAR: Final = 40


def papers_by_year(
    counts: YearCounts,
    *,
    name: str,
    prefix: str,
    colours: Colours,
    undated: int = 0,
    link: Callable[[str], str | None] | None = None,
) -> Markup | None:
    """A figure of the papers of each year, or None for a single year or too few papers.

    `name` is whose papers they are; `prefix` begins the ids, which must be unique on the page, and
    is a plain word; `colours` are those of all classes of the site; `undated` papers are told of in
    the caption. `link` gives the address of a subject class as it may stand in `href="…"`, final
    and escaped, or None.
    """
    counts = positive_counts(counts)
    total = sum(sum(found.values()) for found in counts.values())
    if len(counts) < 2 or total < FEWEST_PAPERS:
        return None
    axis = axis_of(sorted(counts))
    series = series_of(counts, axis, colours)
    parts = (
        '<figure class="ap-chart">',
        _drawing(axis, series, name, prefix),
        _legend(series, link) if len(series) > 1 else "",
        f"<figcaption>{escape_html(_caption(axis, series, undated))}</figcaption>",
        _table(axis, series, prefix),
        "</figure>",
    )
    return Markup("\n".join(filter(None, parts)))


# -- the drawing ----------------------------------------------------------------------------------


def _drawing(axis: Axis, series: Sequence[Series], name: str, prefix: str) -> str:
    totals = totals_of(series)
    highest = max(LEAST_TOP, *totals)
    step = _line_step(highest)
    top = -(-highest // step) * step
    left = round(_DIGIT * len(f"{top:,}")) + 8
    slot = (_WIDTH - left - 12) / len(axis.bars)
    middles = [round(left + (n + 0.5) * slot) for n in range(len(axis.bars))]
    title, summary = (f"{prefix}-{part}" for part in ("t", "d"))
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{title} {summary}">'
        f'<title id="{title}">{escape_html(f"Papers a year of {name}")}</title>'
        f'<desc id="{summary}">{escape_html(_summary(axis, series, totals))}</desc>'
        f"{_lines(top, step, left)}"
        f'<g stroke-width="{min(round(slot * 0.72), _WIDEST_BAR)}">'
        f"{_bars(series, middles, top)}</g>{_base(axis, middles, left, slot)}</svg>"
    )


def _line_step(highest: int) -> int:
    """The least of 1, 2, 5, 10, 20, … that leaves at most `MOST_LINES` lines."""
    scale = 1
    while True:
        for step in (scale, 2 * scale, 5 * scale):
            if -(-highest // step) <= MOST_LINES:
                return step
        scale *= 10


def _height(papers: int, top: int) -> int:
    return round(papers * (_BASE - _TOP) / top)


def _lines(top: int, step: int, left: int) -> str:
    """Lines across, numbered."""
    marks = [(papers, _BASE - _height(papers, top)) for papers in range(0, top + 1, step)]
    path = "".join(f"M{left} {y}H{_WIDTH}" for _, y in marks[1:])
    numbers = "".join(f'<text y="{y}">{n:,}</text>' for n, y in marks)
    place = f'transform="translate({left - 6} 5)"'
    return f'<path class="ap-grid" d="{path}"/><g class="ap-y" {place}>{numbers}</g>'


def _bars(series: Sequence[Series], middles: Sequence[int], top: int) -> str:
    """A path of thick strokes for each class, stacked; a gap of one unit parts two classes."""
    below = [0] * len(middles)
    paths = []
    for one in series:
        strokes = []
        for n, papers in enumerate(one.values):
            start, end = _height(below[n], top), _height(below[n] + papers, top)
            below[n] += papers
            if end > start:
                gap = end - start > 2
                strokes.append(f"M{middles[n]} {_BASE - start}V{_BASE - end + gap}")
        paths.append(f'<path class="{one.look}" d="{"".join(strokes)}"/>' if strokes else "")
    return "".join(paths)


def _base(axis: Axis, middles: Sequence[int], left: int, slot: float) -> str:
    """The line on which the bars stand, open where years are cut out, and the years below it."""
    line = f"M{left} {_BASE}"
    for middle, years in zip(middles, axis.bars, strict=True):
        if years is None:
            line += f"H{round(middle - slot / 2)}M{round(middle + slot / 2)} {_BASE}"
    years_below = "".join(
        f'<text x="{x}">{text}</text>' for x, text in _labels(axis, middles, slot)
    )
    return (
        f'<path class="ap-base" d="{line}H{_WIDTH}"/>'
        f'<g class="ap-x" transform="translate(0 {_HEIGHT - 6})">{years_below}</g>'
    )


def _labels(axis: Axis, middles: Sequence[int], slot: float) -> Iterator[tuple[int, str]]:
    """Round years, as many as do not touch, and dots for a gap where there is room for them."""
    every = next((n for n in (1, 2, 5, 10) if n * slot >= 5 * _DIGIT), 20)
    free = 0.0
    for middle, years in zip(middles, axis.bars, strict=True):
        if years and years[0] // axis.step % every:
            continue
        text = str(years[0]) if years else "…"
        half = _DIGIT * len(text) / 2
        if middle - half >= free:
            free = middle + half + _DIGIT
            yield middle, text


# -- words ----------------------------------------------------------------------------------------


def _summary(axis: Axis, series: Sequence[Series], totals: Sequence[int]) -> str:
    """What a reader sees at a glance."""
    bars = [years for years in axis.bars if years]
    most = max(totals)
    highest = [years for years, n in zip(axis.bars, totals, strict=True) if years and n == most]
    peak = axis.label(highest[0]) if len(highest) == 1 else f"{len(highest)} of the bars"
    text = f"Bars from {bars[0][0]} to {bars[-1][-1]}: {counted(sum(totals))}; "
    text += f"the most, {most:,}, in {peak}."
    if len(series) > 1:
        largest = max(series, key=lambda one: one.total)
        text += f" {largest.label} has most of them: {largest.total:,}."
    return text


def _caption(axis: Axis, series: Sequence[Series], undated: int) -> str:
    """What is drawn, and what is not."""
    text = f"{counted(sum(one.total for one in series))} by year"
    if len(series) > 1:
        text += " and subject class."
    else:
        text += f", all in {series[0].label}." if series[0].codes[0] else "."
    if axis.step > 1:
        text += f" Each bar stands for {GROUPS[axis.step]}."
    if gaps := axis.gaps:
        text += f" There are none of {', '.join(gaps)}, which are left out."
    if undated:
        text += f" {counted(undated)} without a year {'is' if undated == 1 else 'are'} not shown."
    return text


def _legend(series: Sequence[Series], link: Callable[[str], str | None] | None) -> str:
    items = "".join(
        f'<li class="{one.look}">{_linked(one, link)} <b>{one.total:,}</b></li>' for one in series
    )
    return f'<ul class="ap-legend">{items}</ul>'


def _linked(one: Series, link: Callable[[str], str | None] | None) -> str:
    """The name of a class, linked to its page where it is one class."""
    code = one.codes[0] if len(one.codes) == 1 else ""
    target = link(code) if link and code else None
    label = escape_html(one.label)
    return f'<a href="{target}">{label}</a>' if target else label


def _table(axis: Axis, series: Sequence[Series], prefix: str) -> str:
    """The same numbers in rows of years, the gaps left out."""
    several = len(series) > 1
    columns: list[tuple[str, Sequence[int]]] = []
    if several:
        columns += [(one.label, one.values) for one in series]
    columns.append(("All" if several else "Papers", totals_of(series)))
    rows = [
        _row(axis.label(years), [numbers[n] for _, numbers in columns])
        for n, years in enumerate(axis.bars)
        if years
    ]
    head = "".join(f'<th scope="col">{escape_html(label)}</th>' for label, _ in columns)
    region = f'<div class="ap-scroll" tabindex="0" role="group" aria-labelledby="{prefix}-t">'
    return "\n".join(
        (
            f"<details><summary>As a table</summary>{region}",
            f'<table class="ap-table"><thead><tr><th scope="col">Year</th>{head}</tr></thead>',
            f"<tbody>{''.join(rows)}</tbody>",
            f"<tfoot>{_row('All', [sum(numbers) for _, numbers in columns])}</tfoot></table>",
            "</div></details>",
        )
    )


def _row(label: str, numbers: Iterable[int]) -> str:
    cells = "".join(f"<td>{number:,}</td>" for number in numbers)
    return f'<tr><th scope="row">{label}</th>{cells}</tr>'
