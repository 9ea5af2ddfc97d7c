"""Check YAML that people write against a pydantic model: all faults at once, each with its line."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable, Mapping
from typing import TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import Problem

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[int | str, ...]

_SHORT = reprlib.Repr()
"""YAML aliases make a value of any size out of a few lines: it is shown as far as it helps."""
_SHORT.maxstring = 120


def key_lines(text: str) -> dict[Path, int]:
    """1-based line of every key and list item of a YAML text, by its path; {} when not YAML."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return dict(_walk(root, (), set()))


def _walk(node: yaml.Node | None, path: Path, seen: set[int]) -> Iterable[tuple[Path, int]]:
    """Paths and lines below a node; an alias is not followed, for it may lead in a circle."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            # A key need not be a plain word: YAML allows a list there.
            here = (*path, str(key.value))
            yield here, key.start_mark.line + 1
            yield from _walk(value, here, seen)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*path, index)
            yield here, value.start_mark.line + 1
            yield from _walk(value, here, seen)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a misspelt one most likely meant."""
    found = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None


def validate(
    model: type[Model],
    values: Mapping[str, object],
    *,
    origin: str,
    lines: Mapping[Path, int],
    prefix: Path = (),
    offset: int = 0,
) -> tuple[Model, tuple[Problem, ...]]:
    """Build `model` from `values`, leaving out what does not fit, with a problem for each fault.

    `lines` is what `key_lines` found; `prefix` is where `values` stands in that YAML and
    `offset` is how many lines come before it in the file. Every field of `model` must have a
    default, so that a faulty value falls back to it.
    """
    kept = dict(values)
    problems: list[Problem] = []
    while True:
        try:
            return model.model_validate(kept), tuple(problems)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            for fault in faults:
                line = _line_of((*prefix, *fault["loc"]), lines)
                message = _sentence(fault, model, prefix)
                problems.append(Problem(origin, line + offset if line else None, message))
            for key in {fault["loc"][0] for fault in faults}:
                del kept[str(key)]


def _line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _sentence(fault: ErrorDetails, model: type[BaseModel], prefix: Path) -> str:
    name = ".".join(str(part) for part in (*prefix, *fault["loc"]))
    if fault["type"] != "extra_forbidden":
        expected = fault["msg"].removeprefix("Value error, ")
        return f"{name}: {expected} (found {_SHORT.repr(fault['input'])})"
    key = str(fault["loc"][-1])
    meant = nearest(key, _fields(model, fault["loc"][:-1]))
    hint = f"did you mean {meant!r}?" if meant else "no such key is known"
    return f"unknown key {name!r}: {hint}"


def _fields(model: type[BaseModel], path: Path) -> Iterable[str]:
    """The keys that may stand at `path` inside `model`."""
    for part in path:
        if isinstance(part, int):
            continue
        inner = model.model_fields[part].annotation
        if get_origin(inner) is list:
            (inner,) = get_args(inner)
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return ()
        model = inner
    return model.model_fields
