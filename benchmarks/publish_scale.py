"""Time and memory of a publication as plans grow, and that it comes out the same twice.

``python benchmarks/publish_scale.py [--plans 50] [--seed 1] [--include-invalid] [--twice]``;
1,000 plans take long and need some twenty gibibytes of disk: ``--plans 1000``. Everything runs
in a process of its own, so the memory told is that of the program alone, without its helpers.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from listing import PROGRAM
from measuring import Limits, Measurement, measured

__all__ = ["main"]

#: Leaf measures of a synthetic plan, in the mean.
MEASURES = 20


def put(name: str, taken: Measurement) -> None:
    """Print one line of figures."""
    end = "" if taken.is_done else f"  {taken.failure}"
    print(f"  {name:<28}{taken.seconds:9.1f} s {taken.peak_mib:9.0f} MiB{end}")


def sizes(folder: Path) -> None:
    """Print how large each part of a publication is."""
    found: dict[str, list[int]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found.setdefault(path.relative_to(folder).parts[0], []).append(path.stat().st_size)
    for name, each in sorted(found.items(), key=lambda one: -sum(one[1]))[:8]:
        print(f"    {name:<26}{len(each):9,} files {sum(each) / 2**20:9.0f} MiB")
    total = [size for each in found.values() for size in each]
    print(f"    {'all':<26}{len(total):9,} files {sum(total) / 2**20:9.0f} MiB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Publish synthetic plans, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--include-invalid", action="store_true", help="without validation")
    parser.add_argument("--twice", action="store_true", help="compare two publications")
    parser.add_argument("--place", type=Path, help="folder for temporary files")
    parser.add_argument("--seconds", type=float, default=7200.0, help="limit of one run")
    parser.add_argument("--gibibytes", type=float, default=16.0, help="limit of one run")
    given = parser.parse_args(arguments)
    limits = Limits(given.seconds, given.gibibytes)
    more = ["--include-invalid"] if given.include_invalid else []
    here = Path(__file__).resolve().parent
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        data = Path(place) / "data"
        data.mkdir()
        measures = str(given.plans * MEASURES)
        measured(
            [sys.executable, str(here / "synthetic.py"), str(data), "--measures", measures,
             "--seed", str(given.seed)],
            limits=limits,
        )  # fmt: skip
        print(f"{given.plans:,} plans, {measures} measures")
        sums = []
        for run in ("first", "second")[: 2 if given.twice else 1]:
            out = Path(place) / run
            command = [str(PROGRAM), "publish", str(out), "--data", str(data), "--only-data"]
            put(f"publish, {run}", measured([*command, *more], limits=limits))
            if (out / "SHA256SUMS").is_file():
                sums.append(hashlib.sha256((out / "SHA256SUMS").read_bytes()).hexdigest())
                sizes(out)
        if given.twice:
            print("  the same bytes" if len(set(sums)) == 1 == len(sums) - 1 else "  DIFFERENT")


if __name__ == "__main__":
    main()
