"""axe-core, run on a page in the browser: what keeps people from reading it."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True, slots=True)
class Violation:
    """An element that breaks a rule of axe-core (https://dequeuniversity.com/rules/axe/)."""

    rule: str
    help: str
    selector: str
    html: str
    fix: str
    url: str

    def __str__(self) -> str:
        fix = self.fix.replace("\n", "\n    ")
        element = f"{self.selector}\n    {self.html}"
        return f"{self.rule}: {self.help}\n    {element}\n    {fix}\n    {self.url}"


# Without `runOnly`, axe-core runs all its rules but the experimental ones: WCAG A and AA and its
# best practices.
_RUN = """
async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, helpUrl, nodes }) =>
    nodes.map((node) => ({
      rule: id,
      help,
      selector: node.target.join(" "),
      html: node.html.slice(0, 300),
      fix: node.failureSummary,
      url: helpUrl.split("?")[0],
    })));
}
"""


def violations(page: Page) -> list[Violation]:
    """What axe-core finds on the page as it is shown now, by all its rules, in every element.

    To prove a state that a reader brings about (a dialog opened, a tab chosen), bring it about and
    call this.
    """
    page.evaluate(_source())
    return [Violation(**found) for found in page.evaluate(_RUN)]


@functools.cache
def _source() -> str:
    if not AXE.is_file():
        pytest.fail(
            "axe-core is not installed: `make test` installs it, "
            "or `scripts/install-browser-tools .venv/bin/python`"
        )
    return AXE.read_text(encoding="utf-8")
