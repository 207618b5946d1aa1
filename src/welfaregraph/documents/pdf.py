"""PDF with a text layer, read by a process of its own that can be stopped.

A PDF is read by a C library from a file of unknown origin: a page that hangs, a file that
takes all memory or one that crashes the library ends that process and not this one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from welfaregraph.documents import limits
from welfaregraph.documents.lines import Content, Line, Step, numbered
from welfaregraph.errors import InputError

__all__ = ["read_pdf"]

#: Above this share of picture pages a document counts as scanned, whatever its cover says.
SCANNED_SHARE = 0.8


def read_pdf(path: Path, *, step: Step | None = None) -> Content:
    """Return the lines of all pages.

    :param step: told after each page how many are done and how many there are
    :raises InputError: encrypted, damaged, scanned, with letters that stand for nothing, too
        long, or not read within ``limits.PDF_SECONDS``
    :raises ModuleNotFoundError: the library that reads PDF is not installed
    """
    command = [sys.executable, "-P", "-m", "welfaregraph.documents.pdf_pages"]
    bounds = [str(limits.PAGES), str(limits.PDF_MEMORY_BYTES), str(limits.TEXT_BYTES)]
    with subprocess.Popen(  # noqa: S603 (our own module; the path is one argument)
        [*command, str(path.absolute()), *bounds],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
    ) as process:
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(limits.PDF_SECONDS, stop)
        watch.start()
        try:
            assert process.stdout is not None  # noqa: S101 (asked for above)
            told = _told(process.stdout, step)
        finally:
            watch.cancel()
            process.kill()
    if late.is_set():
        seconds = round(limits.PDF_SECONDS)
        raise InputError("document-too-slow", where=str(path), seconds=seconds)
    return _content(told, str(path))


def _told(stream: IO[str], step: Step | None) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for line in stream:
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            break
        told.append(said)
        if step is not None and "page" in said:
            step(said["page"], told[0]["pages"])
        if "end" in said or "error" in said:
            break
    return told


def _content(told: list[dict[str, Any]], where: str) -> Content:
    last = told[-1] if told else {}
    match last.get("error"):
        case None if "end" not in last:
            raise InputError("pdf-broken", where=where)
        case "password":
            raise InputError("document-encrypted", where=where)
        case "module":
            module = last["module"]
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
        case "broken":
            raise InputError("pdf-broken", where=where)
        case "pages":
            raise InputError("pdf-too-long", where=where, limit=limits.PAGES)
        case "text":
            megabytes = limits.TEXT_BYTES // limits.MEGABYTE
            raise InputError("document-too-large", where=where, limit=megabytes)
    pages = [said for said in told if "page" in said]
    unread = tuple(said["page"] for said in pages if said["state"] in {"picture", "garbled"})
    _refuse_unread(pages, where)
    lines = numbered(
        Line(0, text, page=said["page"], cells=tuple(cells))
        for said in pages
        for text, cells in said["lines"]
    )
    return Content(lines, title=told[0]["title"], unread=unread)


def _refuse_unread(pages: list[dict[str, Any]], where: str) -> None:
    states = [said["state"] for said in pages]
    readable = states.count("text")
    enough = readable > 0 and states.count("picture") <= SCANNED_SHARE * len(states)
    if states.count("garbled") > readable:
        garbled = states.count("garbled")
        raise InputError("pdf-garbled", where=where, garbled=garbled, pages=len(states))
    if not enough:
        raise InputError("pdf-scanned", where=where, readable=readable, pages=len(states))
