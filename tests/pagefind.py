"""What the search of a built site finds: Pagefind's index and its fragments, one for each page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import cbor2

_HEAD: Final = b"pagefind_dcd"
"""Stands before the content of each file of an index."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page as a result of the search: its text, what is said beside it, what it is chosen by.

    The address is from the site's root, without a slash before it.
    """

    address: str
    text: str
    facts: Mapping[str, str]
    filters: Mapping[str, Sequence[str]]

    @property
    def title(self) -> str:
        """The line by which a reader chooses it."""
        return self.facts["title"]


def read_found(site: Path) -> dict[str, FoundPage]:
    """Everything that the search of a site finds, by its address."""
    found: dict[str, FoundPage] = {}
    for path in sorted((site / "pagefind").rglob("*.pf_fragment")):
        values = json.loads(_read(path))
        address = values["url"].removeprefix("/")
        assert address not in found, address
        found[address] = FoundPage(address, values["content"], values["meta"], values["filters"])
    return found


def everything_found(site: Path) -> str:
    """All that the search knows of all pages, as one text."""
    return "\n".join(map(str, read_found(site).values()))


def read_index(site: Path) -> dict[str, Mapping[str, object]]:
    """What the index of a site leads to, by language, however it numbers pages and names files.

    Each word leads to pages and where it stands in them, each value of a filter to pages; pages
    that are sorted are told by what they are sorted by, where a page says it.
    """
    folder = site / "pagefind"
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    return {
        language: _read_language(folder, facts["hash"])
        for language, facts in entry["languages"].items()
    }


def _read_language(folder: Path, name: str) -> Mapping[str, object]:
    release, pages, chunks, filters, orders, fields = _unpack(folder / f"pagefind.{name}.pf_meta")
    found = [json.loads(_read(folder / "fragment" / f"{page}.pf_fragment")) for page, _ in pages]
    addresses = [page["url"] for page in found]

    def places(packed: Iterable[tuple[int, list[int], list[int]]]) -> dict[str, object]:
        numbers = accumulate(step for step, *_ in packed)
        return {addresses[n]: where for n, (_, *where) in zip(numbers, packed, strict=True)}

    words = {
        word: (places(plain), {variant: places(there) for variant, there in variants})
        for _, _, chunk in chunks
        for word, plain, variants in _unpack(folder / "index" / f"{chunk}.pf_index")[0]
    }
    values = {
        (title, value): sorted(addresses[number] for number in numbers)
        for title, file in filters
        for value, numbers in _unpack(folder / "filter" / f"{file}.pf_filter")[1]
    }
    return {
        "release": release,
        "pages": sorted(zip(addresses, (count for _, count in pages), strict=True)),
        "words": words,
        "filters": values,
        "orders": {by: [found[n]["meta"].get(by) for n in numbers] for by, numbers in orders},
        "fields": fields,
    }


def read_page_order(bundle: Path) -> list[str]:
    """The addresses of an index of one language, in the order in which it numbers them."""
    (table,) = bundle.glob("*.pf_meta")
    files = (bundle / "fragment" / f"{name}.pf_fragment" for name, _ in _unpack(table)[1])
    return [json.loads(_read(file))["url"] for file in files]


def _read(path: Path) -> bytes:
    data = gzip.decompress(path.read_bytes())
    assert data.startswith(_HEAD), path
    return data.removeprefix(_HEAD)


def _unpack(path: Path) -> Any:
    return cbor2.loads(_read(path))
