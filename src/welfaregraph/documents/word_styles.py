"""What a Word paragraph's style says: heading level and list, down the chain of styles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from welfaregraph.documents.word_package import local, value

__all__ = ["Shape", "Styles"]

HEADING = re.compile(r"(?:heading|見出し)\s*([1-9１-９])$", re.I)
#: Word's level for text that is no heading.
BODY_LEVEL = 9
OFF = frozenset({"0", "false", "off"})


@dataclass(frozen=True)
class Shape:
    """How a paragraph is set."""

    heading: int = 0  #: 1 the highest; 0 for body text
    list_number: str = ""  #: the list's ``numId``, if the paragraph is in one
    list_level: int = 0


class Styles:
    """The styles of one document.

    :param root: the part ``styles.xml``, if there is one
    """

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default = ""
        for node in root if root is not None else ():
            if local(node.tag) == "style":
                self._styles[value(node, "styleId")] = node
                if value(node, "type") == "paragraph" and value(node, "default") == "1":
                    self._default = value(node, "styleId")

    def shape(self, paragraph: Element) -> Shape:
        """Return how a paragraph is set, its own settings before those of its style."""
        own = _child(paragraph, "pPr")
        style = value(_child(own, "pStyle")) or self._default
        settings = [own, *(_child(node, "pPr") for node in self._chain(style))]
        level = _first(settings, "outlineLvl")
        heading = int(level) + 1 if level.isdigit() and int(level) < BODY_LEVEL else 0
        if not level:
            heading = self._named_level(style)
        lists = [_child(node, "numPr") for node in settings]
        number, depth = _first(lists, "numId"), _first(lists, "ilvl")
        return Shape(
            heading=heading,
            list_number="" if number == "0" else number,
            list_level=int(depth) if depth.isdigit() and int(depth) < BODY_LEVEL else 0,
        )

    def _named_level(self, style: str) -> int:
        for node in self._chain(style):
            match = HEADING.search(value(_child(node, "name")))
            if match:
                return int(match[1])
        return 0

    def _chain(self, style: str) -> list[Element]:
        found: list[Element] = []
        while style in self._styles and self._styles[style] not in found:
            found.append(self._styles[style])
            style = value(_child(found[-1], "basedOn"))
        return found

    @staticmethod
    def hides(run: Element) -> bool:
        """Tell whether a run is set as hidden text."""
        vanish = _child(_child(run, "rPr"), "vanish")
        return vanish is not None and value(vanish) not in OFF


def _child(node: Element | None, name: str) -> Element | None:
    for child in node if node is not None else ():
        if local(child.tag) == name:
            return child
    return None


def _first(nodes: list[Element | None], name: str) -> str:
    """Return the first value given under a name, nearest setting first."""
    return next((given for node in nodes if (given := value(_child(node, name)))), "")
