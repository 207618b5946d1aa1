"""One document from a file: bounded, by what the file is and not by what it is called."""

from __future__ import annotations

import hashlib
from pathlib import Path

from welfaregraph.documents import limits
from welfaregraph.documents.kinds import kind_of
from welfaregraph.documents.lines import Content, Document, Step
from welfaregraph.errors import InputError

__all__ = ["read_document"]


def read_document(path: Path, *, step: Step | None = None) -> Document:
    """Read one document into lines.

    :param step: told after each page of a PDF how many are done and how many there are
    :raises InputError: missing, a folder, not allowed, empty, too large, not one of the
        formats read, encrypted, damaged, or without any text
    """
    raw = _bytes(path)
    kind = kind_of(raw, path)
    content = _content(kind, raw, path, step)
    if not any(line.text.strip() for line in content.lines):
        raise InputError("document-no-text", where=str(path))
    return Document(
        name=path.name,
        sha256=hashlib.sha256(raw).hexdigest(),
        title=content.title,
        lines=content.lines,
        format=kind,
        encoding=content.encoding,
        unread=content.unread,
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("document-folder", where=str(path))
        if path.exists() and not path.is_file():
            raise InputError("document-unknown", where=str(path))
        with path.open("rb") as file:
            raw = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError("no-such-file", where=str(path)) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("unreadable", where=str(path), reason=reason) from error
    _refuse_above(limits.FILE_BYTES, len(raw), path)
    return raw


def _refuse_above(limit: int, size: int, path: Path) -> None:
    if size > limit:
        raise InputError("document-too-large", where=str(path), limit=limit // limits.MEGABYTE)


def _content(kind: str, raw: bytes, path: Path, step: Step | None) -> Content:
    if kind == "pdf":
        from welfaregraph.documents.pdf import read_pdf

        return read_pdf(path, step=step)
    if kind == "word":
        from welfaregraph.documents.word import read_word

        return read_word(raw, path)
    _refuse_above(limits.TEXT_BYTES, len(raw), path)
    if kind == "html":
        from welfaregraph.documents.hypertext import read_html

        return read_html(raw, path)
    if kind == "markdown":
        from welfaregraph.documents.markdown import read_markdown

        return read_markdown(raw, path)
    from welfaregraph.documents.plain import read_plain

    return read_plain(raw, path)
