"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from welfaregraph.errors import InputError

__all__ = ["write_all_atomically", "write_atomically"]


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write one file: a temporary one beside it, then a rename.

    :param content: text goes out as UTF-8
    :raises InputError: the place cannot be written to; what stood there still stands
    """
    write_all_atomically({path: content})


def write_all_atomically(files: Mapping[Path, bytes | str]) -> None:
    """Write files, each whole or not at all, and none before all could be written.

    :param files: path → content, text as UTF-8; their folders exist
    :raises InputError: a place cannot be written to; what stood there still stands
    """
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            waiting[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            waiting[path].chmod(path.stat().st_mode if path.is_file() else 0o644)
        for path, temporary in waiting.items():
            temporary.replace(path)
    except OSError as error:
        raise InputError("unwritable", where=str(path), reason=error.strerror or "") from error
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)
