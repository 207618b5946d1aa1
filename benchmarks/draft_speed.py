"""Measure how long a document of N pages takes to read and to draft, and how much memory.

``python benchmarks/draft_speed.py [--pages 50 100 200 400] [--pdf]``. Seconds of one machine
say little: quoted are the ratio to plain reading and how time and memory grow with the pages.
Each size runs in a process of its own, so that peaks of memory are its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from welfaregraph.documents import read_document
from welfaregraph.draft import draft_plan

ACTORS = ("市民", "地域", "事業者", "市", "社会福祉協議会")
PROSE = (
    "少子高齢化と人口の減少が進むなかで、地域のつながりが弱まり、困りごとを抱えたまま孤立する"
    "人が増えています。身近な場所で話を聞き、必要な支援につなげる仕組みが求められています。"
)
LINES_A_PAGE = 30


def pages_of(pages: int) -> Iterator[str]:
    """Yield the lines of a made-up plan of so many pages of thirty lines."""
    yield from [
        "第３期見本市地域福祉計画",
        "",
        "計画期間は、令和６年度から令和11年度までです。",
        "",
    ]
    yield from ["社会福祉法第107条に基づく市町村地域福祉計画です。", ""]
    for page in range(pages):
        if page % 20 == 0:
            yield f"基本目標{page // 20 + 1}　目標{page // 20 + 1}のまちづくり"
        yield f"施策{page + 1}　見守り{page + 1}の推進"
        yield from (PROSE[at : at + 38] for at in range(0, len(PROSE), 38))
        for actor in ACTORS:
            yield f"【{actor}が取り組むこと】"
            yield from (f"・{actor}の取組{page}-{at}を進める" for at in range(3))
        yield f"- {page + 1} -"
        yield from [""] * (LINES_A_PAGE - 26)


def measured(path: Path) -> dict[str, float]:
    """Return seconds of plain reading, reading and drafting, memory and activities."""
    start = time.perf_counter()
    raw = path.read_bytes()
    if path.suffix == ".txt":
        raw.decode("utf-8").splitlines()
    plain = time.perf_counter()
    document = read_document(path)
    read = time.perf_counter()
    before = peak()
    plan = draft_plan([document])
    done = time.perf_counter()
    found = sum(len(m.activities) for goal in plan.goals for m in goal.measures)
    return {
        "plain": plain - start,
        "read": read - plain,
        "draft": done - read,
        "megabytes": peak() - before,
        "letters": sum(len(line.text) for line in document.lines),
        "activities": found,
    }


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[50, 100, 200, 400])
    parser.add_argument("--pdf", action="store_true", help="as a PDF with one page a page")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.one)))
        return
    print("pages  letters  read s  ratio to plain  draft s  ms a page  MB more  activities")
    for pages in asked.pages:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"plan.{'pdf' if asked.pdf else 'txt'}"
            path.write_bytes(printed(pages) if asked.pdf else text(pages))
            command = [sys.executable, __file__, "--one", path]
            said = subprocess.run(command, check=True, capture_output=True).stdout
        found = json.loads(said)
        ratio = found["read"] / found["plain"] if not asked.pdf else float("nan")
        print(
            f"{pages:5}{found['letters']:9}{found['read']:8.2f}{ratio:16.1f}"
            f"{found['draft']:9.2f}{1000 * found['draft'] / pages:11.1f}"
            f"{found['megabytes']:9.1f}{found['activities']:12}"
        )


def text(pages: int) -> bytes:
    return "\n".join(pages_of(pages)).encode()


def printed(pages: int) -> bytes:
    """Return the same plan as a PDF."""
    from building import pdf

    lines = list(pages_of(pages))
    parted = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    return pdf(*([(50, 60 + 20 * n, line) for n, line in enumerate(page)] for page in parted))


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
    main()
