"""One publication of the bundled graph, for all tests that only look at it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from filelock import FileLock

import welfaregraph
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site

__all__ = ["files_in", "published"]


@cache
def published() -> Path:
    """Return the folder of the publication, made once a run; nothing changes it.

    Of the processes that run the tests, the first that asks makes it for all.
    """
    folder = Path(os.environ["WELFAREGRAPH_TESTS"]) / "site"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            publish(Site(welfaregraph.load()), folder)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder: path → content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
