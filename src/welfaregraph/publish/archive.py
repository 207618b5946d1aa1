"""The archive of a version: its data, vocabulary, shapes and queries in one file.

The same content gives the same bytes: names in order, the data's day as the time of each file,
nobody as its owner. Archives of earlier versions are taken over.
"""

from __future__ import annotations

import datetime
import gzip
import io
import tarfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from welfaregraph.publish.history import Version

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["FOLDER", "make", "path_of", "version_of"]

FOLDER = "releases/"
#: What an archive holds: files of these beginnings, uncompressed.
HELD = ("context.jsonld", "dumps/derived.trig", "dumps/welfaregraph.trig", "networks/",
        "queries/", "shapes.ttl", "alignments/", "stratml/", "tables/")  # fmt: skip
PIECE = 1 << 20


def path_of(site: Site) -> str:
    """Return the path of the archive of this version."""
    return f"{FOLDER}welfaregraph-{site.version}.tar.gz"


def version_of(site: Site, written: Written) -> Version:
    """Return this version, with its archive."""
    path = path_of(site)
    entry = written[path]
    return Version(site.version, site.date, path, entry.size, entry.sha256)


def make(site: Site, written: Written) -> Iterator[File]:
    """Yield the archive of this version, and those of earlier ones."""
    yield path_of(site), _packed(site, written)
    for version in site.last.versions if site.last else []:
        if site.last and version.archive and version.version != site.version:
            source = site.last.folder / version.archive
            if source.is_file():
                yield version.archive, _read(source.open("rb"))


def _packed(site: Site, written: Written) -> Iterator[bytes]:
    day = datetime.datetime.fromisoformat(f"{site.date}T00:00:00+00:00")
    names = [n for n in sorted(written) if n.startswith(HELD) and not n.endswith(".gz")]
    buffer = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", 9, buffer, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.GNU_FORMAT) as archive,
    ):
        for name in names:
            entry = tarfile.TarInfo(f"welfaregraph-{site.version}/{name}")
            entry.size, entry.mtime = written[name].size, int(day.timestamp())
            with written.path(name).open("rb") as file:
                archive.addfile(entry, file)
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.BytesIO) -> bytes:
    content = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return content


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
