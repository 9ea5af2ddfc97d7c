"""YAML front matter: where it stands among the lines of a file, and what it says.

python-frontmatter decides what a boundary is and loads the block. It has no notion of lines, of a
block without an end, or of files that were joined: these are settled here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import yaml
from frontmatter.default_handlers import SafeLoader, YAMLHandler

from generator.errors import Problem
from generator.validation import Path, key_lines

_HANDLER = YAMLHandler()
_LONGEST_BLOCK = 65_536
"""Characters; what is longer between two boundaries is no front matter."""
_INVISIBLE = "\ufeff\u200b \t"
"""What may precede a boundary: a byte order mark stands in mid-file when files were joined."""
_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(?:\s|$)")
_LIKE_YAML = re.compile(rf"{_KEY.pattern}|\s+\S|- |#")
"""A line that can belong to a block that has no end: a key, a continuation, an item, a comment."""


class _Loader(SafeLoader):  # type: ignore[misc, valid-type]  # C or Python loader, by platform
    """Leaves dates as text, so that an impossible one is the fault of one key alone."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # the name and form that PyYAML asks for
        first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
        for first, rules in SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Refuse a key that stands twice: PyYAML drops the first value without a word."""
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                what = f"the key {key.value!r} stands twice"
                raise yaml.constructor.ConstructorError(None, None, what, key.start_mark)
            seen.add(str(key.value))
        mapping: dict[object, object] = super().construct_mapping(node, deep)
        return mapping


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A block from line `first_line`, its boundary, up to `body_line`, where the text begins."""

    first_line: int
    body_line: int
    values: Mapping[str, object] = field(default_factory=dict)
    key_lines: Mapping[Path, int] = field(default_factory=dict)


def cut_front_matter(
    lines: Sequence[str], origin: str
) -> tuple[FrontMatter | None, tuple[Problem, ...]]:
    """The front matter at the head of a file, if there is one, and what is wrong with it.

    A block without an end goes as far as its lines look like YAML.
    """
    start = next((index for index, line in enumerate(lines) if line.strip(_INVISIBLE)), None)
    if start is None or not _is_boundary(lines[start]):
        return None, ()
    end = next((i for i in range(start + 1, len(lines)) if _is_boundary(lines[i])), None)
    if end is not None:
        block = lines[start + 1 : end]
        found, fault = _load(block, start + 1, end + 2, origin)
        if fault is None or (all(line.strip() for line in block) and _may_be_block(block)):
            return found, () if fault is None else (fault,)
    return _cut_unclosed(lines, start, origin)


def find_front_matter(lines: Sequence[str], first_line: int, origin: str) -> Iterator[FrontMatter]:
    """Blocks in the middle of a file of which line `first_line` is the first of `lines`."""
    boundaries = [index for index, line in enumerate(lines) if _is_boundary(line)]
    after = 0
    for start, end in pairwise(boundaries):
        block = lines[start + 1 : end]
        head = next(filter(str.strip, block), "")
        if start < after or not _KEY.match(head) or not _may_be_block(block):
            continue
        found, fault = _load(block, first_line + start, first_line + end + 1, origin)
        if fault is None:
            after = end + 1
            yield found


def _is_boundary(line: str) -> bool:
    return "---" in line[:8] and _HANDLER.detect(line.strip(_INVISIBLE))


def _may_be_block(lines: Sequence[str]) -> bool:
    return sum(map(len, lines)) <= _LONGEST_BLOCK


def _cut_unclosed(
    lines: Sequence[str], start: int, origin: str
) -> tuple[FrontMatter, tuple[Problem, ...]]:
    end = start + 1
    while end < len(lines) and _LIKE_YAML.match(lines[end]):
        end += 1
    found, fault = _load(lines[start + 1 : end], start + 1, end + 1, origin)
    message = (
        "the front matter begins here and has no end: expected a second line `---`; "
        f"taken to end with line {end}"
    )
    problem = Problem(origin, start + 1, message, "\n".join(lines[start:end]))
    return found, (problem,) if fault is None or end == start + 1 else (problem, fault)


def _load(
    lines: Sequence[str], first_line: int, body_line: int, origin: str
) -> tuple[FrontMatter, Problem | None]:
    """The block between a boundary on line `first_line` and the text; a problem if it is none."""
    block = "\n".join(lines)
    empty = FrontMatter(first_line, body_line)
    if not _may_be_block(lines):
        return empty, Problem(origin, first_line, "no front matter is as long as this", block)
    try:
        values: object = _HANDLER.load(block, Loader=_Loader)
    # A number of too many digits is a ValueError, deep nesting a RecursionError.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = first_line + 1 + (mark.line if mark else 0)
        return empty, Problem(origin, line, f"the front matter is not valid YAML: {what}", block)
    if values is None:
        return empty, None
    if not isinstance(values, dict):
        message = "the front matter is no mapping: expected lines such as `name: Ada Byron`"
        return empty, Problem(origin, first_line + 1, message, block)
    keys = {path: line + first_line for path, line in key_lines(block).items()}
    return FrontMatter(first_line, body_line, {str(k): v for k, v in values.items()}, keys), None
