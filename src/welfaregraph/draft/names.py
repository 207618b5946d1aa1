"""Names of plans where they are printed: edition, municipality, words and type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from welfaregraph.draft.words import any_of, concepts, table

__all__ = ["EDITION", "MIXED", "PLACE", "Name", "names_in"]

EDITION = r"第\s*[0-9０-９一二三四五六七八九十]{1,3}\s*[期次]"
#: Between plans whose names are printed as one.
BETWEEN = (
    r"・|及び|および|並びに|[／/＆&]|、(?=第)|と(?=第|[^。]{0,8}地域福祉)"
    r"|(?<=計画)[\s\u3000]*(?=第\s*[0-9０-９])"
)
#: What a name of a municipality is not: この町, 法律に基づく市.
NO_PLACE = (
    r"(?!(?:この|その|本|当|各|全|我が|わが|他の?)[市町村区])"
    r"(?![^市町村区]{0,9}(?:基づ|する|ため|として|による|における|であ|及び))"
)
MIXED = rf"{NO_PLACE}[々一-龥ぁ-んァ-ヴーヶケノ]{{1,9}}?"
#: A municipality before the name of a plan: of any script where it begins is plain.
PLACE = (
    rf"(?:(?:(?:^|(?<=[「『【〈《（(\s\u3000・、。：:期次※●○◆■]))(?:{MIXED})"
    r"|[々一-龥ヶケノァ-ヴー]{1,7}|[ぁ-ん]{2,7})(?<!市町)[市町村区県])"
)


@dataclass(frozen=True)
class Name:
    """The name of a plan where it is printed."""

    text: str  #: with edition and municipality as far as printed
    kinds: tuple[str, ...]  #: plan types of its parts, slugs; empty strings for unknown ones
    start: int
    end: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The plans joined in it."""
        return tuple(part.strip("・及びと、 ") for part in _parts().findall(self.text))


@cache
def _one() -> str:
    types = any_of([*concepts("plan-type"), *table("facts")["plan"]["other"]])
    named = rf"(?:{EDITION}\s*)?(?:{PLACE})?\s*(?:{EDITION}\s*)?(?:{types})"
    return rf"{named}(?:\s*[（(【〔]\s*{EDITION}\s*[)）】〕]|\s*{EDITION}(?!計画))?"


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(_one())


@cache
def _names() -> re.Pattern[str]:
    one = f"(?:{_one()})"
    return re.compile(rf"{one}(?:\s*(?:{BETWEEN})\s*{one})*")


def names_in(text: str) -> Iterator[Name]:
    """Yield the names of plans in a text, those joined by ・ as one.

    >>> [name.text for name in names_in("上位計画の「第6次あさぎり町総合計画」や障がい者計画")]
    ['第6次あさぎり町総合計画', '障がい者計画']
    >>> next(names_in("第４期白川根市地域福祉計画")).kinds
    ('community-welfare',)
    """
    types = concepts("plan-type")
    for found in _names().finditer(text):
        parts = _parts().findall(found[0])
        kinds = tuple(
            next((types[t] for t in sorted(types, key=len, reverse=True) if t in part), "")
            for part in parts
        )
        yield Name(found[0].strip(), kinds, found.start(), found.end())
