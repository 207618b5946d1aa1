"""Makes the pages of a publication, and what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.publish.pages import resource
from welfaregraph.publish.pages.frame import STYLE, Frame
from welfaregraph.publish.paths import page

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["count", "make"]

STATIC = Path(__file__).parents[2] / "templates"
#: The sheets that make up ``site.css``.
SHEETS = ("page.css", "publish/site.css")
#: Makes the page of one document in one language.
Page = Callable[[Frame, str, Sequence[str], str], bytes]


def count(site: Site) -> int:
    """Return how many pages there are to make."""
    return len(site.languages) * len(site.documents)


def make(site: Site, written: Written) -> Iterator[File]:
    """Yield the pages, the style sheet and the script."""
    frame = Frame(site)
    yield STYLE, b"".join((STATIC / name).read_bytes() for name in SHEETS)
    for iri, subjects in site.documents.items():
        for language in site.languages:
            name = page(iri, language)
            if name not in written:
                yield name, resource.page(frame, iri, subjects, language)
