"""The years that the plan itself runs, among all the years that a plan prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Period
from welfaregraph.draft.reading import Reading, names_in
from welfaregraph.draft.words import table
from welfaregraph.text import FISCAL_YEAR, fiscal_year, unspaced

__all__ = ["period_of"]

SPAN = re.compile(
    rf"({FISCAL_YEAR})\s*(?:\d{{1,2}}\s*月\s*(?:\d{{1,2}}\s*日)?)?\s*(?:から|より|~|〜|－|-|―|–|ー|を初年度とし、?\s*)\s*({FISCAL_YEAR})"
    r"\s*(?:\(?\d{1,2}\s*月\s*(?:末|\d{1,2}\s*日)?\)?)?(?:\s*(?:を目標年度とする|を最終年度とする|を終期とする|まで)?(?:の)?\s*[(（]?(?:[0-9一二三四五六七八九十]+\s*(?:年間|[かカヵヶケ箇個]年(?:間)?|年))?)?"
)
SHORT = re.compile(
    r"(?:令和|平成)\s*(\d{1,2}|元)\s*(?:年度?)?\s*(?:から|~|〜|－|-|―)\s*(\d{1,2})\s*年度"
)
LONGEST = 12


def period_of(readings: Sequence[Reading], names: Sequence[str]) -> Period | None:
    """Return the period of the plan, if the documents print it.

    :param names: the plan's own names; a span beside the name of another plan is not its own
    """
    found = [each for reading in readings for each in _candidates(reading, names)]
    if not found:
        return None
    best = max(found, key=lambda each: each[0])
    return best[1] if best[0] > 0 else None


def _candidates(reading: Reading, names: Sequence[str]) -> Iterator[tuple[float, Period]]:
    words = table("facts")["period"]
    headed = 0
    for n, block in enumerate(reading.lines):
        text = unicodedata.normalize("NFKC", unspaced(block.text))
        if _is_heading(text, words):
            headed = n + 4
        for found in SPAN.finditer(text):
            start, end = fiscal_year(found[1]), fiscal_year(found[2])
            if start is None or end is None or not 0 < end - start <= LONGEST:
                continue
            score = _score(text, found, block, headed=n <= headed, names=names, at=n)
            label = _label(block, found[0])
            place = reading.found(label, block, "period-span", min(0.95, 0.4 + score / 10))
            yield score, Period(place, start, end)


def _is_heading(text: str, words: dict[str, list[str]]) -> bool:
    plain = re.sub(r"^[\W\d_第章節]+", "", text).strip(" 】》〉)：:")
    return len(plain) <= 14 and any(plain.startswith(word) for word in words["heading"])


def _score(
    text: str,
    found: re.Match[str],
    block: Block,
    *,
    headed: bool,
    names: Sequence[str],
    at: int,
) -> float:
    words = table("facts")["period"]
    start = text.rfind("。", 0, found.start()) + 1
    end = text.find("。", found.end())
    sentence = text[start : end if end >= 0 else len(text)]
    score = 4.0 * headed
    score += 4.0 * any(re.search(word, sentence) for word in words["own"])
    score += 2.0 * bool(re.search(r"年間|[かカヵヶケ箇]年", found[0]))
    score -= 3.0 * any(word in sentence for word in words["other"])
    before = list(names_in(text[start : found.start()]))
    if before and not any(
        part in name or name in part for part in [before[-1].text] for name in names
    ):
        score -= 4.0
    if block.cells:
        score -= 3.0
    if not headed and score <= 0 and at < 10 and len(text) < 40:
        score += 2.0
    return score - at / 10000


def _label(block: Block, span: str) -> str:
    """Return the span as printed, not as NFKC changed it."""
    printed = unspaced(block.text)
    plain = [unicodedata.normalize("NFKC", c) for c in printed]
    joined = "".join(plain)
    at = joined.find(span)
    if at < 0:
        return span.strip()
    begin = end = size = 0
    for n, piece in enumerate(plain):
        if size <= at:
            begin = n
        if size < at + len(span):
            end = n + 1
        size += len(piece)
    return printed[begin:end].strip()
