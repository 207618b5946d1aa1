"""Which file an IRI of ours is found in.

``…/id/012033/x/1/measure/9`` is described in ``id/012033/x/1/measure/9.ttl``, ``….jsonld``,
``….html`` (Japanese) and ``….en.html``; what has a fragment, in the files of its document.
File names are ASCII, and no file has the name of a folder, since files alone have an ending.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from welfaregraph.speech import FALLBACK
from welfaregraph.vocab import BASE

__all__ = [
    "FILES",
    "INDEX",
    "JSONLD",
    "TURTLE",
    "document",
    "href",
    "is_file",
    "is_ours",
    "page",
    "relative",
    "stem",
]

TURTLE, JSONLD, HTML = ".ttl", ".jsonld", ".html"
#: The name of the file that describes a folder's own IRI: the base, and what ends in ``/``.
INDEX = "index"
#: Endings of files that are no documents on a thing, but data, pictures or what pages need.
FILES = ("csv", "conf", "css", "graphml", "gz", "html", "js", "json", "jsonld", "nq", "rdf",
         "rdfp", "rq", "svg", "trig", "tsv", "ttl", "txt", "xml")  # fmt: skip
#: Paths kept in memory at a time.
CACHED = 1 << 16
UNSAFE = re.compile(r"(?:^|/)(?:\.{1,2}|)(?:/|$)")


def is_ours(iri: str) -> bool:
    """Whether an IRI is one that a publication answers for."""
    return iri.startswith(BASE)


def document(iri: str) -> str:
    """Return the IRI of the document that describes an IRI: the same without its fragment.

    >>> document(BASE + "ns#Plan")
    'https://w3id.org/welfaregraph/ns'
    """
    return iri.partition("#")[0]


@lru_cache(CACHED)
def stem(iri: str) -> str:
    """Return the path below the publication of an IRI of ours, without an ending.

    What is neither letter, digit, ``-``, ``.``, ``_`` nor ``/`` stands as ``~`` and two digits.

    :raises ValueError: an IRI of others, or one whose path no file can have

    >>> stem(BASE + "id/012033/general#silence-period"), stem(BASE)
    ('id/012033/general', 'index')
    >>> stem(BASE + "graph/reference/%E7%B5%84")
    'graph/reference/~E7~B5~84'
    """
    if not is_ours(iri):
        raise ValueError(f"not ours: {iri}")
    path = document(iri).removeprefix(BASE)
    path += INDEX if not path or path.endswith("/") else ""
    if UNSAFE.search(path):
        raise ValueError(f"no path for a file: {iri}")
    return quote(path, safe="/-._%").replace("%", "~")


def is_file(iri: str) -> bool:
    """Whether an IRI of ours is that of a file, by its ending.

    >>> is_file(BASE + "dumps/welfaregraph.ttl"), is_file(BASE + "ns/0.1.0")
    (True, False)
    """
    return is_ours(iri) and document(iri).rpartition(".")[2] in FILES


@lru_cache(CACHED)
def page(iri: str, language: str = FALLBACK) -> str:
    """Return the path of the page on an IRI of ours in a language.

    >>> page(BASE + "scheme/theme"), page(BASE + "scheme/theme", "en")
    ('scheme/theme.html', 'scheme/theme.en.html')
    """
    return stem(iri) + ("" if language == FALLBACK else f".{language}") + HTML


def href(iri: str, start: str, language: str = FALLBACK) -> str:
    """Return the link from a file of the publication to the page on an IRI.

    Links inside a publication are relative, so that it can be read from a disk, and under a
    base other than its own.

    :param start: path of the file that the link stands in
    :returns: IRIs of others as they are

    >>> href(BASE + "ns#Plan", "id/012033/general.html")
    '../../ns.html#Plan'
    >>> href("https://example.org/", "index.html")
    'https://example.org/'
    """
    if not is_ours(iri):
        return iri
    _, mark, fragment = iri.partition("#")
    target = relative(page(document(iri), language), start)
    return target + mark + quote(fragment, safe="/-._~!$&'()*+,;=:@?%")


def relative(path: str, start: str) -> str:
    """Return the link from one file of a publication to another.

    >>> relative("static/site.css", "id/012033/general.html")
    '../../static/site.css'
    >>> relative("id/012033/general.ttl", "id/012033/general.html")
    'general.ttl'
    """
    target, here = path.split("/"), start.split("/")
    alike, most = 0, min(len(target), len(here)) - 1
    while alike < most and target[alike] == here[alike]:
        alike += 1
    return "../" * (len(here) - 1 - alike) + "/".join(target[alike:])
