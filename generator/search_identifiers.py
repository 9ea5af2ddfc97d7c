"""Words by which the search finds a paper from its DOI, its arXiv id or its citation key.

As they are written, these would be found by what they are made of: Pagefind takes `10`, `acl` and
`long` from `10.18653/v1/2021.acl-long.37`, and a query stands for all words that begin with it, so
that `2012` would find what stood on arXiv in December 2020. So each is told as one word of eight
letters, which begins with one that nobody types: a click of the tongue. `search-identifiers.js`
makes the same of what a reader pastes; tests/data/search-identifiers.json has examples for both.
"""

from __future__ import annotations

import base64
import zlib
from typing import Final

_MARK: Final = "\N{LATIN LETTER BILABIAL CLICK}"


def identifier_word(kind: str, identifier: str) -> str:
    """The word of an identifier of a kind (`doi`, `arxiv`, `key`), in whichever case it is written.

    32 bits: among 160,000 papers that have three identifiers each, one query of 10,000 finds a
    paper too many. Their first 20 stand in the term by which a part of an index is chosen.
    """
    number = zlib.crc32(f"{kind}:{identifier}".lower().encode())
    return _MARK + base64.b32hexencode(number.to_bytes(4, "big")).decode().lower().rstrip("=")
