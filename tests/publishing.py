"""One publication of the bundled graph, for all tests that only look at it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import welfaregraph
from welfaregraph.publish.publication import publish
from welfaregraph.publish.site import Site

__all__ = ["files_in", "published"]


@cache
def published() -> Path:
    """Return the folder of the publication, made once a run; nothing changes it."""
    place = tempfile.TemporaryDirectory()
    published.place = place  # type: ignore[attr-defined] (kept until the run ends)
    folder = Path(place.name) / "site"
    publish(Site(welfaregraph.load()), folder)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder: path → content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
