"""Names of plans where they are printed: edition, municipality, words and type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile

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
    r"(?![^市町村区県]{0,9}(?:基づ|する|ため|として|による|における|であ|及び|計画|法人|した|された))"
    r"(?![回章節号部編])"
)
LETTER = r"[々一-龥ぁ-んァ-ヴーヶケノ]"
MIXED = rf"{NO_PLACE}{LETTER}{{1,9}}?"


def _place() -> str:
    """Return a pattern for a municipality before the name of a plan.

    It may be of any script where its beginning is plain.
    """
    words = table("facts")
    begins = r"(?:^|(?<=[「『【〈《（(\[\s\u3000・、。：:期次人※●○◆■]))"
    general = any_of(words["plan"]["general"])
    named = rf"(?:{begins}(?:{MIXED})|{NO_PLACE}[々一-龥ヶケノァ-ヴー]{{1,7}}|[ぁ-ん]{{2,7}})"
    wards = ")(?<!".join(words["municipality"]["no-wards"])
    prefectures = any_of(words["municipality"]["prefectures"])
    return rf"(?:(?!{general})(?:{named}(?<!市町)[市町村区県](?<!{wards})|{prefectures}))"


PLACE = _place()


@dataclass(frozen=True)
class Name:
    """The name of a plan where it is printed."""

    text: str  #: with edition and municipality as far as printed
    kinds: tuple[str, ...]  #: plan types of its parts, slugs; empty strings for unknown ones
    start: int
    end: int
    parts: tuple[str, ...] = ()  #: the plans joined in it

    @property
    def is_general(self) -> bool:
        """Whether it is what an act calls such plans, and no plan: 市町村地域福祉計画."""
        return bool(_general().match(self.text))


@cache
def _general() -> re.Pattern[str]:
    return re.compile(any_of(table("facts")["plan"]["general"]))


@cache
def _one() -> str:
    """Return a pattern for one name: of a known type, or with edition, place or quotes."""
    words = table("facts")["plan"]
    types = any_of([*concepts("plan-type"), *words["other"]])
    bodies = any_of(table("facts")["municipality"]["bodies"])
    place = rf"(?:{PLACE}\s*(?:{bodies})?)"
    letters = rf"(?:[々一-龥ァ-ヴー・]|{any_of(words['soft'])}){{2,16}}?"
    ends = any_of(words["endings"])
    opened = rf"(?![市町村区県]|{any_of(words['no-names'])}){letters}(?:{ends})"
    general = any_of(words["general"])
    known = (
        rf"(?:{EDITION}\s*(?:[市町村区](?={types}))?)?{place}?\s*(?:{EDITION}\s*)?"
        rf"(?:{general})?(?P<type>{types})"
    )
    other = rf"(?:{EDITION}\s*{place}?|{place}\s*(?:{EDITION})?)\s*{opened}"
    quoted = rf"(?<=[「『]){opened}(?=[」』])"
    half = rf"(?:{EDITION}|{any_of(words['halves'])})(?:{any_of(words['half-endings'])})"
    edition = rf"(?:\s*[（(【〔\[]\s*{EDITION}\s*[)）】〕\]]|\s*{EDITION}(?![々一-龥]*計画))?"
    return rf"(?:{known}|{other}|{quoted})(?:\s*(?:{half}))?{edition}"


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(_one())


@cache
def _names() -> re.Pattern[str]:
    one = f"(?:{re.sub('[?]P<type>', '?:', _one())})"
    return re.compile(rf"{one}(?:\s*(?:{BETWEEN})\s*{one})*")


def names_in(text: str) -> Iterator[Name]:
    """Yield the names of plans in a text, those joined by ・ as one.

    >>> [name.text for name in names_in("上位計画の「第6次あさぎり町総合計画」や障がい者計画")]
    ['第6次あさぎり町総合計画', '障がい者計画']
    >>> next(names_in("第４期白川根市地域福祉計画")).kinds
    ('community-welfare',)
    >>> [name.text for name in names_in("第3次あさぎり町社会福祉協議会発展・強化計画を策定")]
    ['第3次あさぎり町社会福祉協議会発展・強化計画']
    """
    types = concepts("plan-type")
    for found in _names().finditer(text):
        parts = list(takewhile(partial(_within, found), _parts().finditer(text, found.start())))
        yield Name(
            found[0].strip(),
            tuple(types.get(part["type"] or "", "") for part in parts),
            found.start(),
            found.end(),
            tuple(part[0].strip() for part in parts),
        )


def _within(whole: re.Match[str], part: re.Match[str]) -> bool:
    return part.start() < whole.end()
