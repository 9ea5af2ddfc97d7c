"""The fields of one entry of a bibliography, as text that nobody has interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.errors import Problem

ALIASES = {
    "location": "address",
    "issue": "number",
    "langid": "language",
    "journaltitle": "journal",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "keyword": "keywords",
    "eid": "pages",
    "articleno": "pages",
    "article-number": "pages",
    "maintitle": "booktitle",
}
"""Names that biblatex and publishers have for fields of BibTeX, or for what takes their place."""


@dataclass(slots=True)
class EntryFields:
    """The fields of one entry that say something: the joined text of each by its lower-case name.

    `line` is that of the entry, `lines` are those of fields.
    """

    origin: str
    line: int
    kind: str
    key: str
    values: dict[str, str]
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def get(self, *names: str) -> str:
        """The first of these fields that the entry has, or ""."""
        for name in names:
            if name in self.values:
                return self.values[name]
        return ""

    def note(self, name: str, message: str) -> None:
        """Report a fault of one field."""
        line = self.lines.get(name, self.line)
        self.problems.append(Problem(self.origin, line, message, self.key))
