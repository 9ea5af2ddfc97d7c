"""What entries take from others: all fields from `@xdata`, those of a book by `crossref`."""

from __future__ import annotations

from collections.abc import Mapping

from generator.sources.bibtex_entry import EntryFields

_LONGEST_CHAIN = 10
"""Entries that a crossref leads to, one after the other."""
_BOOKS = frozenset(["book", "proceedings", "collection", "mvbook", "mvproceedings", "incollection"])
"""Entry types whose title is the book title of what stands in them."""
_NOT_INHERITED = frozenset(
    """abstract arxiv author collaboration crossref doi eprint ids isbn keywords note pages pdf
    shorttitle sortkey subtitle title url xdata xref""".split()
)
"""Fields that say something of a book and nothing of a paper in it."""


def inherit_data(entry: EntryFields, entries: Mapping[str, EntryFields]) -> None:
    """Fill what an entry lacks from the `@xdata` that it names, and from those that these name."""
    wanted = [key.strip() for key in entry.values["xdata"].split(",")]
    seen = {entry.key.lower()}
    for key in wanted:  # grows on the way
        parent = entries.get(key.lower())
        if parent is None and key:
            entry.note("xdata", f"xdata: no entry of this file has the key {key!r}")
        if parent is None or key.lower() in seen:
            continue
        seen.add(key.lower())
        for name, value in parent.values.items():
            if name == "xdata":
                wanted += [key.strip() for key in value.split(",")]
            else:
                entry.values.setdefault(name, value)


def inherit(entry: EntryFields, entries: Mapping[str, EntryFields]) -> None:
    """Fill what an entry lacks from the one that its crossref names, as BibTeX does."""
    child = entry
    for _ in range(_LONGEST_CHAIN):
        wanted = child.values.get("crossref", "").strip()
        if not wanted:
            return
        parent = entries.get(wanted.lower())
        if parent is None:
            message = f"crossref: no entry of this file has the key {wanted!r}"
            entry.note("crossref", message)
            return
        if parent is entry:
            entry.note("crossref", f"crossref: {wanted!r} leads back to this entry itself")
            return
        _take(entry, parent)
        child = parent


def _take(entry: EntryFields, parent: EntryFields) -> None:
    values = entry.values
    if parent.kind in _BOOKS and parent.values.get("title") and "booktitle" not in values:
        values["booktitle"] = parent.values["title"]
        if "subtitle" in parent.values:
            values.setdefault("booksubtitle", parent.values["subtitle"])
    for name, value in parent.values.items():
        if name not in _NOT_INHERITED:
            values.setdefault(name, value)
