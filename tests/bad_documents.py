"""Documents that cannot be read, each with its name and the key of its error."""

from __future__ import annotations

import io
import zipfile

from building import docx, paragraph, pdf


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return file.getvalue()


def garbled() -> bytes:
    """Return a PDF whose only font says nowhere which letters its glyphs are."""
    raw = pdf([(50, 50, "計画"), (50, 80, "見守り")])
    return raw.replace(b"/90ms-RKSJ-H", b"/Identity-H ").replace(
        b"/UniJIS-UCS2-H", b"/Identity-H    "
    )


def bomb() -> bytes:
    """Return a small Word file that unpacks to more than is read."""
    raw = docx(parts={"word/document.xml": "<a>" + " " * (60 << 20) + "</a>"})
    assert len(raw) < 1 << 20
    return raw


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
BAD = {
    "empty": ("plan.txt", b"", "document-empty"),
    "blank": ("plan.txt", b" \n\n", "document-empty"),
    "no text": ("plan.html", b"<script>x</script>", "document-no-text"),
    "not a PDF": ("plan.pdf", "計画".encode(), "document-not-pdf"),
    "cut PDF": ("plan.pdf", pdf([(9, 9, "計画")])[:200], "pdf-broken"),
    "locked PDF": ("plan.pdf", pdf([(9, 9, "計画")], lock="a"), "document-encrypted"),
    "scanned": ("plan.pdf", pdf([(9, 50, "PICTURE")], [(9, 50, "PICTURE")]), "pdf-scanned"),
    "garbled PDF": ("plan.pdf", garbled(), "pdf-garbled"),
    "not Word": ("plan.docx", "計画".encode(), "document-not-word"),
    "cut Word": ("plan.docx", docx(paragraph("計画"))[:300], "document-not-word"),
    "Word without XML": (
        "plan.docx", docx(parts={"word/document.xml": "<a>"}), "word-broken"
    ),
    "entities": ("plan.docx", docx(paragraph("計画"), doctype=BOMB), "word-entities"),
    "external": ("plan.docx", docx(paragraph("計画"), doctype=EXTERNAL), "word-entities"),
    "locked Word": (
        "plan.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "document-encrypted",
    ),
    "old Word": ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "document-format"),
    "Excel": ("plan.docx", zipped("xl/workbook.xml", b"<a/>"), "document-format"),
    "ZIP": ("plan.zip", zipped("a.txt", b"a"), "document-format"),
    "RTF": ("plan.rtf", b"{\\rtf1 a}", "document-format"),
    "picture": ("plan.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "document-picture"),
    "program": ("plan.txt", b"\x7fELF" + b"\x00" * 99, "document-unknown"),
    "bytes": ("plan.txt", "計画\n".encode() + b"\xff\xfe\xfd\x80", "document-encoding"),
    "damaged": ("plan.txt", ("計画\n" * 99).encode() + b"\xe8\xa8", "document-bytes"),
    "zip bomb": ("plan.docx", bomb(), "word-bomb"),
    "half UTF-16": ("plan.txt", "\ufeff計\n画".encode("utf-16-le")[:-1], "document-bytes"),
}  # fmt: skip
