"""Index a built site for the search, with Pagefind, in parts of which only changed ones are made.

    site/pagefind/            the main part: scripts, WebAssembly, index (all of it on most sites)
    site/pagefind/parts/…     further parts, which the browser adds when a query needs them
    site/pagefind/terms/…     which parts hold a term
    site/search/parts.json    what parts there are

On a site of one part, `pagefind --site site` finds the same, in files of other names.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from generator.errors import BuildError
from generator.identifiers import fingerprint
from generator.site.search_bundle import make_bundle
from generator.site.search_pages import (
    LIMITS,
    Limits,
    Part,
    bitmap,
    divide,
    find_pages,
    page_terms,
    shard_name,
)

BUNDLE: Final = "pagefind"
PARTS_FILE: Final = "search/parts.json"
_STAMP: Final = "stamp"
_TERMS: Final = "terms"
_EXCERPT: Final = ".pf_fragment"
_FORM: Final = 2
"""Another number when parts are made in another way, so that those in a store are made again."""
_NEEDED: Final = ("pagefind-entry.json", "*.pf_meta", "index", "filter", "fragment")
"""What a part needs beside the main one, which has the scripts."""


def index_site(site: Path, store: Path, limits: Limits = LIMITS) -> int:
    """Make the search index of a built site in it; returns the number of parts made anew.

    `store` keeps finished parts for the next time. Raises BuildError when Pagefind fails, or when
    the folder holds no page that can be found.
    """
    pages = find_pages(site)
    if not pages:
        raise BuildError(f"{site}: no page here is marked for the search: build the site first")
    parts = divide(pages, limits)
    made = sum(_make(part, site, store / fingerprint(part.name)) for part in parts)
    _forget(store, {fingerprint(part.name) for part in parts})
    _publish(site, store, parts)
    return made


def _make(part: Part, site: Path, place: Path) -> bool:
    """Index a part unless it stands in the store as it is; says whether it was made."""
    place = place.resolve()
    stamp = f"{_pagefind_version()} {_FORM} {part.fingerprint}\n"
    known = place / _STAMP
    if known.is_file() and known.read_text(encoding="utf-8") == stamp:
        return False
    shutil.rmtree(place, ignore_errors=True)
    terms: set[str] = set()

    def read() -> Iterator[tuple[str, str]]:
        for page in part.pages:
            html = (site / page.path).read_bytes().decode("utf-8", "replace")
            if part.name != "all":
                terms.update(page_terms(html))
            yield page.path, html

    make_bundle(read(), place / BUNDLE)
    (place / _TERMS).write_text("\n".join(sorted(terms)), encoding="utf-8")
    # Last, so that a part that was not finished is made again.
    known.write_text(stamp, encoding="utf-8")
    return True


def _pagefind_version() -> str:
    try:
        return version("pagefind")
    except PackageNotFoundError as error:
        raise BuildError(
            "the search index is made by Pagefind, which is not installed: "
            "run `pip install 'pagefind[bin]'`"
        ) from error


def _forget(store: Path, names: set[str]) -> None:
    """Delete parts that the site no longer has."""
    for place in store.iterdir():
        if place.name not in names:
            shutil.rmtree(place, ignore_errors=True)


def _publish(site: Path, store: Path, parts: Sequence[Part]) -> None:
    """Put the parts into the site, and say there what they are."""
    target = site / BUNDLE
    shutil.rmtree(target, ignore_errors=True)
    listed = []
    for part in parts:
        bundle = store / fingerprint(part.name) / BUNDLE
        path = BUNDLE if part is parts[0] else f"{BUNDLE}/parts/{part.name}"
        for file in _files(bundle) if part is parts[0] else _needed(bundle):
            _place(file, site / path / file.relative_to(bundle))
        described = {"path": f"{path}/", "kind": part.kind, "pages": len(part.pages)}
        listed.append(described | ({"years": list(part.years)} if part.years else {}))
    if len(parts) == 1:
        return
    files = _write_terms(target / _TERMS, store, parts)
    table = {"parts": listed, "terms": f"{BUNDLE}/{_TERMS}/", "files": files}
    (site / PARTS_FILE).parent.mkdir(exist_ok=True)
    (site / PARTS_FILE).write_text(
        json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def _write_terms(folder: Path, store: Path, parts: Sequence[Part]) -> list[str]:
    """Tables of terms, each with the parts that hold it; returns their names."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        text = (store / fingerprint(part.name) / _TERMS).read_text(encoding="utf-8")
        for term in text.split("\n"):
            places[term].append(number)
    tables: dict[str, dict[str, str]] = defaultdict(dict)
    for term in sorted(places):
        if term:
            tables[shard_name(term)][term] = bitmap(places[term])
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return sorted(tables)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _needed(bundle: Path) -> Iterator[Path]:
    for pattern in _NEEDED:
        for found in sorted(bundle.glob(pattern)):
            yield from _files(found) if found.is_dir() else (found,)


def _place(source: Path, target: Path) -> None:
    """Put a file of the store into the site.

    Excerpts, one for each page, are linked, which takes a quarter of the time: they are named by
    what they hold, so Pagefind, run by hand, would write the same into the store. It might write
    anything into other files, which are copied.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == _EXCERPT:
        # Another disk, or a system without links: the copy below does as well, or says what fails.
        with suppress(OSError, NotImplementedError):
            target.hardlink_to(source)
            return
    shutil.copy2(source, target)
