"""Words of an item or title: footnote marks, labels like 【新規】 and bullets taken off."""

from __future__ import annotations

import re

from welfaregraph.draft.actors import says_nothing
from welfaregraph.draft.endings import is_complete
from welfaregraph.draft.marks import BULLETS, CIRCLED, without_bullet
from welfaregraph.draft.words import pattern
from welfaregraph.text import unspaced

__all__ = [
    "BROKEN",
    "TAIL",
    "is_status",
    "items_of",
    "label_of",
    "title_of",
    "without_department",
]

FOOTNOTE = re.compile(
    r"(?:\s*[\[［(（]\s*[＊*※]\s*\d{0,2}\s*[\])）］])|(?<=[^\s\d])\s?(?:[＊*※]\s?[0-9０-９]{0,2}|注[0-9０-９]{1,2}|\(?注\s?[0-9０-９]{1,2}\)?)(?=\D|$)"
)
STATUS = re.compile(
    r"[【［\[〔（(<＜](?:新規|新|拡充|拡大|継続|重点|再掲|一部再掲|見直し|充実|完了|新規事業|重点施策|重点事業|重点取組|拡|継|重|再)[】］\]〕）)>＞]"
)
STARS = re.compile(r"^[★☆◎※＊*]+\s*|[\s]*[★☆＊*]+$")
PAGE = re.compile(r"[\s\u3000]*(?:[（(]\s*[pP][.．]?\s*\d+(?:[~～-]\d+)?\s*[)）])$")
SUBTITLE = re.compile(r"[\s\u3000]*[～〜~－―-]{1,2}[^～〜~―]{4,60}[～〜~―－-]{1,2}$")
#: Who acts, in brackets at the end: …を開きます。（市・社会福祉協議会）
TAIL = re.compile(r"[\s\u3000]*[（(]([^（()）]{1,30})[)）]。?$")
#: Bullets at which a cell falls into items wherever they stand; the dot only after a blank.
SPLIT = re.compile(
    rf"\n+|(?<=[^\s])[\s\u3000]*(?=[{BULLETS.translate(str.maketrans('', '', '・･‧→⇒〇○'))}])"
    rf"|(?:(?<=^)|(?<=[\s\u3000。]))(?=[{BULLETS}])|(?<=[\s\u3000。])(?=[{CIRCLED}])"
)
CIRCLE = re.compile(rf"^[{CIRCLED}]\s*")
HYPHEN = re.compile(r"^[-－–—―＊*]\s*")
BROKEN = re.compile(rf"^[\s\u3000]*[{BULLETS}{CIRCLED}\-－–*＊]")


def label_of(text: str) -> str:
    """Return the words of an item: without bullet, footnote marks and labels of status.

    >>> label_of("◎共生型常設型*の居場所を立ち上げる"), label_of("・サロンの支援【新規】")
    ('共生型常設型の居場所を立ち上げる', 'サロンの支援')
    """
    plain = CIRCLE.sub("", without_bullet(text.strip()))
    plain = STATUS.sub("", FOOTNOTE.sub("", plain))
    return unspaced(PAGE.sub("", STARS.sub("", plain.strip())).strip()) if plain else ""


def is_status(text: str) -> bool:
    """Tell whether a text only says how things stand with what it belongs to.

    >>> is_status("継続"), is_status("見守り")
    (True, False)
    """
    return bool(STATUS.fullmatch(f"【{text.strip()}】"))


def without_department(label: str) -> str:
    """Return what the government does without the department in brackets at its end.

    >>> [without_department(each) for each in ("講座（福祉課・教育課）", "配食（昼食）")]
    ['講座', '配食（昼食）']
    """
    department = pattern("headings", "columns", "department")
    named = TAIL.search(label)
    parts = re.split("[・、，,/／]", named[1]) if named else []
    return TAIL.sub("", label) if parts and all(map(department.fullmatch, parts)) else label


def title_of(text: str) -> str:
    """Return the words of a title: as an item, and without the subtitle between waves.

    >>> title_of("知り合う ～関心を高め、参加を広げる～")
    '知り合う'
    """
    plain = PAGE.sub("", STARS.sub("", STATUS.sub("", FOOTNOTE.sub("", text.strip()))))
    short = SUBTITLE.sub("", plain).strip()
    return re.sub(r"[\s\u3000]+", " ", short or plain.strip()).strip()


def items_of(cell: str) -> list[str]:
    r"""Return the items of a cell: split at bullets and at its own line breaks.

    >>> items_of("◎あいさつや声かけ ◎自分の地域をもっと知る")
    ['あいさつや声かけ', '自分の地域をもっと知る']
    >>> items_of("・人権講演会の開催\n・手話奉仕員養成講座の開\n催")
    ['人権講演会の開催', '手話奉仕員養成講座の開催']
    """
    if says_nothing(cell):
        return []
    bulleted = any(BROKEN.match(line) for line in cell.split("\n"))
    found: list[str] = []
    for part in SPLIT.split(cell):
        text = part.strip()
        if not text:
            continue
        if (found and bulleted and not BROKEN.match(text)) or (
            found and not bulleted and not is_complete(found[-1])
        ):
            found[-1] += text
        else:
            found.append(text)
    labels = [label_of(HYPHEN.sub("", text)) for text in found]
    return [label for label in labels if label and not says_nothing(label)]
