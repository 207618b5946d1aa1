"""The page of a document: the thing it is on, what points to it, and its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from welfaregraph.publish.pages.frame import Head
from welfaregraph.publish.pages.outline import outline
from welfaregraph.publish.pages.sections import NAMES, Sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from welfaregraph.publish.pages.frame import Frame

__all__ = ["page", "titled"]


def titled(frame: Frame, iri: str, language: str, parts: Sequence[str] = ()) -> Head:
    """Return the head of the page on a document.

    :param parts: IRIs of what it describes, by which it is called if it has no name
    """
    name = frame.naming.title(iri, parts, language)
    return Head(iri, language, name.text, name.language if name.language != language else "")


def page(frame: Frame, iri: str, subjects: Sequence[str], language: str) -> bytes:
    """Return the page on a document.

    :param subjects: the IRIs with a statement that it describes
    """
    model = frame.site.model
    head = titled(frame, iri, language, subjects)
    sections = Sections(frame, head)
    main = model.resource(iri)
    parts = [model.resource(subject) for subject in subjects if subject != iri]
    named = set(main.thing.names.values())
    repeats = NAMES if len(named) <= 1 else ()
    return frame.render(
        "resource",
        head,
        number=main.thing.number,
        kinds=[sections.link(kind) for kind in main.types],
        rows=sections.rows(main.outgoing, without=repeats),
        back=sections.back(main.incoming, iri),
        tables=list(sections.tables(parts)),
        tree=outline(model, sections, main),
        is_described=bool(main.outgoing or main.types or parts or main.incoming),
    )
