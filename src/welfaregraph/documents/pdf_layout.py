"""The lines of a PDF page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

__all__ = ["page_lines"]


def page_lines(
    page: pypdfium2.PdfPage,  # noqa: ARG001
    text: pypdfium2.PdfTextPage,
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the lines of a page as ``(text, cells)``, in reading order."""
    return [(line, ()) for line in text.get_text_range().splitlines()]
