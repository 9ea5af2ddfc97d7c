"""Assert that the real profiles were understood to the count, and published.

    python scripts/assert_counts.py PROFILES BUILT

PROFILES is the folder of the five real profiles, BUILT the site folder that was built from them.
The expected counts were made by hand.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from generator.inspection import inspect_files

RECORDS_BY_FILE = [50, 31, 48, 29, 45]
CATEGORIES = {
    "cs.CL": 139,
    "cs.LG": 33,
    "cs.CV": 14,
    "cs.AI": 5,
    "cs.SE": 3,
    "math.OC": 2,
    "cs.IR": 2,
    "eess.AS": 1,
    "cs.NE": 1,
    "cs.RO": 1,
    "cs.DC": 1,
    "cs.SI": 1,
}
AFFILIATIONS = {
    "pku": 18,
    "tsinghua": 14,
    "stanford": 9,
    "tencent-ai": 6,
    "microsoft-research": 4,
    "oxford": 2,
    "cmu": 2,
    "gatech": 2,
    "uw": 1,
    "princeton": 1,
    "bytedance": 1,
}
LEDGER = {
    "declared": 165,
    "parsed": 203,
    "quarantined": 0,
    "merged": 14,
    "published": 189,
    "persons": 248,
    "organisations": 2,
    "inferred_dates": 6,
}


def main(profiles: Path, built: Path) -> None:
    """Compare; the first count that differs is an AssertionError."""
    rows = list(inspect_files([profiles]))
    papers = [row for row in rows if row["kind"] == "paper"]
    by_file = Counter(str(row["file"]) for row in papers)
    authors = {name for row in papers for name in row["authors"]}  # type: ignore[attr-defined]
    owners = {row["name"] for row in rows if row["kind"] == "profile"}
    tags = Counter(tag for row in papers for tag in row["affiliations"])  # type: ignore[attr-defined]
    expect("records by file", [by_file[file] for file in sorted(by_file)], RECORDS_BY_FILE)
    expect("distinct names", len(authors | owners), 250)
    expect("code badges", sum(bool(row["code"]) for row in papers), 80)
    expect("subject classes", dict(Counter(row["category"] for row in papers)), CATEGORIES)
    expect("affiliation tags", dict(tags), AFFILIATIONS)
    inferred = sorted(str(row["date"]) for row in papers if row["date_inferred"])
    expect("inferred years", {date[:4] for date in inferred}, {"2026"})
    ledger = json.loads((built / "build/ledger.json").read_text(encoding="utf-8"))
    expect("ledger", {key: ledger[key] for key in LEDGER}, LEDGER)
    expect("paper pages", len(list((built / "site/papers").glob("*/index.html"))), 189)
    expect("author pages", len(list((built / "site/authors").glob("*/index.html"))), 250)
    print("the real profiles: all counts hold")


def expect(what: str, found: object, wanted: object) -> None:
    """Raise AssertionError unless they are equal."""
    if found != wanted:
        raise AssertionError(f"{what}: expected {wanted}, found {found}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
