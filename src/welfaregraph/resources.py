"""Where the data lies: ontology, graphs, queries and validation.

In a wheel they are packed beside the code (``_data``); in a checkout, editable or not
installed at all, they are the folders of the repository.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = [
    "CHECKS",
    "FOLDERS",
    "GRAPHS",
    "ONTOLOGY",
    "PITFALLS",
    "PUBLICATION",
    "QUERIES",
    "RULE_DATA",
    "SHAPES",
    "SPELLINGS",
    "TITLES",
    "is_checkout",
    "root",
]

PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """Return the folder that holds ``ontology/``, ``graphs/``, ``queries/``, ``validation/``.

    >>> (root() / "ontology" / "core.ttl").is_file()
    True
    """
    packed = PACKAGE / "_data"
    return packed if packed.is_dir() else PACKAGE.parents[1]


ONTOLOGY = root() / "ontology"
#: Titles of measures with the themes that such measures ordinarily have.
TITLES = ONTOLOGY / "titles.csv"
GRAPHS = root() / "graphs"
QUERIES = root() / "queries"
SHAPES = root() / "validation" / "shapes"
CHECKS = root() / "validation" / "checks"
PUBLICATION = root() / "validation" / "publication"
#: Rules about the vocabulary itself.
PITFALLS = root() / "validation" / "ontology"
#: Word lists and the like that the rules read.
RULE_DATA = tuple(sorted((root() / "validation").glob("*.ttl")))
#: The question that reads off them which spellings are those of one word.
SPELLINGS = root() / "validation" / "spelling-forms.rq"
#: The folders whose Turtle is kept in canonical form.
FOLDERS = (ONTOLOGY, GRAPHS, root() / "validation")


def is_checkout() -> bool:
    """Tell whether the data is that of a checkout, which may be written to."""
    return root() != PACKAGE / "_data"
