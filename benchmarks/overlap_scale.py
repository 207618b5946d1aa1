"""Time, memory and worth of the overlap engine as plans grow, beside plain character n-grams.

``python benchmarks/overlap_scale.py [--sizes 60 6000] [--seed 1] [--uncurated-share 0.0]``. The
whole run, which wants a quiet machine with 16 GB and about 20 minutes::

    python benchmarks/overlap_scale.py --sizes 60 6000 100000

Each job runs in a process of its own:

- ``engine``: the pure functions alone, ``measures_of`` and ``overlaps``, on rows from a file;
  once more as where scipy is not installed (up to 20,000 measures: plain Python is the plain
  fallback, not what one takes for a whole country)
- ``program``: ``welfaregraph overlaps --data DIR --only-data --format csv`` from start to end;
  once more for some plans named, as one asks about one's own and a neighbour's: beyond 5,000
  measures a listing of all plans keeps the best 20 partners of each, one of plans named all
- ``char 2-3-grams``: scikit-learn on the same texts, exact cosines in blocks of rows (see
  ``char_ngrams.py``); above 5,000 measures it keeps the 20 best partners of each, as the engine
  does; up to 20,000 measures
- ``char 2-3-grams, rare``: the same without the n-grams that more than 5 % of the texts have
  (``max_df=0.05``), as the engine lets common features find no partners; of every size

Seconds of one machine say little: quote the ratios and the growth.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from listing import PROGRAM, knows_uncurated, read_listing
from measuring import Limits, Measurement, measured
from recall import Found, Truth

__all__ = ["main"]

ON = "2026-11-21"
#: Beyond this many measures what is quadratic is left out: plain Python, all n-grams.
QUADRATIC_MOST = 20_000
QUADRATIC = ("engine, no scipy", "char 2-3-grams")
#: Share of the texts from which on an n-gram is common.
RARE = 0.05
#: Plans that are named in one question.
NAMED = 100
FEATURES, LADDER = "measure-features", "theme-ladder"
LEFT, RIGHT = "measure_a", "measure_b"


# --- what runs in a process of its own


def write_rows(folder: Path) -> dict[str, float]:
    """Write the rows that the engine reads of a folder of plans, one a line."""
    import welfaregraph

    graph, count = welfaregraph.load(folder, bundled=False), 0
    for question in (FEATURES, LADDER):
        with (folder / f"{question}.jsonl").open("w", encoding="utf-8") as file:
            for row in graph.ask(question, on=ON, lang="ja"):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    return {"rows": count}


def _rows(folder: Path, question: str) -> Iterator[dict[str, str | None]]:
    with (folder / f"{question}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def run_engine(folder: Path) -> dict[str, float]:
    """Time the two pure functions; reading the rows is part of the first."""
    from welfaregraph import overlap
    from welfaregraph.measures import measures_of
    from welfaregraph.themes import Ladder

    ladder = Ladder.of(list(_rows(folder, LADDER)))
    start = time.perf_counter()
    measures = measures_of(_rows(folder, FEATURES))
    read = time.perf_counter()
    found = overlap.overlaps(measures, ladder)
    end = time.perf_counter()
    lines = "".join(f"{o.a.iri} {o.b.iri} {o.score:.4f}\n" for o in found)
    return {
        "measures_of": read - start,
        "overlaps": end - read,
        "pairs": len(found),
        "digest": zlib.crc32(lines.encode()),
    }


def run_plain_engine(folder: Path) -> dict[str, float]:
    """Time the same where scipy is not installed."""
    sys.modules["scipy"] = None  # type: ignore[assignment]
    return run_engine(folder)


def run_char_ngrams(folder: Path, max_df: float = 1.0) -> dict[str, float]:
    """Time the comparison of all texts, and write the pairs that pass."""
    import sklearn.feature_extraction.text  # noqa: F401 (its start is not timed)

    from char_ngrams import alike
    from welfaregraph.overlap import MANY, PARTNERS

    texts: dict[str, set[str]] = {}
    plans: dict[str, str] = {}
    for row in _rows(folder, FEATURES):
        if row["kind"] == "text":
            measure = str(row["measure"])
            plans[measure] = str(row["plan"])
            texts.setdefault(measure, set()).add(str(row["feature"]))
    known = sorted(texts)
    start, pairs = time.perf_counter(), 0
    joined = ["\n".join(sorted(texts[measure])) for measure in known]
    with (folder / "char-ngrams.csv").open("w", encoding="utf-8") as file:
        file.write(f"score,{LEFT},{RIGHT},reasons\n")
        most = PARTNERS if len(known) > MANY else 0
        groups = [plans[measure] for measure in known]
        for left, right, cosine in alike(joined, groups, most=most, max_df=max_df):
            file.write(f"{cosine:.4f},{known[left]},{known[right]},\n")
            pairs += 1
    return {"overlaps": time.perf_counter() - start, "pairs": pairs}


def run_rare_ngrams(folder: Path) -> dict[str, float]:
    """Time the same by n-grams that are not common."""
    return run_char_ngrams(folder, RARE)


JOBS: Mapping[str, Callable[[Path], dict[str, float]]] = {
    "rows": write_rows,
    "engine": run_engine,
    "engine, no scipy": run_plain_engine,
    "char 2-3-grams": run_char_ngrams,
    "char 2-3-grams, rare": run_rare_ngrams,
}


# --- what starts them and reports


def job(name: str, folder: Path, limits: Limits) -> Measurement:
    """Run one of the jobs above in a process of its own."""
    return measured([sys.executable, __file__, "--job", name, str(folder)], limits=limits)


def program(folder: Path, out: Path, limits: Limits, *options: str) -> Measurement:
    """Run the command line from start to end."""
    return measured(
        [str(PROGRAM), "overlaps", "--data", str(folder), "--only-data", "--format", "csv",
         "--lang", "ja", "--on", ON, "-o", str(out), *options],
        limits=limits,
    )  # fmt: skip


def judged(truth: Truth, listing: Path, plans: Sequence[str] = ()) -> Found:
    """Hold a listing against what was planted."""
    with listing.open(encoding="utf-8-sig", newline="") as file:
        return truth.judge(((pair.a, pair.b) for pair in read_listing(file)), plans)


def put(name: str, taken: Measurement, found: Found | None, seconds: float = 0.0) -> None:
    """Print one line of figures, and what the listing is worth."""
    if not taken.is_done:
        print(f"  {name:<26}{taken.failure} after {taken.seconds:.0f} s, "
              f"{taken.peak_mib:.0f} MiB")  # fmt: skip
        return
    print(f"  {name:<26}{seconds or taken.seconds:9.2f} s {taken.peak_mib:9.0f} MiB", end="")
    print(f"{found.pairs:12,} pairs" if found else "")
    if found:
        for kind, share in found.recall.items():
            print(f"      found of {kind:<44}{share:7.3f}")
        print(f"      decoys listed{'':<40}{found.decoys:7.3f}")
        counts = (
            f"({found.unrelated:,}; {found.of_no_theme:,} with work of no theme, "
            f"{found.beside:,} of related themes)"
        )
        print(f"      unrelated among the listed{'':<27}{found.unrelated_share:7.3f} {counts}")


def growth(name: str, small: tuple[int, float], large: tuple[int, float]) -> None:
    """Print the exponent by which seconds grow with measures (1 linear, 2 quadratic)."""
    exponent = math.log(large[1] / small[1]) / math.log(large[0] / small[0])
    print(f"  {name:<26}{large[0] / small[0]:8.0f} × the measures, "
          f"{large[1] / small[1]:8.1f} × the seconds: n^{exponent:.2f}")  # fmt: skip


def run_size(
    measures: int, folder: Path, given: argparse.Namespace, limits: Limits
) -> dict[str, float]:
    """Run everything on plans of one size; return seconds by name."""
    here = Path(__file__).resolve().parent
    written = measured(
        [sys.executable, str(here / "synthetic.py"), str(folder), "--measures", str(measures),
         "--seed", str(given.seed), "--uncurated-share", str(given.uncurated_share)],
        limits=limits,
    )  # fmt: skip
    rows = job("rows", folder, limits)
    print(f"\n{measures:,} measures")
    put("(writing the plans)", written, None)
    put("(loading, features)", rows, None)
    truth, seconds = Truth(folder), dict[str, float]()
    if rows.is_done:
        digests = set()
        for name in (name for name in JOBS if name != "rows"):
            if name in QUADRATIC and measures > QUADRATIC_MOST:
                continue
            taken = job(name, folder, limits)
            digests |= {taken.said["digest"]} if "digest" in taken.said else set()
            seconds[name] = taken.said.get("measures_of", 0.0) + taken.said.get("overlaps", 0.0)
            listing = folder / "char-ngrams.csv"
            has_listing = "digest" not in taken.said and taken.is_done
            found = judged(truth, listing) if has_listing else None
            put(name, taken, found, seconds[name])
        if len(digests) > 1:
            print("  the engine finds other pairs, or other scores, without scipy")
    named = truth.some_plans(NAMED)
    ways: list[tuple[str, tuple[str, ...], list[str]]] = [
        ("program", (), []),
        *[("program, uncurated", ("--uncurated",), [])] * knows_uncurated(),
        (f"program, {len(named)} plans named", (), named),
    ]
    for name, options, plans in ways:
        listing = folder / "listed.csv"
        taken = program(folder, listing, limits, *options, *plans)
        put(name, taken, judged(truth, listing, plans) if taken.is_done else None)
        seconds[name] = taken.seconds if taken.is_done else 0.0
    return seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the report, or run one job."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 6000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--uncurated-share", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=1800.0, help="limit of one job")
    parser.add_argument("--gibibytes", type=float, default=15.0, help="limit of one job")
    parser.add_argument("--job", nargs=2, metavar=("NAME", "DIR"), help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.job:
        name, folder = given.job[0], Path(given.job[1])
        print(json.dumps(JOBS[name](folder)))
        return
    limits, begun = Limits(given.seconds, given.gibibytes), time.perf_counter()
    taken: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        for size in sorted(given.sizes):
            folder = Path(place) / str(size)
            folder.mkdir()
            taken[size] = run_size(size, folder, given, limits)
    sizes = sorted(taken)
    for small, large in itertools.pairwise(sizes):
        print(f"\ngrowth, {small:,} to {large:,} measures")
        for name, seconds in taken[large].items():
            before = taken[small].get(name, 0.0)
            if seconds and before:
                growth(name, (small, before), (large, seconds))
    print(f"\nwhole run {time.perf_counter() - begun:,.0f} s")


if __name__ == "__main__":
    main()
