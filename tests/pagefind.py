"""What the search of a built site finds: the fragments of Pagefind's index, one for each page."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEAD: Final = b"pagefind_dcd"
"""Stands before the JSON of each file of an index."""


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
        data = gzip.decompress(path.read_bytes())
        assert data.startswith(_HEAD), path
        values = json.loads(data.removeprefix(_HEAD))
        address = values["url"].removeprefix("/")
        assert address not in found, address
        found[address] = FoundPage(address, values["content"], values["meta"], values["filters"])
    return found


def everything_found(site: Path) -> str:
    """All that the search knows of all pages, as one text."""
    return "\n".join(map(str, read_found(site).values()))


def is_made_anew(path: str) -> bool:
    """Whether a file of a site may differ from one run of Pagefind to the next.

    It writes the values of a filter in another order each time, and names the file by them.
    """
    endings = (".pf_filter", ".pf_meta", "/pagefind-entry.json")
    return path.startswith("pagefind/") and path.endswith(endings)
