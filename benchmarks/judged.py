"""The judged pairs of ``benchmarks/gold``: read, with the IRIs of this graph."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["GOLD", "JudgedPair", "judged_pairs", "labels", "plans", "second_curation"]

GOLD = Path(__file__).resolve().parent / "gold"
#: The mean of two marks from which on a pair is an overlap.
LINE = 2


@dataclass(frozen=True)
class JudgedPair:
    """Two measures, and what two readers made of them (0 unrelated to 3 same work)."""

    a: str  #: IRI of a measure
    b: str
    first: int
    second: int

    @property
    def is_overlap(self) -> bool:
        """Whether the two readers together call it one."""
        return (self.first + self.second) / 2 >= LINE

    @property
    def key(self) -> frozenset[str]:
        """The pair without its order."""
        return frozenset((self.a, self.b))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _measures() -> dict[str, str]:
    return {row["unit"]: row["measure"] for row in _rows("measures.csv")}


def judged_pairs() -> list[JudgedPair]:
    """Return the development pairs, in the order of the file."""
    iri = _measures()
    return [
        JudgedPair(
            a=iri[row["unit_a"]],
            b=iri[row["unit_b"]],
            first=int(row["judge_a"]),
            second=int(row["judge_b"]),
        )
        for row in _rows("overlap_dev.csv")
    ]


def labels() -> dict[str, str]:
    """Return IRI → number and title, as the judges saw them."""
    iri = _measures()
    return {iri[row["id"]]: f"{row['number']} {row['label']}" for row in _rows("units.csv")}


def second_curation() -> dict[str, dict[str, str]]:
    """Return IRI of each measure → slug of theme → ``main`` or ``side``, by another curator."""
    iri = _measures()
    found: dict[str, dict[str, str]] = {measure: {} for measure in iri.values()}
    for row in _rows("second_curation.csv"):
        found[iri[row["unit"]]][row["theme"]] = row["role"]
    return found


def plans() -> list[list[str]]:
    """Return the IRIs of the measures, plan by plan."""
    iri, found = _measures(), dict[str, list[str]]()
    for row in _rows("units.csv"):
        found.setdefault(row["plan"], []).append(iri[row["id"]])
    return list(found.values())
