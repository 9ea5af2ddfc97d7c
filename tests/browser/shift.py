"""What moves on a page while it loads (https://web.dev/articles/cls)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from tests.browser_reader import open_steady

STEADY = 0.01
"""A tenth of what is still called good. A browser with much to do may show a page before all of it
is parsed, and count what then takes its place."""
WATCH = """
window.layoutShifts = [];
new PerformanceObserver((list) => window.layoutShifts.push(...list.getEntries()))
  .observe({ type: "layout-shift", buffered: true });
"""
READ = """
() => layoutShifts.map(({ value, startTime, sources }) => ({
  score: value,
  milliseconds: Math.round(startTime),
  moved: sources.map(({ node, previousRect, currentRect }) => {
    const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const what = element?.cloneNode(false).outerHTML ?? "an element that is gone";
    return `${what.slice(0, 120)} from y = ${previousRect.y}, height ${previousRect.height}`
      + ` to y = ${currentRect.y}, height ${currentRect.height}`;
  }),
}))
"""


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of the layout: its score, when it came, and what moved."""

    score: float
    milliseconds: int
    moved: Sequence[str]

    def __str__(self) -> str:
        return "\n    ".join([f"{self.score:.4f} after {self.milliseconds} ms:", *self.moved])


def layout_shifts(context: BrowserContext, url: str) -> list[Shift]:
    """All shifts while a page loads into a new context, which keeps no font from before."""
    context.add_init_script(WATCH)
    page = open_steady(context, url)
    # Two frames: what the last event changed is laid out, and the observer has been told.
    page.evaluate("new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
    return [Shift(**shift) for shift in page.evaluate(READ)]


def assert_steady(shifts: Sequence[Shift], where: str) -> None:
    """Nothing moved so far that a reader would see it."""
    total = sum(shift.score for shift in shifts)
    assert total < STEADY, "\n".join([f"{total:.3f}, {where}:", *map(str, shifts)])
