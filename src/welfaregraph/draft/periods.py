"""The years that the plan itself runs, among all the years that a plan prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from welfaregraph.draft.blocks import Block
from welfaregraph.draft.editions import EDITION_OF, edition_as_read, series_key
from welfaregraph.draft.found import Period
from welfaregraph.draft.mentions import is_past
from welfaregraph.draft.names import EDITION, PLACE, names_in
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.words import table
from welfaregraph.text import FISCAL_YEAR, fiscal_year, number_of, unspaced

__all__ = ["period_of"]

MONTH = r"(?:\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(?:末|\d{1,2}\s*日)?)?"
TO = (
    r"\s*度?\s*(?:から(?:始まり|開始し)?、?(?:の)?|より|~|〜|－|-|―|–|ー|ｰ|→|⇒|➡|▶|►|»|⇨|▷|∼|˜|∽"
    r"|を(?:初年度|始期|開始年度|始まり|起点)(?:とし[てた]?|として)?、?)\s*"
)
LENGTH = r"(?:[0-9一二三四五六七八九十]+\s*(?:年間|[かカヵヶケ箇個]年(?:間)?|年))"
#: From one year to another, each in full.
SPAN = re.compile(
    rf"({FISCAL_YEAR}){MONTH}{TO}({FISCAL_YEAR}){MONTH}"
    rf"\s*(?:を(?:目標|最終|終了)年度とする|を終期とする|末?まで)?(?:の)?\s*[(（]?{LENGTH}?"
)
#: The second year without its era: 令和6~10年度, 2024~2028年度.
SHORT = re.compile(
    rf"(令和|平成|(?<![A-Za-z])[RH])?\s*(\d{{1,4}}|元)\s*(?:\(\d{{4}}\))?\s*(?:年度?)?{TO}"
    rf"(\d{{1,4}})\s*(?:\(\d{{4}}\))?\s*年度?(?!間)(?:まで)?(?:の)?\s*[(（]?{LENGTH}?"
)
#: The first year and how many years.
LASTING = re.compile(
    rf"({FISCAL_YEAR})(?:を初年度と(?:し、?|する)|(?:から|より)(?:の)?)[^。\d]{{0,14}}"
    r"(\d{1,2}|[一二三四五六七八九十])\s*(?:年間|[かカヵヶケ箇個]年)"
)
#: The last year and how many years.
ENDING = re.compile(
    rf"({FISCAL_YEAR})\s*末?までの\s*"
    r"(\d{1,2}|[一二三四五六七八九十])\s*(?:年間|[かカヵヶケ箇個]年)"
)
#: Two years beside each other, whose arrow the text layer lost; below a heading only.
PAIR = re.compile(rf"^({FISCAL_YEAR})\s+({FISCAL_YEAR})$")
#: What the name of a plan has that is some body's.
WHOSE = re.compile(rf"{PLACE}|{EDITION}")
PLAN_OF_EDITION = re.compile(rf"({EDITION})\s*計画")
#: A period that was made longer.
PROLONGED = re.compile(
    rf"延長[^。]{{0,14}}?({FISCAL_YEAR})\s*末?まで|({FISCAL_YEAR})\s*末?まで[^。]{{0,12}}延長"
)
#: The only span of a document is the plan's unless its sentence speaks of something else.
LEAST_ALONE = -1
LONGEST = 12
#: Characters between a span of years and the name of the plan that had them.
NEAR = 16


def period_of(readings: Sequence[Reading], names: Sequence[str]) -> Period | None:
    """Return the period of the plan, if the documents print it.

    :param names: the plan's own names and editions; a span beside the name of another plan, or
        of this one in another edition, is not its own
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
        for found, start, end in (*_spans(text), *_pair(text, headed=n <= headed)):
            if not 0 < end - start <= LONGEST:
                continue
            score = _score(text, found, block, headed=n <= headed, names=names, at=n)
            last = _prolonged(text, found.end()) or end
            label = _label(block, found[0])
            place = reading.found(label, block, "period-span", min(0.95, 0.4 + score / 10))
            yield score, Period(place, start, last)


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
            taken.append(found.span())
            yield found, start, start + years - 1
    for found in ENDING.finditer(text):
        end, years = fiscal_year(found[1]), number_of(found[2])
        if free(found) and end is not None and years:
            yield found, end - years + 1, end


def _pair(text: str, *, headed: bool) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield two years that stand alone on a line below the heading of the period."""
    found = PAIR.match(text) if headed else None
    start, end = (fiscal_year(found[1]), fiscal_year(found[2])) if found else (None, None)
    if found and start is not None and end is not None:
        yield found, start, end


def _prolonged(text: str, after: int) -> int | None:
    """Return the last year of a period that the same sentence says was made longer."""
    found = PROLONGED.search(text, after)
    if not found or "。" in text[after : found.start()].rstrip("。"):
        return None
    return fiscal_year(found[1] or found[2])


def _early(month: str | None) -> int:
    """Return 1 where a month belongs to the fiscal year before."""
    return int(month is not None and (number_of(month) or 4) < 4)


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
    score += _of_names(text[start : found.start()], names)
    named = (n for n in names_in(text) if 0 <= n.start - found.end() <= NEAR)
    score -= 6.0 * any(is_past(text, name.start, name.end) for name in named)
    before, after = text[start : found.start()], text[found.end() : found.end() + NEAR]
    score -= 9.0 * (_of_other_edition(before, names) or _of_other_edition(after, names))
    if block.cells:
        score -= 3.0
    if not (headed or other) and score <= 0 and at < 10 and len(text) < 40:
        score += 2.0
    return score - at / 10000


def _of_names(before: str, names: Sequence[str]) -> float:
    """Return points for the last plan named before a span: the plan itself, or another."""
    named = list(names_in(before))
    if not named:
        return 0.0
    plans = [name for name in names if series_key(name)]
    if not plans and not WHOSE.search(named[-1].text):
        return 0.0
    last = series_key(named[-1].text)
    own = any(series_key(n) in last or last in series_key(n) for n in plans)
    beside = len(before) - named[-1].end <= 3
    if own and _has_other_edition(named[-1].text, names):
        return -8.0 * beside
    if own:
        return 4.0 * beside
    return -4.0 - 4.0 * beside if any(named[-1].kinds) else 0.0


def _has_other_edition(name: str, names: Sequence[str]) -> bool:
    """Tell whether a plan's name stands with another edition than the plan's own."""
    own = {edition_as_read(e) for each in names for e in EDITION_OF.findall(each)}
    said = {edition_as_read(e) for e in EDITION_OF.findall(name)}
    return bool(own and said) and not own & said


def _of_other_edition(beside: str, names: Sequence[str]) -> bool:
    """Tell whether a text beside a span names 第1期計画 last, and the plan is 第2期."""
    own = {edition_as_read(e) for name in names for e in EDITION_OF.findall(name)}
    said = list(PLAN_OF_EDITION.finditer(beside))
    if not own or not said or any(n.start >= said[-1].end() for n in names_in(beside)):
        return False
    return edition_as_read(said[-1][1]) not in own


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
