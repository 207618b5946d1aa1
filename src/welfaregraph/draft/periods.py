"""The years that the plan itself runs, among all the years that a plan prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.found import Period
from welfaregraph.draft.names import names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import FISCAL_YEAR, fiscal_year, number_of, search_key, unspaced

__all__ = ["period_of"]

MONTH = r"(?:\s*(\d{1,2})\s*月\s*(?:末|\d{1,2}\s*日)?)?"
TO = r"\s*度?\s*(?:から|より|~|〜|－|-|―|–|ー|ｰ|→|⇒|➡|▶|►|»|を初年度とし[てた]?、?)\s*"
LENGTH = r"(?:[0-9一二三四五六七八九十]+\s*(?:年間|[かカヵヶケ箇個]年(?:間)?|年))"
#: From one year to another, each in full.
SPAN = re.compile(
    rf"({FISCAL_YEAR}){MONTH}{TO}({FISCAL_YEAR}){MONTH}"
    rf"\s*(?:を(?:目標|最終)年度とする|を終期とする|まで)?(?:の)?\s*[(（]?{LENGTH}?"
)
#: The second year without its era: 令和6~10年度, 2024~2028年度.
SHORT = re.compile(
    rf"(令和|平成|(?<![A-Za-z])[RH])?\s*(\d{{1,4}}|元)\s*(?:\(\d{{4}}\))?\s*(?:年度?)?{TO}"
    rf"(\d{{1,4}})\s*(?:\(\d{{4}}\))?\s*年度?(?:まで)?(?:の)?\s*[(（]?{LENGTH}?"
)
#: The first year and how many years.
LASTING = re.compile(
    rf"({FISCAL_YEAR})(?:を初年度と(?:し、?|する)|から(?:の)?)[^。\d]{{0,14}}"
    r"(\d{1,2}|[一二三四五六七八九十])\s*(?:年間|[かカヵヶケ箇個]年)"
)
#: The only span of a document is the plan's unless its sentence speaks of something else.
LEAST_ALONE = -1
LONGEST = 12


def period_of(readings: Sequence[Reading], names: Sequence[str]) -> Period | None:
    """Return the period of the plan, if the documents print it.

    :param names: the plan's own names; a span beside the name of another plan is not its own
    """
    found = [each for reading in readings for each in _candidates(reading, names)]
    if not found:
        return None
    best = max(found, key=lambda each: each[0])
    years = {(each.start_fiscal_year, each.end_fiscal_year) for _, each in found}
    lone = len(years) == 1 and best[0] > LEAST_ALONE
    return best[1] if best[0] > 0 or lone else None


def _candidates(reading: Reading, names: Sequence[str]) -> Iterator[tuple[float, Period]]:
    words = table("facts")["period"]
    headed = 0
    for n, block in enumerate(reading.lines):
        text = unicodedata.normalize("NFKC", unspaced(block.text))
        if _is_heading(text, words):
            headed = n + 4
        for found, start, end in _spans(text):
            if not 0 < end - start <= LONGEST:
                continue
            score = _score(text, found, block, headed=n <= headed, names=names, at=n)
            label = _label(block, found[0])
            place = reading.found(label, block, "period-span", min(0.95, 0.4 + score / 10))
            yield score, Period(place, start, end)


def _spans(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield the spans of years in a text with their first and last fiscal year."""
    taken: list[tuple[int, int]] = []

    def free(found: re.Match[str]) -> bool:
        return not any(found.start() < b and a < found.end() for a, b in taken)

    for found in SPAN.finditer(text):
        start, end = fiscal_year(found[1]), fiscal_year(found[3])
        if start is not None and end is not None:
            taken.append(found.span())
            yield found, start - _early(found[2]), end - _early(found[4])
    for found in SHORT.finditer(text):
        start = fiscal_year(f"{found[1] or ''}{found[2]}年度")
        end = fiscal_year(f"{found[1] or ''}{found[3]}年度")
        if free(found) and start is not None and end is not None:
            taken.append(found.span())
            yield found, start, end
    for found in LASTING.finditer(text):
        start, years = fiscal_year(found[1]), number_of(found[2])
        if free(found) and start is not None and years:
            yield found, start, start + years - 1


def _early(month: str | None) -> int:
    """Return 1 where a month belongs to the fiscal year before."""
    return int(month is not None and int(month) < 4)


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
    other = any(word in sentence for word in words["other"])
    score -= 3.0 * other
    before = list(names_in(text[start : found.start()]))
    if before:
        last = search_key(before[-1].text)
        own = any(search_key(n) in last or last in search_key(n) for n in names)
        beside = len(text[start : found.start()]) - before[-1].end <= 3
        score += 4.0 * beside if own else -4.0 - 4.0 * beside
    if block.cells:
        score -= 3.0
    if not (headed or other) and score <= 0 and at < 10 and len(text) < 40:
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
