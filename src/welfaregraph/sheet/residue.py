r"""What no column holds, one triple a row, in a writing that every program leaves alone.

Values are written as N-Triples writes strings (``\n``, ``\u0000``), and longer ones go on in
the rows below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from welfaregraph.sheet.record import Rest
from welfaregraph.sheet.values import ESCAPE, UNSAFE
from welfaregraph.vocab import compact, expand

__all__ = ["REST_COLUMNS", "rest_rows", "rests_of"]

#: Column → width, characters.
REST_COLUMNS = {"part": 10, "subject": 40, "predicate": 24, "value": 70, "kind": 20, "more": 6}
#: Characters of one row: half of what a cell holds, as some take two units.
CHUNK = 12_000
ESCAPED = re.compile(r"\\u([0-9A-F]{4})|\\U([0-9A-F]{8})|\\n|\\\\")
#: Kind of a value that is an IRI, that has no name of its own, and what goes on from above.
IRI, UNNAMED, MORE = "IRI", "_", "+"


def rest_rows(rest: Iterable[Rest]) -> Iterator[list[str]]:
    """Iterate over the rows of triples, texts of :data:`REST_COLUMNS`."""
    for one in rest:
        text, kind = _written(one.value)
        chunks = [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)] or [""]
        subject, predicate = _name(one.subject), _name(one.predicate)
        yield [one.part, subject, predicate, _shielded(chunks[0]), kind, ""]
        for chunk in chunks[1:]:
            yield [one.part, subject, predicate, _shielded(chunk), kind, MORE]


def rests_of(rows: Iterable[tuple[Sequence[str], str]]) -> Iterator[Rest]:
    """Iterate over the triples of rows.

    :param rows: texts of :data:`REST_COLUMNS`, and the place of each row
    :raises ValueError: a row is no triple, with its place
    """
    whole: list[tuple[list[str], str]] = []
    for texts, place in rows:
        if texts[5] == MORE and whole:
            whole[-1][0][3] += _bare(texts[3])
        else:
            whole.append(([*texts[:3], _bare(texts[3]), *texts[4:]], place))
    for (part, subject, predicate, value, kind, _), place in whole:
        if part not in ("stated", "curated") or not subject or not predicate or not kind:
            raise ValueError(place)
        yield Rest(part, _node(subject), _node(predicate), _read(value, kind), place)


def _written(value: Node) -> tuple[str, str]:
    if isinstance(value, BNode):
        return str(value), UNNAMED
    if not isinstance(value, Literal):
        return _escaped(str(value)), IRI
    if value.language:
        return _escaped(str(value)), f"@{value.language}"
    return _escaped(str(value)), f"^^{_name(value.datatype) if value.datatype else ''}"


def _read(text: str, kind: str) -> Node:
    if kind == UNNAMED:
        return BNode(text)
    plain = _plain(text)
    if kind == IRI:
        return URIRef(plain)
    if kind.startswith("@"):
        return Literal(plain, lang=kind[1:])
    datatype = URIRef(expand(kind[2:])) if kind != "^^" else None
    return Literal(plain, datatype=datatype, normalize=False)


def _name(term: Node) -> str:
    """Return the name of a subject, property or datatype, short where it comes back whole."""
    if isinstance(term, BNode):
        return f"_:{term}"
    short = compact(str(term))
    fits = expand(short) == str(term) and not short.startswith(("_:", "<"))
    return short if fits and _is_plain(short) else f"<{_escaped(str(term))}>"


def _node(text: str) -> Node:
    if text.startswith("_:"):
        return BNode(text[2:])
    return URIRef(_plain(text[1:-1]) if text.startswith("<") else expand(text))


def _is_plain(text: str) -> bool:
    return not UNSAFE.search(text) and not ESCAPE.search(text) and text == text.strip()


def _escaped(text: str) -> str:
    r"""Write what cells do not keep as N-Triples does.

    >>> _escaped("a\tb_x0041_ c")
    'a\\u0009b\\u005Fx0041_ c'
    """
    text = text.replace("\\", "\\\\").replace("\n", "\\n")
    text = ESCAPE.sub(lambda m: f"\\u005F{m[0][1:]}", text)
    return UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04X}", text)


def _plain(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        if number:
            return chr(int(number, 16))
        return "\n" if match[0] == "\\n" else "\\"

    return ESCAPED.sub(one, text)


def _shielded(chunk: str) -> str:
    """Keep the blanks at the ends of a value, and an empty one, from being lost."""
    return f"“{chunk}”"


def _bare(cell: str) -> str:
    return cell[1:-1] if cell.startswith("“") and cell.endswith("”") else cell
