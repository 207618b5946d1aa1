"""Time and memory of a publication as plans grow, and that it comes out the same twice.

``python benchmarks/publish_scale.py [--plans 50] [--seed 1] [--include-invalid] [--twice]``;
1,000 plans need some ten gibibytes of disk: ``--plans 1000 --place DIR``. Everything runs in
processes of its own. Told are the seconds on the clock, those of all processors together, and
the most memory that the program and its helpers had at one time, shared pages counted once.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from listing import PROGRAM
from measuring import KIB_PER_MIB, Limits, Measurement, measured

__all__ = ["main"]

#: Leaf measures of a synthetic plan, in the mean.
MEASURES = 20
#: Seconds between two looks at the memory of the program and its helpers.
PAUSE = 2.0


class Memory(threading.Thread):
    """Looks at the memory of all processes below this one while it runs.

    :param pid: of the process whose children are looked at
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._end = pid, threading.Event()
        self.peak_mib = 0.0

    def run(self) -> None:
        """Look until told to stop."""
        while not self._end.wait(PAUSE):
            total = sum(map(proportional_kib, below(self._pid)))
            self.peak_mib = max(self.peak_mib, total / KIB_PER_MIB)

    def stop(self) -> float:
        """Return the most that was seen, in MiB."""
        self._end.set()
        self.join()
        return self.peak_mib


def below(pid: int) -> Iterator[int]:
    """Yield the processes that a process started, and those that these started."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from below(child)


def proportional_kib(pid: int) -> int:
    """Return the memory of a process; of pages that n processes share, one nth."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def put(name: str, taken: Measurement, memory_mib: float) -> None:
    """Print one line of figures."""
    end = "" if taken.is_done else f"  {taken.failure}"
    print(
        f"  {name:<20}{taken.seconds:9.1f} s {taken.cpu_seconds:9.1f} s of processors "
        f"{max(memory_mib, taken.peak_mib):9.0f} MiB{end}",
        flush=True,
    )


def sizes(folder: Path) -> None:
    """Print how large each part of a publication is."""
    found: dict[str, list[int]] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found.setdefault(path.relative_to(folder).parts[0], []).append(path.stat().st_size)
    for name, each in sorted(found.items(), key=lambda one: -sum(one[1]))[:8]:
        print(f"    {name:<26}{len(each):9,} files {sum(each) / 2**20:9.0f} MiB")
    total = [size for each in found.values() for size in each]
    print(f"    {'all':<26}{len(total):9,} files {sum(total) / 2**20:9.0f} MiB", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Publish synthetic plans, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--include-invalid", action="store_true", help="without validation")
    parser.add_argument("--twice", action="store_true", help="compare two publications")
    parser.add_argument("--place", type=Path, help="folder for temporary files")
    parser.add_argument("--seconds", type=float, default=7200.0, help="limit of one run")
    parser.add_argument("--gibibytes", type=float, default=16.0, help="limit of one process")
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
        print(f"{given.plans:,} plans, {measures} measures", flush=True)
        sums = []
        for run in ("first", "second")[: 2 if given.twice else 1]:
            out = Path(place) / run
            command = [str(PROGRAM), "publish", str(out), "--data", str(data), "--only-data"]
            memory = Memory(os.getpid())
            memory.start()
            taken = measured([*command, *more], limits=limits)
            put(f"publish, {run}", taken, memory.stop())
            if (out / "SHA256SUMS").is_file():
                sums.append(hashlib.sha256((out / "SHA256SUMS").read_bytes()).hexdigest())
                sizes(out)
        if given.twice:
            print("  the same bytes" if len(set(sums)) == 1 == len(sums) - 1 else "  DIFFERENT")


if __name__ == "__main__":
    main()
