"""The overlaps that the program lists, read from its command line as any user reads them."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PROGRAM", "ListedPair", "knows_uncurated", "listed", "read_listing"]

PROGRAM = Path(sys.executable).with_name("welfaregraph")


@dataclass(frozen=True)
class ListedPair:
    """One line of ``welfaregraph overlaps --format csv``."""

    score: float
    a: str  #: IRI of a measure
    b: str
    reasons: str

    @property
    def key(self) -> frozenset[str]:
        """The pair without its order."""
        return frozenset((self.a, self.b))


def knows_uncurated() -> bool:
    """Return whether the program can be told to ignore curated themes."""
    return "--uncurated" in _output("overlaps", "--help")


def _output(*arguments: str) -> str:
    run = subprocess.run(
        [str(PROGRAM), *arguments],
        check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    return run.stdout


def read_listing(lines: Iterator[str]) -> Iterator[ListedPair]:
    """Read the CSV of ``overlaps``."""
    for row in csv.DictReader(lines):
        yield ListedPair(
            float(row["score"]), row["measure_a"], row["measure_b"], row["reasons"]
        )


def listed(*arguments: str) -> list[ListedPair]:
    """Return what ``welfaregraph overlaps`` lists with these arguments."""
    text = _output("overlaps", "--format", "csv", "--lang", "ja", *arguments)
    return list(read_listing(iter(text.splitlines())))
