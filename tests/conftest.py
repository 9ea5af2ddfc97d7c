"""What all tests share: the academy, built once, and the option that renews the golden site."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.academy import (
    REPOSITORY_URL,
    BuiltAcademy,
    build_academy,
    copy_academy,
    copy_library,
)
from tests.browser_reader import (
    FLAGS,
    SCHEMES,
    Reader,
    SiteHandler,
    SiteUnderPath,
    chromium_path,
    make_reader,
    serve,
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


@pytest.fixture(scope="session")
def root_url(academy: BuiltAcademy) -> Iterator[str]:
    """The academy, served at the root of a host."""
    with serve(academy.site, SiteHandler) as url:
        yield url


@pytest.fixture(scope="session")
def repository_url(repository_academy: BuiltAcademy) -> Iterator[str]:
    """The academy, served under /repo/."""
    with serve(repository_academy.site, SiteUnderPath) as url:
        yield url


@pytest.fixture(scope="session")
def library_url(library: BuiltAcademy) -> Iterator[str]:
    """The academy with a bibliography, served under /repo/: it has a page of each kind."""
    with serve(library.site, SiteUnderPath) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture(params=SCHEMES)
def reader(request: pytest.FixtureRequest, browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody at a desk, who likes it light, or dark."""
    context = browser.new_context(
        color_scheme=request.param, permissions=["clipboard-read", "clipboard-write"]
    )
    yield make_reader(context, root_url)
    context.close()
