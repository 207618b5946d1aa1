"""Japanese text: one key for what differs only in width or font; digits; fiscal years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

__all__ = [
    "FISCAL_YEAR",
    "RADICALS",
    "Fillers",
    "ascii_digits",
    "bigrams",
    "fiscal_year",
    "ideographs",
    "join_lines",
    "legible",
    "natural_key",
    "number_of",
    "runs",
    "search_key",
    "unspaced",
]

#: Radicals that extraction puts for ideographs and NFKC leaves alone, or turns into forms
#: that Japanese does not use; the other Kangxi radicals (U+2F00–U+2FDF) are left to NFKC.
RADICALS = str.maketrans(
    "⺀⺅⺉⺌⺍⺏⺒⺖⺘⺝⺟⺠⺡⺣⺥⺨⺩⺫⺬⺭⺮⺶⺹⺻⺼⺾⻁⻂⻃⻄⻌⻍⻎⻏⻑⻒⻖⻗⻘⻝⻟⻣⻤⻨⻩⻫⻭⻯⻱⻲⼾⾭⿆⿈⿊",
    "冫亻刂小小尢巳忄扌月母民氵灬爫犭王罒示礻竹羊耂聿月艹虎衤覀西辶辶辶邑長長阝雨青食飠骨鬼麦黄斉歯竜亀亀戸青麦黄黒",
)
BLANKS = re.compile(r"\s+")
#: What neither XML nor a workbook can hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Where a word may end: everything but letters, digits, kana and ideographs.
BREAKS = re.compile(r"[^\w]+|[のをにはがとへやもでる]")
#: A blank between two characters of Japanese script: it separates nothing.
WIDE = r"[^\x00-\x7f\u00a0-\u02ff\u2010-\u203a]"
IDLE_BLANK = re.compile(rf"(?<={WIDE})[ \u3000\t]+(?={WIDE})")
#: First year of each era, as a year of our era.
ERAS = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
ERAS |= {"S": 1926, "H": 1989, "R": 2019}
#: The same year counted otherwise, misprints too: (2024年度), (令和元年度・2019).
COUNTED = r"(?:西暦|昭和|平成|令和|[SHR])?\s*(?:元|\d{1,5})\s*年?度?\s*[・、/=]?\s*"
OTHER_COUNT = rf"(?:\s*[(]\s*(?:{COUNTED}){{1,2}}[)])?"
#: One fiscal year as printed, after NFKC: 令和6(2024)年度, 2024年度(令和6年度), H30, R6.
FISCAL_YEAR = (
    r"(?:(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[SHR])\s*(?:元|\d{1,2}|[一二三四五六七八九十]{1,3})"
    rf"(?:\s*年度?)?{OTHER_COUNT}\s*(?:年度|年)?"
    rf"|(?:西暦)?(?:19|20)\d{{2}}\s*年?度?{OTHER_COUNT}\s*(?:年度|年)?)"
)
YEAR_OF_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|(?<![A-Za-z])[SHR])\s*(元|\d{1,2}|[一二三四五六七八九十]{1,3})"
)
CHRISTIAN_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
#: Letters that number what they stand before.
SERIES = ("アイウエオカキクケコサシスセソ", "ABCDEFGH")
NUMBER = re.compile(r"(\d+)")
KANJI_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"元": 1}


def search_key(text: str) -> str:
    """Return text as matching sees it: NFKC, radicals as ideographs, no blanks, lower case.

    >>> search_key("ＳＮＳ 等に よる情報発信")
    'sns等による情報発信'
    >>> search_key("市⺠")
    '市民'
    """
    known = unicodedata.normalize("NFKC", text.translate(RADICALS))
    return BLANKS.sub("", known).lower()


def runs(text: str) -> list[str]:
    """Return what stands between particles and marks.

    :param text: a :func:`search_key`

    >>> runs("雪との共生")
    ['雪', '共生']
    """
    return [run for run in BREAKS.split(text) if run]


def ideographs(text: str) -> str:
    """Return text with radicals turned into the ideographs they stand for.

    Nothing else changes, so full-width letters and brackets stay as printed.

    >>> ideographs("市⺠の⽣活（⻑寿）")
    '市民の生活（長寿）'
    """
    return "".join(
        unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" else c
        for c in text.translate(RADICALS)
    )


def ascii_digits(text: str) -> str:
    """Return text with full-width digits as ASCII digits.

    >>> ascii_digits("第３期")
    '第3期'
    """
    return "".join(
        str(unicodedata.digit(c)) if "０" <= c <= "９" else c for c in text
    )  # fmt: skip


def unspaced(text: str) -> str:
    """Return text without the blanks between Japanese characters that layout left.

    >>> unspaced("基 本 目 標 SNS 等")
    '基本目標 SNS 等'
    """
    return IDLE_BLANK.sub("", text)


def join_lines(lines: list[str]) -> str:
    """Return broken lines as one: a blank only between words in Latin letters.

    >>> join_lines(["のびやかな人生", "が息づくまちづ", "くり"])
    'のびやかな人生が息づくまちづくり'
    >>> join_lines(["Sustainable", "Goals"])
    'Sustainable Goals'
    """
    joined = ""
    for line in (line.strip() for line in lines):
        latin = joined[-1:].isascii() and joined[-1:].isalnum()
        blank = " " if latin and line[:1].isascii() and line[:1].isalpha() else ""
        joined += blank + line
    return joined


def number_of(text: str) -> int | None:
    """Return the number that is printed in any of the ways plans print one.

    >>> [number_of(t) for t in ("１２", "Ⅳ", "⑭", "三", "十二", "百七", "⑵", "ア", "x")]
    [12, 4, 14, 3, 12, 107, 2, 1, 10]
    >>> number_of("施策") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text).strip("()（） .．")
    if plain.isdecimal():
        return int(plain)
    if len(text) == 1 and (circled := unicodedata.numeric(text, -1)) >= 0 and circled % 1 == 0:
        return int(circled)
    if plain and not plain.strip("IVXivx"):
        return _roman(plain.upper())
    if plain and not plain.strip("一二三四五六七八九十百"):
        hundreds, hundred, rest = plain.rpartition("百")
        tens, ten, units = rest.rpartition("十")
        number = KANJI_DIGITS.get(hundreds, 1) * 100 if hundred else 0
        return (
            number + (KANJI_DIGITS.get(tens, 1) * 10 if ten else 0) + KANJI_DIGITS.get(units, 0)
        )
    series = (s for s in SERIES if len(plain) == 1 and plain.upper() in s)
    return next((s.index(plain.upper()) + 1 for s in series), None)


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in text]
    return sum(
        -v if any(v < later for later in values[n + 1 :]) else v for n, v in enumerate(values)
    )


def fiscal_year(text: str) -> int | None:
    """Return the year of our era of a fiscal year as printed; none where there is none.

    >>> [fiscal_year(t) for t in ("令和６（2024）年度", "平成36年度", "令和元年度", "R8")]
    [2024, 2024, 2019, 2026]
    >>> fiscal_year("毎年度") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    if found := YEAR_OF_ERA.search(plain):
        number = 1 if found[2] == "元" else number_of(found[2])
        return None if not number else ERAS[found[1]] + number - 1
    if found := CHRISTIAN_YEAR.search(plain):
        return int(found[1])
    return None


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring characters, none across a particle or mark.

    :param text: a :func:`search_key`

    >>> bigrams("雪との共生")
    ['共生']
    >>> bigrams("防災訓練の実施")
    ['防災', '災訓', '訓練', '実施']
    """
    return [run[at : at + 2] for run in runs(text) for at in range(len(run) - 1)]


def legible(text: str) -> str:
    r"""Return text without the control characters that XML forbids.

    >>> legible("雪\x00との共生")
    '雪との共生'
    """
    return FORBIDDEN.sub("", text)


@lru_cache(1 << 16)
def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key in which numbers count as numbers.

    >>> sorted(["a/10", "a/2", "a"], key=natural_key)
    ['a', 'a/2', 'a/10']
    """
    parts = NUMBER.split(name)
    return tuple((1, int(p), p) if p.isdecimal() else (0, 0, p) for p in parts if p)


class Fillers:
    """Words that say nothing of the work, to be passed over, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        keys = map(search_key, words)
        self._words = sorted(keys, key=lambda word: (-len(word), word))

    def blanked(self, key: str) -> str:
        """Return a :func:`search_key` with a blank in the place of each filler.

        >>> Fillers(["推進", "体制"]).blanked("推進体制の見直し")
        '  の見直し'
        """
        for word in self._words:
            key = key.replace(word, " ")
        return key
