r"""Documents as lines: PDF with a text layer, plain text, Markdown, HTML and Word.

>>> from pathlib import Path
>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder) / "plan.txt"
...     _ = path.write_bytes("基本理念\nともに暮らすまち".encode("cp932"))
...     document = read_document(path)
>>> document.encoding, [(line.number, line.text) for line in document.lines]
('CP932', [(1, '基本理念'), (2, 'ともに暮らすまち')])
"""

from __future__ import annotations

from welfaregraph.documents.lines import Document, Line, Step
from welfaregraph.documents.reading import read_document

__all__ = ["Document", "Line", "Step", "read_document"]
