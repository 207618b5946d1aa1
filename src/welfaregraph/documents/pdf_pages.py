"""The process that opens a PDF: one line of JSON for each page, on standard output.

Run as ``python -m welfaregraph.documents.pdf_pages FILE PAGES MEMORY_BYTES TEXT_BYTES``.
First comes ``{"pages": …, "title": …}``, then ``{"page": …, "state": …, "lines": …}`` for each
page, then ``{"end": true}``; or ``{"error": …}`` where it ends early.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

from welfaregraph.documents.pdf_layout import PageLine, page_lines

if TYPE_CHECKING:
    import pypdfium2

#: Above this share of characters without a known letter a page is not text.
GARBLED_SHARE = 0.2
#: Control characters, the private use area and the sign for an unknown character.
NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")


def main(file: str, pages: int, memory: int, text: int) -> None:
    """Say what the file holds."""
    try:
        import pypdfium2
        from pypdfium2 import raw
    except ModuleNotFoundError as error:
        _say(error="module", module=error.name)
        return
    _bound_memory(memory)

    try:
        document = pypdfium2.PdfDocument(file)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        _say(error="password" if locked else "broken")
        return
    if count > pages:
        _say(error="pages")
        return
    _say(pages=count, title=document.get_metadata_value("Title"))
    said = 0
    for number in range(count):
        lines, state = _page(document, number)
        said += sum(len(line.encode()) for line, _ in lines)
        if said > text:
            _say(error="text")
            return
        _say(page=number + 1, state=state, lines=lines)
    _say(end=True)


def _bound_memory(memory: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 (standard output is the answer)


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[PageLine], str]:
    """Return a page's lines and ``text``, ``garbled``, ``picture`` or ``blank``."""
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return [], "picture"
    try:
        return _read(page, text)
    finally:
        text.close()
        page.close()


def _read(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> tuple[list[PageLine], str]:
    from pypdfium2 import raw

    total = text.count_chars()
    letters = [raw.FPDFText_GetUnicode(text.raw, at) for at in range(total)]
    unknown = sum(
        1
        for at, letter in enumerate(letters)
        if raw.FPDFText_HasUnicodeMapError(text.raw, at) == 1 or _is_no_letter(letter)
    )
    printed = sum(1 for letter in letters if not chr(letter).isspace())
    if printed == 0:
        pictures = next(iter(page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)), None)
        return [], "picture" if pictures is not None else "blank"
    if unknown > GARBLED_SHARE * printed:
        return [], "garbled"
    return page_lines(page, text), "text"


def _is_no_letter(code: int) -> bool:
    return bool(NO_LETTER.match(chr(code)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
