"""Statutes that a plan cites as its basis or that of a plan it contains."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from welfaregraph import resources
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Statute
from welfaregraph.draft.items import label_of
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import any_of, table
from welfaregraph.text import number_of, unspaced

__all__ = ["statutes_of"]

ARTICLE = r"第\s*\d+\s*条(?:の\s*\d+)?(?:\s*第\s*\d+\s*項)?(?:\s*第\s*\d+\s*号)?"
JOINED = r"\s*(?:及び|並びに|又は|および|ならびに|・|、|と)\s*"
SAME = "同法"
KANJI_NUMBER = re.compile("(?<=第)[一二三四五六七八九十百]+(?=[条項号])")
GENERIC = r"[々一-龥ァ-ヴー・]{2,20}(?:法|法律)"
EXCERPT_LINE = re.compile(r"^第\s*\d+\s*条")


@cache
def _laws() -> list[str]:
    """Return the names of statutes of reference/statutes.ttl, short names too."""
    import pyoxigraph

    path = resources.GRAPHS / "reference" / "statutes.ttl"
    statutes, names = set(), []
    labels = []
    for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
        term = triple.predicate.value.rpartition("#")[2]
        if term == "type" and triple.object.value.endswith("#Statute"):
            statutes.add(triple.subject.value)
        if term in {"label", "altLabel"} and triple.object.language == "ja":
            labels.append((triple.subject.value, triple.object.value))
    names = [label for subject, label in labels if subject in statutes]
    return [*names, *table("facts")["statutes"]["other"]]


@cache
def _citation() -> re.Pattern[str]:
    law = rf"(?:{any_of(_laws())})"
    return re.compile(
        rf"(?P<name>{law}|同法(?=\s*{ARTICLE})|{GENERIC}(?=[」』]?\s*(?:[（(][^（()）]*[)）])?\s*{ARTICLE}))[」』]?"
        rf"\s*(?:[（(][^（()）]*[)）])?\s*(?P<article>{ARTICLE}(?:{JOINED}{ARTICLE})*)?"
    )


def statutes_of(readings: Sequence[Reading]) -> tuple[Statute, ...]:
    """Return the statutes cited as a basis, each article once."""
    found: dict[tuple[str, str], Statute] = {}
    for reading in readings:
        last = ""
        for block in reading.lines:
            for statute in _cited(reading, block, last):
                last = statute.name.text
                found.setdefault((statute.name.text, statute.article), statute)
    cited = {name for name, article in found if article}
    kept = [s for (name, article), s in found.items() if article or name not in cited]
    return tuple(kept)


def _cited(reading: Reading, block: Block, last: str) -> Iterator[Statute]:
    """Yield what a block cites as a basis; 同法 is the statute named last."""
    words = table("facts")["statutes"]
    text = unicodedata.normalize("NFKC", label_of(unspaced(block.text)))
    text = KANJI_NUMBER.sub(lambda found: str(number_of(found[0])), text)
    if EXCERPT_LINE.match(text) or any(word in text for word in words["excerpt"]):
        return
    for sentence in re.split(r"(?<=。)", text):
        for found in _citation().finditer(sentence):
            after = sentence[found.end() :]
            named = last if found["name"] == SAME else found["name"]
            last = named
            articles = re.findall(ARTICLE, found["article"] or "") or [""]
            if not named or not _is_basis(after, articles[0], sentence, words):
                continue
            for article in articles:
                confidence = 0.9 if article else 0.6
                name = reading.found(named, block, "statute-citation", confidence)
                yield Statute(name, re.sub(r"\s+", "", article))


def _is_basis(after: str, article: str, sentence: str, words: dict[str, list[str]]) -> bool:
    """Tell whether a plan rests on what a sentence cites."""
    near = after[:14]
    plan = any(word in sentence for word in words["plan"])
    if article:
        past = any(word in near for word in words["background"])
        return plan and not past
    return plan and any(
        near.lstrip("」』").startswith(word)
        for word in ("に基づ", "の規定", "を根拠", "に規定", "に定め")
    )
