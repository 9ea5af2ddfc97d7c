"""Lighthouse gives every main page at least 95 of 100 in all four categories, as on a phone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.browser.lighthouse import Loss, Verdict, judge
from tests.browser_reader import MAIN_KINDS, PAGE_KINDS

ENOUGH = 95
RUNS = 3
TIMED = ("first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time")


@pytest.fixture(scope="module")
def verdicts(library_url: str) -> Mapping[str, Verdict]:
    """The verdict on each main page.

    Some of performance is timed, on processors that do other work as well. That makes a page
    slower and never faster, so the best of three runs is nearest to the truth; a second and a
    third are made only where time alone can have kept a page from passing.
    """
    best: dict[str, Verdict] = {}
    again = list(MAIN_KINDS)
    for _ in range(RUNS):
        found = judge([library_url + PAGE_KINDS[kind] for kind in again])
        for kind, verdict in zip(again, found, strict=True):
            best[kind] = max(best.get(kind, verdict), verdict, key=_performance)
        again = [kind for kind in again if _only_time_is_lacking(best[kind])]
        if not again:
            break
    return best


def _performance(verdict: Verdict) -> float:
    return verdict.scores["performance"]


def _only_time_is_lacking(verdict: Verdict) -> bool:
    below = [name for name, score in verdict.scores.items() if score < ENOUGH]
    timed = sum(loss.points for loss in verdict.losses if loss.audit in TIMED)
    return below == ["performance"] and _performance(verdict) + timed >= ENOUGH


@pytest.mark.parametrize("kind", MAIN_KINDS)
def test_lighthouse_is_content(verdicts: Mapping[str, Verdict], kind: str) -> None:
    verdict = verdicts[kind]
    below = {name: score for name, score in verdict.scores.items() if score < ENOUGH}
    assert not below, f"{kind} (/{PAGE_KINDS[kind]}): {verdict}"


def test_a_page_is_run_again_only_where_time_was_lacking() -> None:
    def verdict(audit: str, points: float, **scores: float) -> Verdict:
        loss = Loss("performance", audit, "", points, "", ())
        return Verdict({"performance": 100 - points, "seo": 100} | scores, [loss], ())

    assert _only_time_is_lacking(verdict("total-blocking-time", 9))
    assert not _only_time_is_lacking(verdict("total-blocking-time", 4))
    assert not _only_time_is_lacking(verdict("total-blocking-time", 9, seo=90))
    assert not _only_time_is_lacking(verdict("cumulative-layout-shift", 9))
