"""The folder of a publication, written beside its place and moved there when it is whole.

A crash leaves what stood there. A folder with anything in it that no publication put there is
not replaced.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from welfaregraph.errors import InputError, MisuseError, raise_all
from welfaregraph.vocab import BASE

__all__ = [
    "GENERATOR",
    "MARK",
    "SUMS",
    "Bundle",
    "Content",
    "Entry",
    "File",
    "Tree",
    "Writing",
    "Written",
    "previous_of",
]

#: The content of a file; pieces are cut where no IRI is.
Content = bytes | Iterable[bytes]
#: By which a folder is known as a publication of ours.
MARK = "publication.json"
#: The list of all files but itself and the mark, in the form of ``sha256sum``.
SUMS = "SHA256SUMS"
GENERATOR = "welfaregraph"
ALLOWED = re.compile(r"(?!(?:.*/)?\.{1,2}(?:/|$))[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)*")
PIECE = 1 << 20
#: Of gzip: beyond it files shrink little and take twice the time.
LEVEL = 6


@dataclass(frozen=True)
class Entry:
    """A file written."""

    size: int  #: bytes
    sha256: str  #: hexadecimal


#: Path below the publication, and content.
File = tuple[str, Content]
#: Several files written side by side: their paths, and a piece of each at a time.
Bundle = tuple[tuple[str, ...], Iterable[tuple[bytes, ...]]]


class Written(dict[str, Entry]):
    """Path → what was written so far.

    :param folder: where the files stand while the publication is being written
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def path(self, name: str) -> Path:
        """Return where a file is; its IRIs stand under the base that was configured."""
        return self._folder / name


def previous_of(folder: Path) -> Mapping[str, object] | None:
    """Return what a publication says of itself, or nothing where there is none."""
    try:
        found = json.loads((folder / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    ours = isinstance(found, dict) and found.get("generator") == GENERATOR
    return found if ours else None


class Writing:
    """Writes files below a folder, and keeps what is to be known of each.

    :param folder: where they are written
    :param base: the base IRI that stands in the files in the place of ``BASE``
    :param place: what errors name as the place that cannot be written to
    """

    def __init__(self, folder: Path, *, base: str, place: Path) -> None:
        self.entries = Written(folder)
        self._folder, self._base, self._place = folder, base, place
        self._names: dict[str, str] = {}
        self._folders: set[str] = set()
        self._made: set[Path] = set()

    def apart(self) -> Writing:
        """Return one for a part of the same files; see :meth:`take`."""
        return Writing(self._folder, base=self._base, place=self._place)

    def take(self, entries: Mapping[str, Entry]) -> None:
        """Take over what was written apart.

        :raises InputError: two IRIs need one path
        """
        for name, entry in entries.items():
            self._claim(name)
            self._enter(name, entry)

    def write(self, name: str, content: Content) -> Entry:
        """Write one file.

        :param name: its path, ASCII, ``/`` between folders
        :raises InputError: two IRIs need one path; the disk is full
        """
        pieces = [content] if isinstance(content, bytes) else content
        self.write_beside((name,), ((piece,) for piece in pieces))
        return self.entries[name]

    def write_beside(self, names: tuple[str, ...], pieces: Iterable[tuple[bytes, ...]]) -> None:
        """Write several files at once, as their pieces come.

        :raises InputError: as :meth:`write`
        """
        with _told(self._place), ExitStack() as stack:
            writers = [stack.enter_context(self._writer(name)) for name in names]
            for each in pieces:
                for writer, piece in zip(writers, each, strict=True):
                    writer.write(piece)
        for name, writer in zip(names, writers, strict=True):
            self._enter(name, writer.entry)

    def _writer(self, name: str) -> _Writer:
        self._claim(name)
        path = self.entries.path(name)
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        return _Writer(path, b"" if self._base == BASE else self._base.encode())

    def compress(self, name: str) -> Entry:
        """Write a file once more, compressed, beside itself; no time stands in it."""
        packed = f"{name}.gz"
        self._claim(packed)
        with _told(self._place):
            with (
                self.entries.path(name).open("rb") as source,
                self.entries.path(packed).open("wb") as file,
                gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as out,
            ):
                shutil.copyfileobj(source, out, PIECE)
            with self.entries.path(packed).open("rb") as read:
                digest = hashlib.file_digest(read, "sha256").hexdigest()
        return self._enter(packed, Entry(self.entries.path(packed).stat().st_size, digest))

    def _enter(self, name: str, entry: Entry) -> Entry:
        self.entries[name] = entry
        return entry

    def _claim(self, name: str) -> None:
        """See that no other file, and no folder, has this path on any system."""
        if not ALLOWED.fullmatch(name):
            raise ValueError(f"not a path of a publication: {name!r}")
        known = name.casefold()
        folders = [known[: at.start()] for at in re.finditer("/", known)]
        clash = self._names.get(known) or next(filter(self._names.get, folders), "")
        if clash or known in self._folders:
            raise InputError("publish-clash", where=name, other=clash or f"{name}/")
        self._names[known] = name
        self._folders.update(folders)


class Tree(Writing):
    """A publication being written; use it in ``with``.

    :param target: where it shall stand; its parent folder exists or can be made
    :param base: the base IRI that stands in the files in the place of ``BASE``
    :raises MisuseError: the target is a file, or a folder with something else in it
    :raises InputError: the place cannot be written to; or another run is writing there
    """

    def __init__(self, target: Path, *, base: str = BASE) -> None:
        self.target = target.resolve()
        self._new = self.target.with_name(f".{self.target.name}.new")
        self._old = self.target.with_name(f".{self.target.name}.old")
        super().__init__(self._new, base=base, place=self.target)

    def __enter__(self) -> Tree:
        with _told(self.target):
            self.target.parent.mkdir(parents=True, exist_ok=True)
            if self._old.exists() and not self.target.exists():
                self._old.rename(self.target)  # the last run broke off between two renames
            _refuse_others(self.target)
            try:
                self._new.mkdir()
            except FileExistsError:
                raise InputError("publish-under-way", where=str(self._new)) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            shutil.rmtree(self._new, ignore_errors=True)
            return
        try:
            with _told(self.target):
                self._swap()
        finally:
            shutil.rmtree(self._new, ignore_errors=True)

    def _swap(self) -> None:
        shutil.rmtree(self._old, ignore_errors=True)
        was_there = self.target.exists()
        if was_there:
            self.target.rename(self._old)
        try:
            self._new.rename(self.target)
        except OSError:
            if was_there:
                self._old.rename(self.target)
            raise
        shutil.rmtree(self._old, ignore_errors=True)


class _Writer:
    """A file being written, with what is to be known of it."""

    def __init__(self, path: Path, base: bytes) -> None:
        self._file, self._base = path.open("wb"), base
        self._digest, self._size = hashlib.sha256(), 0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, piece: bytes) -> None:
        """Write a piece, under the base that was configured."""
        based = piece.replace(BASE.encode(), self._base) if self._base else piece
        self._digest.update(based)
        self._size += self._file.write(based)

    @property
    def entry(self) -> Entry:
        """What was written."""
        return Entry(self._size, self._digest.hexdigest())


class _told:  # noqa: N801 (reads as a word in «with»)
    """Tells what the system refused as an error of ours."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            raise InputError(
                "unwritable", where=str(self.place), reason=error.strerror or str(error)
            ) from error


def _refuse_others(target: Path) -> None:
    """Refuse to replace what no publication put there.

    :raises MisuseError: a file; a folder with files that are not listed in its own sums
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise MisuseError("publish-onto-file", where=str(target))
    if next(target.iterdir(), None) is None:
        target.rmdir()
        return
    if previous_of(target) is None:
        raise MisuseError("publish-not-empty", where=str(target))
    listed = {MARK, SUMS}
    with suppress(OSError):
        lines = (target / SUMS).read_text("utf-8").splitlines()
        listed |= {line.partition("  ")[2] for line in lines}
    present = (path for path in target.rglob("*") if not path.is_dir())
    foreign = sorted(str(p) for p in present if p.relative_to(target).as_posix() not in listed)
    raise_all(MisuseError("publish-foreign", where=path) for path in foreign[:10])
