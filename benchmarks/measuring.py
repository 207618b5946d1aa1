"""One job in a process of its own: its seconds, its peak memory, and what it said."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["KIB_PER_MIB", "Limits", "Measurement", "measured"]

KIB_PER_MIB, BYTES_PER_GIB = 1024, 1024**3
#: Seconds between two looks at a running job.
PAUSE = 0.005


@dataclass(frozen=True)
class Limits:
    """When a job is given up."""

    seconds: float = 1800.0
    gibibytes: float = 12.0


@dataclass(frozen=True)
class Measurement:
    """What one job took."""

    seconds: float
    peak_mib: float
    said: dict[str, float] = field(default_factory=dict)  #: figures it printed as JSON
    failure: str = ""  #: why it has no figures
    cpu_seconds: float = 0.0  #: of all processors, its helpers' included

    @property
    def is_done(self) -> bool:
        """Whether it came to an end."""
        return not self.failure


def measured(arguments: Sequence[str], *, limits: Limits) -> Measurement:
    """Run a command and measure it; the last line of its output may be figures as JSON."""
    space = int(limits.gibibytes * BYTES_PER_GIB)

    def confined() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (space, space))

    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        start = time.perf_counter()
        job = subprocess.Popen(
            list(arguments), stdout=out, stderr=subprocess.PIPE, text=True,
            preexec_fn=confined,  # noqa: PLW1509 (no threads here)
        )  # fmt: skip
        failure, peak_mib, cpu_seconds = _awaited(job, start + limits.seconds)
        seconds = time.perf_counter() - start
        out.seek(0)
        lines = out.read().splitlines()
    said = json.loads(lines[-1]) if not failure and lines[-1:] and lines[-1][:1] == "{" else {}
    return Measurement(seconds, peak_mib, said, failure, cpu_seconds)


def _awaited(job: subprocess.Popen[str], deadline: float) -> tuple[str, float, float]:
    """Wait for a job; return why it failed, if it did, its peak in MiB, and its seconds."""
    failure, peak = "", 0
    while True:
        pid, status, usage = os.wait4(job.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, _peak_kib(job.pid))
        if not failure and time.perf_counter() > deadline:
            failure = "over time"
            job.kill()
        time.sleep(PAUSE)
    job.returncode = os.waitstatus_to_exitcode(status)
    assert job.stderr is not None
    complaint = job.stderr.read().strip().splitlines()
    job.stderr.close()
    if job.returncode and not failure:
        failure = _reason(complaint) or f"exit {job.returncode}"
    used = usage.ru_utime + usage.ru_stime
    return failure, (peak or usage.ru_maxrss) / KIB_PER_MIB, used


def _peak_kib(pid: int) -> int:
    """Return the peak of a running process; what wait4 says starts from its parent's."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) if found else 0


def _reason(complaint: Sequence[str]) -> str:
    """Return the line that says why: the first, of a traceback the last."""
    if any("MemoryError" in line for line in complaint):
        return "out of memory"
    is_traceback = any(line.startswith("Traceback") for line in complaint)
    return complaint[-1 if is_traceback else 0] if complaint else ""


if sys.platform == "win32":
    raise SystemExit("needs wait4 and setrlimit: run it on Linux or macOS")
