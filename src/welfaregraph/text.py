"""Japanese text: one key for what differs only in width, blanks or font."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["bigrams", "legible", "runs", "search_key"]

#: Radicals that NFKC leaves alone though extraction puts them for the ideographs.
RADICALS = str.maketrans("⺠⻑⺟⻄⻘⻝⻤⻩⻭⻲⼾", "民長母西青食鬼黄歯亀戸")
BLANKS = re.compile(r"\s+")
#: What neither XML nor a workbook can hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Where a word may end: everything but letters, digits, kana and ideographs.
BREAKS = re.compile(r"[^\w]+|[のをにはがとへやもでる]")


def search_key(text: str) -> str:
    """Return text as matching sees it: NFKC, radicals as ideographs, no blanks, lower case.

    >>> search_key("ＳＮＳ 等に よる情報発信")
    'sns等による情報発信'
    >>> search_key("市⺠")
    '市民'
    """
    known = unicodedata.normalize("NFKC", text).translate(RADICALS)
    return BLANKS.sub("", known).lower()


def runs(text: str) -> list[str]:
    """Return what stands between particles and marks.

    :param text: a :func:`search_key`

    >>> runs("雪との共生")
    ['雪', '共生']
    """
    return [run for run in BREAKS.split(text) if run]


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
