"""Self-contained HTML pages from ``templates/``: nothing outside them, no script, printable.

Well-formed XML too, so that they can be checked and read by other programs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from welfaregraph.text import legible

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["environment", "in_japanese", "rendered"]

TEMPLATES = Path(__file__).parent / "templates"
#: A run of Japanese, with the marks inside it.
JAPANESE = re.compile(
    r"[ぁ-ヿ一-鿿々〇](?:[、。「」『』（）・〜０-９0-9 ]*[ぁ-ヿ一-鿿々〇）」』])*"
)


def rendered(template: str, language: str, /, **values: Any) -> bytes:
    """Return a page, UTF-8.

    :param template: name of a file in ``templates/``, whose values are escaped
    :param values: what it shows; ``in_japanese`` marks Japanese in a page of another language
    """
    page = (
        environment()
        .get_template(template)
        .render(
            language=language, in_japanese=lambda text: in_japanese(text, language), **values
        )
    )
    return page.encode()


def environment() -> Environment:
    """Return what renders the templates: values are escaped, a missing one is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalized(value: Any) -> Any:
    """Leave out of data what XML forbids; what is marked up already stays."""
    return legible(value) if type(value) is str else value


def in_japanese(text: str, language: str) -> Markup | str:
    """Mark Japanese in a page of another language, for those who hear it read.

    >>> print(in_japanese("Chapter 4 of きずな計画 <only>", "en"))
    Chapter 4 of <span lang="ja">きずな計画</span> &lt;only&gt;
    """
    from markupsafe import Markup, escape

    if language == "ja":
        return text
    plain = str(escape(legible(text)))
    return Markup(JAPANESE.sub(r'<span lang="ja">\g<0></span>', plain))  # noqa: S704
