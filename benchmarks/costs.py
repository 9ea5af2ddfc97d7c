"""What commands cost: CPU time and peak memory of a process and its children, in fair rounds."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout, whose code the measured commands run, installed or not."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, user and system, and the largest resident set in MB (0 where not measured)."""

    cpu: float
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Command:
    """Arguments for Python, to be run in a folder from which `fresh` is removed before."""

    arguments: Sequence[str]
    folder: Path
    fresh: Sequence[str] = ()

    def __call__(self) -> Cost:
        """Run it; its output is shown if it fails, which ends the measuring."""
        for name in self.fresh:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                [sys.executable, *self.arguments],
                cwd=self.folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=output,
                stderr=output,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                output.seek(0)
                raise SystemExit(f"{self.arguments}:\n{output.read().decode(errors='replace')}")
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def alternate(tasks: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """The costs of each task by name, done in turn: when a machine drifts, all drift."""
    costs: dict[str, list[Cost]] = {name: [] for name in tasks}
    for number in range(1, rounds + 1):
        for name, task in tasks.items():
            print(f"round {number} of {rounds}: {name} …", file=sys.stderr)
            costs[name].append(task())
    return costs


def cpu(costs: Sequence[Cost]) -> float:
    """The median of the CPU seconds."""
    return statistics.median(cost.cpu for cost in costs)


def ratio(costs: Sequence[Cost], peer: Sequence[Cost]) -> float:
    """The median of the ratios of the rounds."""
    return statistics.median(a.cpu / b.cpu for a, b in zip(costs, peer, strict=True))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table, figures at the right."""
    for cells in (heads, ["---", *["---:"] * (len(heads) - 1)], *rows):
        print(f"| {' | '.join(cells)} |")
    print()


def print_costs(costs: Mapping[str, Sequence[Cost]], peer: str) -> None:
    """Print the costs of each task, and their ratio to those of the peer."""
    rows = [
        (
            name,
            f"{cpu(found):.2f}",
            f"{min(c.cpu for c in found):.2f} to {max(c.cpu for c in found):.2f}",
            f"{max(c.memory for c in found):.0f}" if found[0].memory else "",
            f"{ratio(found, costs[peer]):.2f}",
        )
        for name, found in costs.items()
    ]
    print_table(("", "CPU s, median", "of all rounds", "peak MB", f"ratio to {peer}"), rows)
