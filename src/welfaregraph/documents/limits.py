"""How much is read before reading stops: a plan is far smaller than any of these."""

from __future__ import annotations

__all__ = [
    "FILE_BYTES",
    "MEGABYTE",
    "PAGES",
    "PART_BYTES",
    "PDF_MEMORY_BYTES",
    "PDF_SECONDS",
    "TEXT_BYTES",
]

MEGABYTE = 1 << 20
#: A whole file; pictures make PDF and Word files large.
FILE_BYTES = 200 * MEGABYTE
#: Text, Markdown and HTML; 500 pages of Japanese text are 2 MB.
TEXT_BYTES = 20 * MEGABYTE
#: One unpacked part of a Word file.
PART_BYTES = 50 * MEGABYTE
PAGES = 3000
#: The process that reads a PDF is stopped after this time and may not take more memory.
PDF_SECONDS = 300.0
PDF_MEMORY_BYTES = 2048 * MEGABYTE
