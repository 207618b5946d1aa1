"""Measure how well drafts agree with what is in the documents.

``python benchmarks/draft_accuracy.py [NAME…] [--list]``: the five sources against the curated
graph, where they are there, and the made-up documents of ``tests/fixtures/documents``.
The rule of matching stands in ``draft_scoring``; ``--list`` shows what was missed and invented.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import welfaregraph
from draft_gold import SOURCES, fixture_cases, source_cases
from draft_scoring import FIELDS, OTHERS, STRUCTURE, Score, scores

PROGRAM = Path(sys.executable).with_name("welfaregraph")
HEADS = ("goal", "meas", "act", "item", "part", "peri", "edit", "stat")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of documents")
    parser.add_argument("--list", action="store_true", help="what was missed and invented")
    asked = parser.parse_args()
    groups = [fixture_cases()]
    if SOURCES.is_dir():
        groups.insert(0, source_cases(welfaregraph.load()))
    for cases in groups:
        found = {}
        for case in cases:
            if not asked.names or any(name in case.name for name in asked.names):
                found[case.name] = scores(case.gold, draft(case.paths))
        report(found, listed=asked.list)


def draft(paths: Sequence[Path]) -> dict[str, Any]:
    """Return the draft of one plan from its documents, as ``--format json`` says it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "draft.json"
        command = [PROGRAM, "draft", *paths, "--format", "json", "-o", file]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        drafted: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return drafted


def report(found: dict[str, dict[str, Score]], *, listed: bool) -> None:
    if not found:
        return
    print(f"{'F1':22}" + "".join(f"{head:>6}" for head in HEADS) + "  also wrong")
    for name, kinds in found.items():
        wrong = [kind for kind in OTHERS if kinds[kind].missed or kinds[kind].invented]
        cells = "".join(f"{_share(kinds[kind]):>6}" for kind in (*STRUCTURE, *FIELDS))
        print(f"{name:22}{cells}  {', '.join(wrong)}")
    for word in ("precision", "recall", "f1"):
        means = (mean(found.values(), kind, word) for kind in (*STRUCTURE, *FIELDS))
        print(f"{'macro ' + word:22}" + "".join(f"{value:6.2f}" for value in means))
    for name, kinds in found.items() if listed else ():
        for kind, score in kinds.items():
            for sign, these in (("missed", score.missed), ("invented", score.invented)):
                for thing in these:
                    print(f"{name} {kind} {sign}: {' ｜ '.join(thing)}")
    print()


def _share(score: Score) -> str:
    return "–" if score.empty else f"{score.f1:.2f}"


def mean(found: Iterable[dict[str, Score]], kind: str, word: str = "f1") -> float:
    """Return the macro average over the documents in which there is anything to find."""
    held = [getattr(kinds[kind], word) for kinds in found if not kinds[kind].empty]
    return statistics.fmean(held) if held else float("nan")


if __name__ == "__main__":
    main()
