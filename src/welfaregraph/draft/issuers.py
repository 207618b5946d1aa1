"""The bodies that issue a plan: on its cover, in its colophon, in its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from welfaregraph.draft.actors import is_actor_name
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Found
from welfaregraph.draft.names import EDITION, MIXED, PLACE
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.titles import Title
from welfaregraph.draft.words import table
from welfaregraph.text import search_key, unspaced

__all__ = ["issuers_of"]

#: Lines of a cover, and the last of a document, on which bodies stand alone.
COVER, LAST = 8, 2
#: Lines of a colophon, and how long they are.
COLOPHON, LONGEST_COLOPHON = 12, 90
DATE = re.compile(
    r"(?:令和|平成|[0-9０-９]{4}).{1,12}?年(?:\s*[0-9０-９元]{1,2}\s*月)?(?:発行)?"
)
APART = re.compile(r"[/／・]|\s{2,}|(?<=協議会)\s+|電話|TEL|ＴＥＬ|〒")
DEPARTMENT = r"[々一-龥ぁ-んァ-ヴー・]{2,14}[部課室]"
COUNCIL = re.compile(rf"^(?:{EDITION}\s*)?({PLACE}\s*社会福祉協議会)")


def issuers_of(readings: Sequence[Reading], title: Title) -> tuple[Found, ...]:
    """Return the bodies that the documents name as their issuers.

    :param title: what the document calls itself; a council's name may stand in it
    """
    found: dict[str, Found] = {}
    for reading in readings:
        for body, block in _named(reading):
            found.setdefault(_key(body), reading.found(body, block, "colophon", 0.8))
    named = [title.title, *title.components] if title.title else []
    for each in filter(None, named):
        if council := COUNCIL.match(unspaced(each.text)):
            printed = Found(council[1], each.place, "colophon", 0.7)
            found.setdefault(_key(printed.text), printed)
    return tuple(found.values())


def _key(body: str) -> str:
    return search_key(body.removeprefix(table("facts")["issuers"]["corporation"]))


def _named(reading: Reading) -> Iterator[tuple[str, Block]]:
    """Yield the bodies of covers, last lines and colophons."""
    heads = sorted(table("facts")["issuers"]["heading"], key=len, reverse=True)
    words = "|".join(r"[\s\u3000]?".join(map(re.escape, head)) for head in heads)
    closed = r"[】〉》\]\s\u3000:：]"
    several = rf"(?:{words})(?:[・／/]?(?:{words}))*"
    form = re.compile(
        rf"^[【〈《\[■●○◆\s]*{several}{closed}*(.*)$|[\s\u3000]{several}{closed}+(.*)$"
    )
    left = 0
    page = reading.document.format == "html"
    printed = [(p.text.strip(), b) for b in reading.lines for p in b.pieces if not b.cells]
    for at, (line, block) in enumerate(printed):
        head = form.search(line) if len(line) < LONGEST_COLOPHON else None
        edge = (at < COVER or at >= len(printed) - LAST) and not page
        around = " ".join(text for text, _ in printed[max(at - 1, 0) : at + 2])
        cover = edge and (
            bool(DATE.search(around)) or table("facts")["graph"]["council"] in line
        )
        if head:
            left = COLOPHON
        elif left <= 0 and not (cover and _holds_bodies_only(line)):
            continue
        left -= 1
        for part in _parts((head[1] or head[2] or "") if head else line):
            if body := _body(part):
                yield body, block


def _parts(line: str) -> list[str]:
    parts = map(unspaced, APART.split(DATE.sub("  ", line)))
    return [part.strip() for part in parts if part.strip()]


def _holds_bodies_only(line: str) -> bool:
    parts = _parts(line)
    return bool(parts) and len(line) < LONGEST_COLOPHON and all(_body(part) for part in parts)


def _body(text: str) -> str:
    """Return the body that a line of a colophon names, without its department."""
    council = re.match(
        r"^((?:社会福祉法人\s*)?[々一-龥ぁ-んァ-ヴーヶ]{0,10}社会福祉協議会)(?:\s|$|（|\()",
        text,
    )
    if council:
        return council[1]
    place = re.match(rf"^({MIXED}[市町村区県])(?:$|[\s（(]|役所|役場|{DEPARTMENT})", text)
    return place[1] if place and is_actor_name(place[1]) == "government" else ""
