"""How a sentence speaks of a plan: of the document's own, or of the one before it."""

from __future__ import annotations

import re
from functools import cache

from welfaregraph.draft.words import table

__all__ = ["is_own", "is_past", "sentence_around"]

#: Stands for the name of the plan in the patterns of facts.toml.
NAME = "◎"
#: Stands for what may close it.
CLOSED, CLOSING = "◇", r"(?:[」』）)]|[（(][^（()）]{1,30}[)）]){0,3}"


def sentence_around(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the sentence that holds a stretch of a text, and where it begins.

    >>> sentence_around("前計画は終わった。第2期計画を策定する。次へ。", 9, 14)
    ('第2期計画を策定する。', 9)
    """
    begin = text.rfind("。", 0, start) + 1
    stop = text.find("。", end)
    return text[begin : stop + 1 if stop >= 0 else len(text)], begin


@cache
def _patterns(key: str) -> re.Pattern[str]:
    forms = "|".join(table("facts")["mentions"][key])
    return re.compile(forms.replace(CLOSED, CLOSING))


def _marked(text: str, start: int, end: int) -> str:
    sentence, begin = sentence_around(text, start, end)
    return sentence[: start - begin] + NAME + sentence[end - begin :]


def is_own(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence says that the plan it names is the one drawn up now.

    >>> text = "そこで、第2期架空町地域福祉計画を策定しました。"
    >>> is_own(text, 4, 16)
    True
    """
    own = bool(_patterns("own").search(_marked(text, start, end)))
    return own and not _has_ended(text, end)


def is_past(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence speaks of a plan as of one before.

    >>> text = "平成30年に架空町地域福祉計画を策定し、地域福祉を推進してきました。"
    >>> is_past(text, 6, 15)
    True
    """
    if _has_ended(text, end):
        return True
    marked = _marked(text, start, end)
    return bool(_patterns("past").search(marked)) and not _patterns("own").search(marked)


def _has_ended(text: str, end: int) -> bool:
    """Tell whether the next sentence says that the time of a plan has run out."""
    stop = text.find("。", end)
    return stop >= 0 and bool(_patterns("ended").match(text, stop + 1))
