"""Invented corpora of any size, the same bytes for the same seed.

    python benchmarks/corpus.py FOLDER --papers 10000

writes author profiles in the headed layout: papers have three printed names and "et al.", one
author for four papers on average, abstracts of about 1.2 kB with some TeX and an address.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

SYLLABLES = "ka lo mi ren su ta vel nor bri del fen gar hol jun kel lim mar nel oth per qua".split()
CLASSES = "CL LG CV AI SE OC IR AS NE RO DC SI ML CR DS HC".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TAGS = "north-uni lakeside-lab hill-institute river-college harbour-ai".split()
ABSTRACT_LENGTH = 1200
PAPERS_PER_PROFILE = 40


def word(rng: random.Random) -> str:
    """An invented word."""
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3)))


def names(rng: random.Random, count: int) -> list[str]:
    """Invented names, each once."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{word(rng).title()} {word(rng).title()}{word(rng)}"] = None
    return list(found)


def title(rng: random.Random, vocabulary: list[str]) -> str:
    """A title of five to eleven words; one in twelve holds mathematics."""
    words = [rng.choice(vocabulary).title() for _ in range(rng.randint(5, 11))]
    if rng.random() < 1 / 12:
        words.insert(2, "$O(n^{2})$")
    if rng.random() < 1 / 3:
        words[0] += ":"
    return " ".join(words)


def abstract(rng: random.Random, vocabulary: list[str]) -> str:
    """Sentences of about ABSTRACT_LENGTH characters."""
    sentences = []
    length = 0
    while length < ABSTRACT_LENGTH:
        words = rng.choices(vocabulary, k=rng.randint(12, 24))
        words[0] = words[0].title()
        sentence = " ".join(words) + ("" if rng.random() < 0.8 else " (by 4.5%)") + "."
        sentences.append(sentence)
        length += len(sentence)
    if rng.random() < 1 / 3:
        sentences.append(f"Code: https://github.com/{word(rng)}/{word(rng)}.")
    return " ".join(sentences)


def records(
    rng: random.Random, owner: str, papers: int, people: list[str], vocabulary: list[str]
) -> Iterator[str]:
    """Records of one profile, all of them by its owner."""
    for _ in range(papers):
        shown = [owner, *rng.sample(people, 2)]
        rng.shuffle(shown)
        date = f"{rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2012, 2025)}"
        code = "Code" if rng.random() < 0.4 else ""
        tags = f" · {rng.choice(TAGS)}" if rng.random() < 0.3 else ""
        yield "\n\n".join(
            (
                f"{rng.choice(CLASSES)}{date}{code}\n{title(rng, vocabulary)}",
                f"{', '.join(dict.fromkeys(shown))} et al.{tags}",
                abstract(rng, vocabulary),
            )
        )


def profiles(papers: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """File names and texts of profiles that hold `papers` papers in all."""
    rng = random.Random(seed)
    people = names(rng, max(papers // 4, 12))
    vocabulary = [word(rng) + word(rng) for _ in range(4000)]
    for number, start in enumerate(range(0, papers, PAPERS_PER_PROFILE)):
        count = min(PAPERS_PER_PROFILE, papers - start)
        owner = people[number % len(people)]
        head = (
            f"{owner}\n\nCL\nh-index{rng.randint(3, 60)}\n{count}papers\n"
            f"{rng.randint(10, 40000):,}citations\nNovelty{rng.randint(20, 80)}%\n"
            f"AI Score{rng.randint(20, 80)}\n\n{count} Papers"
        )
        body = records(rng, owner, count, people, vocabulary)
        yield f"profile-{number:05}.txt", "\n\n".join((head, *body)) + "\n"


def write_corpus(folder: Path, papers: int) -> Path:
    """Write the profiles of a corpus into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in profiles(papers):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=10_000)
    arguments = parser.parse_args()
    write_corpus(arguments.folder, arguments.papers)
