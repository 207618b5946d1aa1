"""Measure start, load, the 30 questions and validation beside plain rdflib and pySHACL.

Runs are interleaved, medians are reported, and what is quoted is the ratio: seconds of one
machine say little. ``python benchmarks/run.py [--rounds N]``.
"""

from __future__ import annotations

import argparse
import datetime
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import rdflib
from pyshacl import validate

import welfaregraph
from welfaregraph import resources
from welfaregraph.turtle import find_turtle

ON = "2026-11-20"
#: Seconds that rdflib gets for one question.
PATIENCE = 20
FOLDERS = (resources.ONTOLOGY, resources.GRAPHS)
PROGRAM = Path(sys.executable).with_name("welfaregraph")


def interleaved(rounds: int, *jobs: Callable[[], object]) -> list[float]:
    """Return the median seconds of each job, all jobs run in turn."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for times, job in zip(taken, jobs, strict=True):
            start = time.perf_counter()
            job()
            times.append(time.perf_counter() - start)
    return [statistics.median(times) for times in taken]


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


def rdflib_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for folder in FOLDERS:
        for path in find_turtle(folder):
            graph.parse(path, format="turtle")
    return graph


def questions(graph: welfaregraph.PlanGraph, rounds: int) -> None:
    """Compare the numbered questions one by one; rdflib is stopped after PATIENCE."""
    dataset = graph.dataset()
    signal.signal(signal.SIGALRM, _out_of_patience)
    ours, theirs, stopped = 0.0, 0.0, []
    asked = [question for question in graph.questions if question.code]
    for question in asked:
        text = question.bound({"on": ON, "lang": "ja"})
        [mine] = interleaved(rounds, lambda text=text: graph.store.query(text).rows())
        signal.alarm(PATIENCE)
        try:
            [other] = interleaved(1, lambda text=text: list(dataset.query(text)))
        except TimeoutError:
            stopped.append(f"{question.code} (over {PATIENCE} s)")
        except Exception as error:  # noqa: BLE001 (rdflib's own failures are a finding)
            stopped.append(f"{question.code} ({type(error).__name__})")
        else:
            ours, theirs = ours + mine, theirs + other
        finally:
            signal.alarm(0)
    report(f"{len(asked) - len(stopped)} of the {len(asked)} questions", ours, theirs, "rdflib")
    if stopped:
        print(f"  left out, as rdflib did not answer: {', '.join(stopped)}")


def _out_of_patience(*_: object) -> None:
    raise TimeoutError


def report(what: str, ours: float, theirs: float, against: str) -> None:
    ratio = f"{ours / theirs:5.2f} x" if ours >= theirs else f"1/{theirs / ours:.1f}"
    print(f"{what:<34}{ours * 1000:9.1f} ms {theirs * 1000:9.1f} ms   {ratio:>8}  of {against}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print(f"{datetime.date.today()}  Python {sys.version.split()[0]}  medians of {rounds}\n")

    bare = command(sys.executable, "-c", "pass")
    starts = interleaved(3 * rounds, command(str(PROGRAM), "--help"), bare)
    report("start: --help", *starts, "python -c pass")
    answered = interleaved(
        rounds,
        command(str(PROGRAM), "query", "CQ-02"),
        command(sys.executable, "-c", "import rdflib"),
    )
    report("start: query CQ-02", *answered, "python -c 'import rdflib'")

    report("load", *interleaved(rounds, welfaregraph.load, rdflib_graph), "rdflib parsing")

    graph, plain = welfaregraph.load(), rdflib_graph()
    questions(graph, rounds)

    shapes = rdflib.Graph()
    for path in resources.SHAPES.glob("*.ttl"):
        shapes.parse(path, format="turtle")
    report("validation: shapes and rules", *interleaved(
        max(1, rounds // 3),
        lambda: graph.check(on=ON),
        lambda: validate(plain, shacl_graph=shapes, inference="none"),
    ), "pySHACL with the shapes alone")  # fmt: skip


if __name__ == "__main__":
    main()
