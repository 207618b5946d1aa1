"""Files written whole or not at all, several of them as one, by one writer at a time.

Several files are committed by a journal: when all new contents stand ready beside their
targets, one rename puts the journal into the folder they have in common; from then on the set
counts as written. Whoever is interrupted after that leaves the journal, and the next reader or
writer of the folder finishes its renames first.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from welfaregraph.errors import InputError, StoreError

__all__ = ["complete", "locked", "write_all_atomically", "write_atomically"]

JOURNAL, LOCK = ".welfaregraph.journal", ".welfaregraph.lock"
#: How long one writer waits for another, seconds.
PATIENCE = 15.0


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write one file: a temporary one beside it, then a rename.

    :param content: text goes out as UTF-8
    :raises InputError: the place cannot be written to; what stood there still stands
    """
    write_all_atomically({path: content})


def write_all_atomically(files: Mapping[Path, bytes | str]) -> None:
    """Write files as one: all of them or none, also where the program is killed.

    :param files: path → content, text as UTF-8; their folders exist
    :raises InputError: a place cannot be written to; what stood there still stands
    :raises StoreError: another program is writing there and does not end
    """
    if len(files) < 2:  # noqa: PLR2004 (one rename needs no journal)
        for path, temporary in _prepared(files).items():
            _moved(temporary, path)
        return
    home = Path(os.path.commonpath([path.parent.resolve() for path in files]))
    with locked(home):
        _finish(home)
        waiting = _prepared(files)
        names = {
            (path.parent.resolve() / path.name).relative_to(home).as_posix(): temporary.name
            for path, temporary in waiting.items()
        }
        try:
            write_atomically(home / JOURNAL, json.dumps(names, ensure_ascii=False))
        finally:
            if not (home / JOURNAL).exists():
                _discard(waiting)
        _finish(home)


def complete(folder: Path) -> None:
    """Finish what interrupted writers left unfinished below a folder.

    :raises InputError: it cannot be finished
    :raises StoreError: another program is writing there and does not end
    """
    for journal in sorted(folder.rglob(JOURNAL)):
        with locked(journal.parent):
            _finish(journal.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder; a process may take the same lock again.

    :raises InputError: the folder cannot be written to
    :raises StoreError: another program holds it longer than ``PATIENCE``
    """
    from filelock import FileLock, Timeout

    place = folder.resolve() / LOCK
    lock = FileLock(place, timeout=PATIENCE, is_singleton=True)
    try:
        lock.acquire()
    except Timeout:
        raise StoreError("locked", where=str(folder), seconds=f"{PATIENCE:g}") from None
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _prepared(files: Mapping[Path, bytes | str]) -> dict[Path, Path]:
    """Write each content to a temporary file beside its target; all, or none is left."""
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            waiting[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            waiting[path].chmod(path.stat().st_mode if path.is_file() else 0o644)
    except BaseException as error:
        _discard(waiting)
        if isinstance(error, OSError):
            raise _unwritable(path, error) from error
        raise
    return waiting


def _moved(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _discard(waiting: Mapping[Path, Path]) -> None:
    for temporary in waiting.values():
        temporary.unlink(missing_ok=True)


def _finish(home: Path) -> None:
    """Do the renames of a journal that are still to be done; the lock is held."""
    journal = home / JOURNAL
    path = journal
    try:
        for path, temporary in _unfinished(journal):
            if temporary.exists():
                temporary.replace(path)
        journal.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("unfinished", where=str(path), reason=reason) from error


def _unfinished(journal: Path) -> list[tuple[Path, Path]]:
    """Return the targets of a journal with the files that wait for them.

    :raises InputError: it names anything but files beside their targets, below its folder
    """
    try:
        names = json.loads(journal.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        raise InputError("bad-journal", where=str(journal)) from None
    found = []
    for target, name in names.items() if isinstance(names, dict) else [("", "")]:
        path, name = journal.parent / str(target), str(name)  # noqa: PLW2901
        is_beside = name.startswith(f".{path.name}.") and Path(name).name == name
        is_below = path.parent.resolve().is_relative_to(journal.parent.resolve())
        if not (is_beside and is_below):
            raise InputError("bad-journal", where=str(journal))
        found.append((path, path.with_name(name)))
    return found


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError("unwritable", where=str(path), reason=error.strerror or "")
