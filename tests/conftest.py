"""What all tests share: the academy, built once, and the option that renews the golden site."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from hypothesis import settings

from tests.academy import (
    REPOSITORY_URL,
    BuiltAcademy,
    build_academy,
    copy_academy,
    copy_library,
)
from tests.page_html import PageHtml, read_pages

# The same examples in every run that decides about a change; new ones at every desk. No example
# is timed: speed is measured in benchmarks/.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden anew from what is generated now; look at the diff before a commit",
    )


@pytest.fixture(autouse=True)
def _no_address_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A publishing workflow sets these; tests set what they need."""
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture(scope="session")
def academy(tmp_path_factory: pytest.TempPathFactory) -> BuiltAcademy:
    """The academy, built for the root of a host. Read only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SITE_URL", raising=False)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        return build_academy(copy_academy(tmp_path_factory.mktemp("root") / "academy"))


@pytest.fixture(scope="session")
def repository_academy(tmp_path_factory: pytest.TempPathFactory) -> BuiltAcademy:
    """The academy, built for `REPOSITORY_URL`. Read only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", REPOSITORY_URL)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        return build_academy(copy_academy(tmp_path_factory.mktemp("repository") / "academy"))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> BuiltAcademy:
    """The academy with a bibliography, built for `REPOSITORY_URL`. Read only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", REPOSITORY_URL)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        return build_academy(copy_library(tmp_path_factory.mktemp("library") / "academy"))


@pytest.fixture(scope="session")
def pages(academy: BuiltAcademy) -> Mapping[str, PageHtml]:
    """The HTML pages of the academy at the root of a host, parsed."""
    return read_pages(academy.site)
