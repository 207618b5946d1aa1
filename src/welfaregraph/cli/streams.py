"""Standard output and error, whatever encoding the terminal asks for; files are always UTF-8.

Every run passes here first, so it imports little.
"""

from __future__ import annotations

import codecs
import sys

__all__ = ["prepare"]

#: Name of the handler of letters that an encoding lacks.
NEAREST = "welfaregraph-nearest"
#: What CP932, the encoding of Japanese Windows, has in the place of a letter it lacks.
LIKE = {"〜": "～", "−": "－", "—": "―", "–": "-", "‖": "∥", "·": "・", "é": "e", "\u00a0": " "}


def prepare() -> None:
    """Let no letter stop a run: what the encoding lacks is written as the nearest it has.

    A terminal that knows ASCII alone (the C locale) is given UTF-8: Japanese in question marks
    would help nobody.
    """
    codecs.register_error(NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if not reconfigure:
            continue
        if codecs.lookup(stream.encoding).name == "ascii":
            reconfigure(encoding="utf-8", errors="surrogateescape")
        elif codecs.lookup(stream.encoding).name == "utf-8":
            reconfigure(errors="replace")
        else:
            reconfigure(errors=NEAREST)


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Return the nearest letters that an encoding has, and where to go on.

    >>> codecs.register_error(NEAREST, _nearest)
    >>> "市⺠の “～〜” 😀".encode("cp932", NEAREST).decode("cp932")
    '市民の “～～” ?'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from unicodedata import normalize

    from welfaregraph.text import RADICALS

    written = ""
    for letter in error.object[error.start : error.end]:
        like = LIKE.get(letter) or normalize("NFKC", letter).translate(RADICALS)
        try:
            like.encode(error.encoding)
        except UnicodeEncodeError:
            like = "?"
        written += like
    return written, error.end
