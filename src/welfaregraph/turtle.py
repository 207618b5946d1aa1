"""Turtle files: read strictly, write in one canonical form.

Canonical is what rdflib's ``longturtle`` writes, below the comment block that opens the
file. Comments elsewhere would be lost, so a file that has them is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

from welfaregraph.errors import InputError
from welfaregraph.files import complete

__all__ = [
    "PREFIXES",
    "canonical",
    "check_syntax",
    "decoded",
    "find_turtle",
    "head_comment",
    "read_text",
]

#: Prefixes that canonical files may use; rdflib writes only those a file needs.
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "as": "https://www.w3.org/ns/activitystreams#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cpov": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sdg": "http://metadata.un.org/sdg/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "wg": "https://w3id.org/welfaregraph/ns#",
    "wgsh": "https://w3id.org/welfaregraph/shapes#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: What a Japanese office may have saved instead of UTF-8.
LEGACY_ENCODINGS = ("cp932", "euc_jp", "utf-16")
#: A comment outside strings and IRIs; the alternatives before it swallow those.
COMMENT = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|<[^>\s]*>|(#[^\n]*)')


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file.

    :raises InputError: not there, not readable, or not UTF-8 (with the line, and the
        encoding it seems to be in)
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no-such-file", where=str(path)) from None
    except OSError as error:
        raise InputError("unreadable", where=str(path), reason=error.strerror) from error
    return decoded(raw, where=str(path))


def decoded(raw: bytes, *, where: str) -> str:
    """Return bytes that should be UTF-8 as text, without a byte order mark.

    :raises InputError: they are not, with the line and the encoding it seems to be
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            "not-utf8", where=f"{where}:{line}", encoding=_guess_encoding(raw)
        ) from error


def _guess_encoding(raw: bytes) -> str:
    for encoding in LEGACY_ENCODINGS:
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP"}.get(encoding, encoding)
    return "?"


def find_turtle(folder: Path) -> list[Path]:
    """Return the Turtle files below ``folder``, in the order of their paths.

    What an interrupted writer left unfinished is finished first.

    :raises InputError: no such folder, or none in it
    """
    if not folder.is_dir():
        raise InputError("no-such-folder", where=str(folder))
    complete(folder)
    found = sorted(path for path in folder.rglob("*.ttl") if path.is_file())
    if not found:
        raise InputError("no-turtle", where=str(folder))
    return found


def canonical(text: str, *, where: str = "") -> str:
    r"""Return Turtle in its one canonical form.

    :param text: Turtle
    :param where: the file, for the error
    :raises InputError: it does not parse, or has a comment below its first block

    >>> print(canonical("# Why.\n<urn:s> <urn:q> 'b', 'a' ; <urn:p> <urn:o> ."))
    # Why.
    <BLANKLINE>
    <urn:s>
        <urn:p> <urn:o> ;
        <urn:q>
            "a" ,
            "b" ;
    .
    <BLANKLINE>
    """
    from welfaregraph.longturtle import serialize

    head, body = _split_comment(text)
    check_syntax(text, where=where)
    for match in COMMENT.finditer(body):
        if match.group(1):
            line = text.count("\n", 0, len(text) - len(body) + match.start()) + 1
            raise InputError("stray-comment", where=f"{where}:{line}")
    written = serialize(text, PREFIXES)
    return f"{head}\n\n{written}\n" if head else f"{written}\n"


def check_syntax(text: str, *, where: str = "") -> None:
    """Parse Turtle and keep nothing.

    :raises InputError: it does not parse, with the line
    """
    import pyoxigraph

    try:
        for _ in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
            pass
    except SyntaxError as error:
        raise InputError(
            "turtle-syntax", where=f"{where}:{error.lineno}", reason=error.msg
        ) from error


def _split_comment(text: str) -> tuple[str, str]:
    lines = text.splitlines(keepends=True)
    size = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:size]).strip("\n"), "".join(lines[size:])


def head_comment(text: str) -> str:
    """Return the comment block that opens a file, with a line break, or nothing."""
    head, _ = _split_comment(text)
    return f"{head}\n" if head else ""
