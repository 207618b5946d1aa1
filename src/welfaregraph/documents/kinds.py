"""What a file is, by its first bytes; its name decides only between kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from welfaregraph.errors import InputError

__all__ = ["kind_of"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
#: A part that only this kind of zipped document has → the name of the kind.
PACKAGES = {
    "xl/workbook.xml": "Excel (.xlsx)",
    "xl/workbook.bin": "Excel (.xlsb)",
    "ppt/presentation.xml": "PowerPoint (.pptx)",
    "content.xml": "OpenDocument (.odt)",
}
OLD = {
    ".doc": "Word 97-2003 (.doc)",
    ".dot": "Word 97-2003 (.dot)",
    ".xls": "Excel 97-2003 (.xls)",
    ".ppt": "PowerPoint 97-2003 (.ppt)",
    ".jtd": "一太郎 (.jtd)",
    ".jtt": "一太郎 (.jtt)",
}
TEXTS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
#: Bytes no text has; UTF-16 with its mark is looked at before.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(raw: bytes, path: Path) -> str:
    """Return ``pdf``, ``word``, ``html``, ``markdown`` or ``text``.

    :raises InputError: empty, a picture, a format that is not read, or no text at all
    """
    where, suffix = str(path), path.suffix.lower()
    if not raw.strip():
        raise InputError("document-empty", where=where)
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"PK"):
        return _package(raw, where)
    if raw.startswith(OLE):
        if ENCRYPTED_PACKAGE in raw:
            raise InputError("document-encrypted", where=where)
        raise InputError("document-format", where=where, format=OLD.get(suffix, "OLE"))
    if raw.startswith(b"{\\rtf"):
        raise InputError("document-format", where=where, format="RTF")
    if raw.startswith(PICTURES):
        raise InputError("document-picture", where=where)
    if suffix == ".pdf":
        raise InputError("document-not-pdf", where=where)
    if suffix == ".docx":
        raise InputError("document-not-word", where=where)
    return _text(raw, where, suffix)


def _package(raw: bytes, where: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("document-not-word", where=where) from error
    if any(name.startswith("word/") for name in names):
        return "word"
    known = [label for part, label in PACKAGES.items() if part in names]
    raise InputError("document-format", where=where, format=(known or ["ZIP"])[0])


def _text(raw: bytes, where: str, suffix: str) -> str:
    unicode_mark = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not unicode_mark and len(CONTROL.findall(raw[:65536])) > len(raw[:65536]) // 1000:
        raise InputError("document-unknown", where=where)
    if suffix in TEXTS:
        return TEXTS[suffix]
    return "html" if HTML_START.match(raw[:4096]) else "text"
