"""Plain text: which encoding, and the lines of the file untouched."""

from __future__ import annotations

import re
from pathlib import Path

from welfaregraph.documents.lines import Content, Line
from welfaregraph.errors import InputError

__all__ = ["decode", "read_plain"]

MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
#: Python's codec → the name people know it by. EUC-JP has ① only in its newer form.
LEGACY = {"cp932": "CP932", "euc_jp": "EUC-JP", "euc_jis_2004": "EUC-JP"}
#: What Japanese prose is made of, and what the wrong encoding makes of it.
LIKELY = re.compile("[ぁ-んァ-ヶー、。・「」０-９\n]")
UNLIKELY = re.compile("[｡-ﾟ\u0080-\u009f\ue000-\uf8ff]")
#: What CP932 makes of bytes that it has no character for.
NOTHING = re.compile("[\u0080-\u009f\uf8f0-\uf8f3]")
ESCAPE = re.compile(rb"\x1b\$[B@(]")
#: Fewer bytes than this share that are no UTF-8 are damage, not another encoding.
DAMAGED_SHARE = 0.01
LINE_END = re.compile("\r\n|\n|\r")


def decode(raw: bytes, where: str) -> tuple[str, str]:
    """Return the text and the encoding it is in.

    :param where: the file, for the error
    :raises InputError: neither Unicode nor a Japanese encoding, with the line

    >>> decode("令和６年度①".encode("euc_jis_2004"), "plan.txt")
    ('令和６年度①', 'EUC-JP')
    """
    for mark, codec, name in MARKS:
        if raw.startswith(mark):
            return _strict(raw[len(mark) :], codec, name, where), name
    if ESCAPE.search(raw):
        return _strict(raw, "iso2022_jp_2004", "ISO-2022-JP", where), "ISO-2022-JP"
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        at = error.start
    kept = raw.decode("utf-8", errors="ignore")
    if not kept.isascii() and len(raw) - len(kept.encode()) <= 3 + DAMAGED_SHARE * len(raw):
        return _strict(raw, "utf-8", "UTF-8", where), "UTF-8"
    readings = [(_likeness(text), name, text) for text, name in _legacy_readings(raw)]
    if not readings:
        line = raw.count(b"\n", 0, at) + 1
        raise InputError("document-encoding", where=f"{where}:{line}")
    _, name, text = max(readings, key=lambda reading: reading[0])
    return text, name


def _strict(raw: bytes, codec: str, name: str, where: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(codec, errors="ignore")
        line = before.count("\n") + 1
        raise InputError("document-bytes", where=f"{where}:{line}", encoding=name) from error


def _legacy_readings(raw: bytes) -> list[tuple[str, str]]:
    found = []
    for codec, name in LEGACY.items():
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if not NOTHING.search(text):
            found.append((text, name))
    return found


def _likeness(text: str) -> float:
    weight = len(LIKELY.findall(text)) - 3 * len(UNLIKELY.findall(text))
    return weight / max(len(text), 1)


def read_plain(raw: bytes, path: Path) -> Content:
    """Return the lines of a text file as they stand; a form feed begins a new page.

    :raises InputError: see :func:`decode`
    """
    text, encoding = decode(raw, str(path))
    paged = "\f" in text
    page, lines = 1, []
    pieces = LINE_END.split(text)
    if pieces[-1] == "":
        pieces.pop()
    for number, piece in enumerate(pieces, start=1):
        page += piece.count("\f") if paged else 0
        lines.append(Line(number, piece, page=page if paged else 0))
    return Content(tuple(lines), encoding=encoding)
