"""The numbers that Word prints before paragraphs and stores nowhere: they are counted here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from welfaregraph.documents.word_package import local, value

__all__ = ["Numbering"]

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
KANJI = "〇一二三四五六七八九"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテア"
AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
#: Where symbol fonts keep their bullets.
PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    after: str = "\t"
    restart: int | None = None


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    seen: set[str] = field(default_factory=set)


def _circled(number: int) -> str:
    if 1 <= number <= 20:  # noqa: PLR2004 (the block of circled numbers)
        return chr(0x2460 + number - 1)
    return f"({number})"


def _kanji(number: int) -> str:
    if number >= 100:  # noqa: PLR2004 (no list of a plan is longer)
        return str(number)
    tens, ones = divmod(number, 10)
    left = "" if not tens else "十" if tens == 1 else f"{KANJI[tens]}十"
    return left + (KANJI[ones] if ones or not tens else "")


def _roman(number: int) -> str:
    found = ""
    for worth, sign in ROMAN:
        while number >= worth and len(found) < LEVELS:
            found, number = found + sign, number - worth
    return found


def _letters(alphabet: str) -> Callable[[int], str]:
    return lambda number: alphabet[(number - 1) % len(alphabet)] if number > 0 else "0"


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SHAPES: dict[str, Callable[[int], str]] = {
    "decimalFullWidth": lambda number: str(number).translate(FULL),
    "decimalFullWidth2": lambda number: str(number).translate(FULL),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _letters(_LATIN.upper()),
    "lowerLetter": _letters(_LATIN),
    "aiueo": _letters(AIUEO),
    "aiueoFullWidth": _letters(AIUEO),
    "iroha": _letters(IROHA),
    "irohaFullWidth": _letters(IROHA),
    "chineseCounting": _kanji,
    "chineseCountingThousand": _kanji,
    "ideographDigital": _kanji,
    "japaneseCounting": _kanji,
    "japaneseDigitalTenThousand": _kanji,
    "none": lambda _: "",
}


def shaped(number: int, shape: str) -> str:
    """Return a number as a list prints it.

    >>> [shaped(4, shape) for shape in ("decimal", "decimalFullWidth", "upperRoman", "iroha")]
    ['4', '４', 'IV', 'ニ']
    >>> shaped(12, "japaneseCounting"), shaped(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    return _SHAPES.get(shape, str)(number)


class Numbering:
    """Counts the lists of one document, paragraph by paragraph.

    :param root: the part ``numbering.xml``, if there is one
    """

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        for node in root if root is not None else ():
            if local(node.tag) == "abstractNum":
                self._abstract[value(node, "abstractNumId")] = _List(_levels(node))
            elif local(node.tag) == "num":
                self._lists[value(node, "numId")] = _instance(node)

    def label(self, number: str, level: int) -> str:
        """Return what stands before the next paragraph of a list, its blank included.

        :param number: the list's ``numId``
        :param level: 0 the outermost
        """
        abstract, starts = self._lists.get(number, ("", {}))
        listed = self._abstract.get(abstract)
        if listed is None or level not in listed.levels:
            return ""
        if number not in listed.seen:
            listed.seen.add(number)
            for at, start in starts.items():
                listed.counts[at] = start - 1
        own = listed.levels[level]
        if own.format == "bullet":
            return f"{PRIVATE.sub('・', own.text) or '・'} "
        before = listed.counts[level]
        listed.counts[level] = own.start if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            if listed.levels.get(deeper, _Level()).restart != 0:
                listed.counts[deeper] = None

        def filled(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            kind = listed.levels.get(at, _Level())
            count = listed.counts[at]
            return shaped(kind.start if count is None else count, kind.format)

        text = PLACE.sub(filled, own.text)
        return f"{text}{own.after}" if text else ""


def _levels(node: Element) -> dict[int, _Level]:
    found = {}
    for child in node:
        if local(child.tag) != "lvl":
            continue
        level = _Level()
        for part in child:
            match local(part.tag):
                case "start":
                    level.start = _whole(value(part), 1)
                case "numFmt":
                    level.format = value(part, otherwise="decimal")
                case "lvlText":
                    level.text = value(part)
                case "suff":
                    level.after = {"space": " ", "nothing": ""}.get(value(part), "\t")
                case "lvlRestart":
                    level.restart = _whole(value(part), 1)
        level.after = level.after.replace("\t", " ")
        found[_whole(value(child, "ilvl"), 0)] = level
    return found


def _instance(node: Element) -> tuple[str, dict[int, int]]:
    abstract, starts = "", {}
    for child in node:
        if local(child.tag) == "abstractNumId":
            abstract = value(child)
        elif local(child.tag) == "lvlOverride":
            for part in child:
                if local(part.tag) == "startOverride":
                    at = _whole(value(child, "ilvl"), 0)
                    if at < LEVELS:
                        starts[at] = _whole(value(part), 1)
    return abstract, starts


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise  # noqa: PLR2004
